using Tributary.Core.Kernel;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Kernel;

public sealed class ApiTokenTests
{
    [Fact]
    public void A_token_is_its_prefix_and_as_many_letters_and_digits_as_asked()
    {
        var token = ApiToken.New(SeededRandom.Of(1), "trib_", 40);

        Assert.Matches("^trib_[0-9A-Za-z]{40}$", token);
    }

    [Fact]
    public void A_token_of_fewer_than_160_bits_is_not_made()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ApiToken.New(SeededRandom.Of(1), "a_long_prefix_does_not_help_", 26));
        Assert.True(Math.Log2(62) * ApiToken.MinLength >= 160);
    }

    [Fact]
    public void All_62_characters_are_equally_likely()
    {
        byte next = 0;
        var everyByteInTurn = new FillRandom(bytes =>
        {
            foreach (ref var value in bytes) value = next++;
        });

        var token = ApiToken.New(everyByteInTurn, "", 248);

        Assert.Equal(62, token.Distinct().Count());
        Assert.All(token.CountBy(c => c), pair => Assert.Equal(4, pair.Value));
    }

    [Fact]
    public void A_hexadecimal_token_has_40_lower_case_digits()
    {
        Assert.Matches("^[0-9a-f]{40}$", ApiToken.NewHex(SeededRandom.Of(1)));
    }

    // FIPS 180-4 example: SHA-256 of "abc".
    [Fact]
    public void The_stored_hash_is_sha_256_in_lower_case_hexadecimal()
    {
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ApiToken.Hash("abc"));
    }

    [Theory]
    [InlineData("5eed000000000000000000000000000000000001", "5eed00000000")]
    [InlineData("trib_0123456789abcdefghijklmnopq", "trib_01234")]
    [InlineData("sandbox", "sa")]
    [InlineData("", "")]
    public void At_most_12_characters_and_a_third_of_a_token_are_shown(string token, string shown)
    {
        Assert.Equal(shown, ApiToken.Shown(token));
    }

    [Theory]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "abd", false)]
    [InlineData("abc", "ABC", false)]
    [InlineData("abc", "abcd", false)]
    [InlineData("", "", true)]
    public void Only_the_same_text_is_the_same(string left, string right, bool same)
    {
        Assert.Equal(same, ApiToken.Same(left, right));
    }
}
