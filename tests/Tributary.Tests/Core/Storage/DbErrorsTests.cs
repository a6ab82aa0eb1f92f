using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

public sealed class DbErrorsTests
{
    [Theory, OnBothBackends]
    public Task A_taken_value_is_a_conflict(Backend backend) => Refused(backend, ProblemCode.Conflict, async tx =>
    {
        await Scratch.AddTag(tx, tx.Workspace, "same");
        await Scratch.AddTag(tx, tx.Workspace, "same");
    });

    [Theory, OnBothBackends]
    public Task A_missing_record_is_a_conflict(Backend backend) => Refused(backend, ProblemCode.Conflict, tx => tx.Run(
        "INSERT INTO deal_followers (workspace_id, deal_id, user_id, added_at) VALUES (@Workspace, 1, 1, @Now)",
        new { tx.Workspace, tx.Now }));

    [Theory, OnBothBackends]
    public Task A_number_beyond_64_bits_is_too_large(Backend backend) => Refused(backend, ProblemCode.TooLarge, async tx =>
    {
        await tx.Run("INSERT INTO deal_numbers (workspace_id, year, last) VALUES (@Workspace, 2026, @most)",
            new { tx.Workspace, most = long.MaxValue });
        await tx.Run("UPDATE deal_numbers SET last = last + 1 WHERE workspace_id = @Workspace", new { tx.Workspace });
    });

    [Theory, OnBothBackends]
    public Task A_sum_beyond_64_bits_is_too_large(Backend backend) => Refused(backend, ProblemCode.TooLarge, async tx =>
    {
        await tx.Run("INSERT INTO deal_numbers (workspace_id, year, last) VALUES (@Workspace, 2026, @most), (@Workspace, 2027, @most)",
            new { tx.Workspace, most = long.MaxValue });
        await tx.One<long>("SELECT CAST(SUM(last) AS BIGINT) FROM deal_numbers WHERE workspace_id = @Workspace", new { tx.Workspace });
    });

    [Theory, OnPostgres]
    public Task Text_that_PostgreSQL_cannot_keep_is_invalid(Backend backend) =>
        Refused(backend, ProblemCode.Invalid, tx => Scratch.AddTag(tx, tx.Workspace, "a\0b"));

    [Theory, OnBothBackends]
    public async Task After_a_refusal_others_go_on(Backend backend)
    {
        var db = await Backends.Open(backend);
        var workspace = await Scratch.Workspace(db);
        await Scratch.Tag(db, workspace, "same");

        await Assert.ThrowsAsync<ProblemException>(() => Scratch.Tag(db, workspace, "same"));
        await Scratch.Tag(db, workspace, "other");

        Assert.Equal(2,
            await Scratch.Ask<int>(db, workspace, "SELECT COUNT(*) FROM tags WHERE workspace_id = @workspace", new { workspace }));
    }

    [Theory, OnBothBackends]
    public async Task Statements_read_row_by_row_are_translated_as_well(Backend backend)
    {
        var db = await Backends.Open(backend);
        var workspace = await Scratch.Workspace(db);
        await Scratch.Tag(db, workspace, "same");

        await using var tx = await db.Write(workspace, CancellationToken.None);
        var rows =
            tx.Stream<long>(
                "INSERT INTO tags (workspace_id, id, uid, name, added_at) VALUES (@workspace, 0, @uid, 'same', @Now) RETURNING id",
                new { workspace, uid = tx.NextUid(), tx.Now });

        await Assert.ThrowsAsync<ProblemException>(async () =>
        {
            await foreach (var _ in rows)
            {
            }
        });
    }

    private static async Task Refused(Backend backend, ProblemCode code, Func<Tx, Task> work)
    {
        var db = await Backends.Open(backend);
        await using var tx = await db.Write(await Scratch.Workspace(db), CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<ProblemException>(() => work(tx));

        Assert.Equal(code, refusal.Problem.Code);
    }
}
