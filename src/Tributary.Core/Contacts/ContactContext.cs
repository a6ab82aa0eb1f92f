using Tributary.Core.Catalog;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Labels;
using Tributary.Core.Storage;

namespace Tributary.Core.Contacts;

/// <summary>What the rules must know beside the patch; the verb looks it up.</summary>
internal sealed record ContactContext
{
    public required WorkspaceCatalog Catalog { get; init; }
    public required Caller Caller { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>Whether the organization that the patch names is there and visible to the caller.</summary>
    public bool OrgExists { get; init; } = true;

    /// <summary>The tags that the patch names, created where needed.</summary>
    public Seq<long> Tags { get; init; } = [];

    /// <summary>What was wrong with the custom values, to be named together with everything else.</summary>
    public Checks Checks { get; init; } = new();

    /// <summary>The custom values after the patch.</summary>
    public required CustomValues Custom { get; init; }

    public static async Task<ContactContext> For(Tx tx, Caller caller, PersonPatch patch, CustomValues current) =>
        await For(tx, caller, "person", patch.Tags, patch.Custom, current) with
        {
            OrgExists = patch.OrgId is not { IsSet: true, Value: { } org } || await OrganizationService.IsThere(tx, caller, org),
        };

    public static Task<ContactContext> For(Tx tx, Caller caller, OrganizationPatch patch, CustomValues current) =>
        For(tx, caller, "organization", patch.Tags, patch.Custom, current);

    private static async Task<ContactContext> For(Tx tx, Caller caller, string subject, Field<Seq<string>> tags, Field<CustomPatch> custom,
        CustomValues current)
    {
        var ids = tags.IsSet ? await TagStore.IdsOf(tx, tags.Value) : [];
        var checks = new Checks();
        return new()
        {
            Checks = checks,
            Catalog = await tx.Catalog(),
            Caller = caller,
            Now = tx.Now,
            Tags = ids,
            Custom = await CustomReading.After(tx, caller, subject, custom, current, checks),
        };
    }
}
