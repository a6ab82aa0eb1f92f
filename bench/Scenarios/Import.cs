using System.Globalization;
using System.Security.Cryptography;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Core.Workspaces;

namespace Tributary.Bench.Scenarios;

/// <summary>
/// The sales data of 8,800 deals into an empty workspace, by the command that anybody would use, from the start of its process to its end.
/// </summary>
internal static class Import
{
    private static readonly string[] Files = ["accounts.csv", "products.csv", "sales_teams.csv", "sales_pipeline.csv"];

    public static async Task Measure(Run run, CancellationToken ct)
    {
        var data = Path.Combine(Environment.GetEnvironmentVariable("TRIBUTARY_SHARED") ?? Path.Combine(Child.Root, "..", "shared"), "data",
            "crm-sales-opportunities");
        if (!Directory.Exists(data)) throw new InvalidOperationException("The sales data are not there (TRIBUTARY_SHARED).");

        var program = await Published.Program(run.Options, ct);
        List<double> walls = [], users = [];
        for (var round = 0; round < run.Options.Rounds; round++)
        {
            var settings = await Empty(run.Backend is "postgres", ct);
            var import =
                await ImportCommand.Run(program, [.. Files.Select(file => Path.Combine(data, file)), "--create",
                    "organizations,users,products,stages", "--near-names"], settings, ct);
            walls.Add(import.Seconds);
            users.Add(import.Processor);
        }
        run.Add(new Results.Row("import", run.Backend, string.Create(CultureInfo.InvariantCulture, $"{Middle(walls):0.0} s"),
            string.Create(CultureInfo.InvariantCulture,
                $"median of {run.Options.Rounds}; {Middle(users):0.0} s of the processor in the command, compiling included"))
        {
            Deals = 8_800,
            Held = [new("import of 8,800 rows", Middle(walls), "s") { AtMost = 5 }],
        });
    }

    /// <summary>So many deals from one file into an empty workspace, with the organizations, users and stages that they name.</summary>
    public static async Task Million(Run run, CancellationToken ct)
    {
        var file = await ManyDeals.File(run.Options.Rows, ct);
        var settings = await Empty(run.Backend is "postgres", ct);
        var program = await Published.Program(run.Options, ct);
        var import = await ImportCommand.Run(program, [file, "--create", "organizations,users,stages"], settings, ct);
        run.Add(new Results.Row("import-million", run.Backend,
            string.Create(CultureInfo.InvariantCulture,
                $"{run.Options.Rows:#,##0} rows in {import.Seconds:0.0} s, {run.Options.Rows / import.Seconds:#,##0}/s"),
            string.Create(CultureInfo.InvariantCulture,
                $"{import.Processor:0.0} s of the processor in the command; at most {import.Peak:0} MiB, {import.Half:0} MiB until half time"))
        {
            Deals = run.Options.Rows,
            Held =
            [
                new(string.Create(CultureInfo.InvariantCulture, $"import of {run.Options.Rows:N0} deals"), import.Seconds,
                    "s") { AtMost = 90 },
                new("memory at the end of the import against half of it", import.Peak / import.Half) { AtMost = 1.25 },
            ],
        });
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>A database with a workspace in which nothing is.</summary>
    private static async Task<Dictionary<string, string>> Empty(bool isPostgres, CancellationToken ct)
    {
        const string name = "tributary_bench_import";
        var folder = Path.Combine(Child.Root, "artifacts", "bench", name);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var address = isPostgres ? await Data.DataHome.NewPostgres(name, ct) : Path.Combine(folder, "tributary.db");
        var uids = new UidSource(TimeProvider.System, RandomNumberGenerator.Fill);
        await using var db = isPostgres ? Db.Postgres(address, TimeProvider.System, uids) : Db.Sqlite(address, TimeProvider.System, uids);
        await Migrator.Run(db, ct);
        await new WorkspaceService(db)
            .Create(new()
            {
                Name = "Import",
                BaseCurrency = "USD",
                Admin = new() { Name = "Ada Admin", Email = "ada@bench.test", Role = Role.Admin }
            }, ct);
        return new() { ["Tributary__DataFolder"] = folder, ["Tributary__Database"] = isPostgres ? address : "" };
    }
}
