using System.Text.Json.Nodes;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api;

/// <summary>
/// {"data": […], "next_cursor", "has_more"}: pages of what has no order, filters or fields to choose; spelled by ListMembers.Reply.
/// </summary>
internal sealed class PagesOf(string name, ISchema item) : ISchema
{
    public string? Name { get; } = name;

    public JsonObject Schema(SchemaBook book) => ListMembers.Page(book.Refer(item), withTotal: false);
}

/// <summary>{"data": […]}: all there is, for answers that are never paged.</summary>
internal sealed class ListOf(string name, ISchema item) : ISchema
{
    public string? Name { get; } = name;

    public JsonObject Schema(SchemaBook book) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { ["data"] = new JsonObject { ["type"] = "array", ["items"] = book.Refer(item) } },
        ["required"] = new JsonArray("data"),
    };

    public static Reply Reply<T>(Wire<T> wire, IReadOnlyList<T> rows, int status = 200) => Hosting.Reply.Json(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("data");
        foreach (var row in rows) wire.Write(json, row);
        json.WriteEndArray();
        json.WriteEndObject();
    }, status);
}
