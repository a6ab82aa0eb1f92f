using System.Text.Json;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

public sealed class SpellingTests
{
    public static readonly TheoryData<string> Instants =
        new("0001-01-01T00:00:00.000Z", "1969-12-31T23:59:59.999Z", "2024-02-29T12:34:56.789Z", "9999-12-31T23:59:59.999Z");

    [Theory, OnBothBackends]
    public async Task Instants_and_days_come_back_as_they_went_to_the_ends_of_the_calendar(Backend backend)
    {
        await using var tx = await Sample(backend);

        foreach (var text in Instants.Select(row => row.Data))
        {
            var (at, day) = (Spelling.ParseInstant(text), Spelling.ParseDay(text));
            await tx.Run("INSERT INTO sample (at, day) VALUES (@at, @day)", new { at, day });
            var row = (await tx.One<Row>("SELECT at, day FROM sample", new { }))!;
            var found = await tx.One<int>("SELECT COUNT(*) FROM sample WHERE at = @at AND day = @day AND CAST(day AS TEXT) = @text",
                new { at, day, text = text[..10] });
            await tx.Run("DELETE FROM sample", new { });

            Assert.Equal(at, row.At);
            Assert.Equal(TimeSpan.Zero, row.At!.Value.Offset);
            Assert.Equal(day, row.Day);
            Assert.Equal(1, found);
        }
    }

    [Theory, OnBothBackends]
    public async Task An_instant_with_an_offset_is_kept_as_the_same_moment(Backend backend)
    {
        await using var tx = await Sample(backend);
        var at = new DateTimeOffset(2026, 3, 1, 1, 30, 0, TimeSpan.FromHours(5.5));

        await tx.Run("INSERT INTO sample (at) VALUES (@at)", new { at });

        Assert.Equal(at, await tx.One<DateTimeOffset>("SELECT at FROM sample", new { }));
    }

    [Theory, OnBothBackends]
    public async Task Nothing_comes_back_as_nothing(Backend backend)
    {
        await using var tx = await Sample(backend);

        await tx.Run("INSERT INTO sample (at, day, uid) VALUES (@at, @day, @uid)",
            new { at = (DateTimeOffset?)null, day = (DateOnly?)null, uid = (Guid?)null });
        var row = (await tx.One<Row>("SELECT at, day, uid FROM sample", new { }))!;

        Assert.Equal((null, null, null), (row.At, row.Day, row.Uid));
    }

    [Theory, OnBothBackends]
    public async Task Uids_come_back_and_sort_by_age(Backend backend)
    {
        await using var tx = await Sample(backend);
        Guid[] uids = [Guid.Empty, tx.NextUid(), tx.NextUid(), new("ffffffff-ffff-ffff-ffff-ffffffffffff")];

        foreach (var uid in uids.Reverse()) await tx.Run("INSERT INTO sample (uid) VALUES (@uid)", new { uid });

        Assert.Equal(uids, await tx.Many<Guid>("SELECT uid FROM sample ORDER BY uid", new { }));
        Assert.Equal(uids[1], await tx.One<Guid>("SELECT uid FROM sample WHERE uid = @uid", new { uid = uids[1] }));
    }

    [Theory, OnBothBackends]
    public async Task Documents_come_back_equal_though_PostgreSQL_reorders_them(Backend backend)
    {
        await using var tx = await Sample(backend);
        var custom =
            CustomValues.Parse(
                """{"zz":1,"b":{"y":[1,2.50,null],"x":"\"é\" 😀"},"aaa":"  spaced ","n":12345678901234567890,"e":1e2,"t":true}""");
        Seq<long> numbers = [3, 1, long.MaxValue];
        Seq<string> words = ["b", "a\"", ""];
        Seq<Change> changes = [new("value", JsonSerializer.SerializeToElement(1.5), null)];

        await tx.Run(
            $"INSERT INTO sample (custom, numbers, words, changes) VALUES ({tx.Sql.Json("custom")}, {tx.Sql.Json("numbers")}, {tx.Sql.Json("words")}, {tx.Sql.Json("changes")})",
            new { custom, numbers, words, changes });
        var row = (await tx.One<Row>("SELECT custom, numbers, words, changes FROM sample", new { }))!;

        Assert.Equal(custom, row.Custom);
        Assert.Equal(numbers, row.Numbers);
        Assert.Equal(words, row.Words);
        var change = Assert.Single(row.Changes);
        Assert.Equal(("value", "1.5", null), (change.Field, change.Old?.GetRawText(), change.New?.GetRawText()));
    }

    [Theory]
    [MemberData(nameof(Instants))]
    public void The_text_of_an_instant_is_what_it_is_read_from(string text) =>
    Assert.Equal(text, Spelling.InstantText(Spelling.ParseInstant(text)));

    [Fact]
    public void Texts_of_instants_sort_as_the_instants_do() => Properties.ForAll<(long, long)>(pair =>
    {
        var (left, right) = (Moment(pair.Item1), Moment(pair.Item2));
        return Math.Sign(string.CompareOrdinal(Spelling.InstantText(left), Spelling.InstantText(right))) == Math.Sign(
            left.CompareTo(right));

        static DateTimeOffset Moment(long seed) => DateTimeOffset.FromUnixTimeMilliseconds(seed % 60_000_000_000_000);
    });

    private static async Task<Tx> Sample(Backend backend)
    {
        var tx = await (await Backends.Open(backend)).Write(1, CancellationToken.None);
        // Never committed.
        await tx.Run(
            Migrator.For(tx.Sql,
                "CREATE TABLE sample (at INSTANT, day DAY, uid UID, custom DOCUMENT, numbers DOCUMENT, words DOCUMENT, changes DOCUMENT) STRICT"), new { });
        return tx;
    }

    private sealed record Row
    {
        public DateTimeOffset? At { get; init; }
        public DateOnly? Day { get; init; }
        public Guid? Uid { get; init; }
        public CustomValues Custom { get; init; } = CustomValues.None;
        public Seq<long> Numbers { get; init; } = [];
        public Seq<string> Words { get; init; } = [];
        public Seq<Change> Changes { get; init; } = [];
    }
}
