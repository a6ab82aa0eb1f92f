using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Pipelines;
using Tributary.Core.Storage;

namespace Tributary.Core.Board;

/// <summary>
/// The cards of columns. The order by urgency is four lists one after the other, each of which an index answers; a
/// cursor says in which of them the page ended, and where.
/// </summary>
internal sealed class BoardCards(Tx tx, Caller caller, WorkspaceCatalog catalog, BoardQuery query, DateOnly today)
{
    private const int Segments = 4;

    private int Limit => Math.Max(query.Cards, 1);

    /// <summary>
    /// The first cards of each of the stages. What else was gathered is asked for with them, and no column waits for another.
    /// </summary>
    public async Task<IReadOnlyDictionary<long, Page<Deal>>> Of(Together questions, IReadOnlyList<Stage> stages)
    {
        var columns = stages.Select(stage => new Column(stage, null)).ToList();
        await Fill(questions, columns);
        return columns.ToDictionary(column => column.Stage.Id, column => column.Page);
    }

    /// <summary>A page of one column.</summary>
    public async Task<Page<Deal>> Of(Stage stage, string? cursor)
    {
        var column = new Column(stage, cursor);
        if (query.Order is CardOrder.Urgency && cursor is not null) (column.Segment, column.Place) = Place(cursor);
        await Fill(new(tx), [column]);
        return column.Page;
    }

    private async Task Fill(Together questions, IReadOnlyList<Column> columns)
    {
        var open = columns;
        do
        {
            var pages = await ListStore.Pages<Deal>(questions, tx, caller, ListSources.Deals, DealStore.Columns, catalog,
                [.. open.Select(Next)], DealRow.Read);
            for (var n = 0; n < open.Count; n++) Take(open[n], pages[n]);
            open = [.. open.Where(column => !column.IsDone)];
        } while (open.Count > 0);
    }

    private ListQuery Next(Column column)
    {
        var open = Condition.AllOf(Condition.Equal("stage_id", column.Stage.Id), Condition.Equal("status", "open"), query.Condition);
        if (query.Order is not CardOrder.Urgency)
            return new() { Condition = open, Sort = Sort(query.Order), Limit = Limit, Cursor = column.Place };

        var (condition, sort) = Segment(column.Segment, today);
        // When the page is full, one more row tells whether there is anything to continue with.
        return new()
        {
            Condition = Condition.AllOf(open, condition),
            Sort = sort,
            Limit = Math.Max(Limit - column.Cards.Count, 1),
            Cursor = column.Place,
        };
    }

    private void Take(Column column, Page<Deal> page)
    {
        if (query.Order is not CardOrder.Urgency)
        {
            column.Cards.AddRange(page.Items);
            column.End(page.NextCursor);
        }
        else if (column.Cards.Count == Limit && page.Items.Count > 0) column.End($"{column.Segment}.");
        else
        {
            column.Cards.AddRange(page.Items);
            if (page.HasMore) column.End($"{column.Segment}.{page.NextCursor}");
            else if (column.Segment == Segments - 1) column.End(null);
            else (column.Segment, column.Place) = (column.Segment + 1, null);
        }
    }

    /// <summary>A column while it is filled.</summary>
    private sealed class Column(Stage stage, string? cursor)
    {
        private string? next;

        public Stage Stage => stage;
        public int Segment { get; set; }

        /// <summary>Where the last page of the segment ended.</summary>
        public string? Place { get; set; } = cursor;
        public List<Deal> Cards { get; } = [];
        public bool IsDone { get; private set; }
        public Page<Deal> Page => new(Cards, next, HasMore: next is not null, Total: null);

        public void End(string? cursor) => (IsDone, next) = (true, cursor);
    }

    private static (Condition Condition, Seq<SortKey> Sort) Segment(int segment, DateOnly today) => segment switch
    {
        0 => (Condition.Test("next_activity_on", Operator.Less, today), [new("next_activity_on"), new("id", Descending: true)]),
        1 => (Condition.Equal("next_activity_on", today), [new("id", Descending: true)]),
        2 => (Condition.Test("next_activity_on", Operator.IsEmpty), [new("added_at", Descending: true)]),
        _ => (Condition.Test("next_activity_on", Operator.More, today), [new("next_activity_on"), new("id", Descending: true)]),
    };

    private static Seq<SortKey> Sort(CardOrder order) => order switch
    {
        CardOrder.Urgency => [],
        CardOrder.NextActivity => [new("next_activity_on"), new("id", Descending: true)],
        CardOrder.Value => [new("value", Descending: true)],
        CardOrder.ExpectedClose => [new("expected_close")],
        CardOrder.StageAge => [new("stage_entered_at")],
        CardOrder.Updated => [new("updated_at", Descending: true)],
        CardOrder.Position => [new("position")],
        CardOrder.Title => [new("title")],
    };

    private static (int Segment, string? Place) Place(string cursor) =>
        cursor.Length >= 2 && cursor[0] is >= '0' and < (char)('0' + Segments) && cursor[1] == '.'
        ? (cursor[0] - '0', cursor.Length == 2 ? null : cursor[2..])
        : throw Problem.Invalid("cursor", "cursor must be the next_cursor of an earlier page of the same column in the same order.");
}
