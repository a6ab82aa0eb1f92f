using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Core.Workspaces;

namespace Tributary.Bench.Scenarios;

/// <summary>The sales data of 8,800 deals into an empty workspace, by the command that anybody would use, from the start of its process to its end.</summary>
internal static class Import
{
    private static readonly string[] Files = ["accounts.csv", "products.csv", "sales_teams.csv", "sales_pipeline.csv"];

    public static async Task Measure(Run run, CancellationToken ct)
    {
        var data = Path.Combine(Environment.GetEnvironmentVariable("TRIBUTARY_SHARED") ?? Path.Combine(Child.Root, "..", "shared"), "data", "crm-sales-opportunities");
        if (!Directory.Exists(data)) throw new InvalidOperationException("The sales data are not there (TRIBUTARY_SHARED).");

        List<double> walls = [], users = [];
        for (var round = 0; round < run.Options.Rounds; round++)
        {
            var settings = await Empty(run.Backend is "postgres", ct);
            var (wall, user) = await Import8800(data, settings, ct);
            walls.Add(wall);
            users.Add(user);
        }
        run.Add("import", string.Create(CultureInfo.InvariantCulture, $"{Middle(walls):0.0} s"),
            string.Create(CultureInfo.InvariantCulture, $"median of {run.Options.Rounds}; {Middle(users):0.0} s of the processor in the command, compiling included"));
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
        await new WorkspaceService(db).Create(new() { Name = "Import", BaseCurrency = "USD", Admin = new() { Name = "Ada Admin", Email = "ada@bench.test", Role = Role.Admin } }, ct);
        return new() { ["Tributary__DataFolder"] = folder, ["Tributary__Database"] = isPostgres ? address : "" };
    }

    private static async Task<(double Wall, double User)> Import8800(string data, Dictionary<string, string> settings, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Child.ServerProgram) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = ["import", "csv", .. Files.Select(file => Path.Combine(data, file)), "--create", "organizations,users,products,stages", "--near-names"];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        var exit = process.WaitForExitAsync(ct);
        // A process that has ended tells no more.
        var user = TimeSpan.Zero;
        while (await Task.WhenAny(exit, Task.Delay(20, ct)) != exit) user = UserTime(process) ?? user;
        var wall = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (process.ExitCode != 0) throw new InvalidOperationException($"The import ended with {process.ExitCode}: {await output}{await errors}");
        return (wall, user.TotalSeconds);
    }

    private static TimeSpan? UserTime(Process process)
    {
        try
        {
            return process.UserProcessorTime;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
