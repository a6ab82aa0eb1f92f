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
        return new()
        {
            Catalog = catalog,
            Caller = caller,
            Now = tx.Now,
            Tags = tags,
            PersonExists = patch.PersonId is not { IsSet: true, Value: { } person } || await HasPerson(tx, caller, person),
            OrgExists = patch.OrgId is not { IsSet: true, Value: { } org } || await OrganizationService.Visible(tx, caller, await OrganizationStore.Find(tx, org)) is { IsDeleted: false },
            Custom = patch.Custom.IsSet ? current.With(patch.Custom.Value.Values) : current,
        };
    }

    internal static async Task<bool> HasPerson(Tx tx, Caller caller, long id) => await PersonService.Visible(tx, caller, await PersonStore.Find(tx, id)) is { IsDeleted: false };
}
