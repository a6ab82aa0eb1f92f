using Tributary.Core.Activities;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Labels;
using Tributary.Core.Log;
using Tributary.Core.Pipelines;
using Tributary.Core.Storage;
using Tributary.Core.Totals;
using Tributary.Core.Workspaces;

namespace Tributary.Bench.Data;

/// <summary>
/// Fills an empty database with a data set, through the engine's own writing of records (<see cref="DealSaving"/> and its
/// kind): rows, totals, texts, followers, participants and log are what as many creates would have left, thousands to a commit.
/// </summary>
internal sealed class DataMaker(Db db, MakersClock clock, DataShape shape, FillRandom random, Action<long> reached)
{
    private const int AtOnce = 5_000;

    private static readonly (string Name, decimal Probability)[] Columns =
        [("Qualified", 10), ("Contact made", 25), ("Demo scheduled", 50), ("Proposal made", 60), ("Negotiations started", 80)];

    private long made;

    public async Task Run(CancellationToken ct)
    {
        for (var n = 1; n <= shape.Workspaces; n++) await Workspace(n, ct);
    }

    private async Task Workspace(int n, CancellationToken ct)
    {
        clock.At = MakersClock.End.AddDays(-731);
        var admin = new Core.Users.NewUser { Name = "Ada Admin", Email = $"ada{n}@bench.test", Role = Role.Admin };
        var created = await new WorkspaceService(db).Create(new() { Name = $"Bench {n}", BaseCurrency = "EUR", Admin = admin }, ct);
        var caller = Caller.System(created.Workspace.Id) with { UserId = created.Admin.Id, Dialect = "native" };
        await Keys(caller, n, ct);

        var pipelines = new PipelineService(db);
        var columns = Columns.Select(column => new StagePatch { Name = column.Name, Probability = column.Probability }).ToList();
        var pipeline = await pipelines.Create(caller, new() { Name = "Sales" }, columns, ct);
        var stages = (await pipelines.ListStages(caller, pipeline.Id, ct)).Where(stage => stage.Kind is StageKind.Open)
            .Select(stage => stage.Id).ToList();
        var tags = new List<long>();
        foreach (var name in SomeDeals.TagNames) tags.Add((await new TagService(db).Create(caller, name, ct)).Id);

        var some = new SomeDeals(shape, created.Admin.Id, pipeline.Id, stages, tags);
        var firstPerson = await People(caller, some, ct);
        for (var first = 0; first < shape.Deals; first += AtOnce)
        {
            await Deals(caller, some, first, Math.Min(AtOnce, shape.Deals - first), firstPerson, ct);
        }
    }

    private async Task Keys(Caller caller, int n, CancellationToken ct)
    {
        var keys = new KeyService(db, random);
        await Key(new() { Dialect = "native", Name = "bench", Token = DataSet.NativeTokenOf(n) });
        if (n > 1) return;
        await Key(new() { Dialect = "switch", Name = "bench", Token = DataSet.SwitchToken });
        await Key(new() { Dialect = "pipedrive", Name = "bench", Token = DataSet.PipedriveToken });
        await Key(new() { Dialect = "automatenexus", Name = "bench", Token = DataSet.AutomateNexusToken });
        await Key(new() { Dialect = "ysuite", Name = "bench", Token = DataSet.YSuiteToken, Secret = DataSet.YSuiteSecret });
        var apps = new AppService(db, random, new(db, random));
        await apps.Create(caller, new() { Name = "bench", ClientId = DataSet.CPodClient, ClientSecret = DataSet.CPodSecret }, ct);

        Task Key(NewKey key) => keys.Create(caller, key, ct);
    }

    /// <returns>The id of the first person; those of the others follow it.</returns>
    private async Task<long> People(Caller caller, SomeDeals some, CancellationToken ct)
    {
        var organizations = new List<long>();
        var firstPerson = 0L;
        for (var first = 0; first < shape.Organizations; first += AtOnce)
        {
            await using var tx = await Begin(caller, shape.Organizations - first, "contact_ids", ct);
            for (var n = first; n < Math.Min(first + AtOnce, shape.Organizations); n++)
            {
                organizations.Add((await ContactSaving.Create(tx, caller, some.Organization(n, tx.Now), new OrganizationPatch())).Id);
            }
            await tx.Commit();
        }
        for (var first = 0; first < shape.Persons; first += AtOnce)
        {
            await using var tx = await Begin(caller, shape.Persons - first, "contact_ids", ct);
            for (var n = first; n < Math.Min(first + AtOnce, shape.Persons); n++)
            {
                var person = await ContactSaving.Create(tx, caller, some.Person(n, organizations[n % organizations.Count], tx.Now),
                    new PersonPatch());
                if (n == 0) firstPerson = person.Id;
            }
            await tx.Commit();
        }
        return firstPerson;
    }

    private async Task Deals(Caller caller, SomeDeals some, int first, int count, long firstPerson, CancellationToken ct)
    {
        clock.At = some.AddedAt(first + count - 1);
        await using var tx = await Begin(caller, count, "deal_ids", ct);
        tx.Bulk = new();
        await tx.Reserve("deal_contact_ids", count);
        for (var n = first; n < first + count; n++)
        {
            long? activity = SomeDeals.HasActivity(n) ? await tx.NextId("activity_ids") : null;
            // Said, so that nobody looks for the end of the stage each time.
            var deal = await DealSaving.Create(tx, caller, some.Deal(n, firstPerson, activity), new() { Position = n / Columns.Length });
            if (activity is { } id)
            {
                var todo = some.Activity(n, id, tx.NextUid(), deal.Id);
                await ActivityStore.Insert(tx, todo);
                await EventStore.Append(tx, caller, ActivityHistory.Changed(null, todo));
            }
            reached(++made);
        }
        await TotalsStore.Settle(tx);
        await DealStore.ReturnNumbers(tx, tx.Bulk);
        await tx.Commit();
    }

    private async Task<Tx> Begin(Caller caller, int count, string ids, CancellationToken ct)
    {
        var tx = await db.Write(caller.Workspace, ct, mayTakeLong: true);
        await tx.Reserve(ids, Math.Min(count, AtOnce));
        await tx.Reserve("event_ids", Math.Min(count, AtOnce));
        return tx;
    }
}
