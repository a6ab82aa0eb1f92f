using FsCheck.Fluent;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

/// <summary>Decision 0034: the changes of a batch share a savepoint, and one that is undone leaves the others as if it had never been.</summary>
public sealed class SqliteRedoTests : IAsyncLifetime
{
    private Db db = null!;

    public async ValueTask InitializeAsync() => db = await New();

    public ValueTask DisposeAsync() => db.DisposeAsync();

    [Fact]
    public void Whatever_the_changes_of_a_batch_write_and_whichever_are_undone_those_that_are_kept_are_as_if_they_had_been_alone() =>
        Properties.ForAll(Changes.ToArbitrary(), 60, changes => IsAsIfAlone(changes).GetAwaiter().GetResult());

    [Fact]
    public async Task Undone_changes_in_the_midst_of_a_batch_leave_those_before_and_after_them()
    {
        await InOneBatch(db, [Kept("first"), Kept("second"), Undone("third"), Kept("fourth"), Undone("fifth"), Undone("sixth"), Kept("seventh")]);

        Assert.Equal("first 1, second 2, fourth 3, seventh 4", await Rows(db));
    }

    [Fact]
    public async Task A_part_that_a_change_took_back_is_not_written_again_when_a_later_change_is_undone()
    {
        var changes = new Change[]
        {
            Kept("first"),
            new([new(Kind.Add, "second"), new(Kind.AddAndTakeBack, "part"), new(Kind.Add, "rest")], IsKept: true),
            Undone("third"),
        };

        await InOneBatch(db, changes);

        Assert.Equal("first 1, second 2, rest 3", await Rows(db));
    }

    [Fact]
    public async Task What_a_change_wrote_in_bulk_stays_when_a_later_one_is_undone()
    {
        await InOneBatch(db, [Kept("first"), new([new(Kind.AddInBulk, "bulk")], IsKept: true), Undone("third"), Kept("fourth")]);

        Assert.Equal("first 1, bulk 2, fourth 102", await Rows(db));
    }

