using Tributary.Core.Currencies;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;

namespace Tributary.Core.Insights;

/// <summary>
/// Which deals an insight is about, and when; what is left out does not restrict. Archived and deleted deals are never among them.
/// </summary>
public sealed record InsightQuery
{
    public long? PipelineId { get; init; }
    public long? OwnerId { get; init; }
    public Condition Condition { get; init; } = Condition.Everything;

    /// <summary>Archived deals only, or live ones only. Only a timeline knows archived ones.</summary>
    public bool Archived { get; init; }

    /// <summary>
    /// A moment that has passed: deals are taken as they stood then, put together from the log. Deals that were purged since are not
    /// among them; who sees a deal, probabilities of stages and rates of currencies are today's.
    /// </summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The first and last day, both included, of the date that an insight goes by.</summary>
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }

    /// <summary>Also the ids of deals, where an insight can name them.</summary>
    public bool WithDeals { get; init; }

    /// <summary>ISO 4217; the workspace's own when none is given.</summary>
    public string? ConvertTo { get; init; }

    /// <summary>
    /// Which rates closed deals are converted at; the workspace's choice when none is given. Of a moment that has passed always today's.
    /// </summary>
    public ReportRates? Rates { get; init; }
}

/// <summary>What insights read of a deal, and no more, so that a million of them pass by in little memory.</summary>
internal sealed record InsightRow
{
    public long Id { get; init; }
    public long PipelineId { get; init; }
    public long StageId { get; init; }
    public long? OwnerId { get; init; }
    public DealStatus Status { get; init; }
    public string Currency { get; init; } = "";
    public long? ValueUnits { get; init; }
    public long? MrrUnits { get; init; }
    public int? ProbabilityBp { get; init; }
    public DateTimeOffset AddedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public DateTimeOffset? StageChangedAt { get; init; }
    public DateOnly? ExpectedClose { get; init; }
    public string? LostReason { get; init; }

    /// <summary>What a unit was worth in the base currency when the deal closed, where that is asked for and known.</summary>
    public long? LockedE8 { get; init; }

    /// <summary>The date that a timeline goes by, in one of the three ways that a date is stored.</summary>
    public DateTimeOffset? DatedAt { get; init; }
    public DateOnly? DatedOn { get; init; }
    public string? DatedText { get; init; }

    public DateTimeOffset StageEnteredAt => StageChangedAt ?? AddedAt;

    public static InsightRow Of(Deal deal) => new()
    {
        Id = deal.Id,
        PipelineId = deal.PipelineId,
        StageId = deal.StageId,
        OwnerId = deal.OwnerId,
        Status = deal.Status,
        Currency = deal.Currency,
        ValueUnits = deal.ValueUnits,
        MrrUnits = deal.MrrUnits,
        ProbabilityBp = deal.ProbabilityBp,
        AddedAt = deal.AddedAt,
        ClosedAt = deal.ClosedAt,
        StageChangedAt = deal.StageChangedAt,
        ExpectedClose = deal.ExpectedClose,
        LostReason = deal.LostReason,
    };
}

/// <summary>A line of the log that moved a deal: into a stage, or into a status.</summary>
internal sealed record MoveRow
{
    public long DealId { get; init; }
    public DateTimeOffset At { get; init; }
    public long? FromStageId { get; init; }
    public long? ToStageId { get; init; }
    public string? ToStatus { get; init; }
}

/// <summary>A number of deals with their sums per currency.</summary>
internal sealed class Tally
{
    private readonly Dictionary<(long Pipeline, long Stage, string Currency, long? LockedE8), Totals.TotalsAmount> sums = [];

    public void Add(InsightRow row)
    {
        var key = (row.PipelineId, row.StageId, row.Currency, row.LockedE8);
        var units = row.ValueUnits ?? 0;
        var amount = row.ProbabilityBp is { } own ? new Totals.TotalsAmount(1, units, Totals.TotalsRules.WeighUnits(units, own), 0, 0)
            : new(1, units, 0, units, 0);
        sums[key] = sums.GetValueOrDefault(key) + amount;
    }

    public Totals.Summary Of(Catalog.WorkspaceCatalog catalog, string convertTo) =>
        Totals.SummaryRules.Of(sums.Select(sum => new Totals.StageTotal
        {
            PipelineId = sum.Key.Pipeline,
            StageId = sum.Key.Stage,
            Currency = sum.Key.Currency,
            LockedE8 = sum.Key.LockedE8,
            Deals = sum.Value.Deals,
            ValueUnits = sum.Value.ValueUnits,
            WeightedUnits = sum.Value.WeightedUnits,
            InheritedUnits = sum.Value.InheritedUnits,
        }), catalog, convertTo);
}
