using Tributary.Core.Goals;
using Tributary.Core.Insights;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Goals;

/// <summary>How our own API spells goals, out and in.</summary>
internal static class GoalWire
{
    private static readonly (string, Interval)[] Periods = [("month", Interval.Month), ("quarter", Interval.Quarter)];

    private static readonly Member<long> OwnerId = Members.Id("owner_id", "Whose deals count; all when left out.").Nullable();
    private static readonly Member<long> PipelineId =
        Members.Id("pipeline_id", "The pipeline whose deals count; all when left out.").Nullable();
    private static readonly Member<Interval> Period = Members.Word("period", "How long the value is for; month when left out.", Periods);
    private static readonly Member<decimal> Value = Members.Number("value", "The value of deals to be won in each period, more than 0.");
    private static readonly Member<string> Currency = Members.Text("currency", "ISO 4217; the workspace's base currency when left out.", 3);
    private static readonly Member<DateOnly> From = Members.Day("from", "The first day it holds; today when left out.");
    private static readonly Member<DateOnly> Until = Members.Day("until", "The last day it holds; none until further notice.").Nullable();

    public static readonly Shape New = new("NewGoal", OwnerId, PipelineId, Period, Value.Required(), Currency, From, Until);
    public static readonly Shape Patch = new("GoalPatch", OwnerId, PipelineId, Period, Value, Currency, From, Until, Versions.Member);

    public static readonly Wire<Goal> Goal = new Wire<Goal>("Goal", "What is meant to be won each month or quarter.")
        .Whole("id", g => g.Id)
        .Uid("uid", g => g.Uid)
        .Whole("owner_id", g => g.OwnerId, "null: all owners together.")
        .Whole("pipeline_id", g => g.PipelineId, "null: all pipelines together.")
        .Word("period", g => Words.Spell(Periods, g.Period), Words.Spellings(Periods))
        .Number("value", g => g.Value)
        .Text("currency", g => g.Currency, nullable: false)
        .Day("from", g => g.From)
        .Day("until", g => g.Until)
        .Instant("added_at", g => g.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("updated_at", g => g.UpdatedAt, TimeStyle.IsoMilliseconds)
        .Whole("version", g => g.Version, "Also the ETag.");

    public static GoalPatch Read(Body body) => new()
    {
        ExpectedVersion = Versions.Read(body),
        OwnerId = body.Clearable(OwnerId),
        PipelineId = body.Clearable(PipelineId),
        Period = body.Get(Period),
        Value = body.Get(Value),
        Currency = body.Get(Currency),
        From = body.Get(From),
        Until = body.Clearable(Until),
    };
}
