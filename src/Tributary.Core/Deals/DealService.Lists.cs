using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Totals;

namespace Tributary.Core.Deals;

public sealed partial class DealService
{
    /// <summary>
    /// One page of the deals that match and that the caller sees. Their total, where asked for, comes from the kept totals when these know
    /// it.
    /// </summary>
    public Task<Page<Deal>> List(Caller caller, ListQuery query, CancellationToken ct) => List(caller, query, DealMembers.All, ct);

    /// <summary>The same, of which only some members are shown.</summary>
    public async Task<Page<Deal>> List(Caller caller, ListQuery query, DealMembers members, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        var kept = query.WantTotal ? SummaryRules.Kept(query) : null;
        var page = await ListStore.Rows(tx, caller, ListSources.Deals, members.Columns, query, members.Read,
            kept is null ? null : catalog => SummaryStore.CountKept(tx, caller, catalog, kept));
        return kept is null ? page
            : page with { Total = page.Total + await SummaryStore.CountFollowed(tx, caller, await tx.Catalog(), kept) };
    }

    /// <summary>The deal, deleted ones included, or none when there is none that the caller sees.</summary>
    public Task<Deal?> Find(Caller caller, Guid uid, CancellationToken ct) => Find(caller, uid, DealMembers.All, ct);

    /// <summary>The same, of which only some members are shown.</summary>
    public async Task<Deal?> Find(Caller caller, Guid uid, DealMembers members, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await DealStore.Find(tx, uid, members));
    }
}
