using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;

namespace Tributary.Core.Contacts;

public sealed partial class PersonService
{
    /// <summary>What hangs on the persons that the caller sees, by id.</summary>
    public async Task<IReadOnlyDictionary<long, ContactCounts>> Counts(Caller caller, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        caller.MustRead("persons");
        if (ids.Count == 0) return new Dictionary<long, ContactCounts>();
        await using var tx = await db.Read(caller.Workspace, ct);
        var visible = await Visible(tx, caller, await PersonStore.FindMany(tx, ids));
        return (await ContactCountStore.OfPersons(tx, [.. visible.Select(person => person.Id)])).ToDictionary(counts => counts.Id);
    }

    /// <summary>The deals of a person, their own and those they take part in.</summary>
    public async Task<Page<Deal>> Deals(Caller caller, long id, ListQuery query, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        if (await Visible(tx, caller, await PersonStore.Find(tx, id)) is null) throw Problem.NotFound("person", id);
        var theirs = Condition.AnyOf(Condition.Equal("person_id", id), Condition.Test("participant_id", Operator.Has, id));
        return await ListStore.Rows<Deal>(tx, caller, ListSources.Deals, DealStore.Columns, query.And(theirs), DealRow.Read);
    }

    /// <summary>Everyone on the buying side of a deal whom the caller sees, the deal's own person first.</summary>
    public async Task<IReadOnlyList<Person>> OfDeal(Caller caller, long dealId, CancellationToken ct)
    {
        ContactService.MustReadNames(caller, "persons");
        await using var tx = await db.Read(caller.Workspace, ct);
        if (await DealService.Visible(tx, caller, await DealStore.Find(tx, dealId)) is null) throw Problem.NotFound("deal", dealId);
        return await Visible(tx, caller, await PersonStore.OfDeal(tx, dealId));
    }
}
