namespace Tributary.Core.Storage;

/// <summary>
/// SQL texts are long and differ somewhere in the middle, and mostly the very same object is asked for again: a few letters tell them apart
/// well enough.
/// </summary>
internal sealed class SqlTexts : IEqualityComparer<string>
{
    public static readonly SqlTexts Same = new();

    public bool Equals(string? x, string? y) => string.Equals(x, y);

    public int GetHashCode(string text)
    {
        var hash = text.Length;
        for (var i = text.Length - 1; i >= 0; i -= 1 + text.Length / 16) hash = hash * 31 + text[i];
        return hash;
    }
}
