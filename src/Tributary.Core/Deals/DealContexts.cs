using Tributary.Core.Catalog;
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
            PersonExists = patch.PersonId is not { IsSet: true, Value: { } person } || await Exists(tx, "persons", person),
            OrgExists = patch.OrgId is not { IsSet: true, Value: { } org } || await Exists(tx, "organizations", org),
            Custom = patch.Custom.IsSet ? current.With(patch.Custom.Value.Values) : current,
        };
    }

    internal static Task<bool> Exists(Tx tx, string table, long id) => tx.One<bool>($"""
        SELECT COUNT(*) > 0
        FROM {table}
        WHERE workspace_id = @Workspace AND id = @id AND deleted_at IS NULL
        """, new { tx.Workspace, id });
}
