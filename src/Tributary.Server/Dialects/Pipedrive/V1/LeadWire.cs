using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Catalog;
using Tributary.Core.Labels;
using Tributary.Core.Leads;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <param name="NextActivityId">The earliest activity that is not done.</param>
internal sealed record LeadView(Lead Lead, WorkspaceCatalog Catalog, long? NextActivityId = null)
{
    public static async Task<IReadOnlyList<LeadView>> Of(Call call, IReadOnlyList<Lead> leads)
    {
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var next = await call.Service<LeadService>()
            .NextActivities(call.Caller with { Scopes = ["read"] }, [.. leads.Select(lead => lead.Id)], call.Ct);
        return [.. leads.Select(lead => new LeadView(lead, catalog, next.TryGetValue(lead.Id, out var activity) ? activity : null))];
    }
}

/// <summary>The lead of v1; custom values without a value are left out.</summary>
internal static class LeadWire
{
    public static readonly One<Guid> Gone = new(new Wire<Guid>("LeadIdV1").Uid("id", uid => uid));

    private static readonly Wire<Lead> Money = new Wire<Lead>(null).Number("amount", l => l.Value ?? 0)
        .Text("currency", l => l.Currency, nullable: false);

    public static readonly Wire<LeadView> Lead = new Wire<LeadView>("LeadV1")
        .Uid("id", l => l.Lead.Uid)
        .Text("title", l => l.Lead.Title, nullable: false)
        .Whole("owner_id", l => l.Lead.OwnerId)
        .Whole("creator_id", l => l.Lead.CreatorId)
        .Json("label_ids", new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string", ["format"] = "uuid" } },
            (json, l) =>
        {
            json.WriteStartArray();
            foreach (var label in l.Lead.LabelIds.Select(id => l.Catalog.Label(id)).OfType<Label>()) json.WriteStringValue(label.Uid);
            json.WriteEndArray();
        })
        .Whole("person_id", l => l.Lead.PersonId)
        .Whole("organization_id", l => l.Lead.OrgId)
        .Text("source_name", l => l.Lead.Origin, nullable: false)
        .Text("origin", l => l.Lead.Origin, nullable: false)
        .Text("origin_id", l => l.Lead.OriginId)
        .Whole("channel", l => l.Lead.Channel)
        .Text("channel_id", l => l.Lead.ChannelId)
        .Whole("source_deal_id", l => l.Lead.SourceDealId)
        .Flag("is_archived", l => l.Lead.IsArchived)
        .Flag("was_seen", l => l.Lead.WasSeen)
        .Object("value", l => l.Lead.Value is null ? null : l.Lead, Money)
        .Day("expected_close_date", l => l.Lead.ExpectedClose)
        .Whole("next_activity_id", l => l.NextActivityId)
        .Instant("add_time", l => l.Lead.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("update_time", l => l.Lead.UpdatedAt, TimeStyle.IsoMilliseconds)
        .Text("visible_to", l => l.Lead.VisibleTo.ToString(CultureInfo.InvariantCulture), nullable: false)
        .Text("cc_email", l => Spell.SmartBcc(l.Catalog, "lead", l.Lead.Id), nullable: false)
        .Open((json, l) => CustomFields.WriteFilled(json, l.Catalog, "deal", l.Lead.Custom));
}
