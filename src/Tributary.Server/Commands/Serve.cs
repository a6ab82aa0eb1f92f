using System.CommandLine;
using System.Security.Cryptography;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Server.Hosting;

namespace Tributary.Server.Commands;

/// <summary>"tributary" or "tributary serve": runs the server on the configured database.</summary>
internal static class Serve
{
    public static Command Command()
    {
        var command = new Command("serve", "Run the server (the default).");
        command.SetAction((_, ct) => Run(ct));
        return command;
    }

    public static async Task<int> Run(CancellationToken ct)
    {
        var options = Settings.Read();
        var clock = TimeProvider.System;
        await using var db = Open(options, clock);
        await Migrator.Run(db, ct);
        await using var app = ServerHost.Build(options, db, clock);
        await app.StartAsync(ct);
        Console.WriteLine($"Tributary serves {string.Join(", ", app.Urls)}");
        await app.WaitForShutdownAsync(ct);
        return 0;
    }

    public static Db Open(TributaryOptions options, TimeProvider clock)
    {
        var uids = new UidSource(clock, RandomNumberGenerator.Fill);
        if (options.Database.Length > 0) return Db.Postgres(options.Database, clock, uids);
        Directory.CreateDirectory(options.DataFolder);
        return Db.Sqlite(Path.Combine(options.DataFolder, "tributary.db"), clock, uids);
    }
}
