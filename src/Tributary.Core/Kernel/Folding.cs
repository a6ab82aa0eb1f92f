using System.Globalization;
using System.Text;

namespace Tributary.Core.Kernel;

/// <summary>
/// The one spelling under which texts are searched and compared without regard to case or accents, the same for both
/// backends because neither is asked. Folding a folded text changes nothing.
/// </summary>
public static class Folding
{
    /// <summary>Lower case, letters without their accents, runs of white space as one space, none at the ends.</summary>
    public static string Fold(string text)
    {
        // Most texts have nothing to fold but capitals.
        if (IsPlain(text)) return text.ToLowerInvariant();
        var folded = new StringBuilder(text.Length);
        var spaceIsDue = false;

        // The whole text is lowered at once, because a letter may be a surrogate pair.
        foreach (var character in text.ToLowerInvariant())
        {
            if (char.IsWhiteSpace(character))
            {
                spaceIsDue = folded.Length > 0;
                continue;
            }

            if (IsAccent(character)) continue;

            if (spaceIsDue) folded.Append(' ');
            spaceIsDue = false;

            if (char.IsAscii(character) || !FoldingTable.Spellings.TryGetValue(character, out var spelling)) folded.Append(character);
            else folded.Append(spelling);
        }

        return folded.ToString();
    }

    /// <summary>Printable ASCII with single spaces between words.</summary>
    private static bool IsPlain(string text)
    {
        var before = ' ';
        foreach (var character in text)
        {
            if (character is < ' ' or > '~' || character == ' ' && before == ' ') return false;
            before = character;
        }
        return before != ' ';
    }

    /// <summary>
    /// Marks that decorate a letter. In Indic scripts and kana a combining mark is a vowel or a consonant, and after an
    /// emoji it chooses the picture: those stay.
    /// </summary>
    private static bool IsAccent(char character) =>
        character is (>= '\u0300' and < '\u0700') or (>= '\u1AB0' and <= '\u1AFF') or (>= '\u1DC0' and <= '\u1DFF')
            or (>= '\u20D0' and <= '\u20FF') or (>= '\uFE20' and <= '\uFE2F')
        && CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.NonSpacingMark;
}
