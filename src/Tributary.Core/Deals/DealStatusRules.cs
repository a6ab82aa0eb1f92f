using Tributary.Core.Kernel;

namespace Tributary.Core.Deals;

/// <summary>
/// Winning, losing and reopening. A time that the caller states wins over the clock. Pure.
/// Sources: Pipedrive's "Add a deal" and "Update a deal" for which field belongs to which status; design §3 for the rest.
/// </summary>
internal static class DealStatusRules
{
    public static Deal Close(Deal deal, DealPatch patch, DealStatus status, DateTimeOffset now, Checks checks)
    {
        Only(checks, status is DealStatus.Won, "won_at", patch.WonAt, "won");
        Only(checks, status is DealStatus.Won, "won_reason", patch.WonReason, "won");
        Only(checks, status is DealStatus.Lost, "lost_at", patch.LostAt, "lost");
        Only(checks, status is DealStatus.Lost, "lost_reason", patch.LostReason, "lost");
        Only(checks, status is DealStatus.Lost, "loss_category", patch.LossCategory, "lost");
        Only(checks, status is not DealStatus.Open, "closed_at", patch.ClosedAt, "won or lost");

        var changes = status != deal.Status;
        if (patch.ClosingPolicy is ClosingPolicy.LossIsExplained && status is DealStatus.Lost)
        {
            checks.Require(!string.IsNullOrWhiteSpace(patch.LostReason.Or(deal.LostReason)), "lost_reason",
                "lost_reason must say why the deal was lost.");
            checks.Require(!string.IsNullOrWhiteSpace(patch.LossCategory.Or(deal.LossCategory)), "loss_category",
                "loss_category must say of which kind the loss is.");
        }
        return status switch
        {
            DealStatus.Open => deal with
            {
                Status = status,
                WonAt = null,
                LostAt = null,
                ClosedAt = null,
                WonReason = null,
                LostReason = null,
                LossCategory = null,
            },
            DealStatus.Won => Won(deal, patch, changes, now) with
            {
                WonReason = Text(checks, "won_reason", patch.WonReason, deal.WonReason),
                LostReason = null,
                LossCategory = null,
            },
            DealStatus.Lost => Lost(deal, patch, changes, now) with
            {
                WonReason = null,
                LostReason = Text(checks, "lost_reason", patch.LostReason, deal.LostReason),
                LossCategory = Text(checks, "loss_category", patch.LossCategory, deal.LossCategory),
            },
        };
    }

    private static Deal Won(Deal deal, DealPatch patch, bool changes, DateTimeOffset now)
    {
        var wonAt = Instants.Cut(patch.WonAt.Or(null)) ?? (changes ? Instants.Cut(patch.ClosedAt.Or(null)) ?? now : deal.WonAt);
        return deal with
        {
            Status = DealStatus.Won,
            WonAt = wonAt,
            LostAt = null,
            ClosedAt = Instants.Cut(patch.ClosedAt.Or(null))
                ?? (changes || patch.WonAt is { IsSet: true, Value: not null } ? wonAt : deal.ClosedAt),
            FirstWonAt = deal.FirstWonAt ?? wonAt,
        };
    }

    private static Deal Lost(Deal deal, DealPatch patch, bool changes, DateTimeOffset now)
    {
        var lostAt = Instants.Cut(patch.LostAt.Or(null))
            ?? (changes ? Instants.Cut(patch.ClosedAt.Or(null)) ?? now : deal.LostAt);
        return deal with
        {
            Status = DealStatus.Lost,
            WonAt = null,
            LostAt = lostAt,
            ClosedAt = Instants.Cut(patch.ClosedAt.Or(null))
                ?? (changes || patch.LostAt is { IsSet: true, Value: not null } ? lostAt : deal.ClosedAt),
        };
    }

    private static void Only<T>(Checks checks, bool allowed, string field, Field<T> sent, string status)
    {
        if (sent is { IsSet: true, Value: not null } && !allowed)
        {
            checks.Fail(field, $"{field} can only be set on a deal that is {status}.");
        }
    }

    private static string? Text(Checks checks, string field, Field<string?> sent, string? current) =>
        sent.IsSet ? checks.OptionalText(field, sent.Value, DealRules.MaxLongText) : current;
}
