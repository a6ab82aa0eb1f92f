using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api;

/// <summary>Custom field values in our own API: by slug when writing, by slug or key when reading.</summary>
internal static class CustomJson
{
    public static readonly Member<JsonElement> Member =
        Members.Json("custom", "Custom field values by slug or key; null clears one.", "must be an object of custom field values",
            () => new() { ["type"] = "object", ["additionalProperties"] = true });

    /// <summary>The member "custom", for wires.</summary>
    public static Wire<T> Custom<T>(this Wire<T> wire, string subject, Func<T, WorkspaceCatalog> catalog, Func<T, CustomValues> values,
        string doc = "Custom field values by slug.") =>
        wire.Json("custom", new() { ["type"] = "object", ["additionalProperties"] = true },
            (json, row) => Write(json, catalog(row), subject, values(row)), doc);

    public static void Write(Utf8JsonWriter json, WorkspaceCatalog catalog, string subject, CustomValues values)
    {
        json.WriteStartObject();
        foreach (var (field, value) in values.Of(subject, catalog))
        {
            json.WritePropertyName(field.Slug);
            value.WriteTo(json);
        }
        json.WriteEndObject();
    }

    public static Field<CustomPatch> Read(Body body, WorkspaceCatalog catalog, string subject)
    {
        var sent = body.Get(Member);
        if (!sent.IsSet) return default;
        if (sent.Value.ValueKind is not JsonValueKind.Object)
        {
            body.Fail("custom", "custom must be an object of custom field values.");
            return default;
        }
        var values = new Dictionary<string, JsonElement>();
        foreach (var member in sent.Value.EnumerateObject())
        {
            var field = catalog.FieldsOf(subject).FirstOrDefault(field => field.Slug == member.Name || field.Key == member.Name);
            if (field is null) body.Fail($"custom.{member.Name}", $"There is no custom field {member.Name} for this kind of record.");
            else values[field.Key] = member.Value;
        }
        return new CustomPatch(values);
    }
}
