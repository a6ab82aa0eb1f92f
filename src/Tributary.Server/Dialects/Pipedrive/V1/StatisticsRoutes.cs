using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Insights;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>"Get deals conversion rates in pipeline" and "Get deals movements in pipeline" (OpenAPI file).</summary>
internal static class StatisticsRoutes
{
    private const string Tag = "Pipelines v1";

    private static readonly Member<long> Id = Members.Id("id", "The ID of the pipeline.").InPath();
    private static readonly Member<DateOnly> Start = Members.Day("start_date", "The first day of the period.");
    private static readonly Member<DateOnly> End = Members.Day("end_date", "The last day of the period.");
    private static readonly Member<long> UserId = Members.Id("user_id", "Whose deals; the caller's own when left out.");
    private static readonly IReadOnlyList<Member> Parameters = [Id, Start.Required(), End.Required(), UserId];

    private static readonly One<Funnel> Conversions = new(new Wire<Funnel>("ConversionStatisticsV1")
        .Json("stage_conversions", List(), WriteConversions,
            "Of the deals that came to a stage, the percentage that went on to the next one.")
        .Whole("won_conversion", funnel => Percent(funnel.Won, Began(funnel)))
        .Whole("lost_conversion", funnel => Percent(funnel.Lost, Began(funnel))));

    private static readonly One<PipelinePeriod> Movements = new(new Wire<PipelinePeriod>("MovementStatisticsV1")
        .Json("movements_between_stages", Object(), (json, period) =>
        {
            json.WriteStartObject();
            json.WriteNumber("count", period.Moves);
            json.WriteEndObject();
        })
        .Json("new_deals", Object(), (json, period) => Write(json, period.Added))
        .Json("deals_left_open", Object(), (json, period) => Write(json, period.LeftOpen))
        .Json("won_deals", Object(), (json, period) => Write(json, period.Won))
        .Json("lost_deals", Object(), (json, period) => Write(json, period.Lost))
        .Json("average_age_in_days", Object(), WriteAges));

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/pipelines/{id}/conversion_statistics", "getPipelineConversionStatistics", GetConversions)
        {
            Tag = Tag, Summary = "Get deals conversion rates in pipeline", Cost = 40, Parameters = Parameters, Answer = Conversions,
            CoverageNote = "Of the deals added in the period, from each stage to the next. Pipedrive does not say how it counts.",
        },
        new("GET", "/pipelines/{id}/movement_statistics", "getPipelineMovementStatistics", GetMovements)
        {
            Tag = Tag, Summary = "Get deals movements in pipeline", Cost = 40, Parameters = Parameters, Answer = Movements,
            CoverageNote = "Ages are of the deals left open: since they were added, and since they came to the stage.",
        },
    ];

    private static async Task<Reply> GetConversions(Call call)
    {
        var (id, query) = Read(call);
        return Conversions.Reply(await call.Service<InsightsService>().Funnel(call.Caller, id, query, call.Ct));
    }

    private static async Task<Reply> GetMovements(Call call)
    {
        var (id, query) = Read(call);
        return Movements.Reply(await call.Service<InsightsService>().Period(call.Caller, id, query, call.Ct));
    }

    private static (long Pipeline, InsightQuery Query) Read(Call call)
    {
        var id = call.Path(Id, "pipeline");
        var (start, end, user) = (call.Query(Start.Required()), call.Query(End.Required()), call.Query(UserId));
        if (start.IsSet && end.IsSet && end.Value < start.Value) call.Wrong(End, "end_date must not be before start_date.");
        call.Checked();
        // "If omitted, the authorized user will be used."
        return (id, new() { From = start.Value, To = end.Value, OwnerId = user.IsSet ? user.Value : call.Caller.UserId });
    }

    private static long Began(Funnel funnel) => funnel.Stages.Count == 0 ? 0 : funnel.Stages[0].Reached;

    private static long Percent(long part, long whole) =>
        whole == 0 ? 0 : (long)decimal.Round(100m * part / whole, MidpointRounding.AwayFromZero);

    private static void WriteConversions(Utf8JsonWriter json, Funnel funnel)
    {
        json.WriteStartArray();
        foreach (var (from, to) in funnel.Stages.Zip(funnel.Stages.Skip(1)))
        {
            json.WriteStartObject();
            json.WriteNumber("from_stage_id", from.StageId);
            json.WriteNumber("to_stage_id", to.StageId);
            json.WriteNumber("conversion_rate", Percent(to.Reached, from.Reached));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, PeriodDeals deals)
    {
        json.WriteStartObject();
        json.WriteNumber("count", deals.Ids.Count);
        json.WriteStartArray("deals_ids");
        foreach (var id in deals.Ids) json.WriteNumberValue(id);
        json.WriteEndArray();
        json.WriteStartObject("values");
        foreach (var sum in deals.Sum.Currencies) json.WriteNumber(sum.Currency, sum.Value);
        json.WriteEndObject();
        json.WriteStartObject("formatted_values");
        foreach (var sum in deals.Sum.Currencies) json.WriteString(sum.Currency, Spell.Money(sum.Value, sum.Currency));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAges(Utf8JsonWriter json, PipelinePeriod period)
    {
        json.WriteStartObject();
        json.WriteNumber("across_all_stages", Days(period.AgeDays));
        json.WriteStartArray("by_stages");
        foreach (var stage in period.Stages)
        {
            json.WriteStartObject();
            json.WriteNumber("stage_id", stage.StageId);
            json.WriteNumber("value", Days(stage.MeanDays));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static long Days(decimal? days) => (long)decimal.Round(days ?? 0, MidpointRounding.AwayFromZero);

    private static JsonObject List() => new() { ["type"] = "array", ["items"] = Object() };

    private static JsonObject Object() => new() { ["type"] = "object", ["additionalProperties"] = true };
}
