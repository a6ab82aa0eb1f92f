using Tributary.Core.Deals;
using Tributary.Core.Filters;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>"Get all deals" and "Get all archived deals", which differ in nothing but the archive.</summary>
internal static class DealLists
{
    private const string Deleted = "deleted";

    private static readonly Member<long> FilterId = Members.Id("filter_id", "A saved filter. It replaces ids, owner_id, person_id, org_id, pipeline_id, stage_id and status.");
    private static readonly Member<Seq<long>> Ids = Members.List("ids", "Up to 100 ids, comma-separated; those that are not there or not visible are left out.", Members.Id("", ""));
    private static readonly Member<string> Status = Members.Word("", "", ("open", "open"), ("won", "won"), ("lost", "lost"), (Deleted, Deleted));
    private static readonly Member<Seq<string>> Statuses = Members.List("status", "Comma-separated. Left out: all that are not deleted. deleted: deleted in the last 30 days.", Status, 4);
    private static readonly Member<DateTimeOffset> UpdatedSince = Moments.Member("updated_since", "Updated at this time or later, RFC 3339.");
    private static readonly Member<DateTimeOffset> UpdatedUntil = Moments.Member("updated_until", "Updated before this time, RFC 3339.");
    private static readonly Member<long>[] References = [Members.Id("owner_id", ""), Members.Id("person_id", ""), Members.Id("org_id", ""), Members.Id("pipeline_id", ""), Members.Id("stage_id", "")];
    private static readonly Paging.Order Order = new(("id", "id"), ("update_time", "updated_at"), ("add_time", "added_at"));

    private static readonly Member[] Selecting = [FilterId, Ids, .. References, Statuses, UpdatedSince, UpdatedUntil, .. Order.Parameters];

    public static readonly IReadOnlyList<Member> Parameters = [.. Selecting, .. DealAsk.Parameters, .. Paging.Parameters];
    public static readonly IReadOnlyList<Member> ArchivedParameters = [.. Selecting, .. DealAsk.FewParameters, .. Paging.Parameters];

    public static async Task<Reply> Answer(Call call, bool archived)
    {
        call.Caller.MustRead("deals");
        var query = Order.Read(call);
        var conditions = new List<Condition>();
        var (filter, ids, statuses) = (call.Query(FilterId), call.Query(Ids), call.Query(Statuses, []));
        if (call.Query(UpdatedSince) is { IsSet: true, Value: var since }) conditions.Add(Condition.Test("updated_at", Operator.AtLeast, since));
        if (call.Query(UpdatedUntil) is { IsSet: true, Value: var until }) conditions.Add(Condition.Test("updated_at", Operator.Less, until));
        var references = References.Select(member => (member.Name, Id: call.Query(member))).Where(one => one.Id.IsSet).ToList();
        var asked = await DealAsk.Read(call);

        if (filter.IsSet)
        {
            conditions.Add(await call.Service<FilterService>().Use(call.Caller, "deal", filter.Value, call.Ct));
            statuses = [];
        }
        else
        {
            if (ids.IsSet) conditions.Add(Condition.Test("id", Operator.In, [.. ids.Value.Select(id => (Operand)id)]));
            conditions.AddRange(references.Select(one => Condition.Equal(one.Name, one.Id.Value)));
        }
        var page = await call.Service<DealService>().List(call.Caller, Scoped(query, conditions, statuses, archived, call.Service<TimeProvider>().GetUtcNow()), call.Ct);
        return Paging.Reply(DealWire.Deal, [.. page.Items.Select(deal => new DealView(deal, asked))], page.NextCursor);
    }

    // The archive is another list; deleted deals belong to the list that they were in.
    private static ListQuery Scoped(ListQuery query, List<Condition> conditions, Seq<string> statuses, bool archived, DateTimeOffset now)
    {
        var kept = statuses.Where(status => status != Deleted).Distinct().ToList();
        if (kept.Count == statuses.Count)
        {
            if (kept.Count > 0) conditions.Add(In(kept));
            return query with { Scope = archived ? Scope.Archived : Scope.Live, Condition = Condition.AllOf([.. conditions]) };
        }
        var deleted = Condition.Test("deleted_at", Operator.AtLeast, now - DealRetention);
        conditions.Add(Condition.Test("archived_at", archived ? Operator.IsNotEmpty : Operator.IsEmpty));
        conditions.Add(kept.Count == 0 ? deleted : Condition.AnyOf(deleted, Condition.AllOf(Condition.Test("deleted_at", Operator.IsEmpty), In(kept))));
        return query with { Scope = kept.Count == 0 ? Scope.Deleted : Scope.Any, Condition = Condition.AllOf([.. conditions]) };
    }

    /// <summary>"If set to deleted, deals that have been deleted up to 30 days ago will be included."</summary>
    private static readonly TimeSpan DealRetention = TimeSpan.FromDays(30);

    private static Condition In(List<string> statuses) => Condition.Test("status", Operator.In, [.. statuses.Select(status => (Operand)status)]);
}
