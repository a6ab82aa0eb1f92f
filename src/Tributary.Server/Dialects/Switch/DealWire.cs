using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Pipelines;
using Tributary.Core.Users;
using Tributary.Server.Api;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Switch;

/// <summary>
/// A deal with what Switch embeds. Its customer is the deal's person, else its organization: a Switch customer has a name,
/// an e-mail address and a company (reference §3.3).
/// </summary>
internal sealed record DealView(Deal Deal, WorkspaceCatalog Catalog, ContactCard? Person, ContactCard? Organization)
{
    /// <summary>All that is shown of a deal.</summary>
    public static readonly DealMembers Shown = DealMembers.Of(
        nameof(Deal.Uid), nameof(Deal.PipelineId), nameof(Deal.StageId), nameof(Deal.Title), nameof(Deal.Value), nameof(Deal.Currency),
        nameof(Deal.Status), nameof(Deal.Priority),
        nameof(Deal.PersonId), nameof(Deal.OrgId), nameof(Deal.OwnerId), nameof(Deal.ExpectedClose), nameof(Deal.Description),
        nameof(Deal.TagIds), nameof(Deal.Position),
        nameof(Deal.WonAt), nameof(Deal.LostAt), nameof(Deal.AddedAt));

    public Guid? CustomerUid => Person?.Uid ?? Organization?.Uid;
    public Stage? Stage => Catalog.Stage(Deal.StageId);
    public User? Owner => Catalog.User(Deal.OwnerId);
}

/// <summary>The Deal Object of the Deals API page; inner fields of the summaries are ours (reference §3.2).</summary>
internal static class DealWire
{
    private static readonly Wire<DealView> Customer = new Wire<DealView>("Customer")
        .Uid("id", d => d.CustomerUid)
        .Text("name", d => d.Person?.Name ?? d.Organization?.Name)
        .Text("email", d => d.Person is { } person ? person.Email : d.Organization?.Email)
        .Text("company", d => d.Organization?.Name);

    private static readonly Wire<User> Owner = new Wire<User>("Owner")
        .Uid("id", u => u.Uid)
        .Text("name", u => u.Name)
        .Text("email", u => u.Email);

    private static readonly Wire<Stage> Stage = new Wire<Stage>("Stage")
        .Uid("id", s => s.Uid)
        .Text("name", s => s.Name)
        .Whole("position", s => s.Position);

    public static readonly Wire<DealView> Deal = new Wire<DealView>("Deal")
        .Uid("id", d => d.Deal.Uid)
        .Uid("organization_id", d => d.Catalog.Workspace.Uid)
        .Uid("pipeline_id", d => d.Catalog.Pipeline(d.Deal.PipelineId)?.Uid)
        .Uid("stage_id", d => d.Stage?.Uid)
        .Text("name", d => d.Deal.Title, nullable: false)
        .Number("amount", d => d.Deal.Value)
        .Text("currency", d => d.Deal.Currency, nullable: false)
        .Word("status", d => Words.Status(d.Deal.Status), ["open", "won", "lost"])
        .Word("priority", d => Words.Priority(d.Deal.Priority), ["low", "medium", "high", "urgent"])
        .Uid("customer_id", d => d.CustomerUid)
        .Uid("owner_id", d => d.Owner?.Uid)
        .Day("expected_close_date", d => d.Deal.ExpectedClose)
        .Text("notes", d => d.Deal.Description)
        .Texts("tags", d => d.Catalog.TagNames(d.Deal.TagIds))
        .Number("position", d => d.Deal.Position)
        .Instant("won_at", d => d.Deal.WonAt, TimeStyle.IsoSeconds)
        .Instant("lost_at", d => d.Deal.LostAt, TimeStyle.IsoSeconds)
        .Instant("created_at", d => d.Deal.AddedAt, TimeStyle.IsoSeconds)
        .Object("customer", d => d.CustomerUid is null ? null : d, Customer)
        .Object("owner", d => d.Owner, Owner)
        .Object("stage", d => d.Stage, Stage);

    public static readonly Wire<DealView> One = new Wire<DealView>("DealReply").Object("data", d => d, Deal);

    private static readonly Wire<DealPage> Meta = new Wire<DealPage>(null)
        .Whole("total", p => p.Total)
        .Whole("limit", p => p.Limit)
        .Whole("offset", p => p.Offset)
        .Whole("next_offset", p => p.NextOffset);

    public static readonly Wire<DealPage> List = new Wire<DealPage>("DealList").Objects("data", p => p.Deals, Deal)
        .Object("meta", p => p, Meta);
}

internal sealed record DealPage(IReadOnlyList<DealView> Deals, long Total, long Limit, long Offset)
{
    public long? NextOffset => Offset + Deals.Count < Total ? Offset + Deals.Count : null;
}
