using Tributary.Core.Kernel;

namespace Tributary.Core.Deals;

public sealed partial class DealService
{
    /// <summary>
    /// A new open deal with the same fields, products, discounts and contacts. Activities, notes, files, mail, installments and
    /// history belong to the first sale and stay with it (docs/decisions/0020-duplicating-a-deal.md).
    /// </summary>
    public async Task<Deal> Duplicate(Caller caller, long id, CancellationToken ct)
    {
        caller.MustWrite("deals");
        await using var tx = await db.Write(caller.Workspace, ct);
        var original = await Visible(tx, caller, await DealStore.FindForUpdate(tx, id)) is { IsDeleted: false } found ? found
            : throw Problem.NotFound("deal", id);
        var context = await DealContexts.For(tx, caller, new(), original);

        var copy = await DealSaving.Create(tx, caller, DealRules.Copy(original, context), new());
        await DealBelongings.Copy(tx, caller, id, copy.Id);
        foreach (var contact in await DealPeopleStore.Contacts(tx, [id]))
        {
            // The deal's own person took part with its creation; here they only get their role back.
            if (contact.PersonId != copy.PersonId) await DealPeopleStore.AddContact(tx, caller, copy.Id, contact.PersonId, contact.Role);
            else if (contact.Role is not null)
                await DealPeopleStore.SetRole(tx, contact with { DealId = copy.Id, Role = null }, contact.Role);
        }
        await DealSaving.Touch(tx, copy.Id);
        var after = await DealStore.Find(tx, copy.Id);
        await tx.Commit();
        return after!;
    }
}
