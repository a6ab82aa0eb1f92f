extern alias bench;
using bench::Tributary.Bench;

namespace Tributary.Tests.Bench;

public sealed class WrkOutputTests
{
    // As wrk 4.1.0 prints it (https://github.com/wg/wrk, README).
    private const string Good = """
        Running 2s test @ http://127.0.0.1:7270/
          1 threads and 16 connections
          Thread Stats   Avg      Stdev     Max   +/- Stdev
            Latency    59.27ms   60.50ms 519.52ms   93.48%
            Req/Sec   325.40     97.81   490.00     75.00%
          Latency Distribution
             50%  635.00us
             75%    1.05ms
             90%   12.22ms
             99%    1.52s
          651 requests in 2.01s, 1.20MB read
        Requests/sec:    324.10
        Transfer/sec:    610.53KB
        """;

    [Fact]
    public void Speed_count_and_percentiles_are_read_whatever_their_unit()
    {
        var answered = WrkOutput.Parse(Good);

        Assert.Equal((324.10, 651, 0.635, 1520), (answered.PerSecond, answered.Count, answered.P50, answered.P99));
    }

    [Theory]
    [InlineData("", "it said nothing")]
    [InlineData("unable to connect to 127.0.0.1:1 Connection refused", "Connection refused")]
    public void Nothing_to_read_is_said_and_not_parsed(string output, string why)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => WrkOutput.Parse(output));

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  Non-2xx or 3xx responses: 651\nRequests/sec:    324.10")]
    [InlineData("  Socket errors: connect 0, read 3, write 0, timeout 0\nRequests/sec:    324.10")]
    public void Requests_that_failed_are_no_figure(string insteadOfSpeed)
    {
        Assert.Throws<InvalidOperationException>(() =>
            WrkOutput.Parse(Good.Replace("Requests/sec:    324.10", insteadOfSpeed, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_slow_answer_is_in_the_percentiles_and_no_error()
    {
        var output = Good.Replace("Requests/sec", "  Socket errors: connect 0, read 0, write 0, timeout 4\nRequests/sec",
            StringComparison.Ordinal);

        Assert.Equal(324.10, WrkOutput.Parse(output).PerSecond);
    }
}
