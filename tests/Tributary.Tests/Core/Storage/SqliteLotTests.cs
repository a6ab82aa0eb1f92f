using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Tests.Core.Storage;

public sealed class SqliteLotTests
{
    private const string Insert = "INSERT INTO kept (n, whole, real, text, blob) VALUES (@n, @whole, @real, @text, @blob)";

    [Fact]
    public async Task What_is_put_in_bulk_is_there_as_it_was_given_and_in_that_order()
    {
        await using var db = Scratch.Sqlite();
        await using var tx = await InBulk(db, "CREATE TABLE kept (place INTEGER PRIMARY KEY, n INTEGER, whole INTEGER, real REAL, text TEXT, blob BLOB)");

        // Several lots, and one text that is longer than a lot begins with.
        string?[] kinds = [null, "", "Ünïcode 🎉", "plain"];
        var texts = Enumerable.Range(0, 1_700).Select(n => kinds[n % 4]).ToList();
        texts[3] = new string('é', 200_000);
        for (var n = 0; n < texts.Count; n++)
        {
            long? whole = n % 3 == 0 ? null : long.MinValue + n;
            var blob = n % 5 == 0 ? null : new byte[n % 5 - 1];
            await tx.Put(Insert, new { n = (long)n, whole, real = n / 3.0, text = texts[n], blob });
        }
        await tx.Put(Insert, new SqlValues { { "n", 1_700L }, { "whole", 1L }, { "real", 0.5 }, { "text", "by name" }, { "blob", null } });
        await tx.Put("UPDATE kept SET whole = 7 WHERE n = 1700", new { });

        var rows = await tx.Many("SELECT n, whole, real, text, LENGTH(blob) FROM kept ORDER BY place",
            static (ref row) => (row.Whole(), row.WholeOrNone(), row.Float(), row.TextOrNone(), row.WholeOrNone()));
        Assert.Equal(1_701, rows.Count);
        for (var n = 0; n < texts.Count; n++)
        {
            (long, long?, double, string?, long?) given =
                (n, n % 3 == 0 ? null : long.MinValue + n, n / 3.0, texts[n], n % 5 == 0 ? null : n % 5 - 1);
            Assert.Equal(given, rows[n]);
        }
        Assert.Equal((1_700L, (long?)7, 0.5, (string?)"by name", (long?)null), rows[^1]);
    }

    [Fact]
    public async Task A_parameter_that_was_not_given_is_said_at_once()
    {
        await using var db = Scratch.Sqlite();
        await using var tx = await db.WriteEverywhere(CancellationToken.None);
        tx.Bulk = new();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => tx.Put(Insert, new { n = 1L }));

        Assert.Contains("@whole", error.Message);
    }

    [Fact]
    public async Task Rows_of_one_table_wait_for_the_statement_between_them()
    {
        await using var db = Scratch.Sqlite();
        await using var tx = await InBulk(db, "CREATE TABLE kept (place INTEGER PRIMARY KEY, n INTEGER)");

        const string insert = "INSERT INTO kept (n) VALUES (@n)";
        for (var n = 1L; n <= 3; n++) await tx.Put(insert, new { n });
        await tx.Put("UPDATE kept SET n = n + 10", new { });
        for (var n = 4L; n <= 6; n++) await tx.Put(insert, new { n });
        await tx.Put("DELETE FROM kept WHERE n = 5", new { });

        Assert.Equal([11, 12, 13, 4, 6], await tx.Many<long>("SELECT n FROM kept ORDER BY place", new { }));
    }

    [Fact]
    public async Task A_row_that_others_name_may_be_put_after_them()
    {
        await using var db = Scratch.Sqlite();
        await using var tx = await InBulk(db, """
            DROP TABLE IF EXISTS persons;
            CREATE TABLE persons (id INTEGER PRIMARY KEY);
            CREATE TABLE hands (person_id INTEGER NOT NULL REFERENCES persons (id));
            """);

        await tx.Put("INSERT INTO persons (id) VALUES (@id)", new { id = 1L });
        for (var id = 2L; id <= 4; id++)
        {
            await tx.Put("INSERT INTO hands (person_id) VALUES (@id)", new { id = id - 1 });
            await tx.Put("INSERT INTO persons (id) VALUES (@id)", new { id });
        }
        await tx.Put("INSERT INTO hands (person_id) VALUES (@id)", new { id = 4L });

        Assert.Equal([1, 2, 3, 4], await tx.Many<long>("SELECT person_id FROM hands ORDER BY person_id", new { }));
    }

    [Fact]
    public async Task What_is_there_already_is_minded_as_by_a_statement_of_one_row()
    {
        await using var db = Scratch.Sqlite();
        await using var tx = await InBulk(db, "CREATE TABLE kept (name TEXT PRIMARY KEY, n INTEGER NOT NULL)");

        foreach (var (name, n) in (IEnumerable<(string, long)>)[("a", 1), ("b", 2), ("a", 3), ("b", 4), ("a", 5)])
        {
            await tx.Put("""
                INSERT INTO kept (name, n) VALUES (@name, abs(-@n))
                ON CONFLICT (name) DO UPDATE SET n = kept.n + excluded.n
                """, new { name, n });
        }

        Assert.Equal([("a", 9L), ("b", 6L)], await tx.Many("SELECT name, n FROM kept ORDER BY name", static (ref row) => (row.Text(), row.Whole())));
    }

    [Fact]
    public async Task A_row_that_is_refused_among_many_is_said_with_the_next_question()
    {
        await using var db = Scratch.Sqlite();
        await using var tx = await InBulk(db, "CREATE TABLE kept (n INTEGER PRIMARY KEY)");

        foreach (var n in (long[])[1, 2, 3, 2, 4]) await tx.Put("INSERT INTO kept (n) VALUES (@n)", new { n });

        var refused = await Assert.ThrowsAsync<ProblemException>(() => tx.One<long>("SELECT COUNT(*) FROM kept", new { }));
        Assert.Equal(ProblemCode.Conflict, refused.Problem.Code);
    }

    [Fact]
    public async Task Rows_that_were_written_together_leave_nothing_in_the_schema()
    {
        await using var db = Scratch.Sqlite();
        await using var tx = await InBulk(db, "CREATE TABLE kept (n INTEGER PRIMARY KEY)");
        for (var n = 1L; n <= 5_000; n++) await tx.Put("INSERT INTO kept (n) VALUES (@n)", new { n });

        Assert.Equal(5_000, await tx.One<long>("SELECT COUNT(*) FROM kept", new { }));
        Assert.Equal(0, await tx.One<long>("SELECT COUNT(*) FROM sqlite_schema WHERE name LIKE '%given%'", new { }));
    }

    /// <summary>A unit of work that writes in bulk into tables of its own.</summary>
    private static async Task<Tx> InBulk(Db db, string tables)
    {
        var tx = await db.WriteEverywhere(CancellationToken.None);
        await tx.RunScript(tables);
        tx.Bulk = new();
        return tx;
    }
}
