namespace Tributary.Bench;

/// <summary>What to measure, on how much, for how long.</summary>
internal sealed record BenchOptions
{
    public required IReadOnlyList<string> Scenarios { get; init; }
    public required int Deals { get; init; }
    public required int Rows { get; init; }
    public required IReadOnlyList<int> Connections { get; init; }
    public required int Seconds { get; init; }
    public required int Rounds { get; init; }
    public required IReadOnlyList<string> Backends { get; init; }
    public required string? Report { get; init; }
    public int WarmUpSeconds { get; init; } = 5;
    public int MostWarmUps { get; init; } = 12;
    public required int Port { get; init; }
    public required bool OwnDriver { get; init; }
}
