using System.Text.Json;
using Tributary.Core.Automations;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Automations;

/// <summary>A workspace with automations, and the steps that a server takes again and again.</summary>
internal sealed record Flows(SomeWorkspace Some)
{
    private static CancellationToken Ct => CancellationToken.None;

    public AutomationService Service { get; } = new(Some.Db);
    public AutomationReader Reader { get; } = new(Some.Db);
    public AutomationClock Clock { get; } = new(Some.Db);
    public AutomationRunner Runner { get; } = new(Some.Db);
    public DealService Deals { get; } = new(Some.Db);

    public static async Task<Flows> In(Backend backend) => new(await Support.Some.Workspace(backend));

    /// <summary>An automation from its JSON, as a client would send it.</summary>
    public Task<Automation> Make(string trigger, string actions, Condition? filter = null, string name = "An automation") =>
        Service.Create(Some.Admin, Patch(trigger, actions) with { Name = name, Filter = filter ?? Condition.Everything }, Ct);

    public static AutomationPatch Patch(string trigger, string actions)
    {
        var wrong = new List<FieldError>();
        using var on = JsonDocument.Parse(trigger);
        using var @do = JsonDocument.Parse(actions);
        var read = AutomationJson.Trigger(on.RootElement, wrong);
        return new()
        {
            Name = "An automation",
            Trigger = read is null ? default(Field<Trigger>) : read,
            Actions = AutomationJson.ReadActions(@do.RootElement, wrong),
            Misspelled = [.. wrong],
        };
    }

    public Task<Deal> Deal(string title = "A deal", decimal? value = null) =>
        Deals.Create(Some.Admin, new() { Title = title, Value = value }, Ct);

    public Task<Deal> Change(Deal deal, DealPatch patch) => Deals.Update(Some.Admin, deal.Id, patch, Ct);

    public Task<Deal> Now(Deal deal) => Deals.Get(Some.Admin, deal.Id, Ct);

    /// <summary>Reads what the log has, without running anything.</summary>
    public async Task Read()
    {
        await Settled.Log(Some);
        while (await Reader.Step(Some.Id, Ct) > 0) continue;
    }

    /// <summary>Everything that follows from what happened so far, and from that.</summary>
    public async Task Settle()
    {
        do
        {
            await Read();
            await Clock.Step(Some.Id, Ct);
        }
        while (await Runner.Step(Some.Id, Ct) > 0);
    }

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<AutomationRun>> Runs(Automation automation) =>
        [.. (await Service.Runs(Some.Admin, automation.Id, new() { Limit = 500 }, Ct)).Items.Reverse()];
}
