using System.CommandLine;
using Tributary.Bench;
using Tributary.Bench.Floor;

var scenarios = new Argument<string[]>("scenario") { Description = $"What to measure; all when left out: {string.Join(", ", Bench.Names)}.", Arity = ArgumentArity.ZeroOrMore };
var deals = new Option<int>("--deals") { Description = "How many deals the larger data set has.", DefaultValueFactory = _ => 100_000 };
var rows = new Option<int>("--rows") { Description = "How many rows the large import has.", DefaultValueFactory = _ => 1_000_000 };
var connections = new Option<string>("--connections") { Description = "How many connections ask at once, comma-separated.", DefaultValueFactory = _ => "16" };
var seconds = new Option<int>("--seconds") { Description = "How long each of the alternating rounds takes.", DefaultValueFactory = _ => 5 };
var rounds = new Option<int>("--rounds") { Description = "How often server and floor take turns; the median counts.", DefaultValueFactory = _ => 3 };
var backend = new Option<string>("--backend") { Description = "sqlite, postgres or both.", DefaultValueFactory = _ => "sqlite" };
var report = new Option<string?>("--report") { Description = "Where to write the figures: FILE.md, and FILE.json beside it." };
var port = new Option<int>("--port") { Description = "The first of the ports to use on 127.0.0.1.", DefaultValueFactory = _ => 5130 };
var own = new Option<bool>("--own-driver") { Description = "Ask with the bench's own client even where wrk is installed." };

var root = new RootCommand("Measures Tributary beside a hand-written floor, in one run, as ratios.") { scenarios, deals, rows, connections, seconds, rounds, backend, report, port, own };
root.SetAction(async (parsed, ct) => await Bench.Run(new()
{
    Scenarios = parsed.GetValue(scenarios) is { Length: > 0 } named ? named : Bench.Names,
    Deals = parsed.GetValue(deals),
    Rows = parsed.GetValue(rows),
    Connections = [.. parsed.GetValue(connections)!.Split(',').Select(int.Parse)],
    Seconds = parsed.GetValue(seconds),
    Rounds = parsed.GetValue(rounds),
    Backends = parsed.GetValue(backend) is "both" ? ["sqlite", "postgres"] : [parsed.GetValue(backend)!],
    Report = parsed.GetValue(report),
    Port = parsed.GetValue(port),
    OwnDriver = parsed.GetValue(own),
}, $"bench {string.Join(' ', args)}".TrimEnd(), ct) is null ? 2 : 0);

var database = new Argument<string>("database");
var floor = new Command("floor", "The floor alone, on a database that the bench has made.") { database, port };
floor.SetAction((parsed, ct) => FloorServer.Run(parsed.GetValue(database)!, parsed.GetValue(port), ct));
root.Subcommands.Add(floor);
return await root.Parse(args).InvokeAsync();
