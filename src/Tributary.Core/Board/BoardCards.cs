using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Pipelines;
using Tributary.Core.Storage;

namespace Tributary.Core.Board;

/// <summary>
/// The cards of a column. The order by urgency is four lists one after the other, each of which an index answers; a
/// cursor says in which of them the page ended, and where.
/// </summary>
internal static class BoardCards
{
    private const int Segments = 4;

    public static async Task<Page<Deal>> Of(Tx tx, Caller caller, Stage stage, BoardQuery query, string? cursor, DateOnly today)
    {
        var open = Condition.AllOf(Condition.Equal("stage_id", stage.Id), Condition.Equal("status", "open"), query.Condition);
        var limit = Math.Max(query.Cards, 1);
        if (query.Order is not CardOrder.Urgency) return await Rows(open, Sort(query.Order), limit, cursor);

        var (segment, place) = cursor is null ? (0, null) : Place(cursor);
        var cards = new List<Deal>();
        for (; segment < Segments; segment++, place = null)
        {
            var (condition, sort) = Segment(segment, today);
            // When the page is full, one more row tells whether there is anything to continue with.
            var left = limit - cards.Count;
            var page = await Rows(Condition.AllOf(open, condition), sort, Math.Max(left, 1), place);
            if (left == 0 && page.Items.Count > 0) return new(cards, $"{segment}.", HasMore: true, Total: null);
            cards.AddRange(page.Items);
            if (page.HasMore) return new(cards, $"{segment}.{page.NextCursor}", HasMore: true, Total: null);
        }
        return new(cards, null, HasMore: false, Total: null);

        Task<Page<Deal>> Rows(Condition condition, Seq<SortKey> sort, int count, string? after) =>
            ListStore.Rows<Deal>(tx, caller, ListSources.Deals, DealStore.Columns,
                new() { Condition = condition, Sort = sort, Limit = count, Cursor = after }, DealRow.Read);
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
