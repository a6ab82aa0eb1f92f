using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Catalog;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.CPod;

/// <summary>
/// custom_fields: a shallow merge, null removes a key (reference §4.7, "json arrays"). The first value of an unknown key defines it.
/// </summary>
internal static class CustomJson
{
    public static readonly Member<JsonElement> Member =
        Members.JsonObject("custom_fields", "Merged into what is there; null removes a key.", 64 * 1024);

    public static Field<CustomPatch> Read(Body body) =>
        body.Get(Member)
        .As(sent => new CustomPatch(sent.EnumerateObject().DistinctBy(member => member.Name)
            .ToDictionary(member => member.Name, member => member.Value))
        { IsFreeForm = true });

    /// <summary>The members of an entity that hold its custom fields.</summary>
    public static Wire<T> Custom<T>(this Wire<T> wire, string subject, Func<T, WorkspaceCatalog> catalog, Func<T, CustomValues> values) =>
        wire.Json("custom_fields", new JsonObject { ["type"] = "object", ["additionalProperties"] = true }, (json, row) =>
        {
            json.WriteStartObject();
            foreach (var (field, value) in values(row).Of(subject, catalog(row)))
            {
                json.WritePropertyName(FreeForm.NameOf(field));
                FreeForm.Write(json, field, value);
            }
            json.WriteEndObject();
        });
}
