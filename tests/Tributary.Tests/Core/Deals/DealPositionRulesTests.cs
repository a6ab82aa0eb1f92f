using Tributary.Core.Deals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Deals;

public sealed class DealPositionRulesTests
{
    [Theory]
    [InlineData(null, null, 0L)]
    [InlineData(null, 5L, -9_995L)]
    [InlineData(12_345L, null, 20_000L)]
    [InlineData(-12_345L, null, -10_000L)]
    [InlineData(10_000L, 20_000L, 15_000L)]
    [InlineData(10_000L, 10_002L, 10_001L)]
    [InlineData(10_000L, 10_001L, null)] // nothing lies between
    [InlineData(10_000L, 10_000L, null)] // two deals that share a number, as imports may bring
    public void A_place_lies_strictly_between_its_neighbours(long? above, long? below, long? expected) =>
    Assert.Equal(expected, DealPositionRules.Between(above, below));

    [Fact]
    public void Whatever_the_neighbours_a_place_keeps_their_order() => Properties.ForAll<(int Above, ushort Gap)>(pair =>
    {
        var below = pair.Above + (long)pair.Gap;
        return DealPositionRules.Between(pair.Above, below) is not { } place ? pair.Gap < 2 : pair.Above < place && place < below;
    });
}
