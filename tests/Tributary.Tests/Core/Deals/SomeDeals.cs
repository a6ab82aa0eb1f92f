using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Deals;

internal static class SomeDeals
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static DealService Deals(this SomeWorkspace some) => new(some.Db);

    public static Task<Deal> Deal(this SomeWorkspace some, DealPatch? patch = null, Caller? caller = null) =>
        some.Deals().Create(caller ?? some.Admin, (patch ?? new()) with { Title = (patch ?? new()).Title.Or("A deal") }, Ct);

    /// <summary>What became of each item; what is right is stored.</summary>
    public static Task<IReadOnlyList<BatchResult>> Batch(this SomeWorkspace some, params IReadOnlyList<BatchItem> items) =>
        some.Deals().Batch(some.Admin, items, atomic: false, dryRun: false, Ct);

    public static async Task<long> Person(this SomeWorkspace some, string name = "Pat Person")
    {
        await using var tx = await some.Db.Write(some.Id, Ct);
        var id = await tx.NextId("contact_ids");
        await tx.Run($"""
            INSERT INTO persons (workspace_id, id, uid, name, name_folded, visible_to, emails, phones, im, label_ids, tag_ids, custom,
                added_at, updated_at, version)
            VALUES (@Workspace, @id, @uid, @name, @name, 7, {tx.Sql.Json("none")}, {tx.Sql.Json("none")}, {tx.Sql.Json("none")},
                {tx.Sql.Json("none")}, {tx.Sql.Json("none")}, {tx.Sql.Json("blank")}, @Now, @Now, 1)
            """, new { tx.Workspace, id, uid = tx.NextUid(), name, none = "[]", blank = "{}", tx.Now });
        await tx.Commit();
        return id;
    }

    /// <summary>The lines of the log about a deal itself, newest first.</summary>
    public static async Task<IReadOnlyList<LogEvent>> Log(this SomeWorkspace some, long dealId)
    {
        await using var tx = await some.Db.Read(some.Id, Ct);
        return await EventStore.OfSubject(tx, "deal", dealId, null, 500);
    }

    public static async Task<int> Count(this SomeWorkspace some, string table, long dealId)
    {
        await using var tx = await some.Db.Read(some.Id, Ct);
        return await tx.One<int>($"SELECT COUNT(*) FROM {table} WHERE workspace_id = @Workspace AND deal_id = @dealId",
            new { tx.Workspace, dealId });
    }

    public static async Task<Problem> Refused(Func<Task> act) => (await Assert.ThrowsAsync<ProblemException>(act)).Problem;

    public static async Task<ProblemCode> Code(Func<Task> act) => (await Refused(act)).Code;
}
