using System.Collections.Concurrent;
using System.Globalization;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Server.Api;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive;

/// <summary>
/// Words that both versions share. Moments are RFC 3339 in v2 and "yyyy-MM-dd HH:mm:ss" in v1, always UTC, always whole
/// seconds.
/// </summary>
internal static class Spell
{
    public const TimeStyle V2Time = TimeStyle.IsoSeconds;
    public const TimeStyle V1Time = TimeStyle.Sql;

    public static readonly (string, DealStatus)[] Statuses = Words.Statuses;

    private static readonly ConcurrentDictionary<string, TimeZoneInfo> zones = new();

    private static readonly Dictionary<string, string> Symbols = new()
    {
        ["EUR"] = "€",
        ["USD"] = "US$",
        ["GBP"] = "£",
        ["JPY"] = "¥",
        ["CNY"] = "CN¥",
        ["AUD"] = "A$",
        ["CAD"] = "CA$",
        ["NZD"] = "NZ$",
        ["HKD"] = "HK$",
        ["BRL"] = "R$",
        ["INR"] = "₹",
        ["KRW"] = "₩",
        ["ILS"] = "₪",
        ["VND"] = "₫",
        ["TWD"] = "NT$",
        ["MXN"] = "MX$",
    };

    /// <summary>"deleted" outranks what the deal was when it was deleted.</summary>
    public static string Status(Deal deal) => deal.IsDeleted ? "deleted" : Statuses.Of(deal.Status);

    /// <summary>A level of visible_to; "an unsupported value" is forbidden, not invalid (reference §8.7).</summary>
    public static int Visibility(long level) =>
        level is 1 or 3 or 5 or 7 ? (int)level : throw Problem.Forbidden(
            "visible_to must be 1 (owner and followers), 3 (the owner's group), 5 (that group and those below it) or 7 (everyone).");

    /// <summary>The day of a moment on the calendar of the company.</summary>
    public static DateOnly? LocalDay(DateTimeOffset? instant, WorkspaceCatalog catalog) =>
        instant is { } known ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(known, Zone(catalog.Workspace.TimeZone)).DateTime) : null;

    /// <summary>
    /// The address that files a copy of a mail under the record. Nothing of ours receives mail, and Pipedrive's domain would hand
    /// the copy to strangers, so the domain is one that can never exist (RFC 2606).
    /// </summary>
    public static string SmartBcc(WorkspaceCatalog catalog, string noun, long id) =>
        string.Create(CultureInfo.InvariantCulture, $"{Company(catalog)}+{noun}{id}@mail.invalid");

    public static string Company(WorkspaceCatalog catalog) =>
        Slug.Of(catalog.Workspace.Name, 40) is { Length: > 0 } slug ? slug.Replace('_', '-') : "company";

    /// <summary>"€5,000", "US$11.10": thousands by comma, cents only when there are some.</summary>
    public static string Money(decimal amount, string currency)
    {
        var digits = Math.Abs(amount).ToString(decimal.Truncate(amount) == amount ? "#,0" : "#,0.00", CultureInfo.InvariantCulture);
        return $"{(amount < 0 ? "-" : "")}{(Symbols.TryGetValue(currency, out var symbol) ? symbol : currency + "\u00a0")}{digits}";
    }

    /// <summary>Lists of ids as v1 spells them: "2,3", or null.</summary>
    public static string? Ids(Seq<long> ids) => ids.Count == 0 ? null : string.Join(',', ids);

    /// <summary>The word for a meaning.</summary>
    public static string Of<T>(this (string Spelling, T Meaning)[] words, T meaning) where T : struct, Enum => Words.Spell(words, meaning);

    public static IReadOnlyList<string> Spellings<T>(this (string Spelling, T Meaning)[] words) where T : struct, Enum =>
        Words.Spellings(words);

    /// <summary>The key of a custom field.</summary>
    public static bool IsKey(string text) => text.Length == 40 && text.All(char.IsAsciiHexDigitLower);

    private static TimeZoneInfo Zone(string name) =>
        zones.GetOrAdd(name, static name => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc);
}
