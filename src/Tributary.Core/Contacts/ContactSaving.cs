using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Contacts;

/// <summary>
/// The only way a person or organization reaches the database: the row, the searchable text and the line of the log, or none of them.
/// </summary>
internal static class ContactSaving
{
    public static async Task<Organization> Create(Tx tx, Caller caller, Organization organization, OrganizationPatch patch)
    {
        var created = organization with { Id = await NewId(tx, patch.Id), Uid = patch.Uid.IsSet ? patch.Uid.Value : tx.NextUid() };
        await OrganizationStore.Insert(tx, created);
        await ContactText.Put(tx, null, created);
        await EventStore.Append(tx, caller, OrganizationHistory.Created(created));
        return created;
    }

    public static async Task<Person> Create(Tx tx, Caller caller, Person person, PersonPatch patch)
    {
        var created = person with { Id = await NewId(tx, patch.Id), Uid = patch.Uid.IsSet ? patch.Uid.Value : tx.NextUid() };
        await PersonStore.Insert(tx, created);
        await ContactText.Put(tx, null, created);
        await EventStore.Append(tx, caller, PersonHistory.Created(created));
        return created;
    }

    /// <summary>Stores a change that rules have made. <paramref name="after"/> already carries the next version.</summary>
    public static async Task<Organization> Change(Tx tx, Caller caller, Organization before, Organization after, LogEntry? entry = null)
    {
        await OrganizationStore.Update(tx, after);
        await ContactText.Put(tx, before, after);
        await EventStore.Append(tx, caller, entry ?? OrganizationHistory.Changed(before, after));
        return after;
    }

    public static async Task<Person> Change(Tx tx, Caller caller, Person before, Person after, LogEntry? entry = null)
    {
        await PersonStore.Update(tx, after);
        await ContactText.Put(tx, before, after);
        await EventStore.Append(tx, caller, entry ?? PersonHistory.Changed(before, after));
        return after;
    }

    /// <summary>One id space for both kinds: an id that either has is taken.</summary>
    private static async Task<long> NewId(Tx tx, Field<long> stated)
    {
        if (!stated.IsSet) return await tx.NextId("contact_ids");
        if (stated.Value is <= 0 or > 9_007_199_254_740_991)
        {
            throw Problem.Invalid("id", "id must be a whole number from 1 to 9007199254740991.");
        }
        if (await ContactStore.KindOf(tx, stated.Value) is { } kind)
        {
            throw Problem.Conflict(new FieldError("id", $"Another {kind} of this workspace has the id {stated.Value}."));
        }
        await tx.NeverGiveOut("contact_ids", stated.Value);
        return stated.Value;
    }
}
