using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Leads;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Leads;

/// <summary>What our own API reads of a lead. Members left out keep their value; null clears.</summary>
internal static class LeadBody
{
    private static readonly Member<string> Title = Members.Name("title", "1 to 255 characters.");
    private static readonly Member<decimal> Value = Members.Number("value", "Up to four decimals.").Nullable();
    private static readonly Member<string> Currency = Members.Text("currency", "One of the workspace's currencies, ISO 4217.", 3);
    private static readonly Member<DateOnly> ExpectedClose = Members.Day("expected_close", "").Nullable();
    private static readonly Member<bool> WasSeen = Members.Flag("was_seen", "");
    private static readonly Member<long> SourceDealId = Members.Id("source_deal_id", "For imports: the deal it was made from.").Nullable();

    private static readonly Member[] Both =
    [
        Value, Currency, RecordMembers.OwnerId, RecordMembers.PersonId, RecordMembers.OrgId, ExpectedClose, RecordMembers.LabelIds,
        RecordMembers.VisibleTo, WasSeen, RecordMembers.Channel,
        RecordMembers.ChannelId, CustomJson.Member, RecordMembers.Archived, RecordMembers.Note,
    ];

    public static readonly Shape New =
        new("NewLead",
            [Title.Required(), .. Both, RecordMembers.Origin, RecordMembers.OriginId, SourceDealId, RecordMembers.CreatorId,
                .. RecordMembers.Imported]);
    public static readonly Shape Patch = new("LeadPatch", [Title, .. Both, Versions.Member]);

    public static LeadPatch Read(Body body, WorkspaceCatalog catalog, long? ifMatch) => new()
    {
        ExpectedVersion = RecordMembers.Expected(body, ifMatch),
        Note = body.Get(RecordMembers.Note).Or(null!),
        Title = body.Get(Title),
        Value = body.Clearable(Value),
        Currency = body.Get(Currency),
        OwnerId = body.Clearable(RecordMembers.OwnerId),
        PersonId = body.Clearable(RecordMembers.PersonId),
        OrgId = body.Clearable(RecordMembers.OrgId),
        ExpectedClose = body.Clearable(ExpectedClose),
        LabelIds = body.ClearableList(RecordMembers.LabelIds),
        VisibleTo = RecordMembers.ReadVisibleTo(body),
        WasSeen = body.Get(WasSeen),
        Channel = body.Clearable(RecordMembers.Channel),
        ChannelId = body.ClearableText(RecordMembers.ChannelId),
        Custom = CustomJson.Read(body, catalog, "deal"),
        Archived = body.Get(RecordMembers.Archived),
        Origin = body.Get(RecordMembers.Origin),
        OriginId = body.ClearableText(RecordMembers.OriginId),
        SourceDealId = body.Clearable(SourceDealId),
        CreatorId = body.Clearable(RecordMembers.CreatorId),
        Id = body.Get(RecordMembers.Id),
        Uid = body.Get(RecordMembers.Uid),
        AddedAt = body.Get(RecordMembers.AddedAt),
        UpdatedAt = body.Get(RecordMembers.UpdatedAt),
    };
}
