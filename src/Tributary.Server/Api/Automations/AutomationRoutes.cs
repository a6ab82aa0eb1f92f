using System.Text.Json.Nodes;
using Tributary.Core.Automations;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Automations;

internal static class AutomationRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The automation.").InPath();
    private static readonly Member<long> RunId = Members.Id("run_id", "The run.").InPath();
    private static readonly Member<RunState> State = Members.Word("state", "Only runs in this state.", AutomationWire.States);
    private static readonly Member<long> DealId = Members.Id("deal_id", "Only runs of this deal.");

    private static readonly ShortListing<Automation> Automations = new(AutomationWire.Automation, automation => automation.Id)
    {
        Filters =
            [ShortFilter<Automation>.Of(Members.Flag("is_on", "Automations that are on, or those that are off."),
                (automation, on) => automation.IsOn == on)],
        Sorts = new Dictionary<string, Func<Automation, IComparable?>>
        {
            ["id"] = a => a.Id,
            ["name"] = a => a.Name,
            ["added_at"] = a => a.AddedAt,
            ["last_run_at"] = a => a.LastRunAt,
            ["runs"] = a => a.Runs,
        },
    };

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/automations", "listAutomations", List)
        {
            Tag = "Automations", Summary = "List automations", Parameters = Automations.Parameters, Answer = Automations,
        },
        new("POST", "/automations", "createAutomation", Create)
        {
            Tag = "Automations", Summary = "Make an automation", Body = AutomationWire.New, Status = 201,
            Answer = AutomationWire.Automation,
            Description =
                "When the trigger happens to a deal that fits the filter, the actions are done in order, all or none. It hears of what happens from now on.",
        },
        new("GET", "/automations/{id}", "getAutomation", Get)
        {
            Tag = "Automations", Summary = "Get an automation", Parameters = [Id, Selection.Fields], Answer = AutomationWire.Automation,
        },
        new("PATCH", "/automations/{id}", "updateAutomation", Update)
        {
            Tag = "Automations", Summary = "Change an automation, turn it on or off", Parameters = [Id], Body = AutomationWire.Changes,
            Answer = AutomationWire.Automation,
        },
        new("DELETE", "/automations/{id}", "deleteAutomation", Delete)
        {
            Tag = "Automations", Summary = "Delete an automation and its runs", Parameters = [Id], Status = 204,
        },
        new("POST", "/automations/{id}/test", "testAutomation", Test)
        {
            Tag = "Automations", Summary = "Show what it would do with a deal now, without doing it", Parameters = [Id],
            Body = AutomationWire.Trial, Answer = AutomationWire.TestRun,
        },
        new("GET", "/automations/{id}/runs", "listAutomationRuns", Runs)
        {
            Tag = "Automations", Summary = "List what it did, newest first",
            Parameters = [Id, ListMembers.Limit, ListMembers.Cursor, State, DealId, Selection.Fields], Answer = new RunList(),
        },
        new("GET", "/automations/{id}/runs/{run_id}", "getAutomationRun", Run)
        {
            Tag = "Automations", Summary = "Get a run", Parameters = [Id, RunId, Selection.Fields], Answer = AutomationWire.Run,
        },
    ];

    private static Task<Reply> List(Call call) =>
        Automations.Answer(call, () => call.Service<AutomationService>().List(call.Caller, call.Ct));

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustManage("automations");
        return Shown(await call.Service<AutomationService>().Create(call.Caller, await call.Read(AutomationWire.ReadNew), call.Ct), 201);
    }

    private static async Task<Reply> Get(Call call)
    {
        var id = call.Path(Id, "automation");
        var only = Selection.Read(call, AutomationWire.Automation);
        call.Checked();
        return Shown(await call.Service<AutomationService>().Get(call.Caller, id, call.Ct), only: only);
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustManage("automations");
        var id = call.Path(Id, "automation");
        var patch = await call.Read(AutomationWire.ReadChanges);
        return Shown(await call.Service<AutomationService>()
            .Update(call.Caller, id, patch with { ExpectedVersion = call.ExpectedVersion() ?? patch.ExpectedVersion }, call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        await call.Service<AutomationService>().Delete(call.Caller, call.Path(Id, "automation"), call.Ct);
        return Reply.Empty();
    }

    private static async Task<Reply> Test(Call call)
    {
        call.Caller.MustManage("automations");
        var id = call.Path(Id, "automation");
        var dealId = await call.Read(AutomationWire.ReadTrial);
        return Reply.Json(AutomationWire.TestRun, await call.Service<AutomationService>().Test(call.Caller, id, dealId, call.Ct));
    }

    private static async Task<Reply> Runs(Call call)
    {
        var id = call.Path(Id, "automation");
        var only = Selection.Read(call, AutomationWire.Run);
        var query = new RunQuery
        {
            State = call.Query(State) is { IsSet: true, Value: var state } ? state : null,
            DealId = call.Query(DealId) is { IsSet: true, Value: var deal } ? deal : null,
            Limit = (int)call.Query(ListMembers.Limit, ListMembers.DefaultLimit),
            Cursor = call.Query(ListMembers.Cursor) is { IsSet: true, Value: var cursor } ? cursor : null,
        };
        call.Checked();
        return ListMembers.Reply(AutomationWire.Run, await call.Service<AutomationService>().Runs(call.Caller, id, query, call.Ct), only);
    }

    private static async Task<Reply> Run(Call call)
    {
        var (id, runId) = (call.Path(Id, "automation"), call.Path(RunId, "run"));
        var only = Selection.Read(call, AutomationWire.Run);
        call.Checked();
        return Reply.Json(AutomationWire.Run, await call.Service<AutomationService>().Run(call.Caller, id, runId, call.Ct), only: only);
    }

    private static Reply Shown(Automation automation, int status = 200, IReadOnlySet<string>? only = null) =>
        Reply.Json(AutomationWire.Automation, automation, automation.Version, status, only);

    private sealed class RunList : ISchema
    {
        public string? Name => "AutomationRunList";

        public JsonObject Schema(SchemaBook book) => ListMembers.Page(book.Refer(AutomationWire.Run), withTotal: false);
    }
}
