using System.Globalization;
using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>
/// Conditions of filters as Pipedrive spells them, read into the engine's: "only one first-level condition group is supported, and
/// it must be glued with 'AND', and only two second level condition groups …, one 'AND' and the second with 'OR'"; at most 16
/// conditions (specification of v1).
/// </summary>
internal sealed class FilterConditions(string subject, WorkspaceCatalog catalog)
{
    private const int Most = 16;

    /// <summary>The objects whose fields filters of a kind may test, beside their own; the engine joins them.</summary>
    private static readonly Dictionary<string, string[]> Joined = new()
    {
        ["deal"] = ["person", "organization"],
        ["person"] = ["organization"],
        ["lead"] = ["person", "organization"],
        ["activity"] = ["deal", "person", "organization"],
    };

    private int count;

    public Condition Read(JsonElement json)
    {
        if (json.ValueKind is JsonValueKind.String)
        {
            try
            {
                using var document = JsonDocument.Parse(Members.TryText(json, out var text) ? text : "");
                return Read(document.RootElement);
            }
            catch (JsonException)
            {
                throw Refuse("conditions must be a JSON object.");
            }
        }
        var condition = Group(json, 0);
        return count > 0 ? condition : throw Refuse("conditions must have at least one condition.");
    }

    private Condition Group(JsonElement json, int depth)
    {
        if (depth > 3 || json.ValueKind is not JsonValueKind.Object || !json.TryGetProperty("conditions", out var list)
            || list.ValueKind is not JsonValueKind.Array)
        {
            throw Refuse(
                "conditions must be {\"glue\":\"and\",\"conditions\":[{\"glue\":\"and\",\"conditions\":[…]},{\"glue\":\"or\",\"conditions\":[…]}]}.");
        }
        var glue = Text(json, "glue")?.ToLowerInvariant() ?? "and";
        if (glue is not ("and" or "or")) throw Refuse("conditions: glue must be and or or.");
        if (depth == 0 && glue != "and") throw Refuse("conditions: the first group must be glued with and.");
        var inner = new List<Condition>();
        foreach (var one in list.EnumerateArray())
        {
            if (one.ValueKind is JsonValueKind.Null) continue;
            if (one.ValueKind is not JsonValueKind.Object) throw Refuse("conditions: a condition must be an object.");
            // A group without conditions says nothing, also where it is glued with or.
            if (!one.TryGetProperty("conditions", out var members)) inner.Add(Test(one));
            else if (members.ValueKind is not JsonValueKind.Array
                || members.EnumerateArray().Any(member => member.ValueKind is not JsonValueKind.Null)) inner.Add(Group(one, depth + 1));
        }
        return glue == "or" && inner.Count > 0 ? Condition.AnyOf([.. inner]) : Condition.AllOf([.. inner]);
    }

    private Condition Test(JsonElement json)
    {
        if (++count > Most) throw Refuse($"conditions: a filter has at most {Most} conditions.");
        var target = Subject(Text(json, "object"), subject);
        if (target != subject && !Joined.GetValueOrDefault(subject, []).Contains(target))
        {
            // Deals are filtered by the products attached to them, and by nothing else of products.
            if (subject == "deal" && target == "product") target = "deal";
            else throw Refuse($"conditions: fields of {Cut(target)} cannot be tested in filters of {subject} records.");
        }
        var key = Text(json, "field_id") ?? Text(json, "field_code") ?? throw Refuse("conditions: a condition needs a field_id.");
        var word = Text(json, "operator") ?? throw Refuse("conditions: a condition needs an operator.");
        var value = json.TryGetProperty("value", out var sent) ? sent : default;
        var prefix = target == subject ? "" : target + ".";
        return BuiltInFields.Find(target, key) is { } builtIn ? BuiltIn(builtIn, prefix, word, value)
            : Custom(target, key, prefix, word, value);
    }

    /// <summary>The engine's name of the object that a condition is about; the filter's own when it names none.</summary>
    public static string Subject(string? sent, string own) =>
        sent?.ToLowerInvariant() switch { null => own, "org" => "organization", "people" => "person", var given => given };

    private static Condition BuiltIn(BuiltInField field, string prefix, string word, JsonElement value)
    {
        if (field.Field is not { } name) throw Refuse($"conditions: {field.Key} cannot be filtered by.");
        var group = FilterOperators.Group(field.Type);
        Must(field.Key, group, word);
        if (field.Type == "rotten") return Condition.Equal(prefix + name, word is "IS NOT NULL" or "=");
        if (field.Type == "status" && Values(value) is ["all_not_deleted"]) return Condition.Everything;
        if (field.Type == "status" && Values(value) is ["deleted"])
        {
            return Condition.Test(prefix + "deleted_at", word == "=" ? Operator.IsNotEmpty : Operator.IsEmpty);
        }
        if (field.Type == "boolean" && word is "=" or "!=")
        {
            return Condition.Test(prefix + name, word == "!=" ? Operator.NotEqual : Operator.Equal, Values(value) is ["1" or "true"]);
        }
        var isList = field.Type is "set" or "product" or "people" or "followers";
        return FilterOperators.Of(prefix + name, group, isList, word, Operands(field.Key, group, isList, word, value));
    }

    private Condition Custom(string target, string key, string prefix, string word, JsonElement value)
    {
        var owner = target == "lead" ? "deal" : target;
        var definition = catalog.FieldsOf(owner)
            .FirstOrDefault(field => field.Key == key || (field.Id + BuiltInFields.FirstCustom)
                .ToString(CultureInfo.InvariantCulture) == key);
        if (definition is not { DeletedAt: null }) throw Refuse($"conditions: {Cut(key)} is no field of {target} records.");
        var group = FilterOperators.Group(definition.Type);
        Must(key, group, word);
        var isList = definition.Type is FieldType.Set;
        return FilterOperators.Of($"{prefix}custom.{definition.Key}", group, isList, word, Operands(key, group, isList, word, value));
    }

    private static Seq<Operand> Operands(string key, string group, bool isList, string word, JsonElement value)
    {
        if (word is "IS NULL" or "IS NOT NULL") return [];
        var values = Values(value);
        if (values.Count == 0) throw Refuse($"conditions: {Cut(key)} needs a value.");
        if (isList || word == "has_been")
        {
            values = [.. values.SelectMany(one => one.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        }
        else if (values.Count > 1) throw Refuse($"conditions: {Cut(key)} takes one value.");
        return [.. values.Select(one => group is "int" or "double" or "monetary"
            && decimal.TryParse(one, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? (Operand)number : one)];
    }

    private static List<string> Values(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Members.TryText(value, out var text)
            ? [text] : throw Refuse("conditions: a value must be a text that is valid Unicode."),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => [value.GetRawText()],
        JsonValueKind.Array when value.GetArrayLength() <= 100 =>
            [.. value.EnumerateArray().Where(one => one.ValueKind is not JsonValueKind.Array and not JsonValueKind.Object)
                .SelectMany(Values)],
        _ => [],
    };

    private static void Must(string key, string group, string word)
    {
        if (!FilterOperators.Takes(group, word)) throw Refuse($"conditions: {Cut(key)} does not take the operator {Cut(word)}.");
    }

    private static string? Text(JsonElement json, string name) => !json.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => Members.TryText(value, out var text) ? text : null,
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    private static string Cut(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static ProblemException Refuse(string message) => Problem.Invalid("conditions", message);
}
