using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Notes;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Notes;

/// <summary>What our own API reads of a note. Members left out keep their value; null clears.</summary>
internal static class NoteBody
{
    private static readonly Member<string> Content = Members.Text("content", "HTML is kept as it is; at most 100 KB.", 102_400);
    private static readonly Member<long> UserId = Members.Id("user_id", "Its author; left out: the caller.").Nullable();
    private static readonly Member<bool> PinnedToDeal = Members.Flag("pinned_to_deal", "");
    private static readonly Member<bool> PinnedToLead = Members.Flag("pinned_to_lead", "");
    private static readonly Member<bool> PinnedToPerson = Members.Flag("pinned_to_person", "");
    private static readonly Member<bool> PinnedToOrg = Members.Flag("pinned_to_org", "");

    private static readonly Member[] Both =
    [
        RecordMembers.DealId, RecordMembers.LeadId, RecordMembers.PersonId, RecordMembers.OrgId, UserId, PinnedToDeal, PinnedToLead,
        PinnedToPerson, PinnedToOrg, RecordMembers.AddedAt,
    ];

    public static readonly Shape New =
        new("NewNote", [Content.Required(), .. Both, RecordMembers.Id, RecordMembers.Uid, RecordMembers.UpdatedAt]);
    public static readonly Shape Patch = new("NotePatch", [Content, .. Both, Versions.Member]);

    public static NotePatch Read(Body body, WorkspaceCatalog catalog, long? ifMatch) => new()
    {
        ExpectedVersion = RecordMembers.Expected(body, ifMatch),
        Content = body.Get(Content),
        DealId = body.Clearable(RecordMembers.DealId),
        LeadId = body.Clearable(RecordMembers.LeadId),
        PersonId = body.Clearable(RecordMembers.PersonId),
        OrgId = body.Clearable(RecordMembers.OrgId),
        UserId = body.Clearable(UserId),
        PinnedToDeal = body.Get(PinnedToDeal),
        PinnedToLead = body.Get(PinnedToLead),
        PinnedToPerson = body.Get(PinnedToPerson),
        PinnedToOrg = body.Get(PinnedToOrg),
        AddedAt = body.Get(RecordMembers.AddedAt),
        Id = body.Get(RecordMembers.Id),
        Uid = body.Get(RecordMembers.Uid),
        UpdatedAt = body.Get(RecordMembers.UpdatedAt),
    };
}
