using Tributary.Core.Board;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Api.Deals;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Pipelines;

/// <summary>A pipeline as a board: columns with counts, sums and the first cards in one round trip; more cards of a column after.</summary>
internal static class BoardRoutes
{
    private static readonly Member<long> Id = RecordMembers.PathId;
    private static readonly Member<CardOrder> Order =
        Members.Word("order", "The order of cards in a column; urgency when left out.", BoardWire.Orders);
    private static readonly Member<long> Cards = Members.Whole("cards", "Cards per column; 25 when left out.", 0, BoardQuery.MaxCards);
    private static readonly Member<Seq<long>> Collapsed =
        Members.List("collapsed", "Stages that are counted but show no cards, comma-separated.", Members.Id("", ""));
    private static readonly Member<string> ConvertTo =
        Members.Text("convert_to", "ISO 4217; the workspace's base currency when left out.", 3);
    private static readonly Member<Seq<string>> Include = ListMembers.Include(DealLists.Deals.Includes);

    private static readonly Member[] Narrowing = [Order, Cards, .. DealLists.Narrowed.Narrowing, ConvertTo, Include];

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/pipelines/{id}/board", "getBoard", Board)
        {
            Tag = "Pipelines", Summary = "Get a pipeline as a board", Parameters = [Id, .. Narrowing, Collapsed], Answer = BoardWire.Board,
            IsTagged = true,
        },
        new("GET", "/stages/{id}/cards", "listCards", Column)
        {
            Tag = "Pipelines", Summary = "List more cards of a column of the board", Parameters = [Id, .. Narrowing, ListMembers.Cursor],
            Answer = new PagesOf("Cards", DealWire.Deal),
        },
    ];

    private static async Task<Reply> Board(Call call)
    {
        var id = call.Path(Id, "pipeline");
        var (query, include) = await Read(call);
        var board = await call.Service<BoardService>().Board(call.Caller, id, query, call.Ct);

        // One read of what is included for all columns together.
        var views = (await DealLists.Views(call, [.. board.Columns.SelectMany(column => column.Cards)], include))
            .ToDictionary(view => view.Deal.Id);
        return Reply.Json(BoardWire.Board,
            new BoardView(board,
                [.. board.Columns.Select(column => new ColumnView(column, [.. column.Cards.Select(card => views[card.Id])]))])).Tagged();
    }

    private static async Task<Reply> Column(Call call)
    {
        var id = call.Path(Id, "stage");
        var cursor = call.Query(ListMembers.Cursor, null!);
        var (query, include) = await Read(call);
        var page = await call.Service<BoardService>().Column(call.Caller, id, query, cursor, call.Ct);
        return ListMembers.Reply(DealWire.Deal, new(await DealLists.Views(call, page.Items, include), page.NextCursor, page.HasMore, null),
            null);
    }

    private static async Task<(BoardQuery, IReadOnlySet<string>)> Read(Call call)
    {
        var query = new BoardQuery
        {
            Order = call.Query(Order, CardOrder.Urgency),
            Cards = (int)call.Query(Cards, 25),
            Collapsed = call.Operation.Parameters.Contains(Collapsed) ? call.Query(Collapsed, []) : [],
            ConvertTo = call.Query(ConvertTo, null!),
        };
        var include = call.Query(Include, []).ToHashSet();
        return (query with { Condition = await DealLists.Narrowed.Narrow(call) }, include);
    }
}
