using Tributary.Core.Kernel;

namespace Tributary.Core.Deals;

/// <summary>The number that keeps a deal's place among the open deals of a stage. Pure; in ten-thousandths, like money.</summary>
internal static class DealPositionRules
{
    /// <summary>One whole number, the usual distance between two deals.</summary>
    public const long Step = 10_000;

    /// <summary>Between two neighbours, either of which may be missing; none when there is no number left between them.</summary>
    public static long? Between(long? above, long? below)
    {
        if (above is null) return below is { } first ? checked(first - Step) : 0;
        if (below is not { } next) return ((long)Math.Floor(above.Value / (decimal)Step) + 1) * Step;
        return next - above.Value >= 2 ? above.Value + (next - above.Value) / 2 : null;
    }

    /// <summary>Where in the stage, by at most one word; all wrong fields at once.</summary>
    public static void Check(DealDrop drop)
    {
        var checks = new Checks();
        if (new[] { drop.BeforeId is not null, drop.AfterId is not null, drop.Place is not null }.Count(given => given) > 1)
        {
            checks.Fail(drop.BeforeId is null ? "after_id" : "before_id",
                "Only one of before_id, after_id and place can say where the deal goes.");
        }
        checks.Require(drop.Place is null or >= 1, "place", "place must be a whole number, 1 or more.");
        checks.Done();
    }
}
