namespace Tributary.Core.Currencies;

/// <summary>A currency the workspace sells in.</summary>
public sealed record Currency
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }

    /// <summary>ISO 4217, or the workspace's own three letters.</summary>
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string Symbol { get; init; }
    public required int Decimals { get; init; }
    public required bool IsActive { get; init; }
    public required bool IsCustom { get; init; }

    /// <summary>How much one unit is worth in the workspace's base currency today; none when nobody said.</summary>
    public decimal? Rate => RateE8 / 100_000_000m;

    internal long? RateE8 { get; init; }
}
