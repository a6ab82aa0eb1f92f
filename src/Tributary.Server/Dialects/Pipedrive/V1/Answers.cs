using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>{"success":true,"data":…,"additional_data":…,"related_objects":…} around one record (reference §3).</summary>
internal sealed class One<T>(Wire<T> wire) : ISchema
{
    public string? Name => wire.Name + "Reply";

    public Reply Reply(T row, RelatedObjects? related = null, int status = 200, Action<Utf8JsonWriter>? additional = null) =>
        Hosting.Reply.Json(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("success", true);
        json.WritePropertyName("data");
        wire.Write(json, row);
        Answers.Finish(json, related, additional);
    }, status);

    public JsonObject Schema(SchemaBook book) => Answers.Schema(book.Refer(wire));
}

/// <summary>The same around several records.</summary>
internal sealed class Many<T>(Wire<T> wire, string suffix = "List") : ISchema
{
    public string? Name => wire.Name + suffix;

    /// <summary>A page by start and limit.</summary>
    public Reply Page(IReadOnlyList<T> rows, ListQuery query, bool hasMore, RelatedObjects? related = null,
        Action<Utf8JsonWriter>? additional = null) => Reply(rows, related, json =>
    {
        additional?.Invoke(json);
        Additional.Pagination(json, query, hasMore);
    });

    /// <summary>A page by cursor.</summary>
    public Reply Page(IReadOnlyList<T> rows, string? nextCursor) => Reply(rows, null, json => json.WriteString("next_cursor", nextCursor));

    public Reply Reply(IReadOnlyList<T> rows, RelatedObjects? related = null, Action<Utf8JsonWriter>? additional = null) =>
        Hosting.Reply.Json(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("success", true);
        json.WriteStartArray("data");
        foreach (var row in rows) wire.Write(json, row);
        json.WriteEndArray();
        Answers.Finish(json, related, additional);
    });

    public JsonObject Schema(SchemaBook book) => Answers.Schema(new() { ["type"] = "array", ["items"] = book.Refer(wire) });
}

internal static class Answers
{
    /// <summary>{"success":true,"data":{"id":…}}: what a deletion answers.</summary>
    public static readonly One<long> Id = new(new Wire<long>("IdV1").Whole("id", id => id));

    /// <summary>{"success":true,"data":{"id":[…]}}: what a deletion of several answers.</summary>
    public static readonly One<IReadOnlyList<long>> Ids = new(new Wire<IReadOnlyList<long>>("IdsV1").Wholes("id", ids => ids));

    /// <summary>{"success":true,"data":true}: what deleting a note answers.</summary>
    public static readonly Flagged Done = new();

    /// <summary>{"success":true,"data":[…]}: ids of users.</summary>
    public static Reply Wholes(IReadOnlyList<long> ids) => Reply.Json(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("success", true);
        json.WriteStartArray("data");
        foreach (var id in ids) json.WriteNumberValue(id);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static readonly ISchema WholesSchema = new ListOfWholes();

    public static void Finish(Utf8JsonWriter json, RelatedObjects? related, Action<Utf8JsonWriter>? additional)
    {
        if (additional is not null)
        {
            json.WriteStartObject("additional_data");
            additional(json);
            json.WriteEndObject();
        }
        related?.Write(json);
        json.WriteEndObject();
    }

    public static JsonObject Schema(JsonObject data) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["success"] = new JsonObject { ["type"] = "boolean" },
            ["data"] = data,
            ["additional_data"] = Additional.Any.DeepClone(),
            ["related_objects"] = Additional.Any.DeepClone(),
        },
        ["required"] = new JsonArray("success", "data"),
    };

    private sealed class ListOfWholes : ISchema
    {
        public string? Name => "IdListV1";

        public JsonObject Schema(SchemaBook book) =>
            Answers.Schema(new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "integer" } });
    }

    internal sealed class Flagged : ISchema
    {
        public string? Name => "DoneV1";

        public static Reply Reply(bool done) => Hosting.Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("success", true);
            json.WriteBoolean("data", done);
            json.WriteEndObject();
        });

        public JsonObject Schema(SchemaBook book) => Answers.Schema(new() { ["type"] = "boolean" });
    }
}
