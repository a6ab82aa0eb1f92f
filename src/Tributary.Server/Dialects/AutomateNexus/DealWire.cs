using System.Text.Json.Nodes;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Pipelines;
using Tributary.Server.Api;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.AutomateNexus;

/// <summary>A deal with the names it is shown with; contacts and history only where one deal is shown.</summary>
internal sealed record DealView(Deal Deal, WorkspaceCatalog Catalog, Guid? ContactUid)
{
    /// <summary>What lists show.</summary>
    public static readonly DealMembers Listed = DealMembers.Of(
        nameof(Deal.Uid), nameof(Deal.Title), nameof(Deal.PipelineId), nameof(Deal.StageId), nameof(Deal.Value), nameof(Deal.Currency),
        nameof(Deal.Probability), nameof(Deal.Status),
        nameof(Deal.OwnerId), nameof(Deal.PersonId), nameof(Deal.ExpectedClose), nameof(Deal.Custom), nameof(Deal.AddedAt),
        nameof(Deal.UpdatedAt));

    /// <summary>What is shown of one deal.</summary>
    public static readonly DealMembers Shown = Listed.With(
        nameof(Deal.TagIds), nameof(Deal.WonReason), nameof(Deal.LostReason), nameof(Deal.Competitors), nameof(Deal.ClosedAt));

    public IReadOnlyList<DealContactView> Contacts { get; init; } = [];
    public IReadOnlyList<StageStay> History { get; init; } = [];

    public Stage? Stage => Catalog.Stage(Deal.StageId);

    /// <summary>A closed deal is certain; an open one has its own probability, else its stage's.</summary>
    public decimal? Probability => Deal.Status switch
    {
        DealStatus.Won => 100,
        DealStatus.Lost => 0,
        DealStatus.Open => Deal.Probability ?? Stage?.Probability,
    };
}

internal sealed record DealContactView(ContactCard Person, string? Role, bool IsPrimary);

/// <summary>The deal of the page's sample; one deal alone has the extras of reference §2.4 behind it.</summary>
internal static class DealWire
{
    public static readonly Wire<DealContactView> Contact = new Wire<DealContactView>("DealContact")
        .Id("id", c => c.Person.Uid, Ids.Contact.Spelled, nullable: false)
        .Text("name", c => c.Person.Name, nullable: false)
        .Text("email", c => c.Person.Email)
        .Text("role", c => c.Role, "decision_maker, influencer, champion, blocker, end_user, other, or null.")
        .Flag("is_primary", c => c.IsPrimary);

    public static readonly Wire<DealView> Listed = Sample(new Wire<DealView>("ListedDeal"));

    public static readonly Wire<DealView> Deal = Sample(new Wire<DealView>("Deal"))
        .Texts("tags", d => d.Catalog.TagNames(d.Deal.TagIds))
        .Objects("contacts", d => d.Contacts, Contact, "The primary contact first.")
        .Objects("stage_history", d => d.History.Select(stay => (stay, d.Catalog)),
            new Wire<(StageStay Stay, WorkspaceCatalog Catalog)>("StageChange")
            .Id("from_stage_id", h => h.Stay.FromStageId is { } id ? h.Catalog.Stage(id)?.Uid : null, Ids.Stage.Spelled,
                "null where the deal began.")
            .Id("to_stage_id", h => h.Catalog.Stage(h.Stay.StageId)?.Uid, Ids.Stage.Spelled)
            .Text("from_stage_name", h => h.Stay.FromStage)
            .Text("to_stage_name", h => h.Stay.Stage)
            .Text("note", h => h.Stay.Note)
            .Id("changed_by", h => h.Catalog.User(h.Stay.EnteredBy)?.Uid, Ids.User.Spelled)
            .Instant("changed_at", h => h.Stay.EnteredAt, TimeStyle.IsoSeconds), "Oldest first.")
        .Text("won_reason", d => d.Deal.WonReason)
        .Text("lost_reason", d => d.Deal.LostReason)
        .Text("competitor", d => d.Deal.Competitors.Count == 0 ? null : string.Join(", ", d.Deal.Competitors))
        .Instant("closed_at", d => d.Deal.ClosedAt, TimeStyle.IsoSeconds);

    public static readonly Wire<DealView> One = Envelope.One(Deal);
    public static readonly Wire<IReadOnlyList<DealContactView>> Contacts = Envelope.All(Contact);

    private static Wire<DealView> Sample(Wire<DealView> wire) => wire
        .Id("id", d => d.Deal.Uid, Ids.Deal.Spelled, nullable: false)
        .Text("title", d => d.Deal.Title, nullable: false)
        .Id("pipeline_id", d => d.Catalog.Pipeline(d.Deal.PipelineId)?.Uid, Ids.Pipeline.Spelled)
        .Id("stage_id", d => d.Stage?.Uid, Ids.Stage.Spelled)
        .Text("stage_name", d => d.Stage?.Name)
        .Number("value", d => d.Deal.Value)
        .Text("currency", d => d.Deal.Currency, nullable: false)
        .Number("probability", d => d.Probability)
        .Id("owner_id", d => d.Catalog.User(d.Deal.OwnerId)?.Uid, Ids.User.Spelled)
        .Id("contact_id", d => d.ContactUid, Ids.Contact.Spelled)
        .Day("expected_close_date", d => d.Deal.ExpectedClose)
        .Word("status", d => Words.Status(d.Deal.Status), ["open", "won", "lost"])
        .Json("custom_fields", new JsonObject { ["type"] = "object", ["additionalProperties"] = true },
            (json, d) => CustomFields.Write(json, d.Catalog, "deal", d.Deal.Custom))
        .Instant("created_at", d => d.Deal.AddedAt, TimeStyle.IsoSeconds)
        .Instant("updated_at", d => d.Deal.UpdatedAt, TimeStyle.IsoSeconds);
}
