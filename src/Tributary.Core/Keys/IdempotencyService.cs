using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Keys;

/// <summary>
/// Lets a client repeat a request without repeating its effect, for 24 hours. A key is claimed before the request runs
/// and in a transaction of its own, so that of two copies sent at once only one runs.
/// </summary>
public sealed class IdempotencyService(Db db)
{
    /// <param name="caller">Keys of different credentials never meet.</param>
    /// <param name="lookup">The client's key, and what else keeps two requests from meeting.</param>
    /// <param name="requestHash">Of everything that makes the request what it is.</param>
    /// <param name="ct">Stops the claim.</param>
    public async Task<Attempt> Begin(Caller caller, string lookup, string requestHash, CancellationToken ct)
    {
        var key = IdempotencyRules.KeyOf(caller, lookup);
        await using var tx = await db.Write(caller.Workspace, ct);

        if (!await IdempotencyStore.Insert(tx, key, requestHash))
        {
            // Gone again between the two statements: its request has just failed, and the next attempt will be new.
            if (await IdempotencyStore.FindForUpdate(tx, key) is not { } kept) return new(AttemptKind.Running);
            if (IdempotencyRules.Judge(kept, requestHash, tx.Now) is { } attempt) return attempt;
            await IdempotencyStore.Restart(tx, key, requestHash);
        }
        await tx.Commit();
        return new(AttemptKind.New);
    }

    /// <summary>Keeps the answer of a request that was begun as new.</summary>
    public async Task Finish(Caller caller, string lookup, KeptAnswer answer, CancellationToken ct)
    {
        await using var tx = await db.Write(caller.Workspace, ct);
        await IdempotencyStore.Finish(tx, IdempotencyRules.KeyOf(caller, lookup), answer);
        await tx.Commit();
    }

    /// <summary>For a request that failed without effect: the same key may be tried again.</summary>
    public async Task Drop(Caller caller, string lookup, CancellationToken ct)
    {
        await using var tx = await db.Write(caller.Workspace, ct);
        await IdempotencyStore.Drop(tx, IdempotencyRules.KeyOf(caller, lookup));
        await tx.Commit();
    }
}
