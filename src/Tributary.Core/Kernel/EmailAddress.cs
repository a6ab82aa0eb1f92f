using System.Text.RegularExpressions;

namespace Tributary.Core.Kernel;

/// <summary>Whether a text can be the address of a mailbox.</summary>
internal static partial class EmailAddress
{
    public const int MaxLength = 254;

    public static bool IsWellFormed(string text) => text.Length <= MaxLength && Shape().IsMatch(text);

    // Looser than RFC 5322 where it allows more than anyone has, stricter where it allows what no mail server takes.
    [GeneratedRegex(@"^[^\s@,;<>()\[\]""\p{C}]{1,64}@(?!-)[\p{L}\p{N}-]{1,63}(\.[\p{L}\p{N}-]{1,63})*$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
