using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Jobs;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Fields;

public sealed class FieldIndexTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task What_was_written_before_and_after_a_field_is_indexed_is_found_by_the_index(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var field = await Make(some, FieldType.Varchar);
        var before = await Deal(some, field, "north");
        field = await Index(some, field);
        var after = await Deal(some, field, "north");
        await Deal(some, field, "south");

        Assert.NotNull(field.IndexedAt);
        Assert.Equal([before.Id, after.Id], await Found(some, field, "north"));
        Assert.Contains("field_values_by_text", await Plan(some, field, "north"), StringComparison.Ordinal);
    }

    [Theory, OnBothBackends]
    public async Task The_index_follows_a_value_that_changes_goes_and_is_purged(Backend backend)
    {
        // Of its own: what is purged goes from every workspace.
        await using var own = await OwnDatabase.Open(backend);
        var some = await Some.Workspace(own.Db);
        var field = await Index(some, await Make(some, FieldType.Double));
        var (changed, cleared, purged) = (await Deal(some, field, 1), await Deal(some, field, 1), await Deal(some, field, 1));
        var deals = new DealService(some.Db);

        await deals.Update(some.Admin, changed.Id, new() { Custom = Value(field, 2) }, Ct);
        await deals.Update(some.Admin, cleared.Id, new() { Custom = Value(field, null) }, Ct);
        await deals.Delete(some.Admin, purged.Id, Ct);
        TestClock.Instance.Advance(TimeSpan.FromDays(31));
        while (await new PurgeDeleted(some.Db).Step(Ct) > 0) continue;

        Assert.Equal([changed.Id], await Found(some, field, 2));
        Assert.Equal([(changed.Id, 2d)], await Rows(some));
    }

    [Theory, OnBothBackends]
    public async Task A_field_that_is_no_longer_indexed_leaves_nothing_there_and_lists_as_before(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var field = await Index(some, await Make(some, FieldType.Double));
        var deal = await Deal(some, field, 1.5m);

        field = await new FieldService(some.Db).Update(some.Admin, field.Id, new() { IsIndexed = false }, Ct);

        Assert.Null(field.IndexedAt);
        Assert.Empty(await Rows(some));
        Assert.Equal([deal.Id], await Found(some, field, 1.5m));
    }

    [Theory, OnBothBackends]
    public async Task An_index_that_is_to_be_made_anew_is_not_asked_before_that_is_done(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var field = await Make(some, FieldType.Double);
        var deal = await Deal(some, field, 1);
        var (fields, jobs) = (new FieldService(some.Db), new JobService(some.Db));
        foreach (var isIndexed in new[] { true, false, true })
        {
            await fields.Update(some.Admin, field.Id, new() { IsIndexed = isIndexed }, Ct);
        }
        await Settled.Log(some);

        Assert.True(await jobs.Step(some.Id, Ct));
        Assert.Null((await fields.Get(some.Admin, field.Id, Ct)).IndexedAt);
        Assert.True(await jobs.Step(some.Id, Ct));

        Assert.NotNull((await fields.Get(some.Admin, field.Id, Ct)).IndexedAt);
        Assert.Equal([(deal.Id, 1d)], await Rows(some));
    }

    [Theory, OnBothBackends]
    public async Task Long_texts_and_other_nouns_are_refused(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var text = await Make(some, FieldType.Text);

        var refusal = await Assert.ThrowsAsync<ProblemException>(() => new FieldService(some.Db)
            .Update(some.Admin, text.Id, new() { IsIndexed = true }, Ct));

        Assert.Equal("is_indexed", Assert.Single(refusal.Problem.Fields).Field);
    }

    private static Task<FieldDefinition> Make(SomeWorkspace some, FieldType type) =>
        new FieldService(some.Db).Create(some.Admin, new() { Subject = "deal", Name = $"Region {type}", Type = type }, Ct);

    private static async Task<FieldDefinition> Index(SomeWorkspace some, FieldDefinition field)
    {
        var fields = new FieldService(some.Db);
        await fields.Update(some.Admin, field.Id, new() { IsIndexed = true }, Ct);
        await Settled.Log(some);
        while (await new JobService(some.Db).Step(some.Id, Ct)) continue;
        return await fields.Get(some.Admin, field.Id, Ct);
    }

    private static Task<Deal> Deal(SomeWorkspace some, FieldDefinition field, object value) =>
        new DealService(some.Db).Create(some.Admin, new() { Title = "Harbour refit", Custom = Value(field, value) }, Ct);

    private static CustomPatch Value(FieldDefinition field, object? value) =>
        new(new Dictionary<string, JsonElement> { [field.Slug] = JsonSerializer.SerializeToElement(value) });

    private static async Task<IReadOnlyList<long>> Found(SomeWorkspace some, FieldDefinition field, Operand value) =>
        [.. (await new DealService(some.Db).List(some.Admin, new()
    {
        Condition = Condition.Test($"custom.{field.Slug}", Operator.Equal, value), Sort = [new("id")], Limit = 10,
    }, Ct)).Items.Select(deal => deal.Id)];

    private static async Task<IReadOnlyList<(long, double)>> Rows(SomeWorkspace some)
    {
        await using var tx = await some.Db.Read(some.Id, Ct);
        return [.. (await tx.Many<Row>(
            "SELECT record_id, number_value FROM field_values WHERE workspace_id = @Workspace ORDER BY record_id", new { tx.Workspace }))
            .Select(row => (row.RecordId, row.NumberValue))];
    }

    private static async Task<string> Plan(SomeWorkspace some, FieldDefinition field, string value)
    {
        await using var tx = await some.Db.Write(some.Id, Ct);
        // So few rows are sooner read whole; the planner must show that it need not.
        if (tx.Sql.IsPostgres) await tx.Run("SET LOCAL enable_seqscan = off", new { });
        var sql = ListStore.Where(new ListSql(tx.Sql, ListSources.Deals, tx.Workspace).Add("SELECT id"), tx, some.Admin, ListSources.Deals,
            await tx.Catalog(),
            Condition.Test($"custom.{field.Slug}", Operator.Equal, value), Scope.Kept);
        return string.Join("\n", tx.Sql.IsPostgres
            ? await tx.Many<string>("EXPLAIN " + sql, sql.Parameters)
            : (await tx.Many<Step>("EXPLAIN QUERY PLAN " + sql, sql.Parameters)).Select(step => step.Detail));
    }

    private sealed record Row
    {
        public long RecordId { get; init; }
        public double NumberValue { get; init; }
    }

    private sealed record Step
    {
        public required string Detail { get; init; }
    }
}
