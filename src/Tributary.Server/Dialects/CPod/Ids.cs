using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.CPod;

/// <summary>
/// How cPod spells ids (its page "Deal"): a deal is deal_ and a ULID, references are a prefix and a UUID, acc-…, con-…, usr-….
/// Its pages disagree, so what comes in may be spelled either way, or be the bare UUID.
/// </summary>
internal static class Ids
{
    public static readonly SpelledUid Account = SpelledUid.Hyphened("acc-");
    public static readonly SpelledUid Contact = SpelledUid.Hyphened("con-");
    public static readonly SpelledUid User = SpelledUid.Hyphened("usr-");

    public static string Deal(Guid uid) => $"deal_{UidText.ToUlid(uid)}";

    public static string Reference(string prefix, Guid uid) => $"{prefix}-{uid:D}";

    public static bool TryRead(string prefix, string text, out Guid uid)
    {
        var isPrefixed = text.Length > prefix.Length && text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            && text[prefix.Length] is '-' or '_';
        var rest = isPrefixed ? text.AsSpan(prefix.Length + 1) : text;
        return Guid.TryParseExact(rest, "D", out uid) || UidText.TryParse(rest, out uid);
    }

    /// <summary>The id of a record of that kind.</summary>
    public static Member<Guid> Member(string name, string prefix, string description) => new(name, description)
    {
        Accepts = $"must be an id such as {prefix}-019de4c0-0000-7000-8000-000000000000",
        Schema = () => new() { ["type"] = "string" },
        FromJson = (JsonElement json, ReadingPolicy policy, out Guid value) =>
            TryRead(prefix, Members.TryText(json, out var text) ? text : "", out value),
        FromText = (string text, ReadingPolicy policy, out Guid value) => TryRead(prefix, text, out value),
    };

    /// <summary>The place of a record in the path.</summary>
    public static Member<Guid> InPath(string prefix) => Member("id", prefix, "The id of the record.").InPath();
}
