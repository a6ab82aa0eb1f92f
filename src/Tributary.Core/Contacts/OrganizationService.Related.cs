using Tributary.Core.Catalog;
using Tributary.Core.Kernel;

namespace Tributary.Core.Contacts;

public sealed partial class OrganizationService
{
    /// <summary>What hangs on the organizations that the caller sees, by id.</summary>
    public async Task<IReadOnlyDictionary<long, ContactCounts>> Counts(Caller caller, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        caller.MustRead("organizations");
        if (ids.Count == 0) return new Dictionary<long, ContactCounts>();
        await using var tx = await db.Read(caller.Workspace, ct);
        var visible = await Visible(tx, caller, await OrganizationStore.FindMany(tx, ids));
        return (await ContactCountStore.OfOrganizations(tx, [.. visible.Select(organization => organization.Id)]))
            .ToDictionary(counts => counts.Id);
    }

    /// <summary>How many persons are in each of the organizations, for those who read the names of them.</summary>
    public async Task<IReadOnlyDictionary<long, long>> People(Caller caller, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        ContactService.MustReadNames(caller, "organizations");
        if (ids.Count == 0) return new Dictionary<long, long>();
        await using var tx = await db.Read(caller.Workspace, ct);
        return await ContactCountStore.PersonsOf(tx, ids);
    }
}
