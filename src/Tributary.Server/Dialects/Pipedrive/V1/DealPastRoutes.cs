using Tributary.Core.Deals;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>What happened to a deal: "List updates about deal field values" and "List updates about participants of a deal".</summary>
internal static class DealPastRoutes
{
    private const string Tag = "Deals v1";

    private static readonly Many<DealChange> Changes = new(PastWire.Change);
    private static readonly Many<DealPeopleChange> Participants = new(PastWire.Participant);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/deals/{id}/changelog", "getDealChangelog", Changelog)
        {
            Tag = Tag, Summary = "List updates about deal field values", Cost = 20, Parameters = [DealRoutes.Id, .. CursorList.Parameters],
            Answer = Changes,
        },
        FlowRoutes.Flow(Anchor.Deal, FlowRoutes.OfDeal),
        new("GET", "/deals/{id}/participantsChangelog", "getDealParticipantsChangelog", ParticipantsChangelog)
        {
            Tag = Tag, Summary = "List updates about participants of a deal", Cost = 10,
            Parameters = [DealRoutes.Id, .. CursorList.Parameters], Answer = Participants,
        },
    ];

    private static async Task<Reply> Changelog(Call call)
    {
        var id = call.Path(DealRoutes.Id, "deal");
        var (cursor, limit) = CursorList.Read(call);
        call.Checked();
        var page = await call.Service<DealService>().Changelog(call.Caller, id, V1Words.Unspoken, cursor, limit, call.Ct);
        return Changes.Page(page.Items, page.NextCursor);
    }

    private static async Task<Reply> ParticipantsChangelog(Call call)
    {
        var id = call.Path(DealRoutes.Id, "deal");
        var (cursor, limit) = CursorList.Read(call);
        call.Checked();
        var page = await call.Service<DealService>().ParticipantsChangelog(call.Caller, id, cursor, limit, call.Ct);
        return Participants.Page(page.Items, page.NextCursor);
    }
}
