using Tributary.Core.Kernel;

namespace Tributary.Core.Contacts;

public sealed partial class PersonService
{
    /// <summary>
    /// Makes two persons one: <paramref name="id"/> goes, <paramref name="survivorId"/> stays and takes over its deals, parts in
    /// deals, leads, activities, notes and files. Answers the survivor.
    /// </summary>
    public async Task<Person> Merge(Caller caller, long id, long survivorId, CancellationToken ct)
    {
        caller.MustWrite("persons");
        ContactMergePair.MustDiffer(id, survivorId);
        await using var tx = await db.Write(caller.Workspace, ct);
        var (victim, survivor) = await ContactMergePair.Locked(id, survivorId, async one =>
            await Visible(tx, caller, await PersonStore.FindForUpdate(tx, one)) is { IsDeleted: false } person
                ? person : throw Problem.NotFound("person", one));

        var merged = ContactMergeRules.Merge(survivor, victim, caller, tx.Now);
        var gone = victim with
        {
            DeletedAt = tx.Now,
            DeletedBy = caller.UserId,
            UpdatedAt = tx.Now,
            UpdatedBy = caller.UserId,
            Version = victim.Version + 1,
        };
        await ContactMergeStore.Persons(tx, caller, id, survivorId);
        await ContactSaving.Change(tx, caller, victim, gone, PersonHistory.MergedInto(victim, gone, survivorId));
        await ContactSaving.Change(tx, caller, survivor, merged, PersonHistory.MergedFrom(survivor, merged, id));
        await tx.Commit();
        return merged;
    }
}
