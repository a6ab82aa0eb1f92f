using System.Text;
using System.Text.Json;
using Tributary.Core.Automations;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Import;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Pipelines;
using Tributary.Tests.Core.Automations;
using Tributary.Tests.Core.Deals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Pipelines;

/// <summary>What stages ask of deals, kept, and heeded by every way in. The decisions themselves: DealEntryRulesTests.</summary>
public sealed class StageEntryTests
{
    private static readonly StageEntryPatch AsksForValue = new() { Required = new(true, ["value"]) };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_stage_keeps_its_rules_and_its_colour_and_the_log_says_what_changed(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var stages = new PipelineService(some.Db);

        var asks = await Ask(some, some.Stages[1], AsksForValue with { MaySkip = false, Who = new Circle { Roles = [Role.Manager] } });
        var coloured = await stages.UpdateStage(some.Manager, some.Stages[1],
            new() { Color = "teal", Entry = new StageEntryPatch { MayReturn = false } }, Ct);
        some.Db.Catalogs.TryRemove(some.Id, out _); // as another server would read it
        var read = await stages.GetStage(some.Member, some.Stages[1], Ct);
        var free = await stages.UpdateStage(some.Manager, some.Stages[1], new() { Entry = new(true, null) }, Ct);

        Assert.Equal(new StageEntry { Required = ["value"], MaySkip = false, Who = new() { Roles = [Role.Manager] } }, asks.Entry);
        Assert.Equal((asks.Entry with { MayReturn = false }, "teal"), (coloured.Entry, coloured.Color)); // what is left out stays
        Assert.Equal((StageEntry.Free, "teal"), (free.Entry, free.Color));
        Assert.Equal(coloured, read);
        await using var tx = await some.Db.Read(some.Id, Ct);
        var lines = await EventStore.OfSubject(tx, "stage", some.Stages[1], null, 10);
        Assert.Equal(["rules", "color rules", "rules"],
            lines.Select(line => string.Join(' ', line.Changes.Select(change => change.Field))));
        Assert.Equal("""["value"]""", lines[2].Changes[0].New!.Value.GetProperty("required").GetRawText());
    }

    [Theory, OnBothBackends]
    public async Task Rules_name_what_is_there(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var field = await new FieldService(some.Db)
            .Create(some.Admin, new() { Subject = "deal", Name = "Budget", Type = FieldType.Double }, Ct);

        var byKey = await Ask(some, some.Stages[0], new() { Required = new(true, ["value", $"custom.{field.Key}", "custom.budget"]) });

        Assert.Equal(["value", "custom.budget"], byKey.Entry.Required);
        Assert.Equal(["rules.required"], await Refused(some, some.Stages[0], new() { Required = new(true, ["colour"]) }));
        Assert.Equal(["rules.required"], await Refused(some, some.Stages[0], new() { Required = new(true, ["lost_reason"]) }));
        Assert.Equal(["rules.who.user_ids"],
            await Refused(some, some.Stages[0], new() { Who = new Circle { UserIds = [some.Outsider.UserId!.Value] } }));
        Assert.Equal(["rules.who.group_ids"], await Refused(some, some.Stages[0], new() { Who = new Circle { GroupIds = [1_000_000] } }));
        Assert.Equal(["rules.may_skip", "rules.may_return"],
            await Refused(some, some.LostStage, new() { MaySkip = false, MayReturn = false }));
        Assert.Equal(["color"],
            (await SomeDeals.Refused(() => new PipelineService(some.Db)
                .UpdateStage(some.Admin, some.Stages[0], new() { Color = "#ff0000" }, Ct))).Fields.Select(error => error.Field));

        await new FieldService(some.Db).Delete(some.Admin, field.Id, null, Ct);
        Assert.Equal(["value", "custom.budget"],
            (await Ask(some, some.Stages[0], new() { Required = new(true, ["value", "custom.budget"]) })).Entry.Required);
    }

    [Theory, OnBothBackends]
    public async Task Of_many_deals_only_those_that_lack_something_are_refused(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await Ask(some, some.Stages[1], AsksForValue);
        var (bare, valued) = (await some.Deal(), await some.Deal(new() { Value = 10 }));

        var results = await some.Batch(
            new BatchItem.Update(bare.Id, new() { StageId = some.Stages[1] }),
            new BatchItem.Update(valued.Id, new() { StageId = some.Stages[1] }));

        Assert.Equal(["value"], results[0].Problem!.Fields.Select(field => field.Field));
        Assert.Equal(some.Stages[1], results[1].Deal!.StageId);
        Assert.Equal(bare, await some.Deals().Get(some.Admin, bare.Id, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_row_of_a_file_that_lacks_something_is_rejected_with_the_reason(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await Ask(some, some.Stages[1], AsksForValue);
        Stream Open() =>
            new MemoryStream(
                Encoding.UTF8.GetBytes("opportunity_id,title,stage,close_value\nA1,One,Demo,30\nA2,Two,Demo,\nA3,Three,Qualified,\n"));
        var guess = await Importer.Guess(Open, "crm", null, Ct);

        var report = await new Importer(some.Db).Run(some.Admin, new() { Mapping = guess.Mapping, Open = Open }, Ct);

        Assert.Equal((2, 1), (report.Created, report.Rejected));
        Assert.Equal("value: value must be an amount, before a deal enters Demo.", Assert.Single(report.Reasons).Message);
    }

    [Theory, OnBothBackends]
    public async Task An_automation_is_refused_as_anyone_and_its_run_says_why(Backend backend)
    {
        var flows = await Flows.In(backend);
        await Ask(flows.Some, flows.Some.Stages[1], AsksForValue);
        var automation = await flows.Make("""{"on": "created"}""", $$"""[{"do": "move", "stage_id": {{flows.Some.Stages[1]}}}]""");

        var deal = await flows.Deal();
        await flows.Settle();

        Assert.Equal(flows.Some.Stages[0], (await flows.Now(deal)).StageId);
        var run = Assert.Single(await flows.Runs(automation));
        Assert.Equal(RunState.Refused, run.State);
        Assert.Contains("value must be an amount", JsonSerializer.Serialize(run.Steps), StringComparison.Ordinal);
    }

    // Whoever takes a stage away decides where its deals go; no seller brings them there.
    [Theory, OnBothBackends]
    public async Task Deals_of_a_stage_that_goes_move_unasked(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await Ask(some, some.Stages[1], AsksForValue);
        var deal = await some.Deal();

        await new PipelineService(some.Db).DeleteStage(some.Manager, some.Stages[0], some.Stages[1], null, Ct);

        Assert.Equal(some.Stages[1], (await some.Deals().Get(some.Admin, deal.Id, Ct)).StageId);
    }

    private static Task<Stage> Ask(SomeWorkspace some, long stage, StageEntryPatch entry) =>
        new PipelineService(some.Db).UpdateStage(some.Manager, stage, new() { Entry = entry }, Ct);

    private static async Task<IEnumerable<string>> Refused(SomeWorkspace some, long stage, StageEntryPatch entry) =>
        (await SomeDeals.Refused(() => Ask(some, stage, entry))).Fields.Select(error => error.Field);
}
