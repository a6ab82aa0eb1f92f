using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Tributary.Bench.Data;

namespace Tributary.Bench.Peers;

/// <summary>
/// soul-cli, a general REST server over SQLite in Node.js (https://github.com/thevahidal/soul), installed from npm under
/// artifacts/bench/peers and never a dependency of this project. It serves a table with the same deals, the same columns but the
/// workspace's, and the index that the list needs; it checks no key, because without a table of users it has none to check.
/// </summary>
internal static class SoulPeer
{
    public const string Name = "soul-cli";
    public const int Deals = 100_000;
    private const string Version = "0.8.2";

    private static readonly string Folder = Path.Combine(DataHome.Folder, "peers", "soul");

    /// <summary>Installs it and makes its database, where that has not been done.</summary>
    public static async Task Prepare(DataSet data, CancellationToken ct)
    {
        Directory.CreateDirectory(Folder);
        if (!File.Exists(Program)) await Install(ct);
        if (!File.Exists(DatabaseOf(data))) Fill(data);
    }

    public static Task<Child> Start(DataSet data, int port, CancellationToken ct) =>
        Child.Start("node", [Program, "-d", DatabaseOf(data), "-p", $"{port}"], [], port, "/api/tables", ct);

    public static IReadOnlyList<string> Gets(DataSet data) => [.. data.Ids.Select(id => $"/api/tables/deals/rows/{id}")];

    public static string List(DataSet data) => $"/api/tables/deals/rows?_filters=stage_id:{data.StageId}&_ordering=-added_at&_limit=100";

    private static string Program => Path.Combine(Folder, "node_modules", "soul-cli", "src", "server.js");

    private static string DatabaseOf(DataSet data) => Path.Combine(Folder, Path.GetFileName(data.Folder) + ".db");

    private static async Task Install(CancellationToken ct)
    {
        string[] arguments = ["install", "--prefix", Folder, "--no-audit", "--no-fund", "--loglevel=error", $"soul-cli@{Version}"];
        using var npm = Process.Start(new ProcessStartInfo("npm", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        })!;
        var (output, errors) = (npm.StandardOutput.ReadToEndAsync(ct), npm.StandardError.ReadToEndAsync(ct));
        await npm.WaitForExitAsync(ct);
        if (npm.ExitCode != 0) throw new InvalidOperationException($"npm could not install {Name}: {await output}{await errors}");
    }

    private static void Fill(DataSet data)
    {
        var making = DatabaseOf(data) + ".making";
        File.Delete(making);
        using (var connection = new SqliteConnection($"Data Source={making};Pooling=False"))
        {
            connection.Open();
            Do($"ATTACH '{data.Address}' AS ours");
            var columns = new List<(string Name, string Type)>();
            using (var info = connection.CreateCommand())
            {
                info.CommandText = "SELECT name, type FROM pragma_table_info('deals', 'ours') WHERE name <> 'workspace_id'";
                using var reader = info.ExecuteReader();
                while (reader.Read()) columns.Add((reader.GetString(0), reader.GetString(1)));
            }
            var names = string.Join(", ", columns.Select(column => column.Name));
            Do($"CREATE TABLE deals ({string.Join(", ", columns.Select(column => $"{column.Name} {column.Type}{(column.Name == "id" ? " PRIMARY KEY" : "")}"))})");
            Do($"INSERT INTO deals ({names}) SELECT {names} FROM ours.deals");
            Do("CREATE INDEX deals_of_stage ON deals (stage_id, added_at, id)");
            Do("ANALYZE main");

            void Do(string text)
            {
                using var command = connection.CreateCommand();
                command.CommandText = text;
                command.ExecuteNonQuery();
            }
        }
        File.Move(making, DatabaseOf(data));
    }
}
