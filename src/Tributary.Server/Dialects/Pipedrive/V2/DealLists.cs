using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>"Get all deals" and "Get all archived deals", which differ in nothing but the archive.</summary>
internal static class DealLists
{
    private static readonly Member<string> Status =
        Members.Word("", "", ("open", "open"), ("won", "won"), ("lost", "lost"), (DealScope.Deleted, DealScope.Deleted));
    private static readonly Member<Seq<string>> Statuses = Members.List("status",
        "Comma-separated. Left out, or with filter_id: all that are not deleted. deleted: deleted in the last 30 days.", Status, 4);

    private static readonly RecordList Deals = new("deal", new(("id", "id"), ("update_time", "updated_at"), ("add_time", "added_at")),
        RecordFilter.Id("owner_id"), RecordFilter.Id("person_id"), RecordFilter.Id("org_id"), RecordFilter.Id("pipeline_id"),
            RecordFilter.Id("stage_id"));

    public static readonly IReadOnlyList<Member> Parameters = [Statuses, .. Deals.Parameters, .. DealAsk.Parameters];
    public static readonly IReadOnlyList<Member> ArchivedParameters = [Statuses, .. Deals.Parameters, .. DealAsk.FewParameters];

    public static async Task<Reply> Answer(Call call, bool archived)
    {
        call.Caller.MustRead("deals");
        var (statuses, read) = (call.Query(Statuses, []), Deals.Read(call));
        var asked = await DealAsk.Read(call);
        var query = DealScope.Of(call, await read(call), RecordList.HasFilter(call) ? [] : statuses, archived);
        var page = await call.Service<DealService>()
            .List(call.Caller, query, asked.Extras.Count > 0 ? DealMembers.All : DealView.Shown, call.Ct);
        return Paging.Reply(DealWire.Deal, [.. page.Items.Select(deal => new DealView(deal, asked))], page.NextCursor);
    }
}
