using Tributary.Core.Kernel;
using Tributary.Core.Labels;

namespace Tributary.Core.Catalog;

/// <summary>What every kind of record asks of the users, labels and tags that a patch names. Pure.</summary>
internal static class CatalogChecks
{
    private const int MaxIds = TagStore.MaxPerRecord;

    /// <summary>Whoever is there already may stay, also after leaving the company.</summary>
    public static void User(this Checks checks, string field, Field<long?> id, long? current, WorkspaceCatalog catalog)
    {
        if (id is { IsSet: true, Value: { } known } && known != current)
        {
            checks.Require(catalog.User(known) is { IsActive: true }, field, $"No active user with id {known}.");
        }
    }

    /// <summary>A label that is there already may stay, also after it was deleted.</summary>
    public static void Labels(this Checks checks, Field<Seq<long>> ids, Seq<long> current, string subject, WorkspaceCatalog catalog) =>
        Known(checks, "label_ids", ids, id => current.Contains(id)
            || catalog.Label(id) is { DeletedAt: null } label && label.Subject == subject, $"{subject} label");

    public static void Tags(this Checks checks, Field<Seq<long>> ids, WorkspaceCatalog catalog) =>
        Known(checks, "tag_ids", ids, id => catalog.Tag(id) is not null, "tag");

    public static void VisibleTo(this Checks checks, Field<int> level) => checks.Require(level.Or(7) is 1 or 3 or 5 or 7, "visible_to",
        "visible_to is one of 1 (owner and followers), 3 (the owner's group), 5 (that group and those below), 7 (everyone).");

    private static void Known(Checks checks, string field, Field<Seq<long>> ids, Func<long, bool> isKnown, string noun)
    {
        if (!ids.IsSet) return;
        checks.Require(ids.Value.Count <= MaxIds, field, $"{field} holds at most {MaxIds} ids.");
        foreach (var id in ids.Value.Take(MaxIds)) checks.Require(isKnown(id), field, $"No {noun} with id {id}.");
    }
}
