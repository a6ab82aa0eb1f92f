using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive;

/// <summary>Which deals a list is of: the archive is another list, and deleted deals belong to the list that they were in.</summary>
internal static class DealScope
{
    public const string Deleted = "deleted";

    /// <summary>"If set to deleted, deals that have been deleted up to 30 days ago will be included."</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <param name="call">Whose clock counts the 30 days.</param>
    /// <param name="query">What else is asked for.</param>
    /// <param name="statuses">open, won, lost and deleted; none of them means all that are not deleted.</param>
    /// <param name="archived">The archive's list.</param>
    public static ListQuery Of(Call call, ListQuery query, IReadOnlyList<string> statuses, bool archived)
    {
        var kept = statuses.Where(status => status != Deleted).Distinct().ToList();
        if (kept.Count == statuses.Count)
        {
            return (kept.Count == 0 ? query : query.And(In(kept))) with { Scope = archived ? Scope.Archived : Scope.Live };
        }
        var deleted = Condition.Test("deleted_at", Operator.AtLeast, call.Service<TimeProvider>().GetUtcNow() - Kept);
        var wanted = kept.Count == 0
            ? deleted
            : Condition.AnyOf(deleted, Condition.AllOf(Condition.Test("deleted_at", Operator.IsEmpty), In(kept)));
        return query.And(Condition.AllOf(Condition.Test("archived_at", archived ? Operator.IsNotEmpty : Operator.IsEmpty), wanted))
            with
        { Scope = kept.Count == 0 ? Scope.Deleted : Scope.Any };
    }

    private static Condition In(List<string> statuses) =>
        Condition.Test("status", Operator.In, [.. statuses.Select(status => (Operand)status)]);
}
