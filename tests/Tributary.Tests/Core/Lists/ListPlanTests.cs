using Tributary.Core.Catalog;
using Tributary.Core.Lists;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Lists;

/// <summary>The lists that people and integrations ask for all day are read from an index, in order, without sorting.</summary>
public sealed class ListPlanTests
{
    private static (string What, string Index, ListQuery Query)[] Hot(SomeWorkspace some) =>
    [
        ("all, newest first", "deals_by_added", new() { Sort = [new("added_at", true)] }),
        ("by id", "sqlite_autoindex_deals_1|deals_pkey", new() { Sort = [new("id")] }),
        ("of a stage, newest first", "deals_of_stage", new() { Condition = Condition.Equal("stage_id", some.Stages[0]),
            Sort = [new("added_at", true)] }),
        ("open ones of a stage, newest first", "deals_by_stage_added", Open("stage_id", some.Stages[0])
            with { Sort = [new("added_at", true)] }),
        ("open ones of a stage, by position", "deals_by_stage_position", Open("stage_id", some.Stages[0])
            with { Sort = [new("position")] }),
        ("open ones of a stage, the most urgent first", "deals_by_stage_activity", Open("stage_id", some.Stages[0])
            with { Sort = [new("next_activity_on"), new("id", true)] }),
        ("of a pipeline, newest first", "deals_of_pipeline", new() { Condition = Condition.Equal("pipeline_id", some.PipelineId),
            Sort = [new("added_at", true)] }),
        ("open ones of a pipeline, newest first", "deals_by_pipeline_added", Open("pipeline_id", some.PipelineId)
            with { Sort = [new("added_at", true)] }),
        ("of an owner, oldest first", "deals_by_owner_added", new() { Condition = Condition.Equal("owner_id", some.Member.UserId!.Value),
            Sort = [new("added_at")] }),
        ("of a status, newest first", "deals_by_status_added", new() { Condition = Condition.Equal("status", "won"),
            Sort = [new("added_at", true)] }),
        ("of a stage, by id", "deals_of_stage_by_id", new() { Condition = Condition.Equal("stage_id", some.Stages[0]),
            Sort = [new("id")] }),
        ("of a pipeline, by id", "deals_of_pipeline_by_id", new() { Condition = Condition.Equal("pipeline_id", some.PipelineId),
            Sort = [new("id", true)] }),
        ("of an owner, by id", "deals_of_owner_by_id", new() { Condition = Condition.Equal("owner_id", some.Member.UserId!.Value),
            Sort = [new("id")] }),
        ("of a status, by id", "deals_of_status_by_id", new() { Condition = Condition.Equal("status", "won"), Sort = [new("id")] }),
        ("open ones of a stage, by id", "deals_of_stage_by_id|deals_of_status_by_id", Open("stage_id", some.Stages[0])
            with { Sort = [new("id")] }),
        ("open ones of a pipeline, by id", "deals_of_pipeline_by_id|deals_of_status_by_id", Open("pipeline_id", some.PipelineId)
            with { Sort = [new("id")] }),
        ("of a person, by id", "deals_by_person", new() { Condition = Condition.Equal("person_id", 1), Sort = [new("id")] }),
        ("of an organization, by id", "deals_by_organization", new() { Condition = Condition.Equal("org_id", 1), Sort = [new("id")] }),
        ("changed since", "deals_by_updated", new() { Condition = Condition.Test("updated_at", Operator.AtLeast, TestClock.Start),
            Sort = [new("updated_at")] }),
        ("changed since, deleted ones too", "deals_by_updated", new() { Condition = ChangedOrDeleted, Scope = Scope.Any,
            Sort = [new("updated_at")] }),
        ("by value, largest first", "deals_by_value", new() { Sort = [new("value", true)] }),
        ("by expected close", "deals_by_expected_close", new() { Sort = [new("expected_close")] }),
        ("archived, latest first", "deals_archived", new() { Scope = Scope.Archived, Sort = [new("archived_at", true)] }),
        ("deleted, latest first", "deals_deleted", new() { Scope = Scope.Deleted, Sort = [new("deleted_at", true)] }),
    ];

