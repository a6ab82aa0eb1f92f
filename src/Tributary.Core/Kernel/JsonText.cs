using System.Text;
using System.Text.Json;

namespace Tributary.Core.Kernel;

/// <summary>JSON that is kept as it was given.</summary>
public static class JsonText
{
    /// <summary>Whether a text is one JSON object that both backends can store: PostgreSQL takes neither an escaped NUL nor half a surrogate pair.</summary>
    public static bool IsObject(string? text, int maxBytes)
    {
        if (text is null || text.Length > maxBytes || Encoding.UTF8.GetByteCount(text) > maxBytes) return false;
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind is JsonValueKind.Object && IsStorable(document.RootElement);
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

    private static bool IsStorable(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().All(member => !member.Name.Contains('\0', StringComparison.Ordinal) && IsStorable(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().All(IsStorable),
        JsonValueKind.String => !json.GetString()!.Contains('\0', StringComparison.Ordinal),
        // jsonb keeps numbers exactly, up to a size; nobody's settings need more than a decimal holds.
        JsonValueKind.Number => json.TryGetDecimal(out _),
        _ => true,
    };
}
