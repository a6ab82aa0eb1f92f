namespace Tributary.Core.Kernel;

/// <summary>Instants as both databases keep them: UTC, whole milliseconds. Otherwise stating the same time again would look like a change.</summary>
public static class Instants
{
    public static DateTimeOffset Cut(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());

    /// <summary>None stays none.</summary>
    public static DateTimeOffset? Cut(DateTimeOffset? instant) => instant is { } known ? Cut(known) : null;
}
