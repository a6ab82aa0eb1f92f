namespace Tributary.Bench.Commands;

/// <summary>How the table of goals is measured: every row of design §10, in minutes.</summary>
internal static class TableRun
{
    public const int Deals = 1_000_000;

    private static readonly string[] NotInTable = ["webhooks", "search-pipedrive", "import", "workspaces"];

    public static string File { get; } = Path.Combine(Child.Root, "docs", "performance", "table.md");

    public static BenchOptions Options(int deals, IReadOnlyList<string> backends, string report, int port, bool withPeer) => new()
    {
        Scenarios = [.. Bench.Names.Where(name => !NotInTable.Contains(name)
            && (withPeer || !name.StartsWith("peer-", StringComparison.Ordinal)))],
        Deals = deals,
        Rows = deals,
        Sizes = [.. ((int[])[1_000, 10_000, 100_000]).Where(size => size < deals)],
        Connections = [16],
        Seconds = 1,
        Rounds = 3,
        WarmUpSeconds = 1,
        MostWarmUps = 20,
        Backends = backends,
        Report = report,
        Port = port,
        IsPrepared = true,
    };
}