    [Fact]
    public async Task What_was_written_in_bulk_is_undone_and_leaves_those_before_it()
    {
        await InOneBatch(db, [Kept("first"), Kept("second"), new([new(Kind.AddInBulk, "bulk")], IsKept: false), Kept("fourth")]);

        Assert.Equal("first 1, second 2, fourth 3", await Rows(db));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_of_more_statements_than_are_remembered_is_kept_or_undone_as_any_other(bool isKept)
    {
        const int many = 10_100;
        var large = new Change([.. Enumerable.Range(0, many).Select(n => new Step(Kind.Rename, $"{n}"))], isKept);

        await InOneBatch(db, [Kept("first"), Kept("second"), large, Undone("last")]);

        var renamed = $"{many - 1}";
        Assert.Equal(isKept ? $"first {renamed}, second {renamed}" : "first 1, second 2", await Rows(db));
    }

    [Fact]
    public async Task A_change_that_only_read_is_undone_without_a_word()
    {
        await InOneBatch(db, [Kept("first"), new([new(Kind.Read, "first")], IsKept: false), Kept("third")]);

        Assert.Equal("first 1, third 2", await Rows(db));
    }

    [Fact]
    public async Task A_full_disk_refuses_all_of_a_batch_and_keeps_nothing_of_it()
    {
        var first = await Begin(db);
        await Add(first, "first");
        var waiting = Begin(db);
        var firstAnswer = first.Commit();
        var second = await waiting;
        var pages = await second.One<long>("PRAGMA page_count", new { });
        // SQLite's own way to say how large the disk is. https://www.sqlite.org/pragma.html#pragma_max_page_count
        await second.One<long>($"PRAGMA max_page_count = {pages}", new { });

        var full = await Assert.ThrowsAsync<ProblemException>(() => Add(second, new string('x', 100_000)));
        await second.DisposeAsync();
        var refused = await Assert.ThrowsAsync<ProblemException>(() => firstAnswer);

        Assert.Equal([ProblemCode.Unavailable, ProblemCode.Unavailable], [full.Problem.Code, refused.Problem.Code]);
        Assert.Equal("", await Rows(db));
        var later = await Begin(db);
        await later.One<long>("PRAGMA max_page_count = 1000000", new { });
        await Add(later, "later");
        await later.Commit();
        Assert.Equal("later 1", await Rows(db));
    }

    [Fact]
    public async Task Where_SQLite_takes_back_the_whole_batch_by_itself_all_are_told_and_nothing_is_written_outside_of_a_transaction()
    {
        var first = await Begin(db);
        await first.Run("INSERT INTO marks (name, id) VALUES ('first', 1)", new { });
        var waiting = Begin(db);
        var firstAnswer = first.Commit();
        // Stands for what SQLite undoes everything for without the change's hearing of it.
        var full = await waiting;
        await full.Run("ROLLBACK", new { });
        var fullAnswer = full.Commit();

        foreach (var answer in new[] { firstAnswer, fullAnswer })
        {
            var refused = await Assert.ThrowsAsync<ProblemException>(() => answer);
            Assert.Equal(ProblemCode.Unavailable, refused.Problem.Code);
        }
        Assert.Equal("", await Rows(db));
        await InOneBatch(db, [Kept("later")]);
        Assert.Equal("later 1", await Rows(db));
    }

    private static async Task<bool> IsAsIfAlone(IReadOnlyList<Change> changes)
    {
        await using var together = await New();
        await using var alone = await New();
        List<Change> kept = [.. changes.Where(change => change.IsKept)];
        var commits = together.Commits;

        var ids = await InOneBatch(together, changes);
        var expected = new List<long>();
        foreach (var change in kept) expected.AddRange(await InOneBatch(alone, [change]));

        return ids.SequenceEqual(expected) && await Rows(together) == await Rows(alone)
            && together.Commits - commits == Math.Min(kept.Count, 1);
    }

    private static Change Kept(string name) => new([new(Kind.Add, name)], IsKept: true);

    private static Change Undone(string name) => new([new(Kind.Add, name)], IsKept: false);

    /// <summary>Runs changes one after the other that share one commit.</summary>
    /// <returns>The ids that the kept ones were given.</returns>
    private static async Task<IReadOnlyList<long>> InOneBatch(Db db, IReadOnlyList<Change> changes)
    {
        // All are in line before the first is done, so that it commits for all.
        var line = changes.Select(_ => Begin(db)).ToList();
        var ids = new List<long>();
        var answers = new List<Task>();
        foreach (var (change, turn) in changes.Zip(line))
        {
            var tx = await turn;
            var given = new List<long>();
            foreach (var step in change.Steps) given.AddRange(await Do(tx, step));
            if (change.IsKept)
            {
                ids.AddRange(given);
                answers.Add(tx.Commit());
            }
            else await tx.DisposeAsync();
        }
        await Task.WhenAll(answers);
        return ids;
    }

    private static async Task<IReadOnlyList<long>> Do(Tx tx, Step step)
    {
        switch (step.Kind)
        {
            case Kind.Add:
                return [await Add(tx, step.Name)];
            case Kind.AddInBulk:
                tx.Bulk = new();
                return [await Add(tx, step.Name)];
            case Kind.AddAndTakeBack:
                await tx.Attempt(async () =>
                {
                    await Add(tx, step.Name);
                    throw Problem.Conflict("Changed its mind.");
                });
                return [];
            case Kind.Rename:
                await tx.Run("UPDATE marks SET id = @Name", new { step.Name });
                return [];
            case Kind.Remove:
                await tx.Put("DELETE FROM marks WHERE name < @Name", new { step.Name });
                return [];
            default:
                await tx.Many<string>("SELECT name FROM marks WHERE name = @Name", new { step.Name });
                return [];
        }
    }

    private static async Task<long> Add(Tx tx, string name)
    {
        var id = await tx.NextId("mark_ids");
        await tx.Put("INSERT INTO marks (name, id) VALUES (@name, @id) ON CONFLICT (name) DO UPDATE SET id = excluded.id", new { name, id });
        return id;
    }

    private static async Task<Db> New()
    {
        var made = Scratch.Sqlite();
        await using var tx = await Begin(made);
        await tx.Run("CREATE TABLE marks (name TEXT NOT NULL PRIMARY KEY, id TEXT NOT NULL) STRICT", new { });
        await tx.Run("CREATE TABLE sequences (name TEXT NOT NULL PRIMARY KEY, last INTEGER NOT NULL) STRICT", new { });
        await tx.Commit();
        return made;
    }

    private static Task<Tx> Begin(Db db) => db.Write(1, CancellationToken.None);

    private static async Task<string> Rows(Db db) =>
        await Scratch.Ask<string?>(db, 1, "SELECT GROUP_CONCAT(name || ' ' || id, ', ') FROM (SELECT * FROM marks ORDER BY id + 0, name)") ?? "";

    private static readonly FsCheck.Gen<Change> OneChange =
        from steps in (from kind in Gen.Elements(Enum.GetValues<Kind>())
                       from name in Gen.Elements("a", "b", "c", "d", "e")
                       select new Step(kind, name)).ListOf()
        from isKept in Gen.Elements(true, false)
        select new Change([.. steps.Take(6)], isKept);

    private static readonly FsCheck.Gen<IReadOnlyList<Change>> Changes =
        from changes in OneChange.NonEmptyListOf()
        select (IReadOnlyList<Change>)[.. changes.Take(12)];

    private enum Kind
    {
        Add,
        AddInBulk,
        AddAndTakeBack,
        Rename,
        Remove,
        Read,
    }

    private sealed record Step(Kind Kind, string Name);

    private sealed record Change(IReadOnlyList<Step> Steps, bool IsKept)
    {
        /// <summary>For a counterexample.</summary>
        public override string ToString() => $"{(IsKept ? "kept" : "undone")}: {string.Join(", ", Steps.Select(step => $"{step.Kind} {step.Name}"))}";
    }
}
