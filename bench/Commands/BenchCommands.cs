using System.CommandLine;
using Tributary.Bench.Floor;
using Tributary.Bench.Results;
using Tributary.Bench.Scale;
using Tributary.Bench.Scenarios;

namespace Tributary.Bench.Commands;

/// <summary>The command line of the bench.</summary>
internal static class BenchCommands
{
    private static readonly Option<int> Deals =
        new("--deals") { Description = "How many deals the larger data set has.", DefaultValueFactory = _ => 100_000 };
    private static readonly Option<int> Rows =
        new("--rows") { Description = "How many rows the large import has.", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<int> Workspaces =
        new("--workspaces")
        {
            Description = "How many workspaces the scenario 'workspaces' asks, with 300 deals each.",
            DefaultValueFactory = _ => 1_000
        };
    private static readonly Option<string> Connections =
        new("--connections") { Description = "How many connections ask at once, comma-separated.", DefaultValueFactory = _ => "16" };
    private static readonly Option<int> Seconds =
        new("--seconds") { Description = "How long each of the alternating rounds takes.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Rounds =
        new("--rounds") { Description = "How often server and floor take turns; the median counts.", DefaultValueFactory = _ => 3 };
    private static readonly Option<string> Backend =
        new("--backend") { Description = "sqlite, postgres or both.", DefaultValueFactory = _ => "sqlite" };
    private static readonly Option<string?> Report =
        new("--report") { Description = "Where to write the figures: FILE.md, with FILE.json and plots beside it." };
    private static readonly Option<int> Port =
        new("--port") { Description = "The first of the ports to use on 127.0.0.1.", DefaultValueFactory = _ => 5130 };
    private static readonly Option<bool> Own =
        new("--own-driver") { Description = "Ask with the bench's own client even where wrk is installed." };
    private static readonly Option<int> SyncDelay =
        new("--sync-delay")
        {
            Description =
            "By how many milliseconds the creates on SQLite have each sync take longer, as on a slower disk."
        };
    private static readonly Option<bool> Prepare =
        new("--prepare")
        {
            Description =
            "Only make the data sets, publish the program and install what is needed, so that a later run does nothing but measure."
        };
    private static readonly Option<bool> Peer =
        new("--peer")
        {
            Description =
            "Measure beside a general REST server over SQL as well (installed from npm under artifacts/bench/peers)."
        };

    public static RootCommand Root()
    {
        var scenarios = new Argument<string[]>("scenario")
        {
            Description = $"What to measure; all when left out: {string.Join(", ", Bench.Names)}.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var root = new RootCommand("""
            Measures Tributary beside a hand-written floor, in one run, as ratios.

            Examples:
              bench                                            every scenario, 100,000 deals, SQLite
              bench get-native list-switch --backend both      some of them, on both databases
              bench depth --deals 1000000 --report figures.md  figures, numbers and plots into files
              bench creates --sync-delay 8                     as on a disk that takes 8 ms longer for a sync
              bench --peer peer-get peer-list                  beside another product
              bench table --prepare                            make the sets of the table of goals (minutes, once)
              bench table                                      the table of goals into docs/performance
              bench check                                      what got worse since the committed table
            """)
        {
            scenarios, Deals, Rows, Workspaces, Connections, Seconds, Rounds, Backend, Report, Port, Own, SyncDelay, Prepare, Peer,
        };
        root.SetAction(async (parsed, ct) =>
        {
            var options = Options(parsed, parsed.GetValue(scenarios)!);
            if (parsed.GetValue(Prepare)) return await Preparing.Run(options, parsed.GetValue(Peer), ct);
            return await Bench.Run(options, Said(parsed), ct) is null ? 2 : 0;
        });
        root.Subcommands.Add(Table());
        root.Subcommands.Add(Check());
        root.Subcommands.Add(Floor());
        root.Subcommands.Add(Bare());
        root.Subcommands.Add(Scale());
        return root;
    }

    private static Command Table()
    {
        var deals = new Option<int>("--deals")
        {
            Description = "How many deals the large set has.",
            DefaultValueFactory = _ =>
            TableRun.Deals
        };
        var backend = new Option<string>("--backend") { Description = "sqlite, postgres or both.", DefaultValueFactory = _ => "both" };
        var report = new Option<string>("--report") { Description = "Where to write the table.", DefaultValueFactory = _ => TableRun.File };
        var scenarios = new Argument<string[]>("scenario") { Description = "Some of its rows only.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("table", """
            Measures every row of the table of goals (design §10) on both databases and writes docs/performance/table.md, table.json and plots.

            Examples:
              bench table --prepare    first, and again after a migration: makes the sets, publishes the program
              bench table              ten to twelve minutes; the machine should have nothing else to do
            """)
        {
            scenarios, deals, backend, report, Port, Prepare, Peer,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var (sizes, backends) = (parsed.GetValue(deals), Backends(parsed.GetValue(backend)!));
            var options = TableRun.Options(sizes, backends, parsed.GetValue(report)!, parsed.GetValue(Port), parsed.GetValue(Peer));
            if (parsed.GetValue(scenarios) is { Length: > 0 } named) options = options with { Scenarios = named };
            if (parsed.GetValue(Prepare)) return await Preparing.Run(options, parsed.GetValue(Peer), ct);
            return await Bench.Run(options, Said(parsed), ct) is null ? 2 : 0;
        });
        return command;
    }

    private static Command Check()
    {
        var tolerance = new Option<double>("--tolerance")
        {
            Description = "How much worse is let pass: 0.15 is 15 %.",
            DefaultValueFactory = _ => 0.15
        };
        var before = new Option<string>("--before")
        {
            Description = "The numbers to compare with.",
            DefaultValueFactory = _ =>
            Path.ChangeExtension(TableRun.File, ".json")
        };
        var now = new Option<string?>("--now") { Description = "The numbers of a run that has been; left out, the scenarios are run." };
        var scenarios = new Argument<string[]>("scenario")
        {
            Description = "Which to compare; all of the committed ones when left out.",
            Arity = ArgumentArity.ZeroOrMore
        };
        var command = new Command("check", """
            Runs what the committed table was measured with and says which of its numbers got worse. Ends with 1 when one did.

            Examples:
              bench check                                  everything, as "bench table" would
              bench check get-native --tolerance 0.1       one scenario
              bench check --now figures.json               a run that has been
            """)
        {
            scenarios, tolerance, before, now, Port,
        };
        command.SetAction(async (parsed, ct) =>
            await Checking.Run(parsed.GetValue(before)!, parsed.GetValue(now), parsed.GetValue(scenarios)!, parsed.GetValue(tolerance),
                parsed.GetValue(Port), ct));
        return command;
    }

    private static Command Floor()
    {
        var database = new Argument<string>("database");
        var command = new Command("floor", "The floor alone, on a database that the bench has made.") { database, Port };
        command.SetAction((parsed, ct) => FloorServer.Run(parsed.GetValue(database)!, parsed.GetValue(Port), ct));
        return command;
    }

    private static Command Bare()
    {
        var (folder, database) = (new Argument<string>("folder"), new Argument<string>("database"));
        var perCommit = new Option<int>("--per-commit") { Description = "How many deals share a commit.", DefaultValueFactory = _ => 16 };
        var command =
            new Command("bare",
                "Creates written by hand, without a server, into a database that the bench has made; says how many a second.") { folder,
                database, perCommit, Seconds };
        command.SetAction(async (parsed, ct) => await BareCreate.Run(
            await DataSet.At(parsed.GetValue(folder)!, parsed.GetValue(database)!, deals: 1, ct), parsed.GetValue(perCommit),
            TimeSpan.FromSeconds(parsed.GetValue(Seconds)), ct));
        return command;
    }

    private static Command Scale()
    {
        var command = new Command("scale", """
            One to three servers on a PostgreSQL of the bench's own with a replica and pgbouncer, and what clients see when the primary dies.
            Needs the programs of PostgreSQL; everything runs on 127.0.0.1, and nothing of it is left.

            Example:
              bench scale --deals 20000 --seconds 3 --rounds 1 --report figures.md
            """)
        {
            Deals, Seconds, Rounds, Report, Port,
        };
        command.SetAction((parsed, ct) => ScaleRun.Run(new()
        {
            Scenarios = [],
            Deals = parsed.GetValue(Deals),
            Seconds = parsed.GetValue(Seconds),
            Rounds = parsed.GetValue(Rounds),
            Report = parsed.GetValue(Report),
            Port = parsed.GetValue(Port),
        }, ct));
        return command;
    }

    private static BenchOptions Options(ParseResult parsed, string[] named) => new()
    {
        Scenarios = named.Length > 0 ? named
            : [.. Bench.Names.Where(name => parsed.GetValue(Peer) || !name.StartsWith("peer-", StringComparison.Ordinal))],
        Deals = parsed.GetValue(Deals),
        Rows = parsed.GetValue(Rows),
        Workspaces = parsed.GetValue(Workspaces),
        Connections = [.. parsed.GetValue(Connections)!.Split(',').Select(int.Parse)],
        Seconds = parsed.GetValue(Seconds),
        Rounds = parsed.GetValue(Rounds),
        Backends = Backends(parsed.GetValue(Backend)!),
        Report = parsed.GetValue(Report),
        Port = parsed.GetValue(Port),
        OwnDriver = parsed.GetValue(Own),
        SyncDelay = parsed.GetValue(SyncDelay),
    };

    private static IReadOnlyList<string> Backends(string named) => named is "both" ? ["sqlite", "postgres"] : [named];

    private static string Said(ParseResult parsed) =>
        string.Join(' ', ["dotnet run -c Release --project bench --", .. parsed.Tokens.Select(token => token.Value)]);
}
