using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;

namespace Tributary.Core.Totals;

/// <summary>Deals of one stage and currency, added up.</summary>
internal sealed record StageTotal
{
    public long PipelineId { get; init; }
    public long StageId { get; init; }
    public string Currency { get; init; } = "";
    public long Deals { get; init; }
    public long ValueUnits { get; init; }
    public long WeightedUnits { get; init; }
    public long InheritedUnits { get; init; }

    /// <summary>What a unit of the currency was worth in the base currency when these closed; none: today's rate holds.</summary>
    public long? LockedE8 { get; init; }
}

/// <summary>Won deals of one stage, and the seconds from adding to winning, added up.</summary>
internal sealed record WonTotal
{
    public long StageId { get; init; }
    public long Deals { get; init; }
    public long Seconds { get; init; }
}

/// <summary>Pure: from sums per stage to what people read.</summary>
internal static class SummaryRules
{
    /// <summary>
    /// Weighted = what has its own probability, already weighted, and the rest times the stage's; or the value where probability is not
    /// used.
    /// </summary>
    public static long WeightedUnits(StageTotal total, WorkspaceCatalog catalog)
    {
        if (catalog.Pipeline(total.PipelineId) is { UsesProbability: false }) return total.ValueUnits;
        return checked(total.WeightedUnits + TotalsRules.WeighUnits(total.InheritedUnits,
            catalog.Stage(total.StageId)?.ProbabilityBp ?? 10_000));
    }

    public static Summary Of(IEnumerable<StageTotal> totals, WorkspaceCatalog catalog, string convertTo)
    {
        var currencies = totals
            .GroupBy(total => total.Currency, StringComparer.Ordinal)
            .Select(group => Currency(group, catalog, convertTo))
            .Where(total => total is not { Deals: 0, Value: 0, Weighted: 0 })
            .OrderBy(total => total.Currency, StringComparer.Ordinal)
            .ToList();
        return new()
        {
            ConvertedTo = convertTo,
            Deals = currencies.Sum(total => total.Deals),
            Currencies = currencies,
            Value = currencies.Sum(total => total.ValueConverted ?? 0),
            Weighted = currencies.Sum(total => total.WeightedConverted ?? 0),
            NotConverted = [.. currencies.Where(total => total.ValueConverted is null).Select(total => total.Currency)],
        };
    }

    public static WinningPace Pace(IReadOnlyList<WonTotal> won, WorkspaceCatalog catalog)
    {
        var deals = won.Sum(total => total.Deals);
        if (deals == 0) return new(TimeSpan.Zero, 0);
        var places = won.Sum(total => total.Deals * (decimal)(catalog.Stage(total.StageId)?.Position ?? 0));
        return new(TimeSpan.FromSeconds(won.Sum(total => total.Seconds) / deals),
            decimal.Round(places / deals, 2, MidpointRounding.ToEven));
    }

    /// <summary>All that the query restricts by, as one condition.</summary>
    public static Condition Meaning(SummaryQuery query)
    {
        var conditions = new List<Condition> { query.Condition };
        if (query.PipelineId is { } pipeline) conditions.Add(Condition.Equal("pipeline_id", pipeline));
        if (query.StageId is { } stage) conditions.Add(Condition.Equal("stage_id", stage));
        if (query.Status is { } status) conditions.Add(Condition.Equal("status", DealHistory.Word(status)));
        if (query.OwnerId is { } owner) conditions.Add(Condition.Equal("owner_id", owner));
        return new Condition.And([.. conditions]);
    }

    /// <summary>
    /// The totals that count what a list asks for, or none when no cell tells it: where the condition asks for more than one
    /// stage, pipeline, status and owner.
    /// </summary>
    public static SummaryQuery? Kept(ListQuery query)
    {
        if (query.Scope is not (Scope.Live or Scope.Archived)) return null;
        return Narrow(new() { Archived = query.Scope is Scope.Archived }, query.Condition);
    }

    private static SummaryQuery? Narrow(SummaryQuery totals, Condition condition) => condition switch
    {
        Condition.And all =>
            all.Conditions.Aggregate((SummaryQuery?)totals, (narrowed, part) => narrowed is null ? null : Narrow(narrowed, part)),
        Condition.Or { Conditions: [var only] } => Narrow(totals, only),
        Condition.Is { Operator: Operator.Equal or Operator.In, Values: [{ Value: decimal number }] } test when number > 0
            && decimal.IsInteger(number) && number <= long.MaxValue => test.Field switch
            {
                "pipeline_id" when totals.PipelineId is null => totals with { PipelineId = (long)number },
                "stage_id" when totals.StageId is null => totals with { StageId = (long)number },
                "owner_id" when totals.OwnerId is null => totals with { OwnerId = (long)number },
                _ => null,
            },
        Condition.Is { Field: "status", Operator: Operator.Equal or Operator.In, Values: [{ Value: string word }] } when totals.Status
            is null => word switch
            {
                "open" => totals with { Status = DealStatus.Open },
                "won" => totals with { Status = DealStatus.Won },
                "lost" => totals with { Status = DealStatus.Lost },
                _ => null,
            },
        _ => null,
    };

    /// <summary>The currency sums are converted to: the one asked for, else the workspace's.</summary>
    public static string Target(string? asked, WorkspaceCatalog catalog)
    {
        if (asked is null) return catalog.Workspace.BaseCurrency;
        var checks = new Checks();
        var code = checks.Currency("currency", asked);
        if (checks.AllGood) checks.Require(catalog.Currency(code) is not null, "currency", $"This workspace has no currency {code}.");
        checks.Done();
        return code;
    }

    private static CurrencyTotal Currency(IGrouping<string, StageTotal> totals, WorkspaceCatalog catalog, string convertTo)
    {
        var value = Money.ToAmount(totals.Sum(total => total.ValueUnits));
        var weighted = Money.ToAmount(totals.Sum(total => WeightedUnits(total, catalog)));
        var byRate = totals.GroupBy(total => total.LockedE8).ToList();
        return new(totals.Key, totals.Sum(total => total.Deals), value, weighted, Converted(total => total.ValueUnits),
            Converted(total => WeightedUnits(total, catalog)));

        // What was closed at one rate is converted together, so that rounding happens once; without any locked rate that is everything.
        decimal? Converted(Func<StageTotal, long> units) =>
            byRate.Aggregate((decimal?)0, (sum, rate) => sum
                + catalog.Convert(Money.ToAmount(rate.Sum(units)), totals.Key, convertTo, rate.Key));
    }
}
