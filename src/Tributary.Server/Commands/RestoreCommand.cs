using System.CommandLine;
using Tributary.Core.Storage;
using Tributary.Server.Hosting;

namespace Tributary.Server.Commands;

/// <summary>"tributary restore": puts a backup in the place of the SQLite database, while no server runs.</summary>
internal static class RestoreCommand
{
    public static Command Command()
    {
        var file = new Argument<string>("file") { Description = "A file that \"tributary backup\" wrote." };
        var force = new Option<bool>("--force") { Description = "Also when the database holds later changes, or cannot be read." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("restore", """
            Put a backup in the place of the SQLite database. Stop the server first. What was there stays beside it as ".before-restore".

            Example:
              tributary restore tributary-2026-11-20.db
            """)
        {
            file, force, json,
        };
        command.SetAction(
            (parsed, _) =>
                Outcome.Of(
                    () => Task.FromResult(Run(Terminal.Current, Settings.Read(), parsed.GetRequiredValue(file), parsed.GetValue(force),
                        parsed.GetValue(json)))));
        return command;
    }

    public static int Run(Terminal terminal, TributaryOptions options, string file, bool force, bool json)
    {
        var database = BackupCommand.MustBeSqlite(options);
        Directory.CreateDirectory(options.DataFolder);
        return BackupCommand.Shown(terminal, database, Backup.Restore(Path.GetFullPath(file), database, force), "now holds", json);
    }
}
