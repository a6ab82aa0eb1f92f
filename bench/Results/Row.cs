namespace Tributary.Bench.Results;

/// <summary>What one scenario found on one backend: a sentence for people, and the numbers behind it.</summary>
internal sealed record Row(string Scenario, string Backend, string Figure, string Note)
{
    public int Deals { get; init; }
    public int? Connections { get; init; }

    /// <summary>The numbers that are held to a bound.</summary>
    public IReadOnlyList<Held> Held { get; init; } = [];

    /// <summary>What each of those that were asked in turns did: the server, the floor, a peer.</summary>
    public IReadOnlyList<Side> Sides { get; init; } = [];

    /// <summary>Points of a curve: over deals or over connections.</summary>
    public IReadOnlyList<Curve> Curves { get; init; } = [];

    /// <summary>The scenario could not be run; the figure says why.</summary>
    public bool Failed { get; init; }
}

/// <summary>A number with the bound that design and docs/performance.md name for it.</summary>
/// <param name="Name">The work, as the table of goals calls it.</param>
/// <param name="Value">What was found.</param>
/// <param name="Unit">"×" for a ratio, "ms", "s", "MiB".</param>
internal sealed record Held(string Name, double Value, string Unit = "×")
{
    public double? AtLeast { get; init; }
    public double? AtMost { get; init; }

    public bool Holds => (AtLeast is not { } least || Value >= least) && (AtMost is not { } most || Value <= most);
}

/// <summary>One of those that were asked, with what it cost them.</summary>
internal sealed record Side(string Name, double PerSecond, double P50, double P99)
{
    public Cost? Cost { get; init; }
}

/// <summary>What answering cost the process that answered; the database's own processes are not in it on PostgreSQL.</summary>
/// <param name="CpuSecondsPerThousand">Seconds of the processor for a thousand requests.</param>
/// <param name="PeakMiB">The most memory it had in use.</param>
/// <param name="AllocatedPerRequest">Bytes that its runtime allocated for a request; none where that is not known.</param>
internal sealed record Cost(double CpuSecondsPerThousand, double PeakMiB, double? AllocatedPerRequest);

/// <summary>Points of one line of a plot, to which other scenarios may add their own.</summary>
internal sealed record Curve(string Plot, string Name, string Over, IReadOnlyList<Point> Points);

internal readonly record struct Point(double X, double Y);
