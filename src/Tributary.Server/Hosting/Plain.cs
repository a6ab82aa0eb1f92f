using System.Globalization;
using System.Text.Json;

namespace Tributary.Server.Hosting;

/// <summary>How plain values are read, of JSON or of the text of a query.</summary>
internal static class Plain
{
    /// <summary>PostgreSQL keeps no U+0000.</summary>
    public static bool IsStorable(string text) => !text.Contains('\0', StringComparison.Ordinal);

    /// <summary>A whole number; 5.0 is one. As a text where the policy takes numbers in texts.</summary>
    public static bool TryWhole(JsonElement json, ReadingPolicy policy, out long value)
    {
        value = 0;
        return json.ValueKind switch
        {
            JsonValueKind.Number => json.TryGetInt64(out value)
                || json.TryGetDecimal(out var number) && number == decimal.Truncate(number) && Fits(number, out value),
            JsonValueKind.String when policy.NumericTexts =>
                Members.TryText(json, out var text)
                && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value),
            _ => false,
        };
    }

    private static bool Fits(decimal number, out long value)
    {
        var fits = number is >= long.MinValue and <= long.MaxValue;
        value = fits ? (long)number : 0;
        return fits;
    }

    /// <summary>A number; as a text where the policy takes numbers in texts.</summary>
    public static bool TryNumber(JsonElement json, ReadingPolicy policy, out decimal value)
    {
        value = 0;
        return json.ValueKind switch
        {
            JsonValueKind.Number => json.TryGetDecimal(out value),
            JsonValueKind.String when policy.NumericTexts => Members.TryText(json, out var text) && TryDecimal(text, out value),
            _ => false,
        };
    }

    /// <summary>Digits, a point and a sign: no exponent, no white space, no separators of thousands.</summary>
    public static bool TryDecimal(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);

    /// <summary>A flag as text: 1 and 0 are true and false too, as many clients write them in a query.</summary>
    public static bool TryFlag(string text, out bool value)
    {
        value = text == "true" || text == "1";
        return value || text == "false" || text == "0";
    }
}
