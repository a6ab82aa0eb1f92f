using System.Collections.Concurrent;
using System.Security.Cryptography;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Keys;

/// <summary>
/// The secrets this installation signs with. Each is made on first use, the same for all servers of one database, and
/// is a list of keys: the first signs, all of them verify, so that rotating one invalidates nothing that is still young.
/// </summary>
public sealed class InstanceSecrets(Db db, FillRandom random)
{
    private const string Tokens = "token_keys";
    private const string Cursors = "cursor_keys";
    private const int KeyLength = 32;
    private const int KeysKept = 2;

    private readonly ConcurrentDictionary<string, (IReadOnlyList<byte[]> Keys, DateTimeOffset ReadAt)> known = new();

    /// <summary>The keys of apps' tokens, newest first.</summary>
    public ValueTask<IReadOnlyList<byte[]>> TokenKeys(CancellationToken ct) => Keys(Tokens, ct);

    /// <summary>Signs page cursors, for every server of this database alike.</summary>
    public async Task<CursorSigner> CursorSigner(CancellationToken ct) => new((await Keys(Cursors, ct))[0]);

    /// <summary>A new key signs from now on; tokens of the former one stay valid until they expire.</summary>
    public async Task RotateTokenKeys(CancellationToken ct)
    {
        var former = await TokenKeys(ct);
        await using var tx = await db.WriteEverywhere(ct);
        await SecretStore.Set(tx, Tokens, [.. NewKey(), .. former.Take(KeysKept - 1).SelectMany(key => key)]);
        await tx.Commit();
        known.TryRemove(Tokens, out _);
    }

    /// <summary>The same list for as long as the keys are the same.</summary>
    internal ValueTask<IReadOnlyList<byte[]>> Keys(string name, CancellationToken ct)
    {
        // Another server may rotate: what was read a second ago is read again.
        var now = db.Now();
        return known.TryGetValue(name, out var found) && (now - found.ReadAt).Duration() < TimeSpan.FromSeconds(1)
            ? new(found.Keys) : new(Read(name, now, found.Keys, ct));
    }

    private async Task<IReadOnlyList<byte[]>> Read(string name, DateTimeOffset now, IReadOnlyList<byte[]>? former, CancellationToken ct)
    {
        var value = await Find(name, ct) ?? await Make(name, ct);
        IReadOnlyList<byte[]> keys = former is not null && value.AsSpan().SequenceEqual(former.SelectMany(key => key).ToArray())
            ? former : [.. value.Chunk(KeyLength)];
        known[name] = (keys, now);
        return keys;
    }

    private async Task<byte[]?> Find(string name, CancellationToken ct)
    {
        await using var tx = await db.ReadEverywhere(ct);
        return await SecretStore.Find(tx, name);
    }

    // Two servers may both get here; the row of whoever is first is what both read back.
    private async Task<byte[]> Make(string name, CancellationToken ct)
    {
        await using var tx = await db.WriteEverywhere(ct);
        await SecretStore.InsertIfAbsent(tx, name, NewKey());
        var value = await SecretStore.Find(tx, name) ?? throw new CryptographicException($"The secret {name} could not be stored.");
        await tx.Commit();
        return value;
    }

    private byte[] NewKey()
    {
        var key = new byte[KeyLength];
        random(key);
        return key;
    }
}
