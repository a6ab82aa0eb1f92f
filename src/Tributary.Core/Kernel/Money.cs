namespace Tributary.Core.Kernel;

/// <summary>
/// An exact amount in one currency (ISO 4217, upper case). Stored as a whole number of ten-thousandths, because SQLite
/// has no decimal type and both backends must add up the same way.
/// </summary>
public readonly record struct Money(decimal Amount, string Currency)
{
    private const decimal Scale = 10_000m;

    /// <summary>The largest amount the engine stores, either sign. Sums of such amounts are checked for overflow when they are kept.</summary>
    public const decimal Max = 999_999_999_999.9999m;

    public static Money FromUnits(long units, string currency) => new(ToAmount(units), currency);

    public long ToUnits() => ToUnits(Amount);

    public static decimal ToAmount(long units) => units / Scale;

    /// <summary>Rounds half to even at the fourth decimal.</summary>
    public static long ToUnits(decimal amount) => checked((long)decimal.Round(amount * Scale, MidpointRounding.ToEven));
}
