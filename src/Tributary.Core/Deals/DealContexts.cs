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
    public static async Task<DealContext> For(Tx tx, Caller caller, DealPatch patch, CustomValues current)
    {
        var tags = patch.Tags.IsSet ? await TagStore.IdsOf(tx, patch.Tags.Value) : [];
        var catalog = await tx.Catalog();
        var checks = new Checks();
        var custom = patch.Custom.IsSet ? await ReadCustom(tx, caller, "deal", patch.Custom.Value, catalog, checks) : null;
        return new()
        {
            Checks = checks,
            Catalog = catalog,
            Caller = caller,
            Now = tx.Now,
            Tags = tags,
            PersonExists = patch.PersonId is not { IsSet: true, Value: { } person } || await HasPerson(tx, caller, person),
            OrgExists = patch.OrgId is not { IsSet: true, Value: { } org } || await HasOrganization(tx, caller, org),
            Custom = custom is null ? current : current.With(custom.Values),
        };
    }

    /// <summary>The custom values in the spelling that is stored; those that are wrong, or name what is not there, are noted.</summary>
    internal static async Task<CustomPatch> ReadCustom(Tx tx, Caller caller, string subject, CustomPatch given, WorkspaceCatalog catalog, Checks checks)
    {
        var read = FieldValues.Read(checks, subject, given.Values, catalog);
        foreach (var reference in read.References)
        {
            var isThere = reference.Type switch
            {
                FieldType.User => catalog.User(reference.Id) is not null,
                FieldType.Org => await HasOrganization(tx, caller, reference.Id),
                _ => await HasPerson(tx, caller, reference.Id),
            };
            checks.Require(isThere, reference.Name, $"{reference.Name} names a record that is not there: {reference.Id}.");
        }
        return read.Patch;
    }

    internal static async Task<bool> HasPerson(Tx tx, Caller caller, long id) => await PersonService.Visible(tx, caller, await PersonStore.Find(tx, id)) is { IsDeleted: false };

    private static async Task<bool> HasOrganization(Tx tx, Caller caller, long id) =>
        await OrganizationService.Visible(tx, caller, await OrganizationStore.Find(tx, id)) is { IsDeleted: false };
}
