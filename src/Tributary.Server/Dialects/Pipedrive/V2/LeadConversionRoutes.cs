using Tributary.Core.Kernel;
using Tributary.Core.Leads;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>"Convert a lead to a deal" and its status: the way back of <see cref="DealConversionRoutes"/>.</summary>
internal static class LeadConversionRoutes
{
    private static readonly Member<Guid> Id = Members.Uid("id", "The ID of the lead.").InPath();
    private static readonly Member<long> StageId = Members.Id("stage_id", "Where the deal begins. It decides the pipeline.");
    private static readonly Member<long> PipelineId = Members.Id("pipeline_id", "Not looked at when stage_id is sent.");

    private static readonly Wire<Conversion> Status = new Wire<Conversion>("LeadConversion")
        .Whole("deal_id", c => c.DealId, "Only once completed.", when: c => c.DealId is not null)
        .Uid("conversion_id", c => c.Uid)
        .Word("status", c => DealConversionRoutes.States.Of(c.State), DealConversionRoutes.States.Spellings());

    private static readonly Wire<Conversion> StatusReply = DealConversionRoutes.WithNothingMore(Envelope.One(Status));

    public static readonly IReadOnlyList<Operation> All =
    [
        new("POST", "/leads/{id}/convert/deal", "convertLeadToDeal", Convert)
        {
            Tag = "Conversions", Summary = "Convert a lead to a deal (BETA)", Cost = 40, Parameters = [Id],
            Body = new("LeadConversionBody", StageId, PipelineId), Answer = DealConversionRoutes.AskedReply,
        },
        new("GET", "/leads/{id}/convert/status/{conversion_id}", "getLeadConversionStatus", GetStatus)
        {
            Tag = "Conversions", Summary = "Get Lead conversion status (BETA)", Parameters = [Id, DealConversionRoutes.ConversionId],
            Answer = StatusReply,
        },
    ];

    private static async Task<Reply> Convert(Call call)
    {
        var id = call.Path(Id, "lead");
        call.Caller.MustWrite("leads");
        call.Caller.MustWrite("deals");
        var (stage, pipeline) = await call.Read(body => (body.Get(StageId), body.Get(PipelineId)));
        var conversion = await call.Service<ConversionService>()
            .ToDeal(call.Caller, id, stage.IsSet ? stage.Value : null, pipeline.IsSet ? pipeline.Value : null, call.Ct);
        return Reply.Json(DealConversionRoutes.AskedReply, conversion);
    }

    private static async Task<Reply> GetStatus(Call call)
    {
        var (id, conversion) = (call.Path(Id, "lead"), call.Path(DealConversionRoutes.ConversionId, "conversion"));
        return Reply.Json(StatusReply, await call.Service<ConversionService>().OfLead(call.Caller, id, conversion, call.Ct));
    }
}
