using Tributary.Core.Jobs;
using Tributary.Core.Leads;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Leads;

internal static class LeadRoutes
{
    private static readonly Member<long> StageId =
        Members.Id("stage_id", "Where the deal starts; left out: the first stage of the pipeline.").Nullable();
    private static readonly Member<long> PipelineId = Members.Id("pipeline_id", "Left out: the default pipeline.").Nullable();
    private static readonly Member<Guid> ConversionUid = Members.Uid("conversion", "The conversion's uid.").InPath();

    private static readonly Listing<View<Lead>> Leads = new("lead", LeadWire.Lead, "-added_at")
    {
        HasArchive = true,
        Filters =
        [
            RecordFilters.Owner, RecordFilters.Person, RecordFilters.Org, RecordFilters.Label,
            ListFilter.Equal(Members.Flag("was_seen", "Leads that were seen, or were not.")),
            .. RecordFilters.Days("expected_close"), RecordFilters.Search("title"), .. RecordFilters.Times,
        ],
    };

    private static readonly RecordRoutes<Lead, LeadPatch, View<Lead>> Life = new("Lead", "Leads", "/leads", "a lead")
    {
        Tag = "Leads",
        Wire = LeadWire.Lead,
        Listing = Leads,
        New = LeadBody.New,
        Patch = LeadBody.Patch,
        Read = LeadBody.Read,
        Identity = lead => (lead.Id, lead.Version),
        Show = View<Lead>.Of,
        List = (call, query) => call.Service<LeadService>().List(call.Caller, query, call.Ct),
        Get = (call, id) => call.Service<LeadService>().Get(call.Caller, id, call.Ct),
        Create = (call, patch) => call.Service<LeadService>().Create(call.Caller, patch, call.Ct),
        Update = (call, id, patch) => call.Service<LeadService>().Update(call.Caller, id, patch, call.Ct),
        Deletion = (deleted, version) => new() { Deleted = deleted, ExpectedVersion = version },
        Archiving = (archived, version) => new() { Archived = archived, ExpectedVersion = version },
    };

    public static readonly IReadOnlyList<Operation> All =
    [
        .. Life.All(),
        new("POST", "/leads/{id}/convert", "convertLead", Convert)
        {
            Tag = "Leads", Summary = "Make a deal of a lead, in the background", Parameters = [RecordMembers.PathId],
            Body = new("LeadConversion", StageId, PipelineId), Status = 202, Answer = LeadWire.Conversion,
        },
        new("GET", "/leads/{id}/conversions/{conversion}", "getLeadConversion", GetConversion)
        {
            Tag = "Leads", Summary = "See how a conversion stands", Parameters = [RecordMembers.PathId, ConversionUid],
            Answer = LeadWire.Conversion,
        },
    ];

    private static async Task<Reply> Convert(Call call)
    {
        var id = call.Path(RecordMembers.PathId, "lead");
        var (stage, pipeline) = await call.Read(body => (body.Clearable(StageId).Or(null), body.Clearable(PipelineId).Or(null)));
        var lead = await call.Service<LeadService>().Get(call.Caller, id, call.Ct);
        return Accepted(await call.Service<ConversionService>().ToDeal(call.Caller, lead.Uid, stage, pipeline, call.Ct), $"/leads/{id}");
    }

    private static async Task<Reply> GetConversion(Call call)
    {
        var lead = await call.Service<LeadService>().Get(call.Caller, call.Path(RecordMembers.PathId, "lead"), call.Ct);
        return Reply.Json(LeadWire.Conversion, await call.Service<ConversionService>()
            .OfLead(call.Caller, lead.Uid, call.Path(ConversionUid, "conversion"), call.Ct));
    }

    /// <summary>A conversion that is under way, and where to ask for it.</summary>
    public static Reply Accepted(Conversion conversion, string path) =>
        Reply.Json(LeadWire.Conversion, conversion, status: conversion.State is JobState.Completed ? 200 : 202)
        .With("Location", $"{NativeDialect.Root}{path}/conversions/{conversion.Uid}");
}
