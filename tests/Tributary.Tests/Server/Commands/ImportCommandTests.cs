using System.Text.Json;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Commands;

/// <summary>"tributary import csv" as a process, on a database of its own (issue 2, point 9).</summary>
public sealed class ImportCommandTests : IDisposable
{
    private const string Deals = "opportunity_id,owner,account,stage,close_value\nA1,Ines,Cancity,Won,100\nA2,Ines,Isdom,Lost,many\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tributary-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory, OnBothBackends]
    public async Task Rows_are_imported_once_and_the_rest_is_handed_back(Backend backend)
    {
        var settings = await Database(backend);
        var file = Path.Combine(folder.FullName, "deals.csv");
        await File.WriteAllTextAsync(file, Deals);

        var (tried, dry, _) = await CommandLine.Run(settings, "import", "csv", file, "--create", "organizations,users", "--workspace",
            "Some company", "--dry-run", "--json");
        var (first, made, _) = await CommandLine.Run(settings, "import", "csv", file, "--create", "organizations,users", "--workspace",
            "Some company", "--json");
        var (_, again, _) = await CommandLine.Run(settings, "import", "csv", file, "--create", "organizations,users", "--workspace",
            "Some company", "--json");
        var (_, help, _) = await CommandLine.Run(settings, "import", "csv", "--help");
        var (absent, _, missing) = await CommandLine.Run(settings, "import", "csv", Path.Combine(folder.FullName, "nowhere.csv"));

        // Ends with 0 when all rows are in, 1 when some were rejected, 2 when nothing was done (--help says so).
        Assert.Equal((1, 1, 2), (tried, first, absent));
        Assert.Equal((2, 1, 1), Counts(dry));
        Assert.Equal((2, 1, 1), Counts(made));
        Assert.Equal((2, 0, 1), Counts(again));
        Assert.Contains("A2,Ines,Isdom,Lost,many,3,", await File.ReadAllTextAsync(file + ".rejects.csv"), StringComparison.Ordinal);
        Assert.Contains("--dry-run", help, StringComparison.Ordinal);
        Assert.Contains("nowhere.csv", missing, StringComparison.Ordinal);
    }

    private static (long Read, long Created, long Rejected) Counts(string json)
    {
        var report = JsonDocument.Parse(json).RootElement[0];
        return (report.GetProperty("read").GetInt64(), report.GetProperty("created").GetInt64(), report.GetProperty("rejected").GetInt64());
    }

    private async Task<Dictionary<string, string>> Database(Backend backend)
    {
        var settings = new Dictionary<string, string> { ["Tributary__DataFolder"] = folder.FullName };
        if (backend is Backend.Postgres) settings["Tributary__Database"] = await Backends.NewPostgres();
        await using var db = backend is Backend.Postgres
            ? Db.Postgres(settings["Tributary__Database"], TimeProvider.System, Backends.Uids())
            : Db.Sqlite(Path.Combine(folder.FullName, "tributary.db"), TimeProvider.System, Backends.Uids(), SqliteUse.Throwaway);
        await Migrator.Run(db, CancellationToken.None);
        await Some.Workspace(db);
        return settings;
    }
}
