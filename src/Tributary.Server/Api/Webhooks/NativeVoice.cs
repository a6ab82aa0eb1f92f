using System.Globalization;
using System.Text;
using System.Text.Json;
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
    public ValueTask<byte[]> Spell(Errand errand, CancellationToken ct) => new(WebhookJson.Bytes(errand, Write));

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

    private static void Write(Utf8JsonWriter json, Errand errand)
    {
        json.WriteStartObject();
        json.WriteString("id", errand.Line?.Uid ?? errand.Delivery.MessageUid);
        json.WriteString("type", errand.Delivery.Type);
        json.WriteString("timestamp", Times.Spell(errand.Line?.At ?? errand.Delivery.AddedAt, TimeStyle.IsoMilliseconds));
        json.WritePropertyName("data");
        var previous = errand switch
        {
            { Deal: { } deal } => WriteDeal(json, errand, new(deal, errand.Catalog)),
            { Line: { } line } => WriteLine(json, line),
            _ => WriteNothing(json),
        };
        json.WritePropertyName("previous");
        if (previous is null) json.WriteNullValue();
        else previous.WriteTo(json);
        if (errand.Delivery.AutomationId is { } automation) json.WriteNumber("automation_id", automation);
        json.WriteEndObject();
    }

    /// <returns>The members that were otherwise before.</returns>
    private static JsonObject? WriteDeal(Utf8JsonWriter json, Errand errand, DealView after)
    {
        DealWire.Deal.Write(json, after);
        return errand.Before is { } before
            ? WebhookJson.Previous(WebhookJson.Of(DealWire.Deal, new(before, errand.Catalog)), WebhookJson.Of(DealWire.Deal, after)) : null;
    }

    private static JsonObject? WriteLine(Utf8JsonWriter json, LogEvent line)
    {
        var (data, previous) = OfLine(line);
        data.WriteTo(json);
        return previous;
    }

    private static JsonObject? WriteNothing(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteEndObject();
        return null;
    }

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
