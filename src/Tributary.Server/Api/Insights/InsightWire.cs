using Tributary.Core.Insights;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Insights;

/// <summary>How our own API spells what deals tell together. Months are named by their first day.</summary>
internal static class InsightWire
{
    private static readonly (string, ForecastKind)[] ForecastKinds =
        [("month", ForecastKind.Month), ("overdue", ForecastKind.Overdue), ("no_date", ForecastKind.NoDate)];

    private static readonly (string, MovementKind)[] MovementKinds =
    [
        ("new", MovementKind.New), ("moved_in", MovementKind.MovedIn), ("reopened", MovementKind.Reopened),
        ("restored", MovementKind.Restored), ("grown", MovementKind.Grown),
        ("shrunk", MovementKind.Shrunk), ("won", MovementKind.Won), ("lost", MovementKind.Lost), ("moved_out", MovementKind.MovedOut),
        ("removed", MovementKind.Removed),
    ];

    public static readonly Wire<ForecastBucket> Forecast =
        new Wire<ForecastBucket>("ForecastBucket", "A month (or week, or quarter), what is overdue, or what has no date.")
        .Word("kind", b => Words.Spell(ForecastKinds, b.Kind), Words.Spellings(ForecastKinds))
        .Day("month", b => b.Month, "The first day of the month, or of the week or quarter when interval says so.")
        .Whole("group_id", b => b.GroupId, "With group_by: the owner or pipeline; null for deals without an owner.")
        .Object("won", b => b.Won, SummaryWire.Summary)
        .Object("open", b => b.Open, SummaryWire.Summary);

    public static readonly Wire<TimelineInterval> Interval =
        new Wire<TimelineInterval>("TimelineInterval", "Open and won deals by a date of theirs.")
        .Day("first", i => i.First)
        .Day("last", i => i.Last)
        .Object("all", i => i.All, SummaryWire.Summary)
        .Object("open", i => i.Open, SummaryWire.Summary)
        .Object("won", i => i.Won, SummaryWire.Summary)
        .Wholes("deal_ids", i => i.DealIds, "With with_deals=true.");

    private static readonly Wire<FunnelStage> FunnelStage = new Wire<FunnelStage>("FunnelStage")
        .Whole("stage_id", s => s.StageId)
        .Whole("reached", s => s.Reached, "Deals that came at least this far.")
        .Whole("entered", s => s.Entered, "Deals that ever were in it.")
        .Number("conversion", s => s.Conversion,
            "Of those that reached it, the percentage that reached the next one, or was won from the last.")
        .Number("reached_value", s => s.ReachedValue, "What those that came this far are worth, in the currency asked for.")
        .Number("entered_value", s => s.EnteredValue)
        .Number("value_conversion", s => s.ValueConversion, "The conversion by value, in percent.");

    public static readonly Wire<Funnel> Funnel = new Wire<Funnel>("Funnel", "From a first contact to a win.")
        .Objects("stages", f => f.Stages, FunnelStage)
        .Whole("won", f => f.Won)
        .Whole("lost", f => f.Lost)
        .Number("win_rate", f => f.WinRate, "Percent.")
        .Number("won_value", f => f.WonValue)
        .Number("lost_value", f => f.LostValue)
        .Number("value_win_rate", f => f.ValueWinRate, "Won ÷ (won + lost) by value, in percent.");

    private static readonly Wire<StageTime> StageTime =
        new Wire<StageTime>("StageTime", "How long deals stay in a stage, of those that have left it.")
        .Whole("stage_id", s => s.StageId)
        .Whole("deals", s => s.Deals)
        .Number("mean_days", s => s.MeanDays)
        .Number("median_days", s => s.MedianDays);

    public static readonly Wire<Velocity> Velocity = new Wire<Velocity>("Velocity", "How fast a pipeline sells.")
        .Objects("stages", v => v.Stages, StageTime)
        .Whole("open_deals", v => v.OpenDeals)
        .Number("win_rate", v => v.WinRate, "Percent.")
        .Number("average_won_value", v => v.AverageWonValue)
        .Number("cycle_days", v => v.CycleDays, "From creation to the win, mean.")
        .Number("per_day", v => v.PerDay, "Open deals × win rate × average value ÷ cycle.");

