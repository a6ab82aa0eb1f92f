using System.Text.Json.Nodes;
using Tributary.Core.Webhooks;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Webhooks;

internal static class WebhookRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The webhook.").InPath();
    private static readonly Member<long> DeliveryId = Members.Id("delivery_id", "The delivery.").InPath();
    private static readonly Member<DeliveryState> State =
        Members.Word("state", "Only deliveries in this state.", ("waiting", DeliveryState.Waiting), ("sent", DeliveryState.Sent),
            ("parked", DeliveryState.Parked));

    private static readonly ShortListing<Webhook> Webhooks = new(WebhookWire.Webhook, webhook => webhook.Id)
    {
        Filters =
            [ShortFilter<Webhook>.Of(Members.Flag("is_paused", "Paused webhooks, or those that are not."),
                (webhook, paused) => webhook.IsPaused == paused)],
        Sorts = new Dictionary<string, Func<Webhook, IComparable?>>
        {
            ["id"] = w => w.Id,
            ["name"] = w => w.Name,
            ["added_at"] = w => w.AddedAt,
        },
    };

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/webhooks", "listWebhooks", List)
        {
            Tag = "Webhooks", Summary = "List webhooks", Parameters = Webhooks.Parameters, Answer = Webhooks,
        },
        new("POST", "/webhooks", "createWebhook", Create)
        {
            Tag = "Webhooks", Summary = "Make a webhook and show its secret this once", Body = WebhookWire.New, Status = 201,
            Answer = WebhookWire.Created, ShowsSecret = true,
            Description = "It is told of what happens from now on: at least once, in order per deal, signed as Standard Webhooks asks.",
        },
        new("GET", "/webhooks/{id}", "getWebhook", Get)
        {
            Tag = "Webhooks", Summary = "Get a webhook", Parameters = [Id, Selection.Fields], Answer = WebhookWire.Webhook,
        },
        new("PATCH", "/webhooks/{id}", "updateWebhook", Update)
        {
            Tag = "Webhooks", Summary = "Change, pause or resume a webhook", Parameters = [Id], Body = WebhookWire.Changes,
            Answer = WebhookWire.Webhook,
        },
        new("DELETE", "/webhooks/{id}", "deleteWebhook", Delete)
        {
            Tag = "Webhooks", Summary = "Delete a webhook and its deliveries", Parameters = [Id], Status = 204,
        },
        new("POST", "/webhooks/{id}/rotate", "rotateWebhookSecret", Rotate)
        {
            Tag = "Webhooks", Summary = "Give a webhook another secret; for a day the former one signs too", Parameters = [Id],
            Answer = WebhookWire.Created, ShowsSecret = true,
        },
        new("POST", "/webhooks/{id}/test", "testWebhook", Test)
        {
            Tag = "Webhooks", Summary = "Send a delivery that tells of nothing", Parameters = [Id], Status = 202,
            Answer = WebhookWire.Delivery,
        },
        new("GET", "/webhooks/{id}/deliveries", "listWebhookDeliveries", Deliveries)
        {
            Tag = "Webhooks", Summary = "List deliveries, newest first",
            Parameters = [Id, ListMembers.Limit, ListMembers.Cursor, State, Selection.Fields], Answer = new DeliveryList(),
        },
        new("GET", "/webhooks/{id}/deliveries/{delivery_id}", "getWebhookDelivery", Delivery)
        {
            Tag = "Webhooks", Summary = "Get a delivery", Parameters = [Id, DeliveryId, Selection.Fields], Answer = WebhookWire.Delivery,
        },
        new("POST", "/webhooks/{id}/deliveries/{delivery_id}/replay", "replayWebhookDelivery", Replay)
        {
            Tag = "Webhooks", Summary = "Send a delivery once more", Parameters = [Id, DeliveryId], Status = 202,
            Answer = WebhookWire.Delivery,
        },
        new("POST", "/webhooks/{id}/replay", "replayWebhookDeliveries", ReplayRange)
        {
            Tag = "Webhooks", Summary = "Send a range of deliveries once more, in their first order", Parameters = [Id],
            Body = WebhookWire.Range, Status = 202, Answer = WebhookWire.Replayed,
        },
    ];

    private static Task<Reply> List(Call call) => Webhooks.Answer(call, () => call.Service<WebhookService>().List(call.Caller, call.Ct));

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustAdminister("webhooks");
        return Reply.Json(WebhookWire.Created, await call.Service<WebhookService>()
            .Create(call.Caller, await call.Read(WebhookWire.ReadNew), call.Ct), status: 201);
    }

    private static async Task<Reply> Get(Call call)
    {
        var id = call.Path(Id, "webhook");
        var only = Selection.Read(call, WebhookWire.Webhook);
        call.Checked();
        var webhook = await call.Service<WebhookService>().Get(call.Caller, id, call.Ct);
        return Reply.Json(WebhookWire.Webhook, webhook, webhook.Version, only: only);
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustAdminister("webhooks");
        var id = call.Path(Id, "webhook");
        var patch = await call.Read(WebhookWire.ReadChanges);
        var webhook = await call.Service<WebhookService>()
            .Update(call.Caller, id, patch with { ExpectedVersion = call.ExpectedVersion() ?? patch.ExpectedVersion }, call.Ct);
        return Reply.Json(WebhookWire.Webhook, webhook, webhook.Version);
    }

    private static async Task<Reply> Delete(Call call)
    {
        await call.Service<WebhookService>().Delete(call.Caller, call.Path(Id, "webhook"), call.ExpectedVersion(), call.Ct);
        return Reply.Empty();
    }

    private static async Task<Reply> Rotate(Call call) =>
        Reply.Json(WebhookWire.Created, await call.Service<WebhookService>().Rotate(call.Caller, call.Path(Id, "webhook"), call.Ct));

    private static async Task<Reply> Test(Call call) =>
        Reply.Json(WebhookWire.Delivery, await call.Service<WebhookService>().Test(call.Caller, call.Path(Id, "webhook"), call.Ct),
            status: 202);

    private static async Task<Reply> Deliveries(Call call)
    {
        var id = call.Path(Id, "webhook");
        var only = Selection.Read(call, WebhookWire.Delivery);
        var limit = (int)call.Query(ListMembers.Limit, ListMembers.DefaultLimit);
        var cursor = call.Query(ListMembers.Cursor);
        DeliveryState? state = call.Query(State) is { IsSet: true, Value: var known } ? known : null;
        call.Checked();
        return ListMembers.Reply(WebhookWire.Delivery,
            await call.Service<WebhookService>().Deliveries(call.Caller, id, state, cursor.IsSet ? cursor.Value : null, limit, call.Ct),
            only);
    }

    private static async Task<Reply> Delivery(Call call)
    {
        var (id, deliveryId) = (call.Path(Id, "webhook"), call.Path(DeliveryId, "delivery"));
        var only = Selection.Read(call, WebhookWire.Delivery);
        call.Checked();
        return Reply.Json(WebhookWire.Delivery, await call.Service<WebhookService>().Delivery(call.Caller, id, deliveryId, call.Ct),
            only: only);
    }

    private static async Task<Reply> Replay(Call call) =>
        Reply.Json(WebhookWire.Delivery, await call.Service<WebhookService>()
            .Replay(call.Caller, call.Path(Id, "webhook"), call.Path(DeliveryId, "delivery"), call.Ct), status: 202);

    private static async Task<Reply> ReplayRange(Call call)
    {
        call.Caller.MustAdminister("webhooks");
        var id = call.Path(Id, "webhook");
        return Reply.Json(WebhookWire.Replayed,
            new(await call.Service<WebhookService>().Replay(call.Caller, id, await call.Read(WebhookWire.ReadRange), call.Ct)),
            status: 202);
    }

    private sealed class DeliveryList : ISchema
    {
        public string? Name => "WebhookDeliveryList";

        public JsonObject Schema(SchemaBook book) => ListMembers.Page(book.Refer(WebhookWire.Delivery), withTotal: false);
    }
}
