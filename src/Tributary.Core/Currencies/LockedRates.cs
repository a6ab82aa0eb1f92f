using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Storage;

namespace Tributary.Core.Currencies;

/// <summary>Which rates closed deals are converted at: those of today, or those of the day they closed.</summary>
public enum ReportRates { Today, Locked }

/// <summary>What a write means for the rate that a deal is locked at.</summary>
internal enum RateLock { Keep, Clear, Take }

/// <summary>When a deal is locked at the rate of its closing day. Pure.</summary>
internal static class LockedRateRules
{
    /// <param name="before">None for a new deal.</param>
    /// <param name="after">The deal as it will be.</param>
    /// <param name="baseCurrency">Deals in it need no rate.</param>
    public static RateLock Of(Deal? before, Deal after, string baseCurrency)
    {
        var (was, @is) = (before is not null && IsLocked(before, baseCurrency), IsLocked(after, baseCurrency));
        if (!@is) return was ? RateLock.Clear : RateLock.Keep;
        return was && before!.Currency == after.Currency && DayOf(before) == DayOf(after) ? RateLock.Keep : RateLock.Take;
    }

    /// <summary>The day whose rate holds; rates are of UTC's days.</summary>
    public static DateOnly DayOf(Deal closed) => DateOnly.FromDateTime(closed.ClosedAt!.Value.UtcDateTime);

    private static bool IsLocked(Deal deal, string baseCurrency) =>
        deal is { Status: not DealStatus.Open, ClosedAt: not null } && deal.Currency != baseCurrency;
}

/// <summary>
/// The SQL of the rates that closed deals are locked at. A projection of closings and rates, so no line of the log is its own.
/// </summary>
internal static class LockedRateStore
{
    /// <summary>What a query of deals selects beside its columns to read a deal's rate; none when it has none.</summary>
    public const string Column =
        "(SELECT r.rate_e8 FROM deal_rates r WHERE r.workspace_id = deals.workspace_id AND r.deal_id = deals.id AND r.currency = deals.currency) AS locked_e8";

    /// <summary>After a deal was written, in the same unit of work.</summary>
    public static async Task Follow(Tx tx, Deal? before, Deal after)
    {
        var what = LockedRateRules.Of(before, after, (await tx.Catalog()).Workspace.BaseCurrency);
        if (what is RateLock.Keep) return;
        if (before is not null)
        {
            await tx.Put("DELETE FROM deal_rates WHERE workspace_id = @Workspace AND deal_id = @Id", new { tx.Workspace, after.Id });
        }
        if (what is RateLock.Take) await Take(tx, after);
    }

    // Without a rate by that day there is nothing to lock at; such a deal is converted at today's.
    private static async Task Take(Tx tx, Deal deal)
    {
        var day = LockedRateRules.DayOf(deal);
        if (tx.Bulk is not { } bulk)
        {
            await tx.Put("""
                INSERT INTO deal_rates (workspace_id, deal_id, currency, day, rate_e8)
                SELECT workspace_id, @Id, code, @day, rate_e8
                FROM currency_rates
                WHERE workspace_id = @Workspace AND code = @Currency AND day <= @day
                ORDER BY day DESC
                LIMIT 1
                """, new { tx.Workspace, deal.Id, deal.Currency, day });
            return;
        }

        if (!bulk.Rates.TryGetValue(deal.Currency, out var rates)) bulk.Rates[deal.Currency] = rates = await RatesByDay.Of(tx, deal.Currency);
        if (rates.By(day) is not { } rateE8) return;
        await tx.Put("""
            INSERT INTO deal_rates (workspace_id, deal_id, currency, day, rate_e8)
            VALUES (@Workspace, @Id, @Currency, @day, @rateE8)
            """, new { tx.Workspace, deal.Id, deal.Currency, day, rateE8 });
    }
}

/// <summary>All rates of a currency, for units of work that close thousands of deals.</summary>
internal sealed class RatesByDay(IReadOnlyList<RatesByDay.Row> rows)
{
    private readonly DateOnly[] days = [.. rows.Select(row => row.Day)];

    public static async Task<RatesByDay> Of(Tx tx, string code) => new(await tx.Many<Row>(
        "SELECT day, rate_e8 FROM currency_rates WHERE workspace_id = @Workspace AND code = @code ORDER BY day", new { tx.Workspace, code }));

    /// <summary>The rate of that day, else of the last one before it that has one.</summary>
    public long? By(DateOnly day)
    {
        var at = Array.BinarySearch(days, day);
        return (at >= 0 ? at : ~at - 1) is var last and >= 0 ? rows[last].RateE8 : null;
    }

    internal sealed record Row
    {
        public required DateOnly Day { get; init; }
        public required long RateE8 { get; init; }
    }
}
