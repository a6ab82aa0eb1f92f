namespace Tributary.Bench;

/// <summary>What to measure, on how much, for how long.</summary>
internal sealed record BenchOptions
{
    public required IReadOnlyList<string> Scenarios { get; init; }
    public int Deals { get; init; } = 100_000;

    /// <summary>How many rows the large import has.</summary>
    public int Rows { get; init; } = 1_000_000;

    /// <summary>Larger than one for the scenario that asks many workspaces.</summary>
    public int Workspaces { get; init; } = 1_000;

    /// <summary>The smaller sets that growth is measured from; the first bound is from 10,000.</summary>
    public IReadOnlyList<int> Sizes { get; init; } = [10_000];
    public IReadOnlyList<int> Connections { get; init; } = [16];
    public int Seconds { get; init; } = 5;
    public int Rounds { get; init; } = 3;
    /// <summary>By how many milliseconds creates have each sync of the disk take longer.</summary>
    public int SyncDelay { get; init; }
    public int WarmUpSeconds { get; init; } = 5;
    public int MostWarmUps { get; init; } = 12;
    public IReadOnlyList<string> Backends { get; init; } = ["sqlite"];
    public string? Report { get; init; }
    public int Port { get; init; } = 5130;
    public bool OwnDriver { get; init; }

    /// <summary>What has been published is not published again.</summary>
    public bool IsPrepared { get; init; }
}
