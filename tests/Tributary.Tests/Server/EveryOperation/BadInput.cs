using System.Text;
using System.Text.Json.Nodes;
using Tributary.Server.Hosting;

namespace Tributary.Tests.Server.EveryOperation;

/// <summary>
/// Values that a member cannot be, by what its schema says it is. Written as JSON text, because some of them are not JSON.
/// </summary>
internal static class BadInput
{
    private const string Wrong = "{\"zz\":[true]}";
    private static readonly string[] Huge =
        ["1e400", "-1e400", "99999999999999999999999999999999999999999999", "-99999999999999999999999999999999999999999999"];

    /// <summary>Those of an operation's body, in a body that it takes.</summary>
    public static IEnumerable<(string Name, JsonObject Schema, Func<string, string> Write)> Places(Operation route, World world) =>
        Places((JsonObject)route.Body!.Schema(new())["properties"]!, Requests.Body(route, world), world);

    /// <summary>Members, those inside objects and lists of objects included, each with the body it stands in.</summary>
    private static IEnumerable<(string Name, JsonObject Schema, Func<string, string> Write)> Places(JsonObject properties, JsonObject body,
        World world, int depth = 0)
    {
        foreach (var (name, node) in properties)
        {
            var schema = (JsonObject)node!;
            yield return (name, schema, value => Replace(body, name, value));
            if (depth == 2) continue;

            var isList = Requests.TypeOf(schema) == "array";
            if ((isList ? schema["items"] : schema) is not JsonObject { } inner || inner["properties"] is not JsonObject deeper) continue;
            var minimal = (JsonObject)Requests.Valid(name, inner, world)!;
            foreach (var (innerName, innerSchema, write) in Places(deeper, minimal, world, depth + 1))
            {
                yield return (innerName, innerSchema, value => Replace(body, name, isList ? $"[{write(value)}]" : write(value)));
            }
        }
    }

    /// <summary>What no dialect may take for this schema, however lenient it is about numbers sent as texts.</summary>
    public static IEnumerable<string> Never(JsonObject schema)
    {
        switch (Requests.TypeOf(schema))
        {
            case "string":
                yield return Wrong;
                yield return "\"\\ud800\"";
                yield return "\"\\u0000\"";
                if (schema["enum"] is not null || schema["format"] is not null) yield return "\"nonsense\"";
                if (schema["minLength"] is not null) yield return "\"  \"";
                if (schema["maxLength"]?.GetValue<int>() is { } max and < 100_000) yield return $"\"{new string('x', max + 1)}\"";
                break;
            case "integer":
                foreach (var value in Huge.Append(Wrong).Append("\"nonsense\"").Append("1.5").Append("[1]")) yield return value;
                if (HasFloor(schema)) yield return "-7";
                break;
            case "number":
                foreach (var value in Huge.Append(Wrong).Append("\"nonsense\"").Append("[1]")) yield return value;
                break;
            case "boolean":
                foreach (var value in new[] { Wrong, "\"perhaps\"", "7" }) yield return value;
                break;
            case "array":
                foreach (var value in new[] { Wrong, "7", "[{\"zz\":[{}]}]" }) yield return value;
                break;
            case "object":
                foreach (var value in new[] { "7", "\"text\"", "[1]" }) yield return value;
                break;
        }
    }

    public static bool HasFloor(JsonObject schema) => schema["minimum"] is { } minimum && !minimum.ToJsonString().StartsWith('-');

    /// <summary>What one member may take and another not; no dialect may break over it.</summary>
    public static readonly string[] Perhaps =
        ["null", "\"\"", "-1", "0", "999999999999", "\"999999999999\"", "\"' OR 1=1 --\"", "\"\\u202e\\u0007\"", "[]", "{}", "true"];

    public static byte[] WithInvalidUtf8(string json, string mark)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var at = json.IndexOf(mark, StringComparison.Ordinal);
        (bytes[at], bytes[at + 1]) = (0xC3, 0x28);
        return bytes;
    }

    private static string Replace(JsonObject body, string name, string value)
    {
        var text = new StringBuilder("{");
        foreach (var (other, node) in body.Where(member => member.Key != name))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"{JsonValue.Create(other)!.ToJsonString()}:{node?.ToJsonString() ?? "null"},");
        }
        return text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\"{name}\":{value}}}").ToString();
    }
}
