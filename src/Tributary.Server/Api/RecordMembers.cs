using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api;

/// <summary>The members that records of several kinds have in common, and the way an address names a record.</summary>
internal static class RecordMembers
{
    public static readonly Member<long> PathId = Members.Id("id", "The record.").InPath();

    public static readonly Member<long> OwnerId = Members.Id("owner_id", "A user.").Nullable();
    public static readonly Member<long> DealId = Members.Id("deal_id", "A deal.").Nullable();
    public static readonly Member<long> LeadId = Members.Id("lead_id", "A lead.").Nullable();
    public static readonly Member<long> PersonId = Members.Id("person_id", "A person.").Nullable();
    public static readonly Member<long> OrgId = Members.Id("org_id", "An organization.").Nullable();
    public static readonly Member<long> ProductId = Members.Id("product_id", "A product.").Nullable();
    public static readonly Member<long> VisibleTo =
        Members.Whole("visible_to", "1 the owner, 3 the owner's group, 5 that group and those below it, 7 everyone.", 1, 7);
    public static readonly Member<Seq<long>> LabelIds = Members.List("label_ids", "Labels of this kind of record.", Members.Id("", ""));
    public static readonly Member<Seq<string>> Tags = Members.List("tags", "By name; unknown names become tags.", Members.Text("", "", 100));
    public static readonly Member<Seq<long>> TagIds =
        Members.List("tag_ids", "By id; tags goes first when both are sent.", Members.Id("", ""));
    public static readonly Member<long> Channel = Members.Whole("channel", "").Nullable();
    public static readonly Member<string> ChannelId = Members.Text("channel_id", "").Nullable();
    public static readonly Member<string> Origin = Members.Text("origin", "How the record came to be.", 255);
    public static readonly Member<string> OriginId = Members.Text("origin_id", "", 255).Nullable();
    public static readonly Member<bool> Archived = Members.Flag("archived", "An archived record is read-only until it is taken out.");
    public static readonly Member<string> Note = Members.Text("note", "Kept in the history with the change.", 2000);

    public static readonly Member<long> Id = Members.Id("id", "For imports: the id that other systems already hold.");
    public static readonly Member<Guid> Uid = Members.Uid("uid", "For imports.");
    public static readonly Member<DateTimeOffset> AddedAt = Members.Instant("added_at", "For imports; left out: now.");
    public static readonly Member<DateTimeOffset> UpdatedAt = Members.Instant("updated_at", "For imports; left out: when it was added.");
    public static readonly Member<long> CreatorId = Members.Id("creator_id", "For imports; left out: the caller.").Nullable();

    /// <summary>What only a new record takes.</summary>
    public static readonly Member[] Imported = [Id, Uid, AddedAt, UpdatedAt];

    /// <summary>The version a change is meant for: If-Match goes before the member.</summary>
    public static long? Expected(Body body, long? ifMatch) => ifMatch ?? Versions.Read(body);

    public static Field<int> ReadVisibleTo(Body body) => body.Get(VisibleTo).As(value => (int)value);
}
