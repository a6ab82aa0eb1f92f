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
        var catalog = await tx.Catalog();
        var visible = (await OrganizationStore.FindMany(tx, ids)).Where(organization => Sees(caller, organization, catalog)).Select(organization => organization.Id).ToArray();
        return (await ContactCountStore.OfOrganizations(tx, visible)).ToDictionary(counts => counts.Id);
    }
}
