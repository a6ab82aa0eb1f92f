using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Storage;
using Tributary.Server.Sandbox.Files;
using Tributary.Server.Seeding;

namespace Tributary.Server.Sandbox;

/// <summary>A filled throw-away database, its clock, and the way back to how it began. The folder goes with it.</summary>
internal sealed class SandboxDatabase : IAsyncDisposable
{
    private readonly int seed;
    private readonly SandboxMoment beginning;

    private SandboxDatabase(int seed, string folder, Db db, MovableClock clock, SandboxMoment beginning)
    {
        Folder = folder;
        Db = db;
        Clock = clock;
        Json = beginning.Json;
        this.seed = seed;
        this.beginning = beginning;
        Snapshots = new(this);
        SetClock(beginning);
    }

    public string Folder { get; }
    public string Path => PathIn(Folder);
    public Db Db { get; }
    public MovableClock Clock { get; }
    public SandboxSnapshots Snapshots { get; }

    /// <summary>The fixtures and credentials, as <c>GET /_sandbox</c> answers them.</summary>
    public byte[] Json { get; private set; }

    /// <param name="seed">Two sandboxes of one seed have the same uids and secrets; every sandbox has the same ids and values.</param>
    /// <param name="frozen">The clock stands, and moves only when it is told to.</param>
    public static Task<SandboxDatabase> Open(int seed, bool frozen, CancellationToken ct) =>
        SandboxTemplate.Find(seed) is { } template ? Copy(template, frozen, ct) : Fill(seed, frozen, null, ct);

    /// <param name="file">What it begins with instead of the usual fixtures.</param>
    public static Task<SandboxDatabase> Fill(int seed, bool frozen, SeedFile? file, CancellationToken ct) =>
        Open(seed, frozen, null, async (db, clock, random) =>
    {
        await Migrator.Run(db, ct);
        return SandboxJson.Of(await SandboxSeed.Fill(db, clock, random, file, ct));
    }, ct);

    public static Task<SandboxDatabase> Copy(SandboxTemplate template, bool frozen, CancellationToken ct) =>
        Open(SandboxTemplate.Seed, frozen, template.Database, (_, clock, _) =>
    {
        clock.Put(SandboxWorkspace.Today);
        return File.ReadAllBytesAsync(template.Json, ct);
    }, ct);

    private static async Task<SandboxDatabase> Open(int seed, bool frozen, string? copied,
        Func<Db, MovableClock, FillRandom, Task<byte[]>> fill, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("tributary-sandbox-").FullName;
        if (copied is not null) File.Copy(copied, PathIn(folder));
        var clock = new MovableClock(SandboxWorkspace.Founded);
        FillRandom random = new Random(seed).NextBytes;
        var db = Db.Sqlite(PathIn(folder), clock, new(clock, random), SqliteUse.Throwaway);
        byte[] json;
        try
        {
            json = await fill(db, clock, random);
        }
        catch
        {
            await db.DisposeAsync();
            Directory.Delete(folder, recursive: true);
            throw;
        }

        // Made before the snapshot, and from the seed alone: cursors and tokens given out before a reset or a refill are good after it.
        var secrets = new InstanceSecrets(db, new Random(seed).NextBytes);
        await secrets.TokenKeys(ct);
        db.Cursors = await secrets.CursorSigner(ct);
        return new(seed, folder, db, clock, new(await db.Snapshot(ct), null, clock.GetUtcNow(), frozen, json));
    }

    /// <summary>Everything as it was when the sandbox began to serve: records, ids to come, credentials, files and the time.</summary>
    public Task Reset(CancellationToken ct) => PutBack(beginning, ct);

    /// <summary>Everything as it is now, to be put back later.</summary>
    public async Task<SandboxMoment> Take(CancellationToken ct)
    {
        var records = await Db.Snapshot(ct);
        var files = Directory.CreateTempSubdirectory("tributary-snapshot-").FullName;
        foreach (var folder in Directory.EnumerateDirectories(Folder))
        {
            SandboxMoment.Copy(folder, System.IO.Path.Combine(files, System.IO.Path.GetFileName(folder)));
        }
        return new(records, files, Clock.GetUtcNow(), Clock.Stands, Json);
    }

    /// <summary>
    /// Everything as a file says, as if the sandbox had begun with it; a reset still goes back to how it did begin. What the engine
    /// refuses is refused before anything is replaced.
    /// </summary>
    public async Task Refill(SeedFile file, CancellationToken ct)
    {
        await using var filled = await Fill(seed, Clock.Stands, file, ct);
        await PutBack(filled.beginning, CancellationToken.None);
    }

    public async Task PutBack(SandboxMoment moment, CancellationToken ct)
    {
        await Db.Restore(moment.Records, ct);
        foreach (var folder in Directory.EnumerateDirectories(Folder)) Directory.Delete(folder, recursive: true);
        if (moment.Files is { } files) SandboxMoment.Copy(files, Folder);
        SetClock(moment);
        Json = moment.Json;
    }

    public async ValueTask DisposeAsync()
    {
        Snapshots.Dispose();
        beginning.Dispose();
        await Db.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static string PathIn(string folder) => System.IO.Path.Combine(folder, "sandbox.db");

    private void SetClock(SandboxMoment moment)
    {
        if (moment.Frozen) Clock.Put(moment.Now);
        else Clock.RunFrom(moment.Now);
    }
}
