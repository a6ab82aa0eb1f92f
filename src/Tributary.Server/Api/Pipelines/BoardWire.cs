using Tributary.Core.Board;
using Tributary.Core.Catalog;
using Tributary.Server.Api.Deals;
using Tributary.Server.Api.Insights;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Pipelines;

/// <summary>A column and what its cards need to be spelled.</summary>
internal sealed record ColumnView(BoardColumn Column, IReadOnlyList<DealView> Cards);

/// <summary>A board and its columns.</summary>
internal sealed record BoardView(PipelineBoard Board, IReadOnlyList<ColumnView> Columns);

internal static class BoardWire
{
    public static readonly (string, CardOrder)[] Orders =
    [
        ("urgency", CardOrder.Urgency), ("next_activity", CardOrder.NextActivity), ("value", CardOrder.Value),
        ("expected_close", CardOrder.ExpectedClose), ("stage_age", CardOrder.StageAge),
        ("updated", CardOrder.Updated), ("position", CardOrder.Position), ("title", CardOrder.Title),
    ];

    private static readonly Wire<ActivityStates> States =
        new Wire<ActivityStates>("ActivityStates",
            "How many deals have their next activity in the past, today, later, or none; \"today\" is the workspace's.")
        .Whole("overdue", s => s.Overdue)
        .Whole("today", s => s.Today)
        .Whole("planned", s => s.Planned)
        .Whole("none", s => s.None);

    private static readonly Wire<ColumnView> Column =
        new Wire<ColumnView>("BoardColumn", "One stage; its counts and sums are of all its deals, not only of the cards shown.")
        .Object("stage", c => c.Column.Stage, PipelineWire.Stage)
        .Object("totals", c => c.Column.Totals, SummaryWire.Summary)
        .Object("activities", c => c.Column.Activities, States)
        .Whole("rotten", c => c.Column.Rotten)
        .Objects("cards", c => c.Cards, DealWire.Deal, "The first ones; cursor brings more.")
        .Text("next_cursor", c => c.Column.NextCursor, "For the operation that reads more cards of the stage.");

    public static readonly Wire<BoardView> Board =
        new Wire<BoardView>("Board", "The open deals of a pipeline by stage, all as of one moment.")
        .Object("pipeline", b => new PipelineView(b.Board.Pipeline, null), PipelineWire.Pipeline)
        .Object("totals", b => b.Board.Totals, SummaryWire.Summary)
        .Objects("columns", b => b.Columns, Column);
}
