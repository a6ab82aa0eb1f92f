using FsCheck.Fluent;
using Tributary.Core.Kernel;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Kernel;

public sealed class FoldingTests
{
    private static readonly IReadOnlyList<string> everyCharacter =
        [.. Enumerable.Range(0, 0x20000).Where(code => code is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32)];

    [Theory]
    [InlineData("", "")]
    [InlineData("Acme GmbH", "acme gmbh")]
    [InlineData("É", "e")]
    [InlineData("E\u0301", "e")] // the same letter, decomposed
    [InlineData("Å", "a")]
    [InlineData("\u212B", "a")] // the ångström sign
    [InlineData("\u212A", "k")] // the kelvin sign
    [InlineData("Ệ", "e")] // two accents at once
    [InlineData("e\u0323\u0302", "e")]
    [InlineData("Škoda Čapek Żółć", "skoda capek zolc")]
    [InlineData("Straße STRASSE STRAẞE", "strasse strasse strasse")]
    [InlineData("Øre Đuro Ægir Œuvre Þór", "ore duro aegir oeuvre thor")]
    [InlineData("ﬁnance oﬃce", "finance office")] // ligatures
    [InlineData("İstanbul ISPARTA ışık", "istanbul isparta isik")] // Turkish, both i's
    [InlineData("ΟΔΥΣΣΕΎΣ Ὀδυσσεύς", "οδυσσευσ οδυσσευσ")] // final sigma, both accent systems
    [InlineData("Ёлка Йод Київ", "елка иод киів")]
    [InlineData("ＡＢＣ１２３", "abc123")] // full width
    [InlineData("x² ½ № ™ …", "x2 1\u20442 no tm ...")]
    [InlineData("東京 한국 がぎ ハンド", "東京 한국 がぎ ハンド")]
    [InlineData("हिन्दी कुमार ไทยน้ำ", "हिन्दी कुमार ไทยน้ำ")] // marks that are vowels stay
    [InlineData("שָׁלוֹם", "שלום")]
    [InlineData("🚀 👩‍💻 ❤️ 🇫🇷", "🚀 👩‍💻 ❤️ 🇫🇷")]
    [InlineData("𐐀", "𐐨")] // a capital beyond the first 65,536 characters
    [InlineData("  a \t\r\n b\u00A0\u3000c\u2028 ", "a b c")]
    [InlineData("\u0301", "")]
    [InlineData("a \u0301 b", "a b")]
    [InlineData("50 % _ \\ '", "50 % _ \\ '")]
    public void A_text_is_folded_to(string text, string folded)
    {
        Assert.Equal(folded, Folding.Fold(text));
    }

    [Fact]
    public void Folding_a_folded_character_changes_nothing()
    {
        Assert.All(everyCharacter, character => Assert.Equal(Folding.Fold(character), Folding.Fold(Folding.Fold(character))));
    }

    [Fact]
    public void Case_never_matters()
    {
        // The iota subscript is an accent whose capital is a letter; nine letters of old Cyrillic print share a capital with today's.
        var odd = "\u0345\u1C80\u1C81\u1C82\u1C83\u1C84\u1C85\u1C86\u1C87\u1C88";

        Assert.All(everyCharacter.Where(character => !odd.Contains(character, StringComparison.Ordinal)), character =>
            Assert.Equal(Folding.Fold(character), Folding.Fold(character.ToUpperInvariant())));
    }

    [Fact]
    public void Folding_a_folded_text_changes_nothing()
    {
        var letters = Gen.Elements("aÉß İıΣς\u0301\u0345\u00A0\t½ﬁが\u3099🚀\uD83D\uDE80".ToCharArray());
        var texts = letters.ArrayOf().Select(characters => new string(characters)).ToArbitrary();

        Properties.ForAll(texts, text => Folding.Fold(Folding.Fold(text)) == Folding.Fold(text));
    }

    [Fact]
    public void A_folded_text_has_single_spaces_and_none_at_the_ends() => Properties.ForAll<string?>(text =>
    {
        var folded = Folding.Fold(text ?? "");
        return folded == folded.Trim() && !folded.Contains("  ", StringComparison.Ordinal);
    });
}
