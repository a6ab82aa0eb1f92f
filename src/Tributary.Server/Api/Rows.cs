using System.Text.Json.Nodes;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api;

/// <summary>A list that has no order, filters or fields to choose: {"data": […]}, with a cursor where it has pages.</summary>
internal sealed class Rows<T>(Wire<T> wire) : ISchema
{
    public string? Name => wire.Name + "Rows";

    public Reply All(IReadOnlyList<T> rows, int status = 200) => Reply.Json(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("data");
        foreach (var row in rows) wire.Write(json, row);
        json.WriteEndArray();
        json.WriteEndObject();
    }, status);

    public Reply Page(Page<T> page) => Reply.Json(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("data");
        foreach (var row in page.Items) wire.Write(json, row);
        json.WriteEndArray();
        json.WriteString("next_cursor", page.NextCursor);
        json.WriteBoolean("has_more", page.HasMore);
        json.WriteEndObject();
    });

    public JsonObject Schema(SchemaBook book) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["data"] = new JsonObject { ["type"] = "array", ["items"] = book.Refer(wire) },
            ["next_cursor"] = new JsonObject { ["type"] = new JsonArray("string", "null"), ["description"] = "Of lists with pages: send it as cursor to get the next one." },
            ["has_more"] = new JsonObject { ["type"] = "boolean" },
        },
        ["required"] = new JsonArray("data"),
    };
}
