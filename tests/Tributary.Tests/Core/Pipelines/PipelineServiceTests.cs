using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Pipelines;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Pipelines;

public sealed class PipelineServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_new_pipeline_has_its_stages_and_one_for_each_outcome(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var pipelines = new PipelineService(some.Db);

        var made = await pipelines.Create(some.Manager, new() { Name = " Renewals " },
            [new() { Name = "Due", Probability = 40 }, new() { Name = "Sent", RottenDays = 14 }], Ct);
        var stages = await pipelines.ListStages(some.Member, made.Id, Ct);

        Assert.Equal(("Renewals", 2L, false, true, 1L), (made.Name, made.Position, made.IsDefault, made.UsesProbability, made.Version));
        Assert.Equal(
            [("Due", StageKind.Open, 40m, null), ("Sent", StageKind.Open, 100m, 14), ("Won", StageKind.Won, 100m, null),
                ("Lost", StageKind.Lost, 0m, (int?)null)],
            stages.Select(stage => (stage.Name, stage.Kind, stage.Probability, stage.RottenDays)));
        Assert.Equal(made, await pipelines.Get(some.Member, made.Uid, Ct));
        Assert.Equal(stages[0], await pipelines.GetStage(some.Member, stages[0].Uid, Ct));
        Assert.Equal(["created"], (await History(some, "pipeline", made.Id)).Select(line => line.Action));
        Assert.Equal(["created"], (await History(some, "stage", stages[3].Id)).Select(line => line.Action));
    }

    [Theory, OnBothBackends]
    public async Task A_stage_is_found_by_its_name_in_any_spelling_and_made_when_there_is_none(
        Backend backend) // C 4.5: stages are open words
    {
        var some = await Some.Workspace(backend);
        var pipelines = new PipelineService(some.Db);

        var made = await pipelines.StageNamed(some.Manager, some.PipelineId, "Größe prüfen", 4, Ct);
        var same = await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(_ => pipelines.StageNamed(some.Manager, some.PipelineId, "grosse_prufen", 4, Ct)));
        var demo = await pipelines.StageNamed(some.Manager, some.PipelineId, "demo", 4, Ct);

        Assert.Equal(("Größe prüfen", 4L, StageKind.Open, 80m),
            (made.Name, made.Position, made.Kind, made.Probability)); // as likely as the one before it
        Assert.All(same, stage => Assert.Equal(made, stage));
        Assert.Equal(some.Stages[1], demo.Id);
        Assert.Equal(ProblemCode.Invalid, await Refused(() => pipelines.StageNamed(some.Manager, some.PipelineId, "fifth", 4, Ct)));
        Assert.Equal(ProblemCode.Forbidden, await Refused(() => pipelines.StageNamed(some.Member, some.PipelineId, "demo", 4, Ct)));
        Assert.Equal(ProblemCode.NotFound, await Refused(() => pipelines.StageNamed(some.Outsider, some.PipelineId, "demo", 4, Ct)));
    }

    [Theory, OnBothBackends]
    public async Task The_ids_that_an_import_brings_are_kept_and_never_given_twice(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var pipelines = new PipelineService(some.Db);

        var made = await pipelines.Create(some.Admin, new() { Name = "Old", Id = 9_000_001 }, [new() { Name = "One", Id = 9_000_002 }], Ct);
        var again =
            await Assert.ThrowsAsync<ProblemException>(() => pipelines.Create(some.Admin, new() { Name = "Old", Id = made.Id }, [], Ct));

        Assert.Equal(9_000_001, made.Id);
        Assert.Equal(9_000_002, (await pipelines.ListStages(some.Admin, made.Id, Ct))[0].Id);
        Assert.Equal((ProblemCode.Conflict, "id"), (again.Problem.Code, again.Problem.Fields[0].Field));
    }

    [Theory, OnBothBackends]
    public async Task A_renamed_moved_default_pipeline_is_seen_at_once_and_a_stale_writer_is_refused(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var pipelines = new PipelineService(some.Db);
        var made = await pipelines.Create(some.Admin, new() { Name = "Second" }, [], Ct);

        var changed = await pipelines.Update(some.Admin, made.Id,
            new() { Name = "First", Position = 1, IsDefault = true, UsesProbability = false, ExpectedVersion = 1 }, Ct);
        var unchanged = await pipelines.Update(some.Admin, made.Id, new() { Name = "First" }, Ct);
        var stale =
            await Assert.ThrowsAsync<ProblemException>(() =>
                pipelines.Update(some.Admin, made.Id, new() { Name = "Late", ExpectedVersion = 1 }, Ct));

        Assert.Equal(("First", 1L, true, false, 2L),
            (changed.Name, changed.Position, changed.IsDefault, changed.UsesProbability, changed.Version));
        Assert.Equal(changed, unchanged);
        Assert.Equal(ProblemCode.Stale, stale.Problem.Code);
        Assert.Equal([(made.Id, true), (some.PipelineId, false)],
            (await pipelines.List(some.Member, Ct)).Select(pipeline => (pipeline.Id, pipeline.IsDefault)));
        Assert.Equal(["updated"], (await History(some, "pipeline", some.PipelineId)).Select(line => line.Action));
    }

    [Theory, OnBothBackends]
    public async Task Members_and_strangers_change_no_pipeline(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var pipelines = new PipelineService(some.Db);
        var reader = some.Admin with { Scopes = ["pipelines:read"] };

        Assert.Equal(ProblemCode.Forbidden, await Refused(() => pipelines.Create(some.Member, new() { Name = "Mine" }, [], Ct)));
        Assert.Equal(ProblemCode.Forbidden,
            await Refused(() => pipelines.UpdateStage(reader, some.Stages[0], new() { Name = "Mine" }, Ct)));
        Assert.Equal(ProblemCode.NotFound,
            await Refused(() => pipelines.Update(some.Outsider, some.PipelineId, new() { Name = "Mine" }, Ct)));
        Assert.Equal(ProblemCode.NotFound, await Refused(() => pipelines.DeleteStage(some.Outsider, some.Stages[0], null, null, Ct)));
        Assert.Equal(ProblemCode.NotFound, await Refused(() => pipelines.GetStage(some.Outsider, some.Stages[0], Ct)));
    }

    [Theory, OnBothBackends]
    public async Task A_stage_with_deals_goes_only_when_somebody_says_where_they_go(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var pipelines = new PipelineService(some.Db);
        var deals = await Deals(some, some.Stages[1]);

        var refusal = await Assert.ThrowsAsync<ProblemException>(() => pipelines.DeleteStage(some.Manager, some.Stages[1], null, null, Ct));
        var nowhere = await Refused(() => pipelines.DeleteStage(some.Manager, some.Stages[1], some.WonStage, null, Ct));
        await pipelines.DeleteStage(some.Manager, some.Stages[1], some.Stages[2], null, Ct);

        Assert.Equal((ProblemCode.Conflict, "move_to"), (refusal.Problem.Code, refusal.Problem.Fields[0].Field));
        Assert.Contains("4 deals", refusal.Problem.Message, StringComparison.Ordinal);
        Assert.Equal(ProblemCode.Invalid, nowhere);
        foreach (var before in deals)
        {
            var after = await new DealService(some.Db).Get(some.Admin, before.Id, Ct);
            Assert.Equal((some.Stages[2], before.Status, before.Version + 1, before.IsArchived, before.IsDeleted),
                (after.StageId, after.Status, after.Version, after.IsArchived, after.IsDeleted));
            var line = (await History(some, "deal", before.Id))[0];
            Assert.Equal((some.Stages[1], some.Stages[2], true), (line.FromStageId, line.ToStageId, line.IsBulk));
        }
        Assert.Equal([1, 2, 3, 4], (await pipelines.ListStages(some.Admin, some.PipelineId, Ct)).Select(stage => stage.Position));
        await TotalsEqualARecount(some);
    }

    [Theory, OnBothBackends]
    public async Task A_pipeline_goes_with_its_stages_and_its_deals_move(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var pipelines = new PipelineService(some.Db);
        var other = await pipelines.Create(some.Admin, new() { Name = "Other" }, [new() { Name = "Start" }], Ct);
        var start = (await pipelines.ListStages(some.Admin, other.Id, Ct))[0];
        var deals = await Deals(some, some.Stages[0]);

        var refused = await Refused(() => pipelines.Delete(some.Admin, some.PipelineId, null, null, Ct));
        await pipelines.Delete(some.Admin, some.PipelineId, start.Id, null, Ct);
        var last = await Refused(() => pipelines.Delete(some.Admin, other.Id, null, null, Ct));

        Assert.Equal((ProblemCode.Conflict, ProblemCode.Conflict), (refused, last));
        Assert.Equal([(other.Id, 1L, true)], (await pipelines.List(some.Admin, Ct))
            .Select(pipeline => (pipeline.Id, pipeline.Position, pipeline.IsDefault)));
        Assert.Equal((other.Id, start.Id), await Place(some, deals[0].Id));
        Assert.Equal(ProblemCode.NotFound, await Refused(() => pipelines.GetStage(some.Admin, some.Stages[0], Ct)));
        Assert.Equal("deleted", (await History(some, "stage", some.Stages[0]))[0].Action);
        await TotalsEqualARecount(some);
    }

    // Pipedrive, "Update stage details": pipeline_id is among what can be changed.
    [Theory, OnBothBackends]
    public async Task A_stage_moved_to_another_pipeline_takes_its_deals_along(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var pipelines = new PipelineService(some.Db);
        var other = await pipelines.Create(some.Admin, new() { Name = "Other" }, [new() { Name = "Start" }], Ct);
        var deals = await Deals(some, some.Stages[0]);

        var moved = await pipelines.UpdateStage(some.Admin, some.Stages[0], new() { PipelineId = other.Id, Position = 1 }, Ct);

        Assert.Equal((other.Id, 1L, 2L), (moved.PipelineId, moved.Position, moved.Version));
        Assert.Equal(["Qualified", "Start", "Won", "Lost"],
            (await pipelines.ListStages(some.Admin, other.Id, Ct)).Select(stage => stage.Name));
        Assert.Equal((other.Id, some.Stages[0]), await Place(some, deals[0].Id));
        Assert.Equal(ProblemCode.Conflict,
            await Refused(() => pipelines.UpdateStage(some.Admin, some.WonStage, new() { PipelineId = other.Id }, Ct)));
        await TotalsEqualARecount(some);
    }

    [Theory, OnBothBackends]
    public async Task Stages_say_how_many_deals_they_hold(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await Deals(some, some.Stages[0]);

        var counts = await new PipelineService(some.Db).CountDeals(some.Member, some.PipelineId, Ct);

        // One open, one won; the archived and the deleted one are not on the board.
        Assert.Equal(
            [(some.Stages[0], 1L, 1L, 0L), (some.Stages[1], 0L, 0L, 0L), (some.Stages[2], 0L, 0L, 0L), (some.WonStage, 0L, 0L, 0L),
                (some.LostStage, 0L, 0L, 0L)],
            counts.Select(count => (count.StageId, count.Open, count.Won, count.Lost)));
    }

    [Theory, OnBothBackends]
    public async Task Changes_of_the_order_that_overlap_leave_one_order(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var pipelines = new PipelineService(some.Db);

        await Task.WhenAll(Enumerable.Range(0, 6)
            .Select(n => pipelines.CreateStage(some.Admin, new() { PipelineId = some.PipelineId, Name = $"S{n}", Position = 1 }, Ct)));

        Assert.Equal(Enumerable.Range(1, 11).Select(place => (long)place),
            (await pipelines.ListStages(some.Admin, some.PipelineId, Ct)).Select(stage => stage.Position));
    }

    /// <summary>In one stage: an open deal, a won one, an archived one and a deleted one.</summary>
    private static async Task<IReadOnlyList<Deal>> Deals(SomeWorkspace some, long stageId)
    {
        var service = new DealService(some.Db);
        var open = await service.Create(some.Admin, new() { Title = "Open", StageId = stageId, Value = 10 }, Ct);
        var won = await service.Create(some.Admin, new() { Title = "Won", StageId = stageId, Status = DealStatus.Won, Value = 20 }, Ct);
        var archived = await service.Create(some.Admin, new() { Title = "Archived", StageId = stageId, Archived = true }, Ct);
        var deleted = await service.Create(some.Admin, new() { Title = "Deleted", StageId = stageId }, Ct);
        return [open, won, archived, await service.Delete(some.Admin, deleted.Id, Ct)];
    }

    private static async Task<(long Pipeline, long Stage)> Place(SomeWorkspace some, long dealId)
    {
        var deal = await new DealService(some.Db).Get(some.Admin, dealId, Ct);
        return (deal.PipelineId, deal.StageId);
    }

    private static async Task<IReadOnlyList<LogEvent>> History(SomeWorkspace some, string subject, long id)
    {
        await using var tx = await some.Db.Read(some.Id, Ct);
        return await EventStore.OfSubject(tx, subject, id, null, 50);
    }

    private static async Task TotalsEqualARecount(SomeWorkspace some)
    {
        await using var tx = await some.Db.Read(some.Id, Ct);
        var deals = await tx.Many<Deal>($"SELECT {DealStore.Columns} FROM deals WHERE workspace_id = @Workspace", new { tx.Workspace });
        var counted = deals.Where(deal => !deal.IsDeleted).GroupBy(deal => (deal.PipelineId, deal.StageId, deal.IsArchived))
            .Select(cell => (cell.Key, (long)cell.Count(), cell.Sum(deal => deal.Value ?? 0))).Order();
        var kept = await tx.Many<Total>("""
            SELECT pipeline_id, stage_id, archived, CAST(SUM(deals) AS BIGINT) AS deals, CAST(SUM(value_units) AS BIGINT) AS value_units
            FROM deal_totals WHERE workspace_id = @Workspace
            GROUP BY pipeline_id, stage_id, archived HAVING SUM(deals) <> 0 OR SUM(value_units) <> 0
            """, new { tx.Workspace });

        Assert.Equal(counted,
            kept.Select(total => ((total.PipelineId, total.StageId, total.Archived), total.Deals, Money.ToAmount(total.ValueUnits)))
                .Order());
    }

    private sealed record Total
    {
        public long PipelineId { get; init; }
        public long StageId { get; init; }
        public bool Archived { get; init; }
        public long Deals { get; init; }
        public long ValueUnits { get; init; }
    }

    private static async Task<ProblemCode> Refused(Func<Task> verb) => (await Assert.ThrowsAsync<ProblemException>(verb)).Problem.Code;
}
