namespace Tributary.Bench.Scenarios;

/// <summary>8,800 rows of CSV into an empty workspace.</summary>
internal static class Import
{
    public static Task Measure(Run run, CancellationToken ct)
    {
        run.Add("import", "not measured", "there is no import command yet");
        return Task.CompletedTask;
    }
}
