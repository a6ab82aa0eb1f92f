using Tributary.Core.Catalog;
using Tributary.Core.Currencies;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;
using Tributary.Core.Totals;

namespace Tributary.Core.Insights;

/// <summary>One insight being read: the moment it is about, the caller and the deals in question.</summary>
internal sealed class InsightReading : IAsyncDisposable
{
    private readonly Tx tx;
    private readonly Caller caller;
    private readonly InsightQuery query;
    private readonly Condition meant;
    private readonly bool locked;

    private InsightReading(Tx tx, Caller caller, InsightQuery query, WorkspaceCatalog catalog)
    {
        this.tx = tx;
        this.caller = caller;
        this.query = query;
        Catalog = catalog;
        ConvertTo = SummaryRules.Target(query.ConvertTo, catalog);
        locked = (query.Rates ?? catalog.Workspace.ReportRates) is ReportRates.Locked;
        if (query.PipelineId is { } pipeline && catalog.Pipeline(pipeline) is not { DeletedAt: null })
        {
            throw Problem.NotFound("pipeline", pipeline);
        }
        if (query.AsOf > tx.Now) throw Problem.Invalid("as_of", "as_of must be a moment that has passed.");
        if (query.From > query.To) throw Problem.Invalid("to", "to must not be before from.");
        if (query.AsOf is not null) PastDeals.MustBeTold(query.Condition, catalog);
        Now = query.AsOf ?? tx.Now;
        Calendar = CalendarAt(Now);

        var conditions = new List<Condition> { query.Condition };
        if (query.PipelineId is { } of) conditions.Add(Condition.Equal("pipeline_id", of));
        if (query.OwnerId is { } owner) conditions.Add(Condition.Equal("owner_id", owner));
        meant = new Condition.And([.. conditions]);
    }

    public WorkspaceCatalog Catalog { get; }
    public Calendar Calendar { get; }
    public string ConvertTo { get; }

    /// <summary>The moment the insight is about.</summary>
    public DateTimeOffset Now { get; }

    public static async Task<InsightReading> Begin(Tx tx, Caller caller, InsightQuery query) =>
        new(tx, caller, query, await tx.CatalogFor(caller));

    public Calendar CalendarAt(DateTimeOffset instant) => Calendar.At(instant, Catalog.Workspace.TimeZone);

    /// <summary>The live deals that the query and <paramref name="more"/> are about, as they stood at the moment.</summary>
    public IAsyncEnumerable<InsightRow> Deals(params ReadOnlySpan<Condition> more)
    {
        var condition = Condition.AllOf([meant, .. more]);
        return query.AsOf is null ? InsightStore.Deals(tx, caller, Catalog, condition, query.Archived ? Scope.Archived : Scope.Live, locked)
            : Past(condition);
    }

    /// <summary>The deals as they are now, each with the day that a field of theirs holds.</summary>
    public async IAsyncEnumerable<(InsightRow Row, DateOnly Day)> Dated(ListField field, params Condition[] more)
    {
        var rows = InsightStore.Dated(tx, caller, Catalog, field, Condition.AllOf([meant, .. more]),
            query.Archived ? Scope.Archived : Scope.Live, locked);
        await foreach (var row in rows)
        {
            var day = row.DatedOn
                ?? (row.DatedAt is { } at ? Calendar.DayOf(at)
                    : DateOnly.ParseExact(row.DatedText!, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            yield return (row, day);
        }
    }

    /// <summary>All that the caller sees and that may have been meant at one of two moments, then and now, as it stood at each.</summary>
    public async IAsyncEnumerable<(Deal? Before, Deal? After)> Between(DateTimeOffset before, DateTimeOffset after)
    {
        PastDeals.MustBeTold(query.Condition, Catalog);
        await foreach (var states in PastDeals.Read(tx, caller, query.PipelineId, [after, before])) yield return (states[1], states[0]);
    }

    /// <summary>Whether a deal, as it stood at a moment, is one that the query is about; deleted and archived ones included.</summary>
    public Func<Deal, bool> MeantAt(DateTimeOffset instant) => Matching(meant, instant);

    /// <summary>The moves of the deals up to the moment, and perhaps of others.</summary>
    public IAsyncEnumerable<MoveRow> Moves() => query.AsOf is null
        ? InsightStore.Moves(tx, caller, Catalog, meant, Scope.Live, Now)
        : InsightStore.Moves(tx, caller, Catalog, Condition.Everything, Scope.Any, Now);

    /// <summary>True of deals whose date is in the period asked for.</summary>
    public Condition InPeriod(string field)
    {
        var conditions = new List<Condition>();
        if (query.From is { } from) conditions.Add(Condition.Test(field, Operator.AtLeast, from));
        if (query.To is { } to) conditions.Add(Condition.Test(field, Operator.AtMost, to));
        return new Condition.And([.. conditions]);
    }

    public bool IsInPeriod(DateTimeOffset instant) => Calendar.DayOf(instant) is var day && !(day < query.From) && !(day > query.To);

    public Summary Sum(Tally tally) => tally.Of(Catalog, ConvertTo);

    public DateOnly MonthOf(DateTimeOffset instant) => InsightRules.FirstOfMonth(Calendar.DayOf(instant));

    /// <summary>The open stages of a pipeline, left to right.</summary>
    public IReadOnlyList<long> StagesOf(long pipelineId) => [.. Catalog.StagesOf(pipelineId).Select(stage => stage.Id)];

    public ValueTask DisposeAsync() => tx.DisposeAsync();

    private async IAsyncEnumerable<InsightRow> Past(Condition condition)
    {
        var matches = Matching(condition, Now);
        await foreach (var states in PastDeals.Read(tx, caller, query.PipelineId, [Now]))
        {
            if (states[0] is { IsDeleted: false, IsArchived: false } deal && matches(deal)) yield return InsightRow.Of(deal);
        }
    }

    private Func<Deal, bool> Matching(Condition condition, DateTimeOffset instant)
    {
        var matches = Matches.For("deal", condition, Catalog, instant);
        return deal => matches.Of(DealValues.Of(deal, Catalog, _ => null));
    }
}
