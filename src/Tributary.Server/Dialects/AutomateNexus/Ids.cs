using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.AutomateNexus;

/// <summary>Ids as this API spells them, both ways: a prefix that names the kind, and the uid in lower-case base32.</summary>
internal sealed class IdKind(string prefix)
{
    /// <summary>As members of answers are spelled.</summary>
    public SpelledUid Spelled { get; } = SpelledUid.Base32(prefix);

    public string Spell(Guid uid) => prefix + UidText.ToBase32(uid);

    public string? Spell(Guid? uid) => uid is { } known ? Spell(known) : null;

    public bool TryRead(string text, out Guid uid)
    {
        uid = Guid.Empty;
        return text.StartsWith(prefix, StringComparison.Ordinal) && UidText.TryParse(text.AsSpan(prefix.Length), out uid);
    }

    /// <summary>A filter. What cannot be an id of the kind is refused; one that nobody has finds nothing.</summary>
    public Member<Guid> Filter(string name, string description) => new(name, description)
    {
        Accepts = $"must be an id such as {prefix}01kagtkqkze9a8h4sgkmw9h3fj",
        Schema = () => new() { ["type"] = "string" },
        FromJson = (JsonElement json, ReadingPolicy policy, out Guid value) =>
            TryRead(Members.TryText(json, out var text) ? text : "", out value),
        FromText = (string text, ReadingPolicy policy, out Guid value) => TryRead(text, out value),
    };

    public Member<Guid> InPath(string name, string description) => Filter(name, description).InPath();

    /// <summary>
    /// A member of a body. Any text is taken: one that cannot be an id names nothing, and is refused as that, like an id nobody has.
    /// </summary>
    public Member<Guid> Reference(string name, string description) => new(name, description)
    {
        Accepts = $"must be a text such as {prefix}01kagtkqkze9a8h4sgkmw9h3fj",
        Schema = () => new() { ["type"] = "string" },
        FromJson = (JsonElement json, ReadingPolicy policy, out Guid value) =>
        {
            value = Guid.Empty;
            if (!Members.TryText(json, out var text)) return false;
            TryRead(text, out value);
            return true;
        },
        FromText = (string text, ReadingPolicy policy, out Guid value) => TryRead(text, out value),
    };
}

/// <summary>The kinds of ids there are.</summary>
internal static class Ids
{
    public static readonly IdKind Deal = new("deal_");
    public static readonly IdKind Pipeline = new("pipe_");
    public static readonly IdKind Stage = new("stage_");
    public static readonly IdKind Contact = new("con_");
    public static readonly IdKind User = new("usr_");
    public static readonly IdKind Task = new("task_");
    public static readonly IdKind Activity = new("act_");
    public static readonly IdKind Webhook = new("wh_");
}
