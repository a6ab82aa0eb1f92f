using FsCheck;
using FsCheck.Fluent;
using Tributary.Core.Kernel;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Kernel;

public sealed class MoneyTests
{
    [Fact]
    public void An_amount_has_the_digits_that_dividing_by_ten_thousand_leaves() =>
        Properties.ForAll(Gen.OneOf(Gen.Choose(-30_000, 30_000).Select(units => (long)units), ArbMap.Default.GeneratorFor<long>(),
            Gen.Elements(0, 1, -10_000, 12_340, long.MaxValue, long.MinValue)).ToArbitrary(), 500,
            units => decimal.GetBits(Money.ToAmount(units)).SequenceEqual(decimal.GetBits(units / 10_000m)));
}
