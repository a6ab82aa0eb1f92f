using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tributary.Core.Storage;

namespace Tributary.Tests.Support;

/// <summary>
/// An approved conversation with a dialect: requests, answers, and the lines of the log that each request caused, in one text
/// file. Its first lines say who told us what to expect. Ids stand as &lt;deal:1&gt;, in requests and answers alike; times stand
/// as they are, since the clock stands still. `make golden` writes the answers anew; the difference is read as a change of the API.
/// </summary>
internal sealed partial class Golden(SomeWorkspace workspace, HttpClient client, ScrubbedIds ids)
{
    private const string Next = "\n###\n";

    private static readonly bool rewrites = Environment.GetEnvironmentVariable("TRIBUTARY_GOLDEN") == "write";

    private long lastEvent;

    /// <summary>Has the conversation of the file again, and compares.</summary>
    public async Task Run(string file)
    {
        lastEvent = await LastEvent();
        var approved = (await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n").TrimEnd('\n');
        var actual = new StringBuilder();
        foreach (var step in approved.Split(Next))
        {
            if (actual.Length > 0) actual.Append(Next);
            actual.Append(await Answer(step));
        }
        Assert.StartsWith("# ", approved, StringComparison.Ordinal);
        if (rewrites) await File.WriteAllTextAsync(file, actual.Append('\n').ToString());
        else Assert.Equal(approved, actual.ToString());
    }

    /// <summary>The step with the answer that the request has now.</summary>
    private async Task<string> Answer(string step)
    {
        var lines = step.Split('\n');
        var first = Array.FindIndex(lines, line => Request().IsMatch(line));
        Assert.True(first >= 0, $"No request in:\n{step}");
        var end = Array.FindIndex(lines, first, line => line.Length == 0);
        if (end < 0) end = lines.Length;
        var (method, path) = (lines[first].Split(' ')[0], ids.Put(lines[first].Split(' ')[1]));
        var body = string.Join('\n', lines[(first + 1)..end]);

        var (status, json) = await client.Ask(new(method), path, body.Length == 0 ? null : ids.Put(body));
        var text = new StringBuilder().AppendJoin('\n', lines[..end]).Append("\n\n")
            .Append(System.Globalization.CultureInfo.InvariantCulture, $"{status}\n");
        if (json.ValueKind is not JsonValueKind.Undefined) text.Append(ids.Show(json, path)).Append('\n');
        return text.Append("log: ").Append(await Events()).ToString();
    }

    private async Task<string> Events()
    {
        await using var tx = await workspace.Db.Read(workspace.Id, CancellationToken.None);
        var events =
            await tx.Many<Event>("SELECT id, subject, action FROM events WHERE workspace_id = @Workspace AND id > @lastEvent ORDER BY id",
                new { tx.Workspace, lastEvent });
        if (events.Count > 0) lastEvent = events[^1].Id;
        return events.Count == 0 ? "nothing" : string.Join(", ", events.Select(one => $"{one.Subject} {one.Action}"));
    }

    private async Task<long> LastEvent()
    {
        await using var tx = await workspace.Db.Read(workspace.Id, CancellationToken.None);
        return await tx.One<long>("SELECT COALESCE(MAX(id), 0) FROM events WHERE workspace_id = @Workspace", new { tx.Workspace });
    }

    private sealed record Event
    {
        public long Id { get; init; }
        public required string Subject { get; init; }
        public required string Action { get; init; }
    }

    [GeneratedRegex("^(GET|POST|PUT|PATCH|DELETE) /")]
    private static partial Regex Request();
}

/// <summary>Ids as they stand in transcripts, both ways: each kind counts from 1 in the order in which its ids appear.</summary>
/// <param name="kinds">Of the member that an id stands in, the kind; by "member", or by "object.member" where that decides; by "object.*"
/// of ids that are names. An empty one: the same as of "id" at the top.</param>
/// <param name="kindOf">The kind of "id" at the top of an answer, by the path of its request.</param>
internal sealed partial class ScrubbedIds(IReadOnlyDictionary<string, string> kinds, Func<string, string> kindOf)
{
    private const int Wide = 120;

    private readonly Dictionary<string, string> names = [];
    private readonly Dictionary<string, string> values = [];

    public string Name(string kind, object value)
    {
        var text = $"{value}";
        if (names.TryGetValue($"{kind} {text}", out var known)) return known;
        var name = $"<{kind}:{names.Keys.Count(key => key.StartsWith(kind + " ", StringComparison.Ordinal)) + 1}>";
        names[$"{kind} {text}"] = name;
        values[name] = text;
        return name;
    }

    /// <summary>A request with the real ids.</summary>
    public string Put(string text) =>
        Named().Replace(text, name => values.TryGetValue(name.Value, out var value)
            ? value : throw new InvalidOperationException($"{name.Value} has not appeared yet."));

