using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Webhooks;
using Tributary.Server.Api.Deals;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Webhooks;

/// <summary>Standard Webhooks 1.0.0: {"id","type","timestamp","data","previous"}, signed over id, time and body.</summary>
internal sealed class NativeVoice : IWebhookVoice
{
    public Task<JsonObject> Spell(Errand errand, CancellationToken ct)
    {
        var (data, previous) = errand switch
        {
            { Deal: { } deal } => OfDeal(errand, WebhookJson.Of(DealWire.Deal, new(deal, errand.Catalog))),
            { Line: { } line } => OfLine(line),
            _ => (new JsonObject(), null),
        };
        var json = new JsonObject
        {
            ["id"] = errand.Line?.Uid ?? errand.Delivery.MessageUid,
            ["type"] = errand.Delivery.Type,
            ["timestamp"] = Times.Spell(errand.Line?.At ?? errand.Delivery.AddedAt, TimeStyle.IsoMilliseconds),
            ["data"] = data,
            ["previous"] = previous,
        };
        if (errand.Delivery.AutomationId is { } automation) json["automation_id"] = automation;
        return Task.FromResult(json);
    }

    public IEnumerable<(string Name, string Value)> Sign(Errand errand, byte[] body)
    {
        var id = $"msg_{UidText.ToBase32(errand.Delivery.MessageUid)}";
        var timestamp = errand.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        yield return ("webhook-id", id);
        yield return ("webhook-timestamp", timestamp);
        yield return ("webhook-signature", string.Join(' ',
            errand.Secrets.Select(secret => $"v1,{Signature.Base64(WebhookRules.Key(secret) ?? Encoding.UTF8.GetBytes(secret), signed)}")));
    }

    private static (JsonObject, JsonObject?) OfDeal(Errand errand, JsonObject after) =>
        (after, errand.Before is { } before ? WebhookJson.Previous(WebhookJson.Of(DealWire.Deal, new(before, errand.Catalog)), after)
            : null);

    /// <summary>Of other records, the fields that changed: with a creation that is all that was set.</summary>
    private static (JsonObject, JsonObject?) OfLine(LogEvent line)
    {
        var data = new JsonObject { ["id"] = line.SubjectId, ["deal_id"] = line.DealId };
        var previous = new JsonObject();
        foreach (var change in line.Changes)
        {
            data[change.Field] = change.New is { } now ? JsonNode.Parse(now.GetRawText()) : null;
            previous[change.Field] = change.Old is { } old ? JsonNode.Parse(old.GetRawText()) : null;
        }
        return (data, line.Action == "created" ? null : previous);
    }
}
