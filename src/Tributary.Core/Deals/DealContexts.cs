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
        return new()
        {
            Checks = checks,
            Catalog = catalog,
            Caller = caller,
            Now = tx.Now,
            Tags = tags,
            PersonExists = patch.PersonId is not { IsSet: true, Value: { } person } || await PersonService.IsThere(tx, caller, person),
            OrgExists = patch.OrgId is not { IsSet: true, Value: { } org } || await OrganizationService.IsThere(tx, caller, org),
            Custom = await CustomReading.After(tx, caller, "deal", patch.Custom, current, checks),
        };
    }
}
