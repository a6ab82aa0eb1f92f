using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Core.Totals;

namespace Tributary.Tests.Support;

/// <summary>Records that activities, notes, files and messages hang on, and what hanging there does to a deal.</summary>
internal static class Around
{
    private static CancellationToken Ct => CancellationToken.None;

    public static Task<Deal> Deal(SomeWorkspace some, string title = "A deal", int visibleTo = 7, Caller? owner = null) =>
        new DealService(some.Db).Create(owner ?? some.Admin, new() { Title = title, VisibleTo = visibleTo }, Ct);

    public static Task<Deal> Reload(SomeWorkspace some, Deal deal) => new DealService(some.Db).Get(some.Admin, deal.Id, Ct);

    public static async Task<long> Person(SomeWorkspace some, string name = "Pat Person", string? email = null, int visibleTo = 7,
        long? owner = null)
    {
        await using var tx = await some.Db.Write(some.Id, Ct);
        var id = await tx.NextId("contact_ids");
        await tx.Run($"""
            INSERT INTO persons (workspace_id, id, uid, name, name_folded, owner_id, visible_to, emails, phones, im, email_folded,
                label_ids, tag_ids, custom, added_at, updated_at, version)
            VALUES (@Workspace, @id, @uid, @name, @folded, @owner, @visibleTo, '[]', '[]', '[]', @emailFolded, '[]', '[]',
                {tx.Sql.Json("custom")}, @Now, @Now, 1)
            """, new { tx.Workspace, id, uid = tx.NextUid(), name, folded = Folding.Fold(name), owner, visibleTo, emailFolded = email is null ? null : Folding.Fold(email), custom = "{}", tx.Now });
        await tx.Commit();
        return id;
    }

    public static async Task<long> Organization(SomeWorkspace some, string name = "Some org")
    {
        await using var tx = await some.Db.Write(some.Id, Ct);
        var id = await tx.NextId("contact_ids");
        await tx.Run($"""
            INSERT INTO organizations (workspace_id, id, uid, name, name_folded, visible_to, label_ids, tag_ids, custom, added_at,
                updated_at, version)
            VALUES (@Workspace, @id, @uid, @name, @folded, 7, '[]', '[]', {tx.Sql.Json("custom")}, @Now, @Now, 1)
            """, new { tx.Workspace, id, uid = tx.NextUid(), name, folded = Folding.Fold(name), custom = "{}", tx.Now });
        await tx.Commit();
        return id;
    }

    /// <summary>
    /// How many open deals have their next activity on each day, by the kept totals; none is <see cref="TotalsRules.Never"/>.
    /// </summary>
    public static async Task<Dictionary<DateOnly, long>> Due(SomeWorkspace some)
    {
        await using var tx = await some.Db.Read(some.Id, Ct);
        var rows = await tx.Many<DayRow>("""
            SELECT day, CAST(SUM(deals) AS BIGINT) AS deals
            FROM deal_day_totals
            WHERE workspace_id = @Workspace AND kind = 'due'
            GROUP BY day
            HAVING SUM(deals) <> 0
            """, new { tx.Workspace });
        return rows.ToDictionary(row => row.Day, row => row.Deals);
    }

    public static async Task<long> SearchTexts(SomeWorkspace some, string subject, long subjectId)
    {
        await using var tx = await some.Db.Read(some.Id, Ct);
        return await tx.One<long>(
            "SELECT COUNT(*) FROM search_docs WHERE workspace_id = @Workspace AND subject = @subject AND subject_id = @subjectId AND field = 'notes'",
            new { tx.Workspace, subject, subjectId });
    }

    public static async Task<IReadOnlyList<string>> Refused(Func<Task> act)
    {
        var refusal = await Assert.ThrowsAsync<ProblemException>(act);
        Assert.Equal(ProblemCode.Invalid, refusal.Problem.Code);
        return [.. refusal.Problem.Fields.Select(field => field.Field)];
    }

    public static async Task IsNotFound(Func<Task> act) =>
        Assert.Equal(ProblemCode.NotFound, (await Assert.ThrowsAsync<ProblemException>(act)).Problem.Code);

    private sealed record DayRow
    {
        public DateOnly Day { get; init; }
        public long Deals { get; init; }
    }
}
