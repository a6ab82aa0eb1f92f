using Tributary.Core.Kernel;

namespace Tributary.Core.Contacts;

public sealed partial class OrganizationService
{
    /// <summary>
    /// Makes two organizations one: <paramref name="id"/> goes, <paramref name="survivorId"/> stays and takes over its deals, persons,
    /// leads, activities, notes and files. Answers the survivor.
    /// </summary>
    public async Task<Organization> Merge(Caller caller, long id, long survivorId, CancellationToken ct)
    {
        caller.MustWrite("organizations");
        ContactMergePair.MustDiffer(id, survivorId);
        await using var tx = await db.Write(caller.Workspace, ct);
        var (victim, survivor) = await ContactMergePair.Locked(id, survivorId, async one =>
            await Visible(tx, caller, await OrganizationStore.FindForUpdate(tx, one)) is { IsDeleted: false } organization
                ? organization : throw Problem.NotFound("organization", one));

        var merged = ContactMergeRules.Merge(survivor, victim, caller, tx.Now);
        var gone = victim with
        {
            DeletedAt = tx.Now,
            DeletedBy = caller.UserId,
            UpdatedAt = tx.Now,
            UpdatedBy = caller.UserId,
            Version = victim.Version + 1,
        };
        await ContactMergeStore.Organizations(tx, caller, id, survivorId);
        await ContactSaving.Change(tx, caller, victim, gone, OrganizationHistory.MergedInto(victim, gone, survivorId));
        await ContactSaving.Change(tx, caller, survivor, merged, OrganizationHistory.MergedFrom(survivor, merged, id));
        await tx.Commit();
        return merged;
    }
}
