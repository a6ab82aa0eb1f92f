using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>Members that v1 takes in more spellings than one; "" is none, as forms send it.</summary>
internal static class Loose
{
    /// <summary>An id; "" and 0 stand for none, which <see cref="None(long?)"/> reads.</summary>
    public static Member<long> Id(string name, string description) => new(name, description)
    {
        Accepts = "must be an id",
        Schema = () => new() { ["type"] = "integer", ["format"] = "int64", ["minimum"] = 0 },
        FromJson = (JsonElement json, ReadingPolicy policy, out long value) => Plain.FromJson(json, policy, out value) || IsBlank(json),
        FromText = (string text, ReadingPolicy policy, out long value) => Plain.FromText(text, policy, out value) || text.Length == 0,
    };

    /// <summary>A day; "" is none.</summary>
    public static Member<DateOnly> Day(string name, string description) => new(name, description)
    {
        Accepts = "must be a date such as 2026-11-20",
        Schema = () => new() { ["type"] = "string", ["format"] = "date" },
        FromJson = (JsonElement json, ReadingPolicy policy, out DateOnly value) =>
            TryDay(Members.TryText(json, out var text) ? text : "?", out value),
        FromText = (string text, ReadingPolicy policy, out DateOnly value) => TryDay(text, out value),
    };

    /// <summary>"2026-11-20 09:30:00" in UTC, or RFC 3339.</summary>
    public static Member<DateTimeOffset> Moment(string name, string description) => new(name, description)
    {
        Accepts = "must be a date and time such as 2026-11-20 09:30:00",
        Schema = () => new() { ["type"] = "string" },
        FromJson = (JsonElement json, ReadingPolicy policy, out DateTimeOffset value) =>
            TryMoment(Members.TryText(json, out var text) ? text : "", out value),
        FromText = (string text, ReadingPolicy policy, out DateTimeOffset value) => TryMoment(text, out value),
    };

    /// <summary>Ids as [2,3], "2,3", "2" or 2.</summary>
    public static Member<Seq<long>> Ids(string name, string description) => new(name, description)
    {
        Accepts = "must be a list of ids",
        Schema = () => new() { ["type"] = new JsonArray("string", "array", "integer") },
        FromJson = (JsonElement json, ReadingPolicy policy, out Seq<long> value) => json.ValueKind switch
        {
            JsonValueKind.String => TryIds(Members.TryText(json, out var text) ? text : "?", out value),
            JsonValueKind.Array => TryIds(json, policy, out value),
            _ => TryId(json, policy, out value),
        },
        FromText = (string text, ReadingPolicy policy, out Seq<long> value) => TryIds(text, out value),
    };

    /// <summary>"1", "3", "5" or "7", or the same as a number; read by <see cref="Visibility"/>.</summary>
    public static readonly Member<long> VisibleTo =
        Members.Whole("visible_to", "1 the owner and followers, 3 the owner's group, 5 that group and those below it, 7 everyone.");

    /// <summary>The level of visibility; one that there is not is forbidden.</summary>
    public static Field<int> Visibility(Body body) => body.Get(VisibleTo).As(Spell.Visibility);

    private static readonly Member<long> Plain = Members.Whole("", "", 0);

    /// <summary>0 is none.</summary>
    public static long? None(long? id) => id is 0 ? null : id;

    /// <summary>The day that "" is read as is none.</summary>
    public static DateOnly? None(DateOnly? day) => day == DateOnly.MinValue ? null : day;

    private static bool IsBlank(JsonElement json) => Members.TryText(json, out var text) && text.Length == 0;

    private static bool TryDay(string text, out DateOnly day)
    {
        day = DateOnly.MinValue;
        return text.Length == 0 || Times.TryDay(text, out day);
    }

    private static bool TryMoment(string text, out DateTimeOffset instant) =>
        Times.TrySql(text, out instant) || Times.TryInstant(text, out instant);

    private static bool TryIds(string text, out Seq<long> ids)
    {
        ids = [];
        var found = new List<long>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return false;
            found.Add(id);
        }
        ids = [.. found];
        return found.Count <= 100;
    }

    private static bool TryIds(JsonElement json, ReadingPolicy policy, out Seq<long> ids)
    {
        ids = [];
        var found = new List<long>();
        foreach (var one in json.EnumerateArray())
        {
            if (!Plain.FromJson(one, policy, out var id)) return false;
            found.Add(id);
        }
        ids = [.. found];
        return found.Count <= 100;
    }

    private static bool TryId(JsonElement json, ReadingPolicy policy, out Seq<long> ids)
    {
        var isId = Plain.FromJson(json, policy, out var id);
        ids = isId ? [id] : [];
        return isId;
    }
}
