using Tributary.Core.Catalog;
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
    private readonly string convertTo;

    private InsightReading(Tx tx, Caller caller, InsightQuery query, WorkspaceCatalog catalog)
    {
        this.tx = tx;
        this.caller = caller;
        this.query = query;
        Catalog = catalog;
        Calendar = Calendar.At(tx.Now, catalog.Workspace.TimeZone);
        convertTo = SummaryRules.Target(query.ConvertTo, catalog);
        if (query.PipelineId is { } pipeline && catalog.Pipeline(pipeline) is not { DeletedAt: null }) throw Problem.NotFound("pipeline", pipeline);
    }

    public WorkspaceCatalog Catalog { get; }
    public Calendar Calendar { get; }
    public DateTimeOffset Now => tx.Now;

    public static async Task<InsightReading> Begin(Tx tx, Caller caller, InsightQuery query) => new(tx, caller, query, await tx.Catalog());

    public IAsyncEnumerable<InsightRow> Deals(params ReadOnlySpan<Condition> more) => InsightStore.Deals(tx, caller, Catalog, query, more);

    public IAsyncEnumerable<MoveRow> Moves() => InsightStore.Moves(tx, caller, Catalog, query);

    public Summary Sum(Tally tally) => tally.Of(Catalog, convertTo);

    public DateOnly MonthOf(DateTimeOffset instant) => InsightRules.FirstOfMonth(Calendar.DayOf(instant));

    /// <summary>The open stages of a pipeline, left to right.</summary>
    public IReadOnlyList<long> StagesOf(long pipelineId) => [.. Catalog.StagesOf(pipelineId).Select(stage => stage.Id)];

    public ValueTask DisposeAsync() => tx.DisposeAsync();
}
