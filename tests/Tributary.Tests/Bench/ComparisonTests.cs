extern alias bench;
using bench::Tributary.Bench.Results;

namespace Tributary.Tests.Bench;

public sealed class ComparisonTests
{
    private static Row Ratio(double value, string backend = "sqlite", int connections = 16) =>
        new("get-native", backend, "", "") { Deals = 1000, Connections = connections, Held = [new("get", value) { AtLeast = 0.7 }] };

    private static Row Time(double value) =>
        new("board", "sqlite", "", "") { Deals = 1000, Held = [new("p50", value, "ms") { AtMost = 10 }] };

    [Theory]
    [InlineData(0.80, 0.69, true)]   // 13.75 % less
    [InlineData(0.80, 0.73, false)]  // 8.75 % less
    [InlineData(0.80, 1.20, false)]
    public void A_ratio_with_a_lower_bound_got_worse_when_it_fell_by_more_than_the_tolerance(double before, double now, bool isWorse)
    {
        Assert.Equal(isWorse, Comparison.Between([Ratio(before)], [Ratio(now)], 0.10).Count == 1);
    }

    [Theory]
    [InlineData(2.0, 2.3, true)]
    [InlineData(2.0, 2.1, false)]
    [InlineData(2.0, 0.1, false)]
    public void A_time_with_an_upper_bound_got_worse_when_it_grew_by_more_than_the_tolerance(double before, double now, bool isWorse)
    {
        Assert.Equal(isWorse, Comparison.Between([Time(before)], [Time(now)], 0.10).Count == 1);
    }

    [Fact]
    public void Numbers_of_another_backend_size_or_crowd_are_not_compared()
    {
        var now = Ratio(0.1, "postgres");

        Assert.Empty(Comparison.Between([Ratio(0.8)], [now, Ratio(0.1, connections: 64)], 0.1));
    }

    [Fact]
    public void A_scenario_that_can_no_longer_be_measured_got_worse()
    {
        var failed = new Row("get-native", "sqlite", "not measured", "the server does not start") { Deals = 1000, Failed = true };

        var worse = Assert.Single(Comparison.Between([Ratio(0.8)], [failed], 0.1));
        Assert.Equal("get-native, sqlite, 1,000 deals, 16 connections: get: 0.8 × before, not measured now", worse.ToString());
    }

    [Fact]
    public void A_bound_holds_at_its_very_value()
    {
        Assert.True(new Held("", 0.7) { AtLeast = 0.7 }.Holds);
        Assert.True(new Held("", 1.5) { AtMost = 1.5 }.Holds);
        Assert.False(new Held("", 1.51) { AtMost = 1.5 }.Holds);
    }
}
