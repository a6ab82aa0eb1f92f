using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Followers;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Search;
using Tributary.Core.Storage;

namespace Tributary.Core.Jobs;

/// <summary>
/// How records other than deals go for good, with what hangs on them alone. One line of the log says that each was there.
/// </summary>
internal static class Purging
{
    public static async Task Records(Tx tx, Caller caller, PurgeNoun noun, IReadOnlyList<long> ids)
    {
        await LeaveDeals(tx, caller, noun, ids);
        await PurgeStore.LetGo(tx, noun, ids);
        await PurgeStore.Delete(tx, noun, ids);
        await FollowerStore.Forget(tx, noun.Subject, ids);
        foreach (var id in ids)
        {
            await SearchTexts.Forget(tx, noun.Subject, id);
            await FieldValueStore.Forget(tx, noun.Subject, id);
            await EventStore.Append(tx, caller, new() { Subject = noun.Subject, SubjectId = id, Action = "purged" });
        }
    }

    /// <summary>Deals lose a person or an organization by a change like any other, so that their history says so.</summary>
    private static async Task LeaveDeals(Tx tx, Caller caller, PurgeNoun noun, IReadOnlyList<long> ids)
    {
        foreach (var dealId in await PurgeStore.DealsOf(tx, noun, ids))
        {
            if (await DealStore.FindForUpdate(tx, dealId) is not { } deal) continue;
            var (after, left) = noun.Subject == "person" ? await DealSaving.WithoutPeople(tx, deal, ids) : (deal with { OrgId = null }, []);
            if (after != deal) await DealSaving.Change(tx, caller, deal, DealRules.Stamped(after, caller, tx.Now), more: left);
            else if (left.Count > 0) await EventStore.Append(tx, caller, DealHistory.People(dealId, left));
            await DealSaving.Touch(tx, dealId);
        }
    }
}
