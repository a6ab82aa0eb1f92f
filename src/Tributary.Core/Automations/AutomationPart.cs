using System.Text.Json;
using Tributary.Core.Kernel;

namespace Tributary.Core.Automations;

/// <summary>A trigger or an action being read: each member once, by name; the rest is unknown.</summary>
internal sealed class AutomationPart(JsonElement json, string place, ICollection<FieldError> wrong)
{
    private const int MaxItems = 100;

    private readonly HashSet<string> read = [];
    private bool isGood = true;

    public static AutomationPart? Of(JsonElement json, string place, ICollection<FieldError> wrong)
    {
        if (json.ValueKind is JsonValueKind.Object) return new(json, place, wrong);
        wrong.Add(new(place, $"{place} must be an object."));
        return null;
    }

    public void Fail(string member, string message)
    {
        isGood = false;
        wrong.Add(new($"{place}.{member}", message + "."));
    }

    /// <summary>Nothing was wrong, and nothing was sent that nobody read.</summary>
    public bool IsGood(string kind)
    {
        foreach (var member in json.EnumerateObject().Where(member => member.Name != kind && !read.Contains(member.Name)))
        {
            var name = member.Name.Length <= 60 ? member.Name : member.Name[..60] + "…";
            Fail(name, $"{name} is not a member here; they are {string.Join(", ", read.Prepend(kind).Distinct())}");
        }
        return isGood;
    }

    public string? Text(string member, bool isRequired = true)
    {
        if (!Find(member, isRequired, "a text", out var value)) return null;
        if (value.ValueKind is JsonValueKind.String && Readable(value) is { } text) return text;
        Fail(member, $"{member} must be a text");
        return null;
    }

    public string Word(string member, string otherwise, params string[] words)
    {
        if (!Find(member, false, "", out _)) return otherwise;
        var text = Text(member) ?? "";
        if (!words.Contains(text)) Fail(member, $"{member} must be one of {string.Join(", ", words)}");
        return text;
    }

    public long? Id(string member, bool isRequired = true) => Whole(member, 1, long.MaxValue, isRequired, "the id of a record");

    public long? Whole(string member, long min, long max, bool isRequired = false, string? accepts = null)
    {
        var what = accepts ?? $"a whole number from {min} to {max}";
        if (!Find(member, isRequired, what, out var value)) return null;
        if (value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var number) && number >= min && number <= max)
        {
            return number;
        }
        Fail(member, $"{member} must be {what}");
        return null;
    }

    public string Raw(string member, string orElse)
    {
        read.Add(member);
        if (json.TryGetProperty(member, out var value)) return value.GetRawText();
        if (!json.TryGetProperty(orElse, out _)) Fail(member, $"{member} or {orElse} is required");
        return "null";
    }

    public Seq<string> Texts(string member) =>
        List(member, "texts", item => item.ValueKind is JsonValueKind.String ? Readable(item) : null);

    public Seq<long> Ids(string member) =>
        [.. List<long?>(member, "ids", item => item.ValueKind is JsonValueKind.Number && item.TryGetInt64(out var id) && id > 0
            ? id : null).Select(id => id!.Value)];

    private Seq<T> List<T>(string member, string what, Func<JsonElement, T?> take)
    {
        if (!Find(member, false, what, out var value)) return [];
        var items = value.ValueKind is JsonValueKind.Array && value.GetArrayLength() <= MaxItems
            ? value.EnumerateArray().Select(take).ToList() : [default];
        if (items.All(item => item is not null)) return [.. items.Select(item => item!)];
        Fail(member, $"{member} must be a list of at most {MaxItems} {what}");
        return [];
    }

    /// <summary>None when it is no text that can be stored: half a surrogate pair, or NUL, which PostgreSQL keeps nowhere.</summary>
    private static string? Readable(JsonElement item)
    {
        try
        {
            return item.GetString() is { } text && !text.Contains('\0', StringComparison.Ordinal) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>null says the same as leaving it out.</summary>
    private bool Find(string member, bool isRequired, string accepts, out JsonElement value)
    {
        read.Add(member);
        if (json.TryGetProperty(member, out value) && value.ValueKind is not JsonValueKind.Null) return true;
        if (isRequired) Fail(member, $"{member} is required: it must be {accepts}");
        return false;
    }
}
