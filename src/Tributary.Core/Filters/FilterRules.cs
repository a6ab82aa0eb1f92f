using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;

namespace Tributary.Core.Filters;

/// <summary>Which saved filters there may be, and who sees and changes them. Pure.</summary>
internal static class FilterRules
{
    public const int MaxFilters = 1000;
    private const int MaxView = 16 * 1024;

    public static SavedFilter New(NewFilter given, WorkspaceCatalog catalog, long id, Guid uid, long owner, DateTimeOffset now) =>
        Checked(new()
        {
            Id = id,
            Uid = uid,
            Subject = given.Subject,
            Name = given.Name,
            Condition = given.Condition,
            View = given.View,
            OwnerId = owner,
            VisibleTo = given.VisibleTo,
            IsTemporary = given.IsTemporary,
            AddedAt = now,
            UpdatedAt = now,
            Version = 1,
        }, catalog, now);

    public static SavedFilter Apply(SavedFilter before, FilterPatch patch, WorkspaceCatalog catalog, DateTimeOffset now)
    {
        Problem.MustBeAt(patch.ExpectedVersion, before.Version, "filter", before.Id);
        var after = Checked(before with
        {
            Name = patch.Name.Or(before.Name),
            Condition = patch.Condition.Or(before.Condition),
            View = patch.View.Or(before.View),
            VisibleTo = patch.VisibleTo.Or(before.VisibleTo),
        }, catalog, now);
        return after == before ? before : after with { UpdatedAt = now, Version = before.Version + 1 };
    }

    /// <param name="caller">Who asks.</param>
    /// <param name="filter">For what.</param>
    /// <param name="catalog">As the caller sees it: a filter that names a field which they do not see is not there for them either.</param>
    public static bool Sees(Caller caller, SavedFilter filter, WorkspaceCatalog catalog) =>
        !(catalog.Hidden.Count > 0 && catalog.HidesOneIn(Told(filter)))
        && (filter.VisibleTo == 7 || filter.OwnerId == caller.UserId
            || filter.VisibleTo == 3 && (caller.IsAdmin || catalog.User(filter.OwnerId)?.GroupId is { } group && group == caller.GroupId));

    /// <summary>What the filter says, to look for names of fields in.</summary>
    public static string Told(SavedFilter filter) => ConditionJson.Write(filter.Condition) + filter.View;

    public static void MustOwn(Caller caller, SavedFilter filter)
    {
        if (filter.OwnerId != caller.UserId && !caller.IsAdmin) throw Problem.Forbidden("Only its owner and admins may change a filter.");
    }

    private static SavedFilter Checked(SavedFilter filter, WorkspaceCatalog catalog, DateTimeOffset now)
    {
        var checks = new Checks();
        var name = checks.Text("name", filter.Name, 255);
        checks.Require(filter.VisibleTo is 1 or 3 or 7, "visible_to",
            "visible_to must be 1 (owner), 3 (the owner's group) or 7 (everyone).");
        checks.Require(filter.View is null || JsonText.IsObject(filter.View, MaxView), "view",
            $"view must be a JSON object of at most {MaxView / 1024} KiB.");
        checks.Done();
        Binding.Bind(ListSources.Of(filter.Subject), filter.Condition, catalog, now);
        return filter with { Name = name };
    }
}
