using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Kernel;

namespace Tributary.Server.Hosting;

// Members that hold others, or any JSON.
internal static partial class Members
{
    /// <summary>A JSON array of items; in a query, comma-separated.</summary>
    public static Member<Seq<TItem>> List<TItem>(string name, string description, Member<TItem> item, int max = 100) =>
        new(name, description)
        {
            Accepts = $"must be a list of at most {max} items, each of which {item.Accepts}",
            Schema = () => new() { ["type"] = "array", ["items"] = item.Schema(), ["maxItems"] = max },
            FromJson = (JsonElement json, ReadingPolicy policy, out Seq<TItem> value) =>
            {
                value = [];
                if (json.ValueKind is not JsonValueKind.Array || json.GetArrayLength() > max) return false;
                var items = new List<TItem>(json.GetArrayLength());
                foreach (var element in json.EnumerateArray())
                {
                    try
                    {
                        if (element.ValueKind is JsonValueKind.Null || !item.FromJson(element, policy, out var one)) return false;
                        items.Add(one);
                    }
                    catch (ProblemException inner)
                    {
                        throw Problem.Invalid(
                            [.. inner.Problem.Fields.Select(field => field
                            with { Field = $"{name}.{items.Count}.{field.Field.TrimStart('.')}" })]);
                    }
                }
                value = [.. items];
                return true;
            },
            FromText = (string text, ReadingPolicy policy, out Seq<TItem> value) =>
            {
                value = [];
                var parts = text.Length == 0 ? [] : text.Split(',');
                if (parts.Length > max) return false;
                var items = new List<TItem>(parts.Length);
                foreach (var part in parts)
                {
                    if (!item.FromText(part.Trim(), policy, out var one)) return false;
                    items.Add(one);
                }
                value = [.. items];
                return true;
            },
        };

    /// <summary>
    /// A JSON object of a known shape, read by <paramref name="read"/>; its wrong members are named with the member's name before them.
    /// </summary>
    public static Member<TValue> Object<TValue>(string name, string description, Shape shape, Func<Body, TValue> read) =>
        new(name, description)
        {
            Accepts = "must be an object",
            Schema = () => shape.Schema(new()),
            FromJson = (JsonElement json, ReadingPolicy policy, out TValue value) =>
            {
                value = default!;
                if (json.ValueKind is not JsonValueKind.Object) return false;
                try
                {
                    value = Body.Read(json, shape, policy, read);
                    return true;
                }
                catch (ProblemException inner)
                {
                    throw Problem.Invalid([.. inner.Problem.Fields.Select(field => field with { Field = $"{name}.{field.Field}" })]);
                }
            },
            FromText = (string text, ReadingPolicy policy, out TValue value) =>
            {
                value = default!;
                return false;
            },
        };

    /// <summary>Any JSON; the rules look at it.</summary>
    public static Member<JsonElement> Json(string name, string description, string accepts = "must be JSON",
        Func<JsonObject>? schema = null) =>
        new(name, description)
        {
            Accepts = accepts,
            Schema = schema ?? (() => []),
            FromJson = (JsonElement json, ReadingPolicy policy, out JsonElement value) =>
            {
                value = json.Clone();
                return true;
            },
            FromText = (string text, ReadingPolicy policy, out JsonElement value) =>
            {
                value = JsonSerializer.SerializeToElement(text);
                return true;
            },
        };

    /// <summary>A JSON object that is kept as it was given; both backends can store it.</summary>
    public static Member<JsonElement> JsonObject(string name, string description, int maxBytes = 16 * 1024) => new(name, description)
    {
        Accepts = $"must be a JSON object of at most {maxBytes / 1024} KiB",
        Schema = () => new() { ["type"] = "object", ["additionalProperties"] = true },
        FromJson = (JsonElement json, ReadingPolicy policy, out JsonElement value) =>
        {
            value = default;
            if (json.ValueKind is not JsonValueKind.Object || !JsonText.IsObject(json.GetRawText(), maxBytes)) return false;
            value = json.Clone();
            return true;
        },
        FromText = (string text, ReadingPolicy policy, out JsonElement value) =>
        {
            value = default;
            return false;
        },
    };
}
