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

    /// <summary>The custom values after the patch, already validated.</summary>
    public required CustomValues Custom { get; init; }

    public static async Task<ContactContext> For(Tx tx, Caller caller, PersonPatch patch, CustomValues current) =>
        await For(tx, caller, patch.Tags, patch.Custom, current) with
        {
            OrgExists = patch.OrgId is not { IsSet: true, Value: { } org } || await OrganizationService.Visible(tx, caller, await OrganizationStore.Find(tx, org)) is { IsDeleted: false },
        };

    public static Task<ContactContext> For(Tx tx, Caller caller, OrganizationPatch patch, CustomValues current) => For(tx, caller, patch.Tags, patch.Custom, current);

    private static async Task<ContactContext> For(Tx tx, Caller caller, Field<Seq<string>> tags, Field<CustomPatch> custom, CustomValues current)
    {
        var ids = tags.IsSet ? await TagStore.IdsOf(tx, tags.Value) : [];
        return new()
        {
            Catalog = await tx.Catalog(),
            Caller = caller,
            Now = tx.Now,
            Tags = ids,
            Custom = custom.IsSet ? current.With(custom.Value.Values) : current,
        };
    }
}