    public static readonly Wire<WinRateMonth> WinRate =
        new Wire<WinRateMonth>("WinRateMonth", "Deals closed in a month, and deals created in it whenever they were closed.")
        .Day("month", m => m.Month)
        .Whole("closed_won", m => m.Closed.Won.Deals)
        .Whole("closed_lost", m => m.Closed.Lost.Deals)
        .Number("closed_rate", m => m.Closed.Rate, "Percent.")
        .Number("closed_won_value", m => m.Closed.Won.Value, "In the currency asked for.")
        .Number("closed_lost_value", m => m.Closed.Lost.Value)
        .Number("closed_value_rate", m => m.Closed.ValueRate, "By value, in percent.")
        .Whole("created", m => m.CreatedDeals)
        .Whole("created_won", m => m.Created.Won.Deals)
        .Whole("created_lost", m => m.Created.Lost.Deals)
        .Number("created_rate", m => m.Created.Rate, "Percent.")
        .Number("created_won_value", m => m.Created.Won.Value)
        .Number("created_lost_value", m => m.Created.Lost.Value)
        .Number("created_value_rate", m => m.Created.ValueRate, "By value, in percent.");

    public static readonly Wire<LossReason> LossReason = new Wire<LossReason>("LossReasonTotal", "Lost deals of one stage and reason.")
        .Whole("stage_id", r => r.StageId)
        .Text("reason", r => r.Reason)
        .Object("lost", r => r.Lost, SummaryWire.Summary);

    public static readonly Wire<WonMonth> Won = new Wire<WonMonth>("WonMonth", "Won deals of one month.")
        .Day("month", m => m.Month)
        .Object("won", m => m.Won, SummaryWire.Summary);

    public static readonly Wire<StageAge> Age = new Wire<StageAge>("StageAge", "Open deals of one stage by days since they came into it.")
        .Whole("stage_id", a => a.StageId)
        .Wholes("deals", a => a.Deals, "0–7, 8–30, 31–60, 61–90 days, more.")
        .Number("mean_days", a => a.MeanDays)
        .Number("median_days", a => a.MedianDays);

    private static readonly Wire<MovementSum> Sum = new Wire<MovementSum>("MovementSum")
        .Whole("deals", s => s.Deals)
        .Number("value", s => s.Value)
        .Wholes("deal_ids", s => s.DealIds, "With with_deals=true: the first 200 of them.");

    private static readonly Wire<MovementLine> Line = new Wire<MovementLine>("MovementLine", "One step from the start to the end.")
        .Word("kind", l => Words.Spell(MovementKinds, l.Kind), Words.Spellings(MovementKinds))
        .Whole("deals", l => l.Deals)
        .Number("value", l => l.Value)
        .Wholes("deal_ids", l => l.DealIds, "With with_deals=true: the first 200 of them.");

    public static readonly Wire<Movement> Movement =
        new Wire<Movement>("Movement", "What happened to the value of open deals: start + lines = end, exactly.")
        .Text("converted_to", m => m.ConvertedTo, nullable: false)
        .Object("start", m => m.Start, Sum)
        .Objects("lines", m => m.Lines, Line)
        .Object("end", m => m.End, Sum)
        .Texts("not_converted", m => m.NotConverted);

    public static readonly Wire<ForecastComparison> Comparison =
        new Wire<ForecastComparison>("ForecastComparison", "A forecast beside the one of an earlier day, and what made the difference.")
        .Instant("since", c => c.Since, TimeStyle.IsoMilliseconds)
        .Objects("before", c => c.Before, Forecast)
        .Objects("after", c => c.After, Forecast)
        .Object("movement", c => c.Movement, Movement)
        .Object("slipped", c => c.Slipped, Sum, "Open deals that are now expected later, or without a date, with their value now.")
        .Object("pulled_in", c => c.PulledIn, Sum, "Open deals that are now expected earlier, or have got a date.");

    public static readonly Wire<ActivityCount> Activities = new Wire<ActivityCount>("ActivityCount", "Activities of one user.")
        .Whole("owner_id", c => c.OwnerId, "null for those that are nobody's.")
        .Whole("done", c => c.Done, "Done on a day of the period.")
        .Whole("planned", c => c.Planned, "To be done, due on a day of the period or without a day, and not overdue.")
        .Whole("overdue", c => c.Overdue, "To be done, and due on a day of the period that has passed.");

    private static readonly Wire<StageStanding> StageStanding =
        new Wire<StageStanding>("StageStanding", "The open deals of one stage; the stage may have been deleted since.")
        .Whole("stage_id", s => s.StageId)
        .Object("open", s => s.Open, SummaryWire.Summary);

    public static readonly Wire<PipelineStanding> Standing =
        new Wire<PipelineStanding>("PipelineStanding", "A pipeline as it stood: its stages left to right, then those that are gone.")
        .Whole("pipeline_id", s => s.PipelineId)
        .Instant("at", s => s.At, TimeStyle.IsoMilliseconds)
        .Object("open", s => s.Open, SummaryWire.Summary)
        .Objects("stages", s => s.Stages, StageStanding);
}
