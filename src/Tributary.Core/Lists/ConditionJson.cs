using System.Text.Json;
using Tributary.Core.Kernel;

namespace Tributary.Core.Lists;

/// <summary>
/// The JSON spelling of conditions, in saved filters and in requests:
/// <code>
/// {"and": […]}   {"or": […]}   {"not": {…}}
/// {"field": "value", "operator": "at_least", "value": 1000}
/// {"field": "status", "operator": "in", "values": ["won", "lost"]}
/// {"field": "expected_close", "operator": "is_empty"}
/// </code>
/// Values are JSON texts, numbers, true, false or null; days and instants are texts.
/// </summary>
public static class ConditionJson
{
    private const int MaxDepth = 16;

    public static string Write(Condition condition)
    {
        using var stream = new MemoryStream();
        using (var json =
            new Utf8JsonWriter(stream,
                new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) Write(json,
                condition);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Refuses anything that is not a condition; whether its fields exist is asked when it is used.</summary>
    public static Condition Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            throw Refuse("condition must be JSON.");
        }
    }

    public static Condition Read(JsonElement json)
    {
        try
        {
            return Read(json, 0);
        }
        catch (InvalidOperationException)
        {
            throw Refuse("condition contains a text that is not valid Unicode.");
        }
    }

    private static void Write(Utf8JsonWriter json, Condition condition)
    {
        json.WriteStartObject();
        switch (condition)
        {
            case Condition.And and:
                WriteEach(json, "and", and.Conditions);
                break;
            case Condition.Or or:
                WriteEach(json, "or", or.Conditions);
                break;
            case Condition.Not not:
                json.WritePropertyName("not");
                Write(json, not.Condition);
                break;
            case Condition.Is test:
                json.WriteString("field", test.Field);
                json.WriteString("operator", Operators.Word(test.Operator));
                WriteValues(json, test.Values);
                break;
        }
        json.WriteEndObject();
    }

    private static void WriteEach(Utf8JsonWriter json, string name, Seq<Condition> conditions)
    {
        json.WriteStartArray(name);
        foreach (var condition in conditions) Write(json, condition);
        json.WriteEndArray();
    }

    private static void WriteValues(Utf8JsonWriter json, Seq<Operand> values)
    {
        if (values.Count == 0) return;
        if (values.Count == 1) json.WritePropertyName("value");
        else json.WriteStartArray("values");
        foreach (var value in values) JsonSerializer.Serialize(json, value.Value);
        if (values.Count > 1) json.WriteEndArray();
    }

    private static Condition Read(JsonElement json, int depth)
    {
        if (depth > MaxDepth) throw Refuse($"condition may be nested at most {MaxDepth} levels deep.");
        if (json.ValueKind is not JsonValueKind.Object)
        {
            throw Refuse(
                """condition must be an object: {"and": […]}, {"or": […]}, {"not": {…}} or {"field": …, "operator": …, "value": …}.""");
        }

        var members = json.EnumerateObject().ToArray();
        return members switch
        {
            [{ Name: "and" } and] => new Condition.And(ReadEach(and.Value, depth)),
            [{ Name: "or" } or] => new Condition.Or(ReadEach(or.Value, depth)),
            [{ Name: "not" } not] => new Condition.Not(Read(not.Value, depth + 1)),
            _ => ReadTest(members),
        };
    }

    private static Seq<Condition> ReadEach(JsonElement json, int depth) => json.ValueKind is JsonValueKind.Array
        ? [.. json.EnumerateArray().Select(element => Read(element, depth + 1))]
        : throw Refuse("and and or take a list of conditions.");

    private static Condition.Is ReadTest(JsonProperty[] members)
    {
        string? field = null, word = null;
        Seq<Operand>? values = null;
        foreach (var member in members)
        {
            switch (member)
            {
                case { Name: "field", Value.ValueKind: JsonValueKind.String } when field is null:
                    field = member.Value.GetString();
                    break;
                case { Name: "operator", Value.ValueKind: JsonValueKind.String } when word is null:
                    word = member.Value.GetString();
                    break;
                case { Name: "value" } when values is null:
                    values = [Value(member.Value)];
                    break;
                case { Name: "values", Value.ValueKind: JsonValueKind.Array } when values is null:
                    values = [.. member.Value.EnumerateArray().Select(Value)];
                    break;
                default:
                    throw Refuse("A test has a field (text), an operator (text) and perhaps a value or values (list), each once.");
            }
        }
        if (field is null || word is null) throw Refuse("A test has a field and an operator.");
        return new(field, Operators.Find(word) ?? throw Refuse($"operator must be one of {Operators.All}."), values ?? []);
    }

    private static Operand Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => Operand.None,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number when json.TryGetDecimal(out var number) => number,
        _ => throw Refuse("A value is a text, a number, true, false or null."),
    };

    private static ProblemException Refuse(string message) => Problem.Invalid("condition", message);
}
