using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Webhooks;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Webhooks;

/// <summary>A workspace with webhooks, and what reached them.</summary>
internal sealed record Hooks(SomeWorkspace Some)
{
    private static CancellationToken Ct => CancellationToken.None;

    public WebhookService Service { get; } = new(Some.Db, SeededRandom.Of(7), new(AllowHttp: false));
    public WebhookFanOut FanOut { get; } = new(Some.Db);
    public WebhookCourier Courier { get; } = new(Some.Db, bytes => bytes.Clear());
    public DealService Deals { get; } = new(Some.Db);

    /// <summary>Every attempt, in order.</summary>
    public List<Errand> Sent { get; } = [];

    public static async Task<Hooks> In(Backend backend) => new(await Support.Some.Workspace(backend));

    public async Task<Webhook> Hook(params string[] events) =>
        (await Service.Create(Some.Admin, new() { Url = "https://receiver.test/hook", Events = (Seq<string>)[.. events] }, Ct)).Webhook;

    public Task<Deal> Deal(string title = "A deal") => Deals.Create(Some.Admin, new() { Title = title }, Ct);

    public Task<Deal> Rename(Deal deal, string title) => Deals.Update(Some.Admin, deal.Id, new() { Title = title }, Ct);

    /// <summary>Turns all that the log has into deliveries.</summary>
    public async Task Spread()
    {
        await Settled.Log(Some);
        while (await FanOut.Step(Some.Id, FreeHands.None, Ct) > 0) continue;
    }

    /// <summary>Turns all that the log has into deliveries, as a sender does that is free for the webhook.</summary>
    /// <returns>What it claimed.</returns>
    public async Task<IReadOnlyList<WebhookDelivery>> Take(Webhook hook)
    {
        await Settled.Log(Some);
        var taken = new List<WebhookDelivery>();
        var hands = new FreeHands(due => due.WebhookId == hook.Id, (_, deliveries) => taken.AddRange(deliveries));
        while (await FanOut.Step(Some.Id, hands, Ct) > 0) continue;
        return taken;
    }

    /// <summary>One round of what was claimed as it was heard.</summary>
    public async Task<int> Round(Webhook hook, IReadOnlyList<WebhookDelivery> taken) =>
        (await Courier.Step(Some.Id, hook.Id, Sending(null), Ct, taken)).Attempts;

    /// <summary>One round: what the log has is turned into deliveries, and what is due is sent.</summary>
    /// <returns>How many attempts it made.</returns>
    public async Task<int> Round(Webhook hook, Func<Errand, int>? answer = null) => (await Step(hook, answer)).Attempts;

    public async Task<WebhookRound> Step(Webhook hook, Func<Errand, int>? answer = null)
    {
        await Spread();
        return await Send(hook, answer);
    }

    /// <summary>What is due is sent.</summary>
    public Task<WebhookRound> Send(Webhook hook, Func<Errand, int>? answer = null) => Courier.Step(Some.Id, hook.Id, Sending(answer), Ct);

    private SendErrand Sending(Func<Errand, int>? answer) => (errand, _) =>
    {
        lock (Sent) Sent.Add(errand);
        return Task.FromResult(new DeliveryOutcome
        {
            Status = answer?.Invoke(errand) ?? 200,
            Request = "{}",
            Reply = "ok",
            Milliseconds = 3
        });
    };

    public async Task Rounds(Webhook hook)
    {
        while (await Round(hook) > 0) continue;
    }

    public async Task<IReadOnlyList<WebhookDelivery>> Log(Webhook hook) =>
        [.. (await Service.Deliveries(Some.Admin, hook.Id, null, null, 100, Ct)).Items.Reverse()];
}
