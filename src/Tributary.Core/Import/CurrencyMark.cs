namespace Tributary.Core.Import;

/// <summary>
/// The currency a written amount carries itself: a code before or after it, or a sign, which several currencies may share.
/// </summary>
internal static class CurrencyMark
{
    // Longest first, so that "US$" is not read as "$".
    private static readonly (string Sign, string[] Currencies)[] Signs =
    [
        ("US$", ["USD"]), ("CA$", ["CAD"]), ("NZ$", ["NZD"]), ("HK$", ["HKD"]), ("MX$", ["MXN"]),
        ("C$", ["CAD"]), ("A$", ["AUD"]), ("S$", ["SGD"]), ("R$", ["BRL"]), ("zł", ["PLN"]), ("Kč", ["CZK"]), ("Ft", ["HUF"]),
        ("kr", ["SEK", "NOK", "DKK", "ISK"]),
        ("$", ["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU"]),
        ("€", ["EUR"]), ("£", ["GBP"]), ("¥", ["JPY", "CNY"]), ("₹", ["INR"]), ("₩", ["KRW"]), ("₽", ["RUB"]),
        ("₺", ["TRY"]), ("₴", ["UAH"]), ("₪", ["ILS"]), ("₫", ["VND"]), ("₱", ["PHP"]), ("฿", ["THB"]), ("₦", ["NGN"]),
    ];

    /// <summary>The amount without its mark; brackets and signs around the mark are kept with the digits.</summary>
    public static (string Body, IReadOnlyList<string> Currencies) Strip(string text)
    {
        if (text.Length > 2 && text[0] == '(' && text[^1] == ')')
        {
            var (inner, found) = Strip(text[1..^1].Trim());
            return ($"({inner})", found);
        }

        if (text.StartsWith('-') || text.StartsWith('\u2212') || text.StartsWith('+'))
        {
            var (inner, found) = StripUnsigned(text[1..].TrimStart());
            return ($"{text[0]}{inner}", found);
        }

        return StripUnsigned(text);
    }

    private static (string Body, IReadOnlyList<string> Currencies) StripUnsigned(string text)
    {
        foreach (var (sign, currencies) in Signs)
        {
            if (text.StartsWith(sign, StringComparison.OrdinalIgnoreCase)) return (text[sign.Length..].TrimStart(), currencies);
            if (text.EndsWith(sign, StringComparison.OrdinalIgnoreCase)) return (text[..^sign.Length].TrimEnd(), currencies);
        }

        if (text.Length < 4) return (text, []);
        if (IsCode(text[..3]) && !char.IsAsciiLetter(text[3])) return (text[3..].TrimStart(), [text[..3]]);
        return IsCode(text[^3..]) && !char.IsAsciiLetter(text[^4]) ? (text[..^3].TrimEnd(), [text[^3..]]) : (text, []);
    }

    private static bool IsCode(string text) => text.All(char.IsAsciiLetterUpper);

    /// <summary>The currency of a cell that holds nothing else; whether the workspace knows the code is the engine's to say.</summary>
    public static Converted<string> Currency(string text)
    {
        var body = text.Trim();
        if (body.Length == 3 && body.All(char.IsAsciiLetter)) return Converted.To(body.ToUpperInvariant());
        var sign = Array.Find(Signs, sign => sign.Sign.Equals(body, StringComparison.OrdinalIgnoreCase));
        if (sign.Currencies is { Length: 1 }) return Converted.To(sign.Currencies[0]);

        // HubSpot and Salesforce write "USD - U.S. Dollar" and "U.S. Dollar (USD)".
        var words = body.Split([' ', '-', '(', ')', ','], StringSplitOptions.RemoveEmptyEntries);
        var codes = words.Where(word => word.Length == 3 && IsCode(word)).Distinct().ToList();
        return codes.Count == 1
            ? Converted.To(codes[0])
            : Converted.Refuse<string>($"{Converted.Quote(text)} is not a currency; write the three letters of ISO 4217, like EUR.");
    }
}
