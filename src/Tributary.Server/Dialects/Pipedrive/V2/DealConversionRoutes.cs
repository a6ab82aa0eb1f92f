using System.Text.Json.Nodes;
using Tributary.Core.Jobs;
using Tributary.Core.Leads;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>"Convert a deal to a lead" and "Get Deal conversion status": a job and how it stands.</summary>
internal static class DealConversionRoutes
{
    public static readonly Member<Guid> ConversionId = Members.Uid("conversion_id", "The ID of the conversion.").InPath();
    public static readonly (string, JobState)[] States =
    [
        ("not_started", JobState.Waiting), ("running", JobState.Running), ("completed", JobState.Completed), ("failed", JobState.Failed),
        ("rejected", JobState.Rejected),
    ];

    private static readonly Wire<Conversion> Asked = new Wire<Conversion>("ConversionAsked").Uid("conversion_id", c => c.Uid);

    private static readonly Wire<Conversion> Status = new Wire<Conversion>("DealConversion")
        .Uid("lead_id", c => c.LeadUid, "Only once completed.", when: c => c.LeadUid is not null)
        .Uid("conversion_id", c => c.Uid)
        .Word("status", c => States.Of(c.State), States.Spellings());

    public static readonly Wire<Conversion> AskedReply = WithNothingMore(Envelope.One(Asked));
    private static readonly Wire<Conversion> StatusReply = WithNothingMore(Envelope.One(Status));

    public static readonly IReadOnlyList<Operation> All =
    [
        new("POST", "/deals/{id}/convert/lead", "convertDealToLead", Convert)
        {
            Tag = "Conversions", Summary = "Convert a deal to a lead (BETA)", Cost = 40, Parameters = [DealRoutes.Id], Answer = AskedReply,
            CoverageNote = "A deal that is closed, archived or names neither person nor organization is rejected.",
        },
        new("GET", "/deals/{id}/convert/status/{conversion_id}", "getDealConversionStatus", GetStatus)
        {
            Tag = "Conversions", Summary = "Get Deal conversion status (BETA)", Parameters = [DealRoutes.Id, ConversionId],
            Answer = StatusReply,
        },
    ];

    private static async Task<Reply> Convert(Call call) =>
        Reply.Json(AskedReply, await call.Service<ConversionService>().ToLead(call.Caller, call.Path(DealRoutes.Id, "deal"), call.Ct));

    private static async Task<Reply> GetStatus(Call call)
    {
        var (id, conversion) = (call.Path(DealRoutes.Id, "deal"), call.Path(ConversionId, "conversion"));
        return Reply.Json(StatusReply, await call.Service<ConversionService>().OfDeal(call.Caller, id, conversion, call.Ct));
    }

    public static Wire<Conversion> WithNothingMore(Wire<Conversion> wire) =>
        wire.Json("additional_data", new JsonObject { ["type"] = "null" }, (json, _) => json.WriteNullValue());
}
