using Tributary.Core.Kernel;
using Tributary.Core.Log;

namespace Tributary.Core.Webhooks;

/// <summary>What a webhook may be, and which events it hears of. Pure.</summary>
public static class WebhookRules
{
    public const int MaxPerWorkspace = 100;
    public const int MaxUrl = 2_000;
    public const int MaxName = 500;
    public const string Everything = "*";
    public const string TestType = "webhook.test";
    /// <summary>What an automation tells a webhook; nobody hears of it otherwise.</summary>
    public const string CalledType = "automation.called";
    public const string Prefix = "whsec_";

    /// <summary>What the lane of a deal begins with.</summary>
    public const string DealLane = "deal:";

    private const int MinSecret = 24;
    private const int MaxSecret = 512;

    /// <summary>How long the former secret signs beside a new one.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    private static readonly string[] Nouns =
    [
        "person", "organization", "lead", "activity", "note", "file", "mail_message", "product",
        "workspace", "pipeline", "stage", "label", "tag", "lost_reason", "activity_type", "field", "currency", "user", "user_group",
    ];

    private static readonly string[] Actions = ["created", "updated", "deleted", "restored", "merged"];

    /// <summary>Every type there is.</summary>
    public static readonly IReadOnlyList<string> Types =
    [
        "deal.created", "deal.updated", "deal.stage_changed", "deal.won", "deal.lost", "deal.deleted", "deal.restored", "deal.archived",
        "deal.unarchived", "deal.merged",
        .. Nouns.SelectMany(noun => Actions.Select(action => $"{noun}.{action}")),
        CalledType,
    ];

    private static readonly HashSet<string> known = [.. Types];

    internal static Webhook Apply(Webhook before, WebhookPatch patch, WebhookPolicy policy, DateTimeOffset now)
    {
        var checks = new Checks();
        var after = before with
        {
            Name = checks.OptionalText("name", patch.Name, before.Name, MaxName) ?? "",
            Url = Url(checks, patch.Url.Or(before.Url), policy),
            Events = Events(checks, patch.Events.Or(before.Events)),
            Terms = WebhookTerms.Apply(checks, before.Terms, patch),
        };
        if (patch.Secret.IsSet) CheckSecret(checks, before.Dialect, patch.Secret.Value);
        checks.Done();
        return patch.IsPaused is { IsSet: true, Value: var paused } && paused != before.IsPaused ? paused
            ? Paused(after, now, "asked") : Resumed(after) : after;
    }

    internal static Webhook Paused(Webhook webhook, DateTimeOffset now, string reason) =>
        webhook with { PausedAt = now, PauseReason = reason };

    /// <summary>It is given the benefit of the doubt: earlier failures count no more.</summary>
    internal static Webhook Resumed(Webhook webhook) =>
        webhook with { PausedAt = null, PauseReason = null, Failures = 0, FailingSince = null };

    /// <summary>
    /// The type under which a webhook hears of a line of the log, or none. One line is told once: under the most telling of
    /// its types that the webhook asked for, so that who asks for updates only hears of moves as updates.
    /// </summary>
    public static string? Heard(Seq<string> events, LogEvent line)
    {
        var types = TypesOf(line);
        return events.Contains(Everything) ? types.Count > 0 ? types[0] : null : types.FirstOrDefault(type => events.Contains(type));
    }

    /// <summary>A deal with what hangs on it, or the record alone: what must arrive in order.</summary>
    public static string Lane(LogEvent line) => line.DealId is { } deal ? LaneOfDeal(deal) : $"{line.Subject}:{line.SubjectId}";

    public static string LaneOfDeal(long dealId) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{DealLane}{dealId}");

    /// <summary>Whether deliveries of a type tell of a deal, and not of what hangs on it.</summary>
    internal static bool TellsOfDeal(string type) => type.StartsWith("deal.", StringComparison.Ordinal) || type == CalledType;

    private static IReadOnlyList<string> TypesOf(LogEvent line)
    {
        if (line.Subject != "deal") return known.Contains($"{line.Subject}.{line.Action}") ? [$"{line.Subject}.{line.Action}"] : [];

        var types = new List<string>();
        if (line.Action != "updated") types.Add($"deal.{line.Action}");
        if (line.ToStatus is "won" or "lost") types.Add($"deal.{line.ToStatus}");
        if (line.FromStageId is not null) types.Add("deal.stage_changed");
        if (line.Action is "updated" or "archived" or "unarchived" or "merged") types.Add("deal.updated");
        return [.. types.Where(known.Contains)];
    }

    /// <summary>An address outside that this server is to ask or to tell.</summary>
    internal static string Url(Checks checks, string url, WebhookPolicy policy)
    {
        var text = checks.Text("url", url, MaxUrl);
        var accepted = policy.AllowHttp ? "an absolute address that begins with https:// or http://"
            : "an absolute address that begins with https://";
        var isGood = Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (policy.AllowHttp && uri.Scheme == Uri.UriSchemeHttp))
            && uri.Host.Length > 0 && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0;
        checks.Require(isGood || text.Length == 0, "url", $"url must be {accepted}, without user name and fragment.");
        return text;
    }

    private static Seq<string> Events(Checks checks, Seq<string> events)
    {
        var unknown = events.FirstOrDefault(type => type != Everything && !known.Contains(type));
        if (unknown is not null)
        {
            checks.Fail("events",
                $"events: {(unknown.Length <= 60 ? unknown : unknown[..60] + "…")} is no type of event. Types are such as deal.won, person.created, or * for all.");
        }
        else checks.Require(events.Count > 0, "events", "events must name at least one type, such as deal.won, or * for all.");
        return [.. events.Distinct()];
    }

    // Our own signatures are Standard Webhooks', whose keys are 24 to 64 bytes behind "whsec_"; vendors' take any text.
    private static void CheckSecret(Checks checks, string dialect, string secret)
    {
        if (dialect == "native")
        {
            checks.Require(Key(secret) is { Length: >= 24 and <= 64 }, "secret", "secret must be whsec_ and the base64 of 24 to 64 bytes.");
        }
        else checks.Require(secret.Length is >= MinSecret and <= MaxSecret && secret.All(char.IsAscii) && !secret.Any(char.IsControl),
            "secret", $"secret must have {MinSecret} to {MaxSecret} printable ASCII characters.");
    }

    /// <summary>The key that a secret of ours spells; none when it spells none.</summary>
    public static byte[]? Key(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var bytes = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var count) ? bytes[..count] : null;
    }

    internal static string NewSecret(FillRandom random)
    {
        var key = new byte[32];
        random(key);
        return Prefix + Convert.ToBase64String(key);
    }
}
