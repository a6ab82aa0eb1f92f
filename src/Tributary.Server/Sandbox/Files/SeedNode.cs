using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Tributary.Server.Sandbox.Files;

/// <summary>One mapping of the file: reads its members and notes everything wrong by its line.</summary>
internal sealed class SeedNode
{
    private readonly Dictionary<string, YamlNode> members = new(StringComparer.Ordinal);
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly List<string> wrong;

    public SeedNode(string file, string path, YamlNode node, List<string> wrong)
    {
        this.wrong = wrong;
        if (node is YamlMappingNode mapping)
        {
            foreach (var (key, value) in mapping.Children)
            {
                members[key is YamlScalarNode { Value: { } name } ? name : key.ToString()] = value;
            }
        }
        At = new(file, path, node.Start.Line, members.ToDictionary(member => member.Key, member => member.Value.Start.Line));
        if (node is not YamlMappingNode) Fail(null, "must hold members such as \"name: value\".");
    }

    public SeedPlace At { get; }

    public void Fail(string? member, string message) => wrong.Add(At.Say(member, message));

    public string? Text(string name, int max = 255)
    {
        if (Scalar(name) is not { } text) return null;
        if (text.Length <= max) return text;
        Fail(name, $"must be a text of at most {max} characters.");
        return null;
    }

    public string Required(string name, int max = 255)
    {
        if (Text(name, max) is { Length: > 0 } text) return text;
        if (!members.TryGetValue(name, out var node) || node is YamlScalarNode { Value: null or "" })
        {
            Fail(name, "must be a text: it is missing.");
        }
        return "";
    }

    public decimal? Number(string name)
    {
        if (Scalar(name) is not { } text) return null;
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var number)) return number;
        Fail(name, $"must be a number such as 1250.50, not \"{text}\".");
        return null;
    }

    public int? Whole(string name)
    {
        if (Scalar(name) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        Fail(name, $"must be a whole number, not \"{text}\".");
        return null;
    }

    public DateOnly? Day(string name)
    {
        if (Scalar(name) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Fail(name, $"must be a day such as 2026-01-31, not \"{text}\".");
        return null;
    }

    public T Word<T>(string name, T standard, params IReadOnlyList<(string Word, T Value)> words)
    {
        if (Scalar(name) is not { } text) return standard;
        foreach (var (word, value) in words) if (word == text) return value;
        Fail(name, $"must be one of {string.Join(", ", words.Select(word => word.Word))}, not \"{text}\".");
        return standard;
    }

    public bool Flag(string name, bool standard = false) => Word(name, standard, ("true", true), ("false", false));

    public IReadOnlyList<string> Texts(string name) =>
        [.. Items(name).Select(item => item.Node).OfType<YamlScalarNode>().Select(scalar => scalar.Value ?? "")
            .Where(text => text.Length > 0)];

    /// <summary>Each entry of a list of mappings.</summary>
    public IReadOnlyList<T> List<T>(string name, Func<SeedNode, T> read)
    {
        var all = new List<T>();
        foreach (var (node, index) in Items(name))
        {
            var item =
                new SeedNode(At.File, string.Create(CultureInfo.InvariantCulture, $"{Below(name)}[{index}]"), node, wrong);
            if (node is not YamlMappingNode) continue;
            all.Add(read(item));
            item.Done();
        }
        return all;
    }

    /// <summary>The members of a mapping under their names, such as rates under currencies.</summary>
    public IReadOnlyList<T> Map<T>(string name, Func<SeedNode, string, T> read)
    {
        known.Add(name);
        if (!members.TryGetValue(name, out var node)) return [];
        var inner = new SeedNode(At.File, Below(name), node, wrong);
        return [.. inner.members.Keys.Select(key => read(inner, key))];
    }

    /// <summary>What a member holds, whatever it is; those who know what it should be say whether it is.</summary>
    public JsonNode? Written(string name) => Written(members[name]);

    /// <summary>Refuses members that nobody asked for.</summary>
    public void Done()
    {
        foreach (var name in members.Keys.Except(known))
        {
            Fail(name, $"there is no such member. Known are {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
        }
    }

    private string Below(string name) => At.Path.Length == 0 ? name : $"{At.Path}.{name}";

    private static JsonNode? Written(YamlNode node) => node switch
    {
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Written)]),
        YamlMappingNode mapping => new JsonObject(mapping.Children
            .Select(pair => KeyValuePair.Create(pair.Key.ToString(), Written(pair.Value)))),
        YamlScalarNode scalar when Said(scalar) is { } text => JsonValue.Create(text),
        _ => null,
    };

    // What stands in quotes is a text as it is; nothing, "~" and "null" without them are none.
    private static string? Said(YamlScalarNode scalar) => scalar.Style is ScalarStyle.Plain or ScalarStyle.Any
        ? scalar.Value is null or "" or "~" or "null" ? null : scalar.Value.Trim()
        : scalar.Value is "" ? null : scalar.Value;

    private string? Scalar(string name)
    {
        known.Add(name);
        if (!members.TryGetValue(name, out var node)) return null;
        if (node is YamlScalarNode scalar) return Said(scalar);
        Fail(name, "must be one value, neither a list nor members.");
        return null;
    }

    private IEnumerable<(YamlNode Node, int Index)> Items(string name)
    {
        known.Add(name);
        if (!members.TryGetValue(name, out var node) || node is YamlScalarNode { Value: null or "" }) return [];
        if (node is YamlSequenceNode list) return list.Children.Select((item, index) => (item, index));
        Fail(name, "must be a list, each entry behind a dash.");
        return [];
    }
}
