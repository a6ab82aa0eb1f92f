using Tributary.Core.Kernel;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Kernel;

public sealed class CursorTests
{
    private static readonly CursorSigner signer = new(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());

    [Fact]
    public void Every_payload_comes_back_as_it_was_sealed() => Properties.ForAll<byte[]>(payload =>
        signer.TryOpen(signer.Seal(payload), out var opened) && opened.SequenceEqual(payload));

    [Fact]
    public void A_cursor_fits_in_a_query_string_as_it_is() => Properties.ForAll<byte[]>(payload =>
        signer.Seal(payload).All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));

    [Fact]
    public void No_text_makes_opening_throw_or_succeed() => Properties.ForAll<string>(text => !signer.TryOpen(text ?? "", out _));

    [Fact]
    public void No_changed_character_is_accepted()
    {
        var cursor = signer.Seal("id:42"u8);

        Assert.All(Enumerable.Range(0, cursor.Length), i =>
        {
            foreach (var other in "AZaz09-_=+/ \n%.")
            {
                if (other != cursor[i]) Assert.False(signer.TryOpen($"{cursor[..i]}{other}{cursor[(i + 1)..]}", out _));
            }
        });
    }

    [Theory]
    [InlineData("=")]
    [InlineData("==")]
    [InlineData("%")]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("A")]
    public void A_cursor_has_one_spelling(string tail)
    {
        Assert.False(signer.TryOpen(signer.Seal("id:42"u8) + tail, out _));
        Assert.False(signer.TryOpen(tail + signer.Seal("id:42"u8), out _));
    }

    [Fact]
    public void A_cursor_sealed_with_another_secret_is_refused()
    {
        var other = new CursorSigner(new byte[32]);

        Assert.False(signer.TryOpen(other.Seal("id:42"u8), out var payload));
        Assert.Empty(payload);
    }

    [Fact]
    public void A_secret_that_could_be_guessed_is_refused() => Assert.Throws<ArgumentException>(() => new CursorSigner(new byte[31]));
}
