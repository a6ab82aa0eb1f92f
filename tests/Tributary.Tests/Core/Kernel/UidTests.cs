using Tributary.Core.Kernel;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Kernel;

public sealed class UidTests
{
    private static readonly DateTimeOffset noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private DateTimeOffset time = noon;

    [Fact]
    public void A_uid_has_version_7_the_rfc_variant_and_the_millisecond_of_its_making()
    {
        var bytes = Source().Next().ToByteArray(bigEndian: true);

        Assert.Equal(7, bytes[6] >> 4);
        Assert.Equal(0b10, bytes[8] >> 6);
        Assert.Equal(noon.ToUnixTimeMilliseconds(), MillisecondsOf(bytes));
    }

    [Fact]
    public void Uids_increase_while_the_clock_stands_still_even_past_the_counter()
    {
        var source = Source();

        var uids = Enumerable.Range(0, 10_000).Select(_ => source.Next()).ToList();

        AssertIncreasing(uids);
    }

    [Fact]
    public void Uids_increase_when_the_clock_steps_back()
    {
        var source = Source();
        var before = source.Next();

        time = noon.AddHours(-1);
        var after = source.Next();

        AssertIncreasing([before, after]);
    }

    [Fact]
    public void Uids_of_a_later_millisecond_are_larger_also_as_text()
    {
        var source = Source();
        var uids = new List<Guid>();
        for (var i = 0; i < 100; i++)
        {
            time = noon.AddMilliseconds(i * i);
            uids.Add(source.Next());
        }

        AssertIncreasing(uids);
    }

    [Fact]
    public void Threads_sharing_a_source_never_get_the_same_uid()
    {
        var source = Source();

        var uids = Enumerable.Range(0, 20_000).AsParallel().WithDegreeOfParallelism(4).Select(_ => source.Next()).ToList();

        Assert.Equal(uids.Count, uids.Distinct().Count());
    }

    [Fact]
    public void The_same_clock_and_random_bytes_give_the_same_uids()
    {
        Assert.Equal(Source().Next(), Source().Next());
    }

    // The first is the UUIDv7 example of RFC 9562, appendix A.6; its base32 was worked out independently.
    [Theory]
    [InlineData("017f22e2-79b0-7cc3-98c4-dc0c0c07398f", "01fwhe4ydgfk1shh6w1g60eecf")]
    [InlineData("00000000-0000-0000-0000-000000000000", "00000000000000000000000000")]
    [InlineData("ffffffff-ffff-ffff-ffff-ffffffffffff", "7zzzzzzzzzzzzzzzzzzzzzzzzz")]
    public void A_uid_has_one_base32_text_and_its_ulid_is_the_same_in_upper_case(string uid, string text)
    {
        var guid = Guid.Parse(uid);

        Assert.Equal(text, UidText.ToBase32(guid));
        Assert.Equal(text.ToUpperInvariant(), UidText.ToUlid(guid));
    }

    [Theory]
    [InlineData("01FWHE4YDGFK1SHH6W1G60EECF")]
    [InlineData("OlFWHE4YDGFKiSHH6WIG6oEECF")]
    [InlineData("oLfwhe4ydgfkIshh6wlg6OeecF")]
    public void Parsing_takes_either_case_and_the_letters_people_mistake_for_digits(string text)
    {
        Assert.True(UidText.TryParse(text, out var uid));
        Assert.Equal(Guid.Parse("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"), uid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("01fwhe4ydgfk1shh6w1g60eec")]
    [InlineData("01fwhe4ydgfk1shh6w1g60eecf0")]
    [InlineData("80000000000000000000000000")] // 128 bits and one more
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("u1fwhe4ydgfk1shh6w1g60eecf")] // U is not in the alphabet
    [InlineData("01fwhe4ydgfk1shh6w1g60eecU")]
    [InlineData("01fwhe4ydgfk1shh6w1g60eec-")]
    [InlineData("01fwhe4ydgfk1shh6w1g60ee f")]
    [InlineData("01fwhe4ydgfk1shh6w1g60eec\u0660")]
    [InlineData("01fwhe4ydgfk1shh6w1g60eec\u212a")] // the Kelvin sign lower-cases to k
    public void Parsing_refuses_anything_else(string text)
    {
        Assert.False(UidText.TryParse(text, out var uid));
        Assert.Equal(Guid.Empty, uid);
    }

    [Fact]
    public void Every_uid_survives_both_spellings() => Properties.ForAll<Guid>(uid =>
        UidText.TryParse(UidText.ToBase32(uid), out var fromBase32) && fromBase32 == uid
        && UidText.TryParse(UidText.ToUlid(uid), out var fromUlid) && fromUlid == uid);

    [Fact]
    public void No_text_makes_parsing_throw() => Properties.ForAll<string?>(text =>
        !UidText.TryParse(text, out var uid) || string.Equals(UidText.ToBase32(uid), text, StringComparison.OrdinalIgnoreCase));

    private UidSource Source() => new(new SteppedClock(() => time), SeededRandom.Of(1));

    private static long MillisecondsOf(byte[] bytes) => bytes.Take(6).Aggregate(0L, (sum, value) => (sum << 8) | value);

    private static void AssertIncreasing(IReadOnlyList<Guid> uids)
    {
        Assert.All(uids.Zip(uids.Skip(1)), pair =>
        {
            Assert.True(string.CompareOrdinal(pair.First.ToString(), pair.Second.ToString()) < 0);
            Assert.True(string.CompareOrdinal(UidText.ToBase32(pair.First), UidText.ToBase32(pair.Second)) < 0);
        });
    }

    private sealed class SteppedClock(Func<DateTimeOffset> now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now();
    }
}
