using System.Globalization;
using System.Text.RegularExpressions;

namespace Tributary.Bench;

/// <summary>Pure: what wrk prints with --latency.</summary>
internal static partial class WrkOutput
{
    /// <exception cref="InvalidOperationException">It says nothing, or that requests failed.</exception>
    public static Answered Parse(string output)
    {
        if (NotGood().Match(output) is { Success: true } refused) throw new InvalidOperationException($"wrk: {refused.Value.Trim()}");
        // Answers that took long are in the percentiles; connections that broke are in nothing.
        if (Broken().Match(output) is { Success: true } broken && broken.Groups.Values.Skip(1).Any(group => group.Value != "0"))
            throw new InvalidOperationException($"wrk: {broken.Value.Trim()}");
        if (PerSecond().Match(output) is not { Success: true } speed || Count().Match(output) is not { Success: true } count)
            throw new InvalidOperationException(
                $"wrk did not say how fast it was: {(output.Trim() is { Length: > 0 } said ? said : "it said nothing")}");
        return new(Number(speed.Groups[1]), Milliseconds(output, "50%"), Milliseconds(output, "99%"))
        {
            Count = long.Parse(count.Groups[1].Value, CultureInfo.InvariantCulture),
        };
    }

    private static double Milliseconds(string output, string percentile)
    {
        var match = Regex.Match(output, $@"^\s*{percentile}\s+([\d.]+)(us|ms|s|m)\s*$", RegexOptions.Multiline);
        if (!match.Success) throw new InvalidOperationException($"wrk did not say its {percentile}: {output.Trim()}");
        var value = Number(match.Groups[1]);
        return match.Groups[2].Value switch { "us" => value / 1000, "s" => value * 1000, "m" => value * 60_000, _ => value };
    }

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond();

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Count();

    [GeneratedRegex(@"Non-2xx.*")]
    private static partial Regex NotGood();

    [GeneratedRegex(@"Socket errors: connect (\d+), read (\d+), write (\d+)")]
    private static partial Regex Broken();
}
