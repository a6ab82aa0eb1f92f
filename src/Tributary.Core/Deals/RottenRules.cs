using Tributary.Core.Pipelines;

namespace Tributary.Core.Deals;

/// <summary>
/// When an open deal counts as neglected: so many days after it was last touched as its stage allows, counted in days of
/// UTC, so that a board can count its rotten deals from totals per day.
/// </summary>
public static class RottenRules
{
    /// <summary>Since when the deal is rotten, which is what Pipedrive shows as rotten_time; none while it is not.</summary>
    public static DateTimeOffset? RottenSince(Deal deal, Stage? stage, DateTimeOffset now) =>
        Rots(deal, stage) is { } at && at <= now ? at : null;

    /// <summary>When the deal will be rotten if nobody touches it; none when it never will.</summary>
    public static DateTimeOffset? Rots(Deal deal, Stage? stage) =>
        deal is { Status: DealStatus.Open, IsArchived: false, IsDeleted: false } && stage?.RottenDays is { } days
        ? new DateTimeOffset(deal.TouchedAt.UtcDateTime.Date, TimeSpan.Zero).AddDays(days)
        : null;

    /// <summary>Deals of a stage that were last touched on this day or earlier are rotten.</summary>
    internal static DateOnly LastTouched(int rottenDays, DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime).AddDays(-rottenDays);

    /// <summary>The same as a moment: deals last touched before it are rotten.</summary>
    internal static DateTimeOffset FreshFrom(int rottenDays, DateTimeOffset now) =>
        new(LastTouched(rottenDays, now).AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
