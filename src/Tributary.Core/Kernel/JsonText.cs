using System.Text;
using System.Text.Json;

namespace Tributary.Core.Kernel;

/// <summary>JSON that is kept as it was given.</summary>
public static class JsonText
{
    /// <summary>
    /// Whether a text is one JSON object that both backends can store: PostgreSQL takes neither an escaped NUL nor half a surrogate pair.
    /// </summary>
    public static bool IsObject(string? text, int maxBytes)
    {
        if (text is null || text.Length > maxBytes || Encoding.UTF8.GetByteCount(text) > maxBytes) return false;
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind is JsonValueKind.Object && HoldsStorable(document.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            return false; // a text that is no UTF-16
        }
    }

    /// <summary>Whether a text has neither NUL nor half a surrogate pair.</summary>
    public static bool IsStorable(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }

    /// <summary>
    /// Whether a value holds only texts and numbers that both backends can store. Half a surrogate pair in an escape is one too.
    /// </summary>
    public static bool IsStorable(JsonElement json)
    {
        try
        {
            return HoldsStorable(json);
        }
        catch (InvalidOperationException)
        {
            return false; // a text that is no UTF-16
        }
    }

    private static bool HoldsStorable(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject()
            .All(member => !member.Name.Contains('\0', StringComparison.Ordinal) && HoldsStorable(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().All(HoldsStorable),
        JsonValueKind.String => !json.GetString()!.Contains('\0', StringComparison.Ordinal),
        // jsonb keeps numbers exactly, up to a size; nobody's settings need more than a decimal holds.
        JsonValueKind.Number => json.TryGetDecimal(out _),
        _ => true,
    };
}
