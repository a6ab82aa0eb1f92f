using Tributary.Core.Deals;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Totals;

/// <summary>Deals and activities for tests of what reads across deals.</summary>
internal static class SomeTotals
{
    public static Task<Deal> Deal(this SomeWorkspace some, DealPatch patch) =>
        new DealService(some.Db).Create(some.Admin, patch with { Title = patch.Title.Or("Some deal") }, CancellationToken.None);

    public static Task<Deal> Update(this SomeWorkspace some, long id, DealPatch patch) =>
        new DealService(some.Db).Update(some.Admin, id, patch, CancellationToken.None);

    /// <summary>One unit of the currency is worth so many of the workspace's.</summary>
    public static async Task Rate(this SomeWorkspace some, string code, decimal rate)
    {
        await using var tx = await some.Db.Write(some.Id, CancellationToken.None);
        await tx.Run(
            "INSERT INTO currency_rates (workspace_id, code, day, rate_e8, source) VALUES (@Workspace, @code, @today, @rate, 'test')",
            new { tx.Workspace, code, today = some.Db.Today(), rate = (long)(rate * 100_000_000m) });
        await Tributary.Core.Catalog.CatalogStore.CatalogHasChanged(tx);
        await tx.Commit();
    }

    /// <summary>An open activity of the deal, due on a day.</summary>
    public static async Task Due(this SomeWorkspace some, long dealId, DateOnly day)
    {
        await using var tx = await some.Db.Write(some.Id, CancellationToken.None);
        await tx.Run($"""
            INSERT INTO activities (workspace_id, id, uid, type, subject, deal_id, due_on, busy, status, done, participants, attendees,
                added_at, updated_at, version)
            VALUES (@Workspace, @id, @uid, 'call', 'Call', @dealId, @day, @no, 'open', @no, {tx.Sql.Json("none")}, {tx.Sql.Json("none")},
                @Now, @Now, 1)
            """, new { tx.Workspace, id = await tx.NextId("activity_ids"), uid = tx.NextUid(), dealId, day, no = false, none = "[]", tx.Now });
        await DealSaving.Touch(tx, dealId);
        await tx.Commit();
    }
}
