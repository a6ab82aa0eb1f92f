using System.Collections.Concurrent;
using Tributary.Core.Catalog;
using Tributary.Core.Storage;

namespace Tributary.Core.Keys;

/// <summary>
/// Credentials this process has found lately, so that most requests ask the database nothing about who is calling.
///
/// A change made here drops the workspace's credentials when it commits. A change made by another process is noticed
/// within a second: everything that bears on a caller raises the workspace's catalog version, and a credential that was
/// checked longer ago is used again only after one read has found that version unmoved.
/// </summary>
internal sealed class CallerCache
{
    private const int Capacity = 20_000;
    private const long TrustedMilliseconds = 1_000;

    private readonly ConcurrentDictionary<Presented, KnownCredential> known = new();
    private readonly ConcurrentDictionary<(long Workspace, long Key), DateTimeOffset> uses = new();
    private readonly Lock gate = new();
    private long drops;

    /// <param name="load">
    /// Finds the credential in the database; only called when it is not known. A static method, so that a hit allocates nothing.
    /// </param>
    public ValueTask<KnownCredential?> Get(Db db, Presented presented, Func<Db, Presented, CancellationToken, Task<KnownCredential?>> load,
        CancellationToken ct)
    {
        if (known.TryGetValue(presented, out var found) && IsFresh(found, db.Now())) return new(found);
        return new(Look(db, presented, found, load, ct));
    }

    public void Drop(long workspace)
    {
        lock (gate)
        {
            drops++;
            foreach (var (presented, credential) in known)
            {
                if (credential.Caller.Workspace == workspace) known.TryRemove(presented, out _);
            }
        }
    }

    /// <summary>Remembered here and written by <see cref="KeyUseJob"/>, never on a request's path.</summary>
    public void NoteUse(KnownCredential credential, DateTimeOffset now)
    {
        if (credential.Caller.KeyId is { } key && credential.IsUseToNote(now)) uses[(credential.Caller.Workspace, key)] = now;
    }

    /// <summary>Takes the noted uses; each is handed out once.</summary>
    public IReadOnlyList<(long Workspace, long Key, DateTimeOffset At)> TakeUses()
    {
        var taken = new List<(long, long, DateTimeOffset)>();
        foreach (var use in uses.Keys)
        {
            if (uses.TryRemove(use, out var at)) taken.Add((use.Workspace, use.Key, at));
        }
        return taken;
    }

    // A clock that was set back (the sandbox's can be) must not keep a credential trusted for longer.
    private static bool IsFresh(KnownCredential credential, DateTimeOffset now) =>
        Math.Abs(now.ToUnixTimeMilliseconds() - credential.CheckedAt) < TrustedMilliseconds;

    private async Task<KnownCredential?> Look(Db db, Presented presented, KnownCredential? former,
        Func<Db, Presented, CancellationToken, Task<KnownCredential?>> load, CancellationToken ct)
    {
        var seenDrops = Interlocked.Read(ref drops);
        if (former is not null && await IsUnmoved(db, former, ct)) return former;

        var loaded = await load(db, presented, ct);
        lock (gate)
        {
            // What was read before a change committed must not outlive the drop that followed it.
            if (drops != seenDrops) return loaded;
            if (loaded is null) known.TryRemove(presented, out _);
            else
            {
                if (known.Count >= Capacity) known.Clear();
                loaded.CheckedAt = db.Now().ToUnixTimeMilliseconds();
                known[presented] = loaded;
            }
        }
        return loaded;
    }

    private static async Task<bool> IsUnmoved(Db db, KnownCredential credential, CancellationToken ct)
    {
        var now = db.Now().ToUnixTimeMilliseconds();
        await using var tx = await db.Read(credential.Caller.Workspace, ct);
        if (await CatalogStore.Version(tx) != credential.CatalogVersion) return false;

        credential.CheckedAt = now;
        return true;
    }
}

/// <summary>For every change that bears on who may call: users, groups, keys, apps.</summary>
internal static class CallerChanges
{
    public static async Task CallersHaveChanged(this Tx tx)
    {
        await tx.CatalogHasChanged();
        tx.WhenCommitted(() => tx.Db.Callers.Drop(tx.Workspace));
    }
}
