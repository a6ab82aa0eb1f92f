using System.Text.Json;

namespace Tributary.Tests.Support;

/// <summary>Members of an answer, each in one word.</summary>
internal static class JsonReading
{
    public static string? Text(this JsonElement json, string name) => json.GetProperty(name).GetString();

    public static bool IsNull(this JsonElement json, string name) => json.GetProperty(name).ValueKind is JsonValueKind.Null;

    public static IReadOnlyList<string?> Texts(this JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(item => item.GetString())];

    public static string Raw(this JsonElement json, string name) => json.GetProperty(name).GetRawText();
}
