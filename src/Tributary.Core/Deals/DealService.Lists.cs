using Tributary.Core.Kernel;
using Tributary.Core.Lists;

namespace Tributary.Core.Deals;

public sealed partial class DealService
{
    /// <summary>One page of the deals that match and that the caller sees.</summary>
    public async Task<Page<Deal>> List(Caller caller, ListQuery query, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await ListStore.Rows<Deal>(tx, caller, ListSources.Deals, DealStore.Columns, query);
    }

    /// <summary>The deal, deleted ones included, or none when there is none that the caller sees.</summary>
    public async Task<Deal?> Find(Caller caller, Guid uid, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await DealStore.Find(tx, uid));
    }
}