    [Theory, OnBothBackends]
    public async Task Hot_lists_are_read_in_order_from_an_index_on_every_page(Backend backend)
    {
        var db = backend is Backend.Sqlite ? await Backends.Open(backend) : await OwnPostgres();
        var some = (await RandomDeals.In(db, 400)).Some;
        await using var tx = await db.Write(some.Id, CancellationToken.None);
        if (tx.Sql.IsPostgres)
        {
            await MoveHalf(tx);
            await tx.Run("ANALYZE deals", new { });
            // A few hundred rows are sorted sooner than looked up; without these the planner must show that it need not.
            await tx.Run("SET LOCAL enable_seqscan = off", new { });
            await tx.Run("SET LOCAL enable_bitmapscan = off", new { });
            await tx.Run("SET LOCAL enable_sort = off", new { });
        }
        var catalog = await tx.Catalog();

        foreach (var (what, index, query) in Hot(some))
        {
            var order = Keyset.Of(ListSources.Deals, query.Sort, query.Scope, catalog);
            var ask = new Ask(tx.Sql, some.Admin, ListSources.Deals, "id, title, custom", catalog, query, tx.Now);
            foreach (var (part, keys) in order.HasTwoParts
                ? [("IS NOT NULL", order.Valued), ("IS NULL", order.Empty)] : new[] { ("", order) })
            {
                foreach (var place in new[] { null, Place(keys) })
                {
                    var sql = ask.Statement(keys, place, 100, 0, part);

                    var plan = string.Join("\n", tx.Sql.IsPostgres
                        ? await tx.Many<string>("EXPLAIN " + sql, sql.Parameters)
                        : (await tx.Many<Step>("EXPLAIN QUERY PLAN " + sql, sql.Parameters)).Select(step => step.Detail));

                    Assert.True(index.Split('|').Any(name => plan.Contains($" {name} ", StringComparison.Ordinal)),
                        $"{what}: {plan}\n{sql}");
                    Assert.False(plan.Contains("Sort", StringComparison.Ordinal) || plan.Contains("TEMP B-TREE", StringComparison.Ordinal),
                        $"{what}: {plan}\n{sql}");
                }
            }
        }
    }

    // The statistics of a shared database would depend on which tests ran before.
    private static async Task<Db> OwnPostgres()
    {
        var db = Db.Postgres(await Backends.NewPostgres(), TestClock.Instance, Backends.Uids());
        await Migrator.Run(db, CancellationToken.None);
        return db;
    }

    // A pipeline that holds everything is as well read from the list of everything.
    private static async Task MoveHalf(Tx tx)
    {
        var id = await tx.NextId("pipeline_ids");
        await tx.Run("""
            INSERT INTO pipelines (workspace_id, id, uid, name, position, is_default, uses_probability, added_at, updated_at, version)
            VALUES (@Workspace, @id, @uid, 'Renewals', 2, @no, @no, @Now, @Now, 1)
            """, new { tx.Workspace, id, uid = tx.NextUid(), no = false, tx.Now });
        await tx.Run("UPDATE deals SET pipeline_id = @id WHERE workspace_id = @Workspace AND id % 2 = 0", new { tx.Workspace, id });
    }

    /// <summary>What Pipedrive's connectors ask for: status=open,won,lost,deleted since a moment, by the time of the change.</summary>
    private static Condition ChangedOrDeleted => Condition.AllOf(
        Condition.Test("updated_at", Operator.AtLeast, TestClock.Start),
        Condition.AllOf(Condition.Test("archived_at", Operator.IsEmpty), Condition.AnyOf(
            Condition.Test("deleted_at", Operator.AtLeast, TestClock.Start),
            Condition.AllOf(Condition.Test("deleted_at", Operator.IsEmpty),
                Condition.Test("status", Operator.In, "open", "won", "lost")))));

    private static ListQuery Open(string field, long id) =>
        new() { Condition = Condition.AllOf(Condition.Equal(field, id), Condition.Equal("status", "open")) };

    private static object?[] Place(Keyset keys) => [.. keys.Keys.Select(key => key.Field.Kind switch
    {
        FieldKind.Instant => (object?)TestClock.Start,
        FieldKind.Day => new DateOnly(2026, 11, 20),
        _ => 1L,
    })];

    private sealed record Step
    {
        public string Detail { get; init; } = "";
    }
}
