using Tributary.Core.Catalog;
using Tributary.Core.Files;
using Tributary.Core.Jobs;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Contacts;

/// <summary>
/// Erases what is known of a person, at once: their row and those merged into it, their lines of the log, what hangs on them alone, and
/// their names and addresses in what others keep. What people wrote about them elsewhere in their own words stays (docs/backup.md).
/// </summary>
public sealed class PersonPurgeService(Db db, FileFolder folder)
{
    private const int MostMerges = 1000;

    /// <summary>Done again, it does nothing; a person who never was is not found.</summary>
    public async Task Purge(Caller caller, long id, CancellationToken ct)
    {
        caller.MustWrite("persons");
        if (!caller.IsAdmin) throw Problem.Forbidden("Only admins may purge a person.");
        if (await Known(caller, id, ct) is not { } traces) return;

        // Words are taken out while the row still tells them, so that a purge which was cut off can be done again.
        await PersonTraceStore.LeaveLists(db, caller.Workspace, traces, ct);
        await PersonTraceStore.LeaveCopies(db, caller.Workspace, traces, ct);
        await Rows(caller, traces.Ids, ct);
        // What was answered meanwhile.
        await PersonTraceStore.LeaveCopies(db, caller.Workspace, traces, ct);
    }

    /// <summary>The person with everyone who was merged into them; none when they are purged already.</summary>
    private async Task<PersonTraces?> Known(Caller caller, long id, CancellationToken ct)
    {
        await using var tx = await db.Read(caller.Workspace, ct);
        if (await PersonStore.Find(tx, id) is not { } person)
        {
            return await PersonTraceStore.WasPurged(tx, id) ? null : throw Problem.NotFound("person", id);
        }
        var persons = new Dictionary<long, Person> { [id] = person };
        for (var open = new Queue<long>([id]); open.TryDequeue(out var next);)
        {
            foreach (var victim in await MergedInto(tx, next))
            {
                if (persons.ContainsKey(victim) || await PersonStore.Find(tx, victim) is not { } other) continue;
                persons[victim] = other;
                open.Enqueue(victim);
            }
        }
        return new(persons.Values);
    }

    private static async Task<IEnumerable<long>> MergedInto(Tx tx, long id) =>
        (await EventStore.OfSubject(tx, "person", id, null, MostMerges)).SelectMany(line => line.Changes)
        .Where(change => change.Field == "merged_from").Select(change => change.New!.Value.GetInt64());

    private async Task Rows(Caller caller, IReadOnlyList<long> ids, CancellationToken ct)
    {
        await using var tx = await db.Write(caller.Workspace, ct);
        var locked = new List<long>();
        foreach (var id in ids)
        {
            if (await PersonStore.FindForUpdate(tx, id) is not null) locked.Add(id);
        }
        if (locked.Count == 0) return;

        var workspace = (await tx.Catalog()).Workspace.Uid;
        var files = await FileStore.FindMany(tx, await PersonTraceStore.OwnFiles(tx, locked));
        await Purging.Records(tx, caller, PurgeStore.Persons, locked);
        tx.WhenCommitted(() =>
        {
            foreach (var file in files.Where(file => file.IsLocal)) folder.Delete(workspace, file.ContentUid);
        });
        await tx.Commit();
    }
}
