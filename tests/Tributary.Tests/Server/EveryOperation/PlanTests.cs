using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Tributary.Core.Lists;
using Tributary.Core.Storage;
using Tributary.Server.Hosting;
using Tributary.Tests.Core.Deals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.EveryOperation;

/// <summary>No statement of any operation costs more the more deals there are, asked of the databases themselves.</summary>
public sealed class PlanTests
{
    private const int Copies = 300;

    /// <summary>
    /// Orders that no index gives: whoever asks for one has the records of the workspace sorted. An index costs every write, and
    /// these are asked for too seldom to be worth it (docs/scaling.md says what one costs, and how to add it). A field that can be
    /// sorted by is in this list or has an index.
    /// </summary>
    private static readonly Dictionary<ListSource, string> Sorted = new()
    {
        [ListSources.Organizations] = "added_by, annual_revenue, employee_count, updated_by, visible_to",
        [ListSources.Persons] = "added_by, birthday, engagement_score, first_name, last_name, updated_by, visible_to",
        [ListSources.Products] = "is_linkable, owner_id, updated_by, visible_to",
        [ListSources.Leads] =
            "archived_at, creator_id, expected_close, org_id, owner_id, person_id, source_deal_id, title, updated_by, value, visible_to, was_seen",
        [ListSources.Deals] = """
            activities_count, acv, app_id, arr, assignee_id, channel, creator_id, currency, deal_type, deleted_by, done_activities_count, files_count, first_won_at, followers_count,
            forecast_category, last_activity_id, last_activity_on, last_incoming_mail_at, last_outgoing_mail_at, lost_at, lost_reason, mail_count, mrr, next_activity_id,
            next_activity_on, next_followup_at, notes_count, participants_count, position, priority, probability, products_count, schema_version, source, stage_changed_at,
            stage_entered_at, title, touched_at, updated_by, visible_to, weighted_value, won_at
            """,
        [ListSources.Activities] = "busy, creator_id, done_at, due_time, duration_minutes, priority, status, subject, updated_by",
        [ListSources.Notes] = "content, pinned_to_deal, pinned_to_lead, pinned_to_org, pinned_to_person, updated_at, updated_by, user_id",
        [ListSources.Files] = "activity_id, name, product_id, size_bytes, updated_at, updated_by, user_id",
        [ListSources.Mail] = "added_at, has_attachments, is_draft, is_read, updated_at, updated_by, user_id",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task No_operation_reads_whole_or_sorts_what_grows(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var world = await World.Make(await Some.Workspace(own.Db), await TestServers.Start(own.Db));
        var operations = Requests.All(world).Where(one => !one.Route.IsAnonymous).OrderBy(one => Turn(one.Route)).ToList();
        // One of everything that our own API can make, so that each table has something to copy.
        foreach (var (dialect, route) in operations.Where(one => one.Dialect.Name == "native"
            && one.Route is { Method: "POST", Status: 201 })) await Send(world, dialect, route, null);
        await Crowd.Copy(own.Db, world.Workspace.Id, Copies);

        var asked = new Recorder(own.Db);
        foreach (var (dialect, route) in operations)
        {
            foreach (var query in Queries(route, world))
            {
                asked.By = $"{Requests.Name(dialect, route)}?{query}";
                await Send(world, dialect, route, query);
            }
        }
        await Check(world, asked);
    }

    [Theory, OnBothBackends]
    public async Task No_background_step_reads_whole_or_sorts_what_grows(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var world = await World.Make(await Some.Workspace(own.Db), await TestServers.Start(own.Db));
        await Crowd.Copy(own.Db, world.Workspace.Id, Copies);

        var asked = new Recorder(own.Db);
        foreach (var days in new[] { 0, 100 })
        {
            TestClock.Instance.Advance(TimeSpan.FromDays(days));
            foreach (var (type, method) in Steps)
            {
                asked.By = $"job {type.Name}.{method.Name}";
                await (Task)method.Invoke(ActivatorUtilities.GetServiceOrCreateInstance(world.Server.Services, type), [Ct])!;
            }
        }
        await Check(world, asked);
    }

    [Theory, OnBothBackends]
    public async Task Every_order_of_every_list_is_read_from_an_index_from_any_place(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var world = await World.Make(await Some.Workspace(own.Db), await TestServers.Start(own.Db));
        await Crowd.Copy(own.Db, world.Workspace.Id, Copies);

        var asked = new Recorder(own.Db);
        foreach (var (source, field, descending) in Orders)
        {
            asked.By = $"{source.Table} {field.Name}";
            await using var tx = await own.Db.Read(world.Workspace.Id, Ct);
            // Where nothing is deleted or archived, nobody sorts by when.
            var scope = field.Name switch { "deleted_at" => Scope.Deleted, "archived_at" => Scope.Archived, _ => Scope.Live };
            var query = new ListQuery { Sort = [new(field.Name, descending)], Limit = 1, Scope = scope };
            var first = await ListStore.Ids(tx, world.Workspace.Admin, source, query);
            if (first.NextCursor is { } cursor) await ListStore.Ids(tx, world.Workspace.Admin, source, query with { Cursor = cursor });
        }

        var declared = Sorted.SelectMany(one => Named(one.Value).Select(name => $"{one.Key.Table} {name}")).ToHashSet();
        // Their index holds only records that have a value, and PostgreSQL sorts those that have none: it takes the index of all for
        // the id alone only where the order does not name the field, and others' indexes only where it does.
        if (backend is Backend.Postgres) declared.UnionWith(["activities lead_id", "deals closed_at", "notes lead_id"]);
        var sorted = (await asked.Costs(world.Workspace.Id)).Select(cost => cost.By).ToHashSet();
        Assert.Equal("", string.Join(", ", sorted.Except(declared).Order(StringComparer.Ordinal)));
        // What PostgreSQL does depends on how many records have a value.
        if (backend is Backend.Sqlite) Assert.Equal("", string.Join(", ", declared.Except(sorted).Order(StringComparer.Ordinal)));
    }

    [Theory, OnBothBackends]
    public async Task What_reads_whole_or_sorts_is_seen(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var some = await Some.Workspace(own.Db);
        await some.Deal();
        await Crowd.Copy(own.Db, some.Id, Copies);

        await using var tx = await own.Db.Read(some.Id, Ct);
        var whole = await Plans.Costs(tx, "SELECT id FROM deals WHERE title = @title", new { title = "x" }, Crowd.Tables);
        var sorted = await Plans.Costs(tx, "SELECT id FROM deals WHERE workspace_id = @Workspace ORDER BY title LIMIT 3",
            new { tx.Workspace }, Crowd.Tables);
        var fine = await Plans.Costs(tx, "SELECT id FROM deals WHERE workspace_id = @Workspace ORDER BY id LIMIT 3", new { tx.Workspace },
            Crowd.Tables);

        Assert.Contains("reads deals whole", Assert.Single(whole), StringComparison.Ordinal);
        Assert.Contains("sorts what it pages", Assert.Single(sorted), StringComparison.Ordinal);
        Assert.Empty(fine);
    }

    // Runs of automations are listed in one order only.
    private static IEnumerable<(ListSource Source, ListField Field, bool IsDown)> Orders =>
        from source in typeof(ListSources).GetProperties(BindingFlags.Public | BindingFlags.Static)
        .Select(property => property.GetValue(null)).OfType<ListSource>()
        where source != ListSources.AutomationRuns
        from one in source.Fields
        where one.CanSort
        from isDown in new[] { false, true }
        select (source, one, isDown);

    private static string[] Named(string list) =>
        list.Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What the server does by itself, again and again.</summary>
    private static IEnumerable<(Type Type, MethodInfo Method)> Steps =>
        from type in typeof(Db).Assembly.GetTypes()
        where type is { IsClass: true, IsAbstract: false }
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
        where method.Name is "Step" or "Due" or "Purge" && method.GetParameters() is [{ ParameterType: var only }]
        && only == typeof(CancellationToken)
        select (type, method);

    // What is deleted is there until then.
    private static int Turn(Operation route) => route.Method switch
    {
        "GET" => 0,
        _ when route.OnlyReads => 1,
        "DELETE" => 3,
        _ => 2,
    };

    private static async Task Send(World world, IDialect dialect, Operation route, string? query)
    {
        using var request = Requests.Make(dialect, route, world, query: query);
        world.SignIn(request, dialect.Name);
        using var response = await world.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
    }

    private static async Task Check(World world, Recorder asked)
    {
        var costs = (await asked.Costs(world.Workspace.Id)).Where(cost => !IsDeclared(cost)).ToList();
        Assert.True(costs.Count == 0,
            string.Join("\n\n", costs.Select(cost => $"{cost.By}\n  {string.Join("\n  ", cost.Found)}\n{cost.Text}")));
        Assert.True(asked.Count > 25, $"Only {asked.Count} statements were seen.");
    }

    private static bool IsDeclared(Cost cost) => cost.Found.All(found => found.StartsWith("sorts", StringComparison.Ordinal))
        && Sorted.Any(one => cost.Text.Contains($"\nFROM {one.Key.Table}\nWHERE", StringComparison.Ordinal)
            && Named(one.Value)
            .Any(name => cost.Text.Contains($"\nORDER BY {one.Key.Fields.Single(field => field.Name == name).SortColumn}",
                StringComparison.Ordinal)));

    private sealed record Cost(string By, string Text, IReadOnlyList<string> Found);

    /// <summary>Nothing but what is required; then each parameter by itself, and each word it may have.</summary>
    private static IEnumerable<string?> Queries(Operation route, World world)
    {
        yield return null;
        foreach (var member in route.Parameters.Where(member => member is { In: "query" }))
        {
            if (member.Schema()["enum"] is JsonArray words)
            {
                foreach (var word in words) yield return $"{member.Name}={Uri.EscapeDataString((string?)word ?? "")}";
                continue;
            }
            var value = Requests.Valid(member.Name, member.Schema(), world);
            var text = value is JsonArray { Count: > 0 } list ? list[0] : value;
            yield return $"{member.Name}={Uri.EscapeDataString(text?.ToString() ?? "")}";
        }
    }

    /// <summary>Keeps each text of a statement once, with who asked it first and what was asked.</summary>
    private sealed class Recorder
    {
        private readonly Db db;
        private readonly ConcurrentDictionary<string, (string By, long Workspace, object Parameters)> texts = [];

        public Recorder(Db db)
        {
            this.db = db;
            db.Asked = (tx, text, parameters) => texts.TryAdd(text, (By, tx.Workspace, parameters));
        }

        public string By { get; set; } = "";

        public int Count => texts.Count;

        public async Task<IReadOnlyList<Cost>> Costs(long workspace)
        {
            db.Asked = null;
            var costs = new List<Cost>();
            // "AND FALSE" is how a condition says that nothing can match.
            foreach (var (text, (by, of, parameters)) in texts.Where(one => Explained(one.Key)
                && !one.Key.Contains(" AND FALSE", StringComparison.Ordinal)))
            {
                await using var tx = await db.Read(of == 0 ? 0 : workspace, CancellationToken.None);
                if (await Plans.Costs(tx, text, parameters, Crowd.Tables) is { Count: > 0 } found) costs.Add(new(by, text, found));
            }
            return costs;
        }

        private static bool Explained(string text) => text.AsSpan().TrimStart() is var plain
            && (plain.StartsWith("SELECT") || plain.StartsWith("WITH") || plain.StartsWith("UPDATE") || plain.StartsWith("DELETE"));
    }
}
