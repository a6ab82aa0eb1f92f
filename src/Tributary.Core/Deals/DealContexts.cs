using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Labels;
using Tributary.Core.Storage;

namespace Tributary.Core.Deals;

/// <summary>Looks up what the rules must know about the records a patch names.</summary>
internal static class DealContexts
{
    public static async Task<DealContext> For(Tx tx, Caller caller, DealPatch patch, Deal? before)
    {
        var current = before?.Custom ?? CustomValues.None;
        var tags = patch.Tags.IsSet ? await TagStore.IdsOf(tx, patch.Tags.Value) : [];
        var catalog = await tx.Catalog();
        var checks = new Checks();
        var contacts = patch.ContactIds.IsSet && before is not null ? await DealPeopleStore.Contacts(tx, [before.Id]) : [];
        Seq<long> participants = [.. contacts.Select(contact => contact.PersonId)];
        return new()
        {
            Checks = checks,
            Catalog = catalog,
            Caller = caller,
            Now = tx.Now,
            Tags = tags,
            // Who is named already may have been deleted since: naming them again changes nothing.
            PersonExists = patch.PersonId is not { IsSet: true, Value: { } person } || person == before?.PersonId
                || await PersonService.IsThere(tx, caller, person),
            OrgExists = patch.OrgId is not { IsSet: true, Value: { } org } || org == before?.OrgId
                || await OrganizationService.IsThere(tx, caller, org),
            Contacts = participants,
            MissingContacts = patch.ContactIds.IsSet ? await Missing(tx, caller, patch.ContactIds.Value.Except(participants)) : [],
            Custom = await CustomReading.After(tx, caller, "deal", patch.Custom, current, checks),
        };
    }

    private static async Task<Seq<long>> Missing(Tx tx, Caller caller, IEnumerable<long> personIds)
    {
        var ids = personIds.Take(DealRules.MaxItems).ToList();
        if (ids.Count == 0) return [];
        var there = (await PersonService.Visible(tx, caller, await PersonStore.FindMany(tx, ids))).Where(person => !person.IsDeleted)
            .Select(person => person.Id);
        return [.. ids.Except(there)];
    }
}
