using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.AutomateNexus;

/// <summary>custom_fields: any keys and values; those that are sent replace theirs, null removes (reference §2.4).</summary>
internal static class CustomFields
{
    public static readonly Member<JsonElement> Member =
        Members.Json("custom_fields", "Keys that nobody defined become fields, typed by their first value; null removes a value.",
            "must be an object",
        () => new() { ["type"] = "object", ["additionalProperties"] = true });

    public static Field<CustomPatch> Read(Body body)
    {
        var sent = body.Get(Member);
        if (!sent.IsSet) return default;
        if (sent.Value.ValueKind is JsonValueKind.Object)
        {
            return new CustomPatch(sent.Value.EnumerateObject()
                .ToDictionary(member => member.Name, member => member.Value))
            { IsFreeForm = true };
        }
        body.Fail("custom_fields", "custom_fields must be an object.");
        return default;
    }

    public static void Write(Utf8JsonWriter json, WorkspaceCatalog catalog, string subject, CustomValues values)
    {
        json.WriteStartObject();
        foreach (var (field, value) in values.Of(subject, catalog))
        {
            json.WritePropertyName(FreeForm.NameOf(field));
            FreeForm.Write(json, field, value);
        }
        json.WriteEndObject();
    }
}
