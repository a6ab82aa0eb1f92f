using System.CommandLine;
using System.Security.Cryptography;
using Tributary.Core.Keys;
using Tributary.Core.Storage;
using Tributary.Core.Workspaces;
using Tributary.Server.Api;
using Tributary.Server.Background;
using Tributary.Server.Demo;
using Tributary.Server.Hosting;
using Tributary.Server.Seeding;

namespace Tributary.Server.Commands;

/// <summary>"tributary" or "tributary serve": runs the server on the configured database, which it makes when there is none.</summary>
internal static class Serve
{
    public static Option<bool> NoDemo() => new("--no-demo")
    {
        Description = "On an empty database: an empty workspace with one pipeline, instead of the demo.",
    };

    public static Command Command()
    {
        var noDemo = NoDemo();
        var command = new Command("serve", """
            Run the server (the default). An empty database gets a workspace, an admin and keys, which are shown once.

            Settings are in the section "Tributary" of appsettings.json, or in the environment.
            Examples:
              tributary serve
              tributary serve --no-demo
              Tributary__Urls=http://0.0.0.0:8080 tributary serve
              Tributary__Database="Host=db;Username=tributary;Password=…;Database=tributary" tributary serve
            """)
        {
            noDemo,
        };
        command.SetAction((parsed, ct) => Run(!parsed.GetValue(noDemo), ct));
        return command;
    }

    public static Task<int> Run(bool withDemo, CancellationToken ct) => Outcome.Of(async () =>
    {
        var terminal = Terminal.Current;
        var options = Settings.Read();
        var clock = TimeProvider.System;
        // A second processor, where there is one, declares meanwhile.
        var declared = Task.Run(() => NativeDialect.Declare(options), ct);
        var welcome = await MakeFile(options, withDemo, terminal, ct);
        await using var db = Databases.Open(options, clock);
        // A server that is waited for puts itself together meanwhile.
        var opening = BringUp(db, options, withDemo, terminal, ct);
        using var telemetry = Telemetry.Start(options.Telemetry);
        await using var app = ServerHost.Build(options, db, clock, builder => builder.Services.AddHostedService<Housekeeping>());
        await declared;
        welcome = await opening ?? welcome;
        await app.StartAsync(ct);
        var urls = app.Urls.ToList();
        if (welcome is not null) Greet(terminal, welcome, urls[0]);
        terminal.Line($"Tributary serves {string.Join(", ", urls)}");
        await app.WaitForShutdownAsync(ct);
        return Outcome.Done;
    });

    /// <summary>Makes a SQLite database with its first workspace; nothing when there is one, or when PostgreSQL is used.</summary>
    public static async Task<Welcome?> MakeFile(TributaryOptions options, bool withDemo, Terminal terminal, CancellationToken ct)
    {
        if (!Databases.IsSqlite(options) || File.Exists(Databases.FileOf(options))) return null;
        Directory.CreateDirectory(options.DataFolder);
        terminal.Line($"Making {Path.GetFullPath(Databases.FileOf(options))}.");
        return await FirstRun.IntoFile(Databases.FileOf(options), withDemo, terminal, ct);
    }

    /// <summary>
    /// Makes a database what this version needs, its first workspace included: what is said of that, when it was made now.
    /// </summary>
    public static async Task<Welcome?> BringUp(Db db, TributaryOptions options, bool withDemo, Terminal terminal, CancellationToken ct)
    {
        var ran = await Migrator.Run(db, ct);
        if (ran.Count > 0) terminal.Line($"Brought the database up to date: {string.Join(", ", ran)}.");
        var welcome = await new WorkspaceService(db).HasAny(ct) ? null : await First(options, withDemo, terminal, ct);
        db.Cursors = await new InstanceSecrets(db, RandomNumberGenerator.Fill).CursorSigner(ct);
        return welcome;
    }

    // What the demo tells happened at the time it tells: that clock must be the database's from its first moment, so it is opened for it.
    private static async Task<Welcome> First(TributaryOptions options, bool withDemo, Terminal terminal, CancellationToken ct)
    {
        var clock = new MovableClock(TimeProvider.System.GetUtcNow());
        await using var db = Databases.Open(options, clock);
        return await FirstRun.Into(db, clock, withDemo, terminal, ct);
    }

    private static void Greet(Terminal terminal, Welcome welcome, string url)
    {
        var native = welcome.Keys["native"].Token;
        terminal.Line($"""

            Open      {url}
            E-mail    {welcome.Email}
            Password  {welcome.Password}   (shown only now; "tributary user password" sets another)

            Keys, shown only now ("tributary key create" makes more):
              native         {native}
              Pipedrive      {welcome.Keys["pipedrive"].Token}
              AutomateNexus  {welcome.Keys["automatenexus"].Token}
              Switch         {welcome.Keys["switch"].Token}
              YSuite         access key {welcome.Keys["ysuite"].Token}
                             secret key {welcome.Keys["ysuite"].Secret}
              cPod           client id {welcome.App.App.ClientId}
                             client secret {welcome.App.ClientSecret}

            Try:
              curl -H "Authorization: Bearer {native}" "{url}/api/v1/deals?limit=3"
              curl -H "Authorization: Bearer {welcome.Keys["switch"].Token}" "{url}/switch/api/v1/deals?limit=3"

            """);
    }
}
