using Tributary.Core.Storage;

namespace Tributary.Tests.Core.Storage;

public sealed class SqliteLotTests
{
    private const string Insert = "INSERT INTO kept (n, whole, real, text, blob) VALUES (@n, @whole, @real, @text, @blob)";

    [Fact]
    public async Task What_is_put_in_bulk_is_there_as_it_was_given_and_in_that_order()
    {
        await using var db = Scratch.Sqlite();
        await using var tx = await db.WriteEverywhere(CancellationToken.None);
        await tx.RunScript("CREATE TABLE kept (place INTEGER PRIMARY KEY, n INTEGER, whole INTEGER, real REAL, text TEXT, blob BLOB)");
        tx.Bulk = new();

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
}
