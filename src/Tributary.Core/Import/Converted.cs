namespace Tributary.Core.Import;

/// <summary>The value a text stands for, or one sentence that says why it stands for none and what would be accepted.</summary>
public readonly record struct Converted<T>(T? Value, string? Reason)
{
    public bool IsRefused => Reason is not null;
}

internal static class Converted
{
    public static Converted<T> To<T>(T value) => new(value, null);

    public static Converted<T> Refuse<T>(string reason) => new(default, reason);

    /// <summary>A cell as it may appear in a sentence: quoted and never long.</summary>
    public static string Quote(string text) => text.Length <= 40 ? $"\"{text}\"" : $"\"{text[..40]}…\"";
}
