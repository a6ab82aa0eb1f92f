using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tributary.Server.Hosting;

/// <summary>The kinds of members there are.</summary>
internal static partial class Members
{
    /// <summary>A text that may be as long as somebody writes.</summary>
    public static Member<string> LongText(string name, string description) => Text(name, description, 65_535);

    /// <summary>A text as long as the address of a mailbox may be; whether it is one is for the rules to say.</summary>
    public static Member<string> Email(string name, string description) => Text(name, description, 254);

    /// <summary>A text that is not blank: what people call something.</summary>
    public static Member<string> Name(string name, string description, int max = 255)
    {
        var text = Text(name, description, max);
        return new(name, description)
        {
            Accepts = $"must be a text of 1 to {max} characters",
            Schema = () => new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = max },
            FromJson = (JsonElement json, ReadingPolicy policy, out string value) =>
                text.FromJson(json, policy, out value) && !string.IsNullOrWhiteSpace(value),
            FromText = (string given, ReadingPolicy policy, out string value) =>
                text.FromText(given, policy, out value) && !string.IsNullOrWhiteSpace(value),
        };
    }

    /// <summary>A text; whether it may be blank is for the rules to say.</summary>
    public static Member<string> Text(string name, string description, int max = 255) => new(name, description)
    {
        Accepts = $"must be a text of at most {max} characters",
        Schema = () => new() { ["type"] = "string", ["maxLength"] = max },
        FromJson = (JsonElement json, ReadingPolicy policy, out string value) => TryText(json, out value) && value.Length <= max,
        FromText = (string text, ReadingPolicy policy, out string value) => (value = text).Length <= max && Plain.IsStorable(text),
    };

    /// <summary>A whole number; the bounds are inclusive.</summary>
    public static Member<long> Whole(string name, string description, long min = long.MinValue, long max = long.MaxValue)
    {
        var range = (min, max) switch
        {
            (long.MinValue, long.MaxValue) => "must be a whole number",
            (_, long.MaxValue) => $"must be a whole number, {min} or more",
            _ => $"must be a whole number from {min} to {max}",
        };
        return new(name, description)
        {
            Accepts = range,
            Schema = () =>
            {
                var schema = new JsonObject { ["type"] = "integer", ["format"] = "int64" };
                if (min != long.MinValue) schema["minimum"] = min;
                if (max != long.MaxValue) schema["maximum"] = max;
                return schema;
            },
            FromJson = (JsonElement json, ReadingPolicy policy, out long value) =>
                Plain.TryWhole(json, policy, out value) && value >= min && value <= max,
            FromText = (string text, ReadingPolicy policy, out long value) =>
                long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= min && value <= max,
        };
    }

    /// <summary>The id of a record.</summary>
    public static Member<long> Id(string name, string description) => Whole(name, description, min: 1);

    /// <summary>A decimal number; the bounds are inclusive.</summary>
    public static Member<decimal> Number(string name, string description, decimal min = decimal.MinValue, decimal max = decimal.MaxValue) =>
        new(name, description)
        {
            Accepts = min == decimal.MinValue ? "must be a number" : max == decimal.MaxValue
                ? $"must be a number, {min} or more" : $"must be a number from {min} to {max}",
            Schema = () =>
            {
                var schema = new JsonObject { ["type"] = "number" };
                if (min != decimal.MinValue) schema["minimum"] = min;
                if (max != decimal.MaxValue) schema["maximum"] = max;
                return schema;
            },
            FromJson = (JsonElement json, ReadingPolicy policy, out decimal value) =>
                Plain.TryNumber(json, policy, out value) && value >= min && value <= max,
            FromText = (string text, ReadingPolicy policy, out decimal value) =>
                Plain.TryDecimal(text, out value) && value >= min && value <= max,
        };

    /// <summary>true or false; in a query 1 and 0 too.</summary>
    public static Member<bool> Flag(string name, string description) => new(name, description)
    {
        Accepts = "must be true or false",
        Schema = () => new() { ["type"] = "boolean" },
        FromJson = (JsonElement json, ReadingPolicy policy, out bool value) =>
        {
            value = json.ValueKind is JsonValueKind.True;
            if (json.ValueKind is JsonValueKind.True or JsonValueKind.False) return true;
            var spelled = json.ValueKind is JsonValueKind.Number ? json.GetRawText() : TryText(json, out var text) ? text : "";
            return policy.LooseFlags && Plain.TryFlag(spelled, out value);
        },
        FromText = (string text, ReadingPolicy policy, out bool value) => Plain.TryFlag(text, out value),
    };

    /// <summary>One of a closed list of words.</summary>
    public static Member<TWord> Word<TWord>(string name, string description, params (string Spelling, TWord Meaning)[] words)
    {
        // Not Select, whose iterator over pairs each kind of word would compile at every start.
        var list = string.Join(", ", Array.ConvertAll(words, word => word.Spelling));
        return new(name, description)
        {
            Accepts = $"must be one of {list}",
            Schema = () =>
                new() { ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word.Spelling))]) },
            FromJson = (JsonElement json, ReadingPolicy policy, out TWord value) =>
                Find(TryText(json, out var text) ? text : null, out value),
            FromText = (string text, ReadingPolicy policy, out TWord value) => Find(text, out value),
        };

        bool Find(string? text, out TWord value)
        {
            foreach (var (spelling, meaning) in words)
            {
                if (spelling != text) continue;
                value = meaning;
                return true;
            }
            value = default!;
            return false;
        }
    }

    /// <summary>A calendar day, yyyy-MM-dd.</summary>
    public static Member<DateOnly> Day(string name, string description) => new(name, description)
    {
        Accepts = "must be a date such as 2026-11-20",
        Schema = () => new() { ["type"] = "string", ["format"] = "date" },
        FromJson = (JsonElement json, ReadingPolicy policy, out DateOnly value) =>
            Times.TryDay(TryText(json, out var text) ? text : "", out value),
        FromText = (string text, ReadingPolicy policy, out DateOnly value) => Times.TryDay(text, out value),
    };

    /// <summary>A moment, RFC 3339 with a zone.</summary>
    public static Member<DateTimeOffset> Instant(string name, string description) => new(name, description)
    {
        Accepts = "must be a date and time such as 2026-11-20T09:30:00Z",
        Schema = () => new() { ["type"] = "string", ["format"] = "date-time" },
        FromJson = (JsonElement json, ReadingPolicy policy, out DateTimeOffset value) =>
            Times.TryInstant(TryText(json, out var text) ? text : "", out value),
        FromText = (string text, ReadingPolicy policy, out DateTimeOffset value) => Times.TryInstant(text, out value),
    };

    /// <summary>A UUID with its hyphens.</summary>
    public static Member<Guid> Uid(string name, string description) => new(name, description)
    {
        Accepts = "must be a UUID",
        Schema = () => new() { ["type"] = "string", ["format"] = "uuid" },
        FromJson = (JsonElement json, ReadingPolicy policy, out Guid value) =>
            Guid.TryParseExact(TryText(json, out var text) ? text : "", "D", out value),
        FromText = (string text, ReadingPolicy policy, out Guid value) => Guid.TryParseExact(text, "D", out value),
    };

    /// <summary>A JSON string that both databases can keep: no half of a surrogate pair, no U+0000.</summary>
    public static bool TryText(JsonElement json, out string text)
    {
        text = "";
        if (json.ValueKind is not JsonValueKind.String) return false;
        try
        {
            text = json.GetString()!;
            return Plain.IsStorable(text);
        }
        catch (InvalidOperationException)
        {
            // An escape such as \ud800 alone: valid JSON grammar, no text.
            return false;
        }
    }
}
