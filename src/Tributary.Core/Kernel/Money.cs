namespace Tributary.Core.Kernel;

/// <summary>
/// An exact amount in one currency (ISO 4217, upper case). Stored as a whole number of ten-thousandths, because SQLite
/// has no decimal type and both backends must add up the same way.
/// </summary>
public readonly record struct Money(decimal Amount, string Currency)
{
    private const decimal Scale = 10_000m;

    /// <summary>
    /// The largest amount the engine stores, either sign. Sums of such amounts are checked for overflow when they are kept.
    /// </summary>
    public const decimal Max = 999_999_999_999.9999m;

    /// <summary>Ten-thousandths, as storage keeps them.</summary>
    public long ToUnits() => ToUnits(Amount);

    /// <summary>Without zeros at the end, as a division leaves it, and without the division: a list asks this of every row.</summary>
    public static decimal ToAmount(long units)
    {
        if (units == long.MinValue) return units / Scale;
        var (left, scale) = (Math.Abs(units), (byte)4);
        for (; scale > 0 && left % 10 == 0; scale--) left /= 10;
        return new((int)left, (int)(left >> 32), 0, units < 0, scale);
    }

    /// <summary>Rounds half to even at the fourth decimal.</summary>
    public static long ToUnits(decimal amount) => checked((long)decimal.Round(amount * Scale, MidpointRounding.ToEven));
}