    /// <summary>An answer without them, short objects and lists on one line.</summary>
    public string Show(JsonElement json, string path)
    {
        var text = new StringBuilder();
        Show(text, json, "", "", path, 0);
        return text.ToString();
    }

    private void Show(StringBuilder text, JsonElement json, string parent, string member, string path, int depth)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                Items(text,
                    [.. json.EnumerateObject().Select(one => Item($"\"{Key(one.Name, member)}\": ", one.Value, member.Length == 0 ? parent
                    : member, IsId(one.Name, member) ? member : one.Name))], '{', '}', depth);
                break;
            case JsonValueKind.Array:
                Items(text, [.. json.EnumerateArray().Select(one => Item("", one, parent, member))], '[', ']', depth);
                break;
            case JsonValueKind.Number:
                text.Append(Kind(parent, member, path) is { } kind ? Name(kind, json.GetRawText()) : json.GetRawText());
                break;
            case JsonValueKind.String:
                text.Append('"').Append(Words(json.GetString()!, parent, member, path)).Append('"');
                break;
            default:
                text.Append(json.GetRawText());
                break;
        }

        string Item(string before, JsonElement value, string under, string name)
        {
            var item = new StringBuilder(before);
            Show(item, value, under, name, path, depth + 1);
            return item.ToString();
        }
    }

    private static void Items(StringBuilder text, IReadOnlyList<string> items, char open, char close, int depth)
    {
        var line = $"{open}{string.Join(", ", items)}{close}";
        if (line.Length <= Wide && !line.Contains('\n', StringComparison.Ordinal))
        {
            text.Append(line);
            return;
        }
        var indent = new string(' ', 2 * (depth + 1));
        text.Append(open).Append('\n').Append(indent).AppendJoin(",\n" + indent, items).Append('\n').Append(indent[2..]).Append(close);
    }

    private string? Kind(string parent, string member, string path)
    {
        if (kinds.TryGetValue($"{parent}.{member}", out var of) || kinds.TryGetValue(member, out of)) return of.Length > 0 ? of : kindOf(path);
        return member == "id" ? kindOf(path) : null;
    }

    private string Words(string text, string parent, string member, string path)
    {
        if (member == "next_cursor") return Name("cursor", text);
        if (WholeHash().IsMatch(text)) return Name("key", text);
        if (Guid.TryParseExact(text, "D", out _)) return Name(Kind(parent, member, path) ?? "uuid", text);
        if (Prefixed().Match(text) is { Success: true } id) return Name(Kind(parent, member, path) ?? id.Groups[1].Value, text);
        text = Hex().Replace(text, uid => Name("hex", uid.Value));
        text = Download().Replace(text, file => $"/files/{Name("file", file.Groups[1].Value)}/");
        text = Uid().Replace(text, uid => values.FirstOrDefault(one => one.Value == uid.Value).Key ?? uid.Value);
        return Mailbox().Replace(text, box => $"+{box.Groups[1].Value}{Name(box.Groups[1].Value, box.Groups[2].Value)}@")
            .Replace("\n", "\\n", StringComparison.Ordinal);
    }

    private string Key(string name, string member) => IsId(name, member) ? Name(kinds[member + ".*"], name)
        : Hash().IsMatch(name) ? Name("key", name[..40]) + name[40..] : name;

    /// <summary>Whether the name of a member is an id, as in a map of records.</summary>
    private bool IsId(string name, string member) => name.All(char.IsAsciiDigit) && kinds.ContainsKey(member + ".*");

    [GeneratedRegex("<[a-z]+:[0-9]+>")]
    private static partial Regex Named();

    /// <summary>In a sentence; only those that have appeared are named.</summary>
    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Uid();

    /// <summary>An id that says its kind, such as deal_ and 26 characters, or usr- and a UUID.</summary>
    [GeneratedRegex("^([a-z]{2,5})[_-][0-9A-Za-z-]{26,36}$")]
    private static partial Regex Prefixed();

    /// <summary>An address that names a record, such as company+deal42@mail.invalid.</summary>
    [GeneratedRegex(@"\+([a-z]+)(\d+)@")]
    private static partial Regex Mailbox();

    [GeneratedRegex("^[0-9a-f]{40}")]
    private static partial Regex Hash();

    [GeneratedRegex("^[0-9a-f]{40}$")]
    private static partial Regex WholeHash();

    /// <summary>A UUID without dashes, at the end of a file's stored name.</summary>
    [GeneratedRegex("(?<=_)[0-9a-f]{32}")]
    private static partial Regex Hex();

    /// <summary>Where a file can be fetched.</summary>
    [GeneratedRegex("/files/([0-9]+)/")]
    private static partial Regex Download();
}
