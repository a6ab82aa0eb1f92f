using System.Security.Cryptography;
using Spectre.Console;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Pipelines;
using Tributary.Core.Storage;
using Tributary.Core.Workspaces;
using Tributary.Server.Commands;
using Tributary.Server.Hosting;
using Tributary.Server.Seeding;

namespace Tributary.Server.Demo;

/// <summary>What a new installation is told once: who signs in, and a key for each dialect.</summary>
internal sealed record Welcome
{
    public required string Email { get; init; }
    public required string Password { get; init; }
    public required IReadOnlyDictionary<string, CreatedKey> Keys { get; init; }
    public required CreatedApp App { get; init; }
}

/// <summary>Makes the first workspace of an empty database.</summary>
internal static class FirstRun
{
    private static readonly string[] dialects = ["native", "pipedrive", "automatenexus", "switch", "ysuite"];

    /// <summary>
    /// The file appears under its name when it is complete, so that a first run that was stopped half-way begins anew. Until
    /// then nothing is worth waiting for the disk.
    /// </summary>
    public static async Task<Welcome> IntoFile(string file, bool withDemo, Terminal terminal, CancellationToken ct)
    {
        var partial = file + ".first";
        foreach (var leftover in new[] { partial, partial + "-wal", partial + "-shm" }) File.Delete(leftover);
        var clock = new MovableClock(TimeProvider.System.GetUtcNow());
        Welcome welcome;
        await using (var db = Db.Sqlite(partial, clock, new(clock, RandomNumberGenerator.Fill), SqliteUse.Throwaway))
        {
            await Migrator.Run(db, ct);
            welcome = await Into(db, clock, withDemo, terminal, ct);
        }
        using (var stream = new FileStream(partial, FileMode.Open, FileAccess.ReadWrite)) stream.Flush(flushToDisk: true);
        File.Move(partial, file);
        return welcome;
    }

    public static async Task<Welcome> Into(Db db, MovableClock clock, bool withDemo, Terminal terminal, CancellationToken ct)
    {
        var now = TimeProvider.System.GetUtcNow();
        var password = ApiToken.New(RandomNumberGenerator.Fill, "")[..16];
        var hash = Passwords.Hash(password);
        var created = withDemo ? await Demo(db, clock, hash, now, terminal, ct)
            : await Empty(new(db), new(db),
                new() { Name = "My company", Admin = new() { Name = "Admin", Email = "admin@localhost.localdomain", PasswordHash = hash } },
                ct);
        return await Keys(db, created, password, ct);
    }

    private static Task<CreatedWorkspace> Demo(Db db, MovableClock clock, string hash, DateTimeOffset now, Terminal terminal,
        CancellationToken ct) =>
        terminal.Tables.Progress().AutoClear(true).StartAsync(async progress =>
        {
            var task = progress.AddTask("Making a demo workspace");
            return await DemoSeed.Fill(db, clock, RandomNumberGenerator.Fill, hash, now, (done, total) => task.MaxValue(total).Value(done),
                ct);
        });

    /// <summary>A workspace with one pipeline and nothing in it.</summary>
    public static async Task<CreatedWorkspace> Empty(WorkspaceService workspaces, PipelineService pipelines, NewWorkspace given,
        CancellationToken ct)
    {
        var created = await workspaces.Create(given, ct);
        (string Name, decimal Probability)[] stages =
            [("Qualified", 10), ("Contact made", 25), ("Demo scheduled", 50), ("Proposal made", 60), ("Negotiations started", 80)];
        await pipelines.Create(Verbs.As(created.Admin, created.Workspace.Id), new() { Name = "Sales", IsDefault = true },
            [.. stages.Select(stage => new StagePatch { Name = stage.Name, Probability = stage.Probability })], ct);
        return created;
    }

    private static async Task<Welcome> Keys(Db db, CreatedWorkspace created, string password, CancellationToken ct)
    {
        var admin = Verbs.As(created.Admin, created.Workspace.Id, "cli");
        var keys = new Dictionary<string, CreatedKey>();
        foreach (var dialect in dialects) keys[dialect] = await new KeyService(db, RandomNumberGenerator.Fill)
            .Create(admin, new() { Dialect = dialect, Name = "First key" }, ct);
        var apps = new AppService(db, RandomNumberGenerator.Fill, new(db, RandomNumberGenerator.Fill));
        return new()
        {
            Email = created.Admin.Email,
            Password = password,
            Keys = keys,
            App = await apps.Create(admin, new() { Name = "First app" }, ct),
        };
    }
}
