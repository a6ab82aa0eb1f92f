using System.Security.Cryptography;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Core.Workspaces;
using Tributary.Server.Hosting;

namespace Tributary.Server.Commands;

/// <summary>How commands open the configured database, and whose work they do in it.</summary>
internal static class Databases
{
    public static string FileOf(TributaryOptions options) => Path.Combine(options.DataFolder, "tributary.db");

    public static bool IsSqlite(TributaryOptions options) => options.Database.Length == 0;

    public static Db Open(TributaryOptions options, TimeProvider clock, SqliteUse use = SqliteUse.Serving)
    {
        var uids = new UidSource(clock, RandomNumberGenerator.Fill);
        if (!IsSqlite(options)) return Db.Postgres(options.Database, clock, uids, options.ReadDatabase);
        Directory.CreateDirectory(options.DataFolder);
        return Db.Sqlite(FileOf(options), clock, uids, use);
    }

    /// <summary>Runs a command on the database that is there already, brought up to date.</summary>
    public static Task<int> Use(Func<Db, Task<int>> work, CancellationToken ct) => Use(SqliteUse.Serving, work, ct);

    /// <summary>The same on SQLite that is opened for something else.</summary>
    public static Task<int> Use(SqliteUse use, Func<Db, Task<int>> work, CancellationToken ct) => Outcome.Of(async () =>
    {
        var options = Settings.Read();
        if (IsSqlite(options) && !File.Exists(FileOf(options)))
        {
            throw new StartupException($"There is no database at {FileOf(options)} yet. \"tributary serve\" makes one.");
        }
        await using var db = Open(options, TimeProvider.System, use);
        await Migrator.Run(db, ct);
        return await work(db);
    });

    /// <summary>The operator, in the workspace named by id or name; the only one when none is named.</summary>
    public static async Task<(Caller Caller, Workspace Workspace)> Operator(Db db, string? named, CancellationToken ct)
    {
        var all = await new WorkspaceService(db).All(ct);
        if (all.Count == 0) throw new StartupException("The database has no workspace yet. \"tributary serve\" makes one.");
        var found = named is null
            ? all : [.. all.Where(each => Text(each.Id) == named || string.Equals(each.Name, named, StringComparison.OrdinalIgnoreCase))];
        if (found.Count != 1)
        {
            var list = string.Join(", ", all.Select(each => $"{each.Id} ({each.Name})"));
            throw Problem.Invalid("workspace", named is null
                ? $"Say which workspace with --workspace: {list}." : $"--workspace must name one of {list}.");
        }
        return (Caller.System(found[0].Id) with { Dialect = "cli" }, found[0]);
    }

    private static string Text(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
