using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Npgsql;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Bench.Data;

/// <summary>
/// Where data sets are kept from run to run: SQLite's under artifacts/bench, PostgreSQL's as databases of the server of the tests.
/// A set is made under another name and gets its own only when it is whole.
/// </summary>
internal static partial class DataHome
{
    private const int Seed = 20261102;

    /// <summary>Sets are made anew when the tables change.</summary>
    private static readonly string Schema =
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Migrator.Scripts().Select(script => script.Text)))))[..8];

    public static string Folder { get; } = Path.Combine(Child.Root, "artifacts", "bench");

    private static string Server =>
        Environment.GetEnvironmentVariable("TRIBUTARY_TEST_POSTGRES")
        ?? "Host=127.0.0.1;Username=tributary;Password=tributary;Database=postgres";

    public static string Address(string database) =>
        new NpgsqlConnectionStringBuilder(Server) { Database = database, MaxPoolSize = 40 }.ToString();

    /// <returns>The folder of a set, and what opens its database.</returns>
    public static async Task<(string Folder, string Address)> Find(DataShape shape, bool isPostgres, CancellationToken ct)
    {
        var name = shape.Name(Schema);
        var folder = Path.Combine(Folder, name);
        if (!isPostgres) return (folder, await SqliteFile(shape, folder, ct));

        await using var server = await Open(Server, ct);
        // Two runs in two checkouts must not make the same database.
        await Do(server, $"SELECT pg_advisory_lock(hashtext('{name}'))", ct);
        if (!await Exists(server, name, ct)) await CopyToPostgres(shape, await SqliteFile(shape, folder, ct), server, name, ct);
        Directory.CreateDirectory(folder);
        return (folder, Address(name));
    }

    /// <summary>A set of its own for a scenario that writes; the one it was copied from stays as it was made.</summary>
    public static async Task<(string Folder, string Address)> Copy(string address, bool isPostgres, CancellationToken ct)
    {
        var name = $"tributary_bench_scratch_{Environment.ProcessId}";
        var copy = Path.Combine(Folder, name);
        await Drop(copy, isPostgres, ct);
        Directory.CreateDirectory(copy);
        if (!isPostgres)
        {
            var file = Path.Combine(copy, "tributary.db");
            await using var from = new SqliteConnection($"Data Source={address};Pooling=False");
            from.Open();
            await using var command = from.CreateCommand();
            command.CommandText = $"VACUUM INTO '{file}'";
            await command.ExecuteNonQueryAsync(ct);
            return (copy, file);
        }
        NpgsqlConnection.ClearAllPools();
        await using var server = await Open(Server, ct);
        await Do(server, $"CREATE DATABASE {name} TEMPLATE {new NpgsqlConnectionStringBuilder(address).Database}", ct);
        return (copy, Address(name));
    }

    /// <summary>Takes a copy away again.</summary>
    public static async Task Drop(string folder, bool isPostgres, CancellationToken ct)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        if (!isPostgres) return;
        await using var server = await Open(Server, ct);
        await Do(server, $"DROP DATABASE IF EXISTS {Path.GetFileName(folder)} WITH (FORCE)", ct);
    }

    /// <summary>
    /// Takes sets away that no run will ask for again, because the tables have changed. A database that somebody still reads stays.
    /// </summary>
    public static async Task ForgetOld(CancellationToken ct)
    {
        if (Directory.Exists(Folder))
        {
            foreach (var folder in Directory.EnumerateDirectories(Folder, "tributary_bench_*").Where(IsOld))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        await using var server = await Open(Server, ct);
        var databases = new List<string>();
        await using (var command = new NpgsqlCommand(@"SELECT datname FROM pg_database WHERE datname LIKE 'tributary\_bench\_%'", server))
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) databases.Add(reader.GetString(0));
        }
        foreach (var database in databases.Where(IsOld))
        {
            try
            {
                await Do(server, $"DROP DATABASE IF EXISTS {database}", ct);
            }
            catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.ObjectInUse
                or PostgresErrorCodes.InsufficientPrivilege)
            {
                // Another checkout's run.
            }
        }
    }

    // A set is named by its size and the edition of its rows and tables (DataShape.Name).
    private static bool IsOld(string path) => Edition()
        .Match(Path.GetFileName(path)) is { Success: true } match && match.Groups[1].Value != DataShape.EditionOf(Schema);

    [GeneratedRegex(@"^tributary_bench_(?:\d+x)?\d+_([0-9a-f]+)(?:\.making|_making)?$")]
    private static partial Regex Edition();

    /// <summary>An empty database.</summary>
    public static async Task<string> NewPostgres(string name, CancellationToken ct)
    {
        await using var server = await Open(Server, ct);
        await Do(server, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)", ct);
        await Do(server, $"CREATE DATABASE {name}", ct);
        return Address(name);
    }

    /// <summary>What the server does for itself must not be measured.</summary>
    public static async Task WaitUntilPostgresRests(CancellationToken ct)
    {
        await using var server = await Open(Server, ct);
        await PostgresRest.Wait(server, ct);
    }

    /// <summary>Makes the set in an empty database of SQLite.</summary>
    public static async Task Make(string file, DataShape shape, Progress? progress, CancellationToken ct)
    {
        var clock = new MakersClock();
        FillRandom random = new Random(Seed).NextBytes;
        await using var db = Db.Sqlite(file, clock, new UidSource(clock, random), SqliteUse.Throwaway);
        await Migrator.Run(db, ct);
        var indexes = await SqliteBulk.Loosen(db, ct);
        await new DataMaker(db, clock, shape, random, made => progress?.Reached(made)).Run(ct);
        await SqliteBulk.Tighten(db, indexes, progress, ct);
    }

    /// <summary>Copies such a database into an empty one of PostgreSQL.</summary>
    public static async Task Copy(string file, string address, Progress? progress, CancellationToken ct)
    {
        var clock = new MakersClock();
        await using (var db = Db.Postgres(address, clock, new UidSource(clock, RandomNumberGenerator.Fill))) await Migrator.Run(db, ct);
        NativeSqlite.Load();
        await using var from = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        from.Open();
        await using var to = await Open(address, ct);
        await new PostgresCopy(from, to).Run(rows => progress?.Reached(rows), part => progress?.Now(part), ct);
    }

    private static async Task<string> SqliteFile(DataShape shape, string folder, CancellationToken ct)
    {
        var file = Path.Combine(folder, "tributary.db");
        if (File.Exists(file)) return file;

        var making = folder + ".making";
        if (Directory.Exists(making)) Directory.Delete(making, recursive: true);
        Directory.CreateDirectory(making);
        var progress = new Progress($"{shape.All:N0} deals, sqlite", shape.All);
        await Make(Path.Combine(making, "tributary.db"), shape, progress, ct);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.Move(making, folder);
        progress.Done();
        return file;
    }

    private static async Task CopyToPostgres(DataShape shape, string file, NpgsqlConnection server, string name, CancellationToken ct)
    {
        var making = name + "_making";
        var progress = new Progress($"{shape.All:N0} deals, postgres", shape.All);
        await Copy(file, new NpgsqlConnectionStringBuilder(await NewPostgres(making, ct)) { Pooling = false }.ToString(), progress, ct);
        await Do(server, $"ALTER DATABASE {making} RENAME TO {name}", ct);
        progress.Done();
    }

    private static async Task<bool> Exists(NpgsqlConnection server, string name, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"SELECT COUNT(*) FROM pg_database WHERE datname = '{name}'", server);
        return (long)(await command.ExecuteScalarAsync(ct) ?? throw new UnreachableException()) > 0;
    }

    private static async Task<NpgsqlConnection> Open(string address, CancellationToken ct)
    {
        var own = new NpgsqlConnectionStringBuilder(address) { Pooling = false, CommandTimeout = 0 };
        var connection = new NpgsqlConnection(own.ToString());
        await connection.OpenAsync(ct);
        return connection;
    }

    private static async Task Do(NpgsqlConnection connection, string text, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
