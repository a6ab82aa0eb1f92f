using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Tributary.Core.Storage;

/// <summary>
/// What the storage tells of itself, under the name "Tributary.Core" (meter and activity source alike): how long units of
/// work take and how many statements they run, how long writers wait for their turn, how many changes share one commit,
/// and how long events wait until webhooks are told. Nearly free while nobody listens.
/// </summary>
public static class StorageMeter
{
    public const string Name = "Tributary.Core";

    private static readonly Meter meter = new(Name);
    private static readonly ActivitySource activities = new(Name);

    private static readonly Histogram<double> work =
        meter.CreateHistogram<double>("tributary.work.duration", "s", "Units of work, from their first statement to their end.");
    private static readonly Histogram<int> statements =
        meter.CreateHistogram<int>("tributary.work.statements", "{statement}", "Statements in one unit of work.");
    private static readonly Histogram<double> turn =
        meter.CreateHistogram<double>("tributary.writer.wait", "s", "How long a change waits for its turn on SQLite's one writer.");
    private static readonly Histogram<int> commit =
        meter.CreateHistogram<int>("tributary.commit.changes", "{change}", "Changes that shared one commit and its fsync on SQLite.");
    private static readonly Histogram<double> outbox =
        meter.CreateHistogram<double>("tributary.outbox.age", "s", "Age of the oldest event whenever events are handed to webhooks.");

    internal static void HandedOn(TimeSpan oldest) => outbox.Record(oldest.TotalSeconds);

    internal static void Waited(long since)
    {
        if (turn.Enabled) turn.Record(Stopwatch.GetElapsedTime(since).TotalSeconds);
    }

    internal static void Committed(int changes) => commit.Record(changes);

    /// <summary>Begins to measure a unit of work; dispose it at the work's end.</summary>
    internal static Measure Begin(string kind) => new(kind, work.Enabled ? Stopwatch.GetTimestamp() : 0, activities.StartActivity(kind));

    internal readonly struct Measure(string kind, long since, Activity? activity)
    {
        public void End(int count)
        {
            if (since != 0)
            {
                var tag = new KeyValuePair<string, object?>("kind", kind);
                work.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, tag);
                statements.Record(count, tag);
            }
            activity?.SetTag("tributary.statements", count);
            activity?.Dispose();
        }
    }
}
