using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Tributary.Core.Storage;
using Tributary.Server.Hosting;

namespace Tributary.Server.Commands;

/// <summary>"tributary backup": a checked copy of the SQLite database, also while a server runs.</summary>
internal static class BackupCommand
{
    public static Command Command()
    {
        var file = new Argument<string>("file") { Description = "A file that does not exist yet." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("backup", """
            Copy the SQLite database into a file, checked and complete, while the server goes on. Attached files are in the data folder's
            "files" and are copied by other means. PostgreSQL is backed up by its own tools.

            Example:
              tributary backup tributary-2026-11-20.db
            """)
        {
            file, json,
        };
        command.SetAction(
            (parsed, ct) =>
                Outcome.Of(
                    () => Task.FromResult(Run(Terminal.Current, Settings.Read(), parsed.GetRequiredValue(file), parsed.GetValue(json),
                        ct))));
        return command;
    }

    public static int Run(Terminal terminal, TributaryOptions options, string file, bool json, CancellationToken ct) =>
        Shown(terminal, file, Backup.Write(MustBeSqlite(options), Path.GetFullPath(file), ct), "holds", json);

    public static string MustBeSqlite(TributaryOptions options) => Databases.IsSqlite(options)
        ? Databases.FileOf(options)
        : throw new StartupException("The database is PostgreSQL: use pg_dump and pg_restore, or the backups of your provider.");

    public static int Shown(Terminal terminal, string file, BackupReport report, string verb, bool json)
    {
        if (json)
        {
            terminal.Json(new JsonObject
            {
                ["file"] = file,
                ["workspaces"] = report.Workspaces,
                ["deals"] = report.Deals,
                ["last_change_at"] = report.LastChangeAt,
                ["last_migration"] = report.LastMigration,
            });
            return Outcome.Done;
        }
        var last = report.LastChangeAt?.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? "never";
        terminal.Line($"{file} {verb} {report.Workspaces} workspaces with {report.Deals} deals, last changed {last}.");
        return Outcome.Done;
    }
}
