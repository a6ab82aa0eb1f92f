using Microsoft.Extensions.DependencyInjection;
using Tributary.Core.Kernel;
using Tributary.Core.Webhooks;
using Tributary.Server.Background;
using Tributary.Server.Hosting;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Webhooks;

/// <summary>Everything between a change and a receiver, without the loop that drives it.</summary>
internal sealed record WebhookLine(SomeWorkspace Some, WebhookService Service, WebhookFanOut FanOut, WebhookCourier Courier,
    WebhookSender Sender) : IDisposable
{
    private static CancellationToken Ct => CancellationToken.None;

    public static async Task<WebhookLine> Open(Backend backend, bool allowPrivate = true)
    {
        var some = await Support.Some.Workspace(backend);
        var dialects = (await TestServers.Of(backend)).Services.GetServices<IDialect>();
        var options = new TributaryOptions { Webhooks = new() { AllowPrivate = allowPrivate } };
        return new(some, new(some.Db, SeededRandom.Of(3), new(AllowHttp: true)), new(some.Db), new(some.Db, bytes => bytes.Clear()),
            new(dialects, options));
    }

    public Task<CreatedWebhook> Hook(string url, string dialect = "native") =>
        Service.Create(Some.Admin with { Dialect = dialect },
            new() { Url = url, Events = (Seq<string>)["deal.created", "deal.updated", "deal.stage_changed"] }, Ct);

    public async Task<WebhookDelivery> Round(CreatedWebhook hook)
    {
        await Settled.Log(Some);
        while (await FanOut.Step(Some.Id, FreeHands.None, Ct) > 0) continue;
        while (await Courier.Step(Some.Id, hook.Webhook.Id, Sender.Send, Ct) is { Attempts: > 0 }) continue;
        return (await Service.Deliveries(Some.Admin, hook.Webhook.Id, null, null, 1, Ct)).Items[0];
    }

    public void Dispose() => Sender.Dispose();
}
