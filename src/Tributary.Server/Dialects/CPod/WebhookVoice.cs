using System.Text;
using System.Text.Json.Nodes;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Webhooks;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.CPod;

/// <summary>
/// An event record as the page "Events" shows it ({id, type, resourceId, resourceType, organizationId, payload, timestamp}), signed as the
/// reference decides (§4.7, "webhook events"): HMAC-SHA256 in hex over the raw body.
/// </summary>
internal sealed class WebhookVoice(DealService deals) : IWebhookVoice
{
    public async ValueTask<byte[]> Spell(Errand errand, CancellationToken ct) => WebhookJson.Bytes(await Told(errand, ct));

    public IEnumerable<(string Name, string Value)> Sign(Errand errand, byte[] body)
    {
        yield return ("X-Cpod-Signature", Hex(errand.Secrets[0], body));
        if (errand.Secrets.Count > 1) yield return ("X-Cpod-Signature-Previous", Hex(errand.Secrets[1], body));
        yield return ("X-Cpod-Event", WebhookRoutes.Spell(errand.Delivery.Type));
        yield return ("X-Cpod-Delivery", $"dlv_{UidText.ToUlid(errand.Delivery.MessageUid)}");
    }

    private async Task<JsonObject> Told(Errand errand, CancellationToken ct)
    {
        var payload = errand.Deal is { } deal ? await Shown(errand, deal, ct) : [];
        var json = new JsonObject
        {
            ["id"] = $"evt_{UidText.ToUlid(errand.Line?.Uid ?? errand.Delivery.MessageUid)}",
            ["type"] = WebhookRoutes.Spell(errand.Delivery.Type),
            ["resourceType"] = errand.Deal is null ? null : "deal",
            ["resourceId"] = errand.Deal is { } about ? Ids.Deal(about.Uid) : null,
            ["organizationId"] = errand.Catalog.Workspace.Uid.ToString("D"),
            ["timestamp"] = Times.Spell(errand.Line?.At ?? errand.Delivery.AddedAt, TimeStyle.IsoSeconds),
            ["payload"] = payload,
        };
        if (errand.Before is { } before) json["previous"] = WebhookJson.Previous(await Shown(errand, before, ct), payload);
        return json;
    }

    private static string Hex(string secret, byte[] body) => $"sha256={Signature.Hex(Encoding.UTF8.GetBytes(secret), body)}";

    /// <summary>The deal with the audit log as it then was.</summary>
    private async Task<JsonObject> Shown(Errand errand, Deal deal, CancellationToken ct)
    {
        var caller = Caller.System(errand.Workspace) with { AppId = errand.Webhook.AppId, AppUid = errand.AppUid };
        var view = (await DealWire.View(caller, deals, errand.Catalog, [deal], ct))[0];
        var until = ReferenceEquals(deal, errand.Before) ? deal.UpdatedAt : errand.Line!.At;
        return WebhookJson.Of(DealWire.One, view with { AuditLog = [.. view.AuditLog.Where(change => change.At <= until)] });
    }
}
