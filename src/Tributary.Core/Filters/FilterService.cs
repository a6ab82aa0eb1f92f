using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Filters;

/// <summary>The verbs of saved filters.</summary>
public sealed class FilterService(Db db)
{
    private static readonly TimeSpan UseIsNotedEvery = TimeSpan.FromHours(1);

    private static readonly IReadOnlyList<Tracked<SavedFilter>> Tracks =
    [
        new("subject", filter => filter.Subject),
        new("name", filter => filter.Name),
        new("condition", filter => ConditionJson.Write(filter.Condition)),
        new("view", filter => filter.View),
        new("owner_id", filter => filter.OwnerId),
        new("visible_to", filter => filter.VisibleTo),
    ];

    /// <summary>The filters the caller sees, oldest first, of one noun or of all; temporary ones are left out.</summary>
    public async Task<IReadOnlyList<SavedFilter>> List(Caller caller, string? subject, CancellationToken ct)
    {
        caller.MustRead("filters");
        await using var tx = await db.Read(caller.Workspace, ct);
        var catalog = await tx.CatalogFor(caller);
        var defaults = await Defaults(tx, caller);
        return
        [
            .. (await FilterStore.All(tx))
                .Where(filter => !filter.IsTemporary && (subject is null || filter.Subject == subject)
                    && FilterRules.Sees(caller, filter, catalog))
                .Select(filter => filter with { IsDefault = defaults.Contains(filter.Id) }),
        ];
    }

    public async Task<SavedFilter> Get(Caller caller, long id, CancellationToken ct)
    {
        caller.MustRead("filters");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Seen(tx, caller, id) with { IsDefault = (await Defaults(tx, caller)).Contains(id) };
    }

    /// <summary>Begins (or no longer begins) the caller's own lists of the filter's noun with it; nobody else's.</summary>
    public async Task<SavedFilter> MakeDefault(Caller caller, long id, bool isDefault, CancellationToken ct)
    {
        caller.MustWrite("filters");
        if (caller.UserId is not { } user) throw Problem.Forbidden("Only users have lists of their own.");
        await using var tx = await db.Write(caller.Workspace, ct);

        var filter = await Seen(tx, caller, id);
        if (isDefault) await FilterStore.PutDefault(tx, user, filter);
        else await FilterStore.RemoveDefault(tx, user, id);
        await tx.Commit();
        return filter with { IsDefault = isDefault };
    }

    /// <summary>The condition of a filter that a list of <paramref name="subject"/> is asked for, and a note that it was used.</summary>
    public async Task<Condition> Use(Caller caller, string subject, long id, CancellationToken ct)
    {
        SavedFilter filter;
        await using (var tx = await db.Read(caller.Workspace, ct))
        {
            filter = await Seen(tx, caller, id);
            if (filter.Subject != subject) throw Problem.NotFound("filter", id);
            if (filter.LastUsedAt is { } last && tx.Now - last < UseIsNotedEvery) return filter.Condition;
        }
        await using (var tx = await db.Write(caller.Workspace, ct))
        {
            await FilterStore.MarkUsed(tx, id);
            await tx.Commit();
        }
        return filter.Condition;
    }

    public async Task<SavedFilter> Create(Caller caller, NewFilter given, CancellationToken ct)
    {
        caller.MustWrite("filters");
        if (caller.UserId is not { } owner) throw Problem.Forbidden("A filter needs an owner.");
        await using var tx = await db.Write(caller.Workspace, ct);

        var filter = FilterRules.New(given, await tx.CatalogFor(caller), await tx.NextId("filter_ids"), tx.NextUid(), owner, tx.Now);
        if (await FilterStore.Count(tx) >= FilterRules.MaxFilters)
        {
            throw Problem.TooLarge($"A workspace has at most {FilterRules.MaxFilters} filters.");
        }

        await FilterStore.Insert(tx, filter);
        await Append(tx, caller, "created", null, filter);
        await tx.Commit();
        return filter;
    }

    public async Task<SavedFilter> Update(Caller caller, long id, FilterPatch patch, CancellationToken ct)
    {
        caller.MustWrite("filters");
        await using var tx = await db.Write(caller.Workspace, ct);

        var before = await Seen(tx, caller, id);
        FilterRules.MustOwn(caller, before);
        var after = FilterRules.Apply(before, patch, await tx.CatalogFor(caller), tx.Now);
        if (after == before) return before;

        await FilterStore.Update(tx, after);
        await Append(tx, caller, "updated", before, after);
        await tx.Commit();
        return after;
    }

    public async Task Delete(Caller caller, long id, long? expected, CancellationToken ct)
    {
        caller.MustWrite("filters");
        await using var tx = await db.Write(caller.Workspace, ct);

        var before = await Seen(tx, caller, id);
        FilterRules.MustOwn(caller, before);
        Problem.MustBeAt(expected, before.Version, "filter", id);

        await FilterStore.RemoveDefaults(tx, id);
        await FilterStore.Delete(tx, id);
        await Append(tx, caller, "deleted", before, null);
        await tx.Commit();
    }

    private static async Task<IReadOnlyList<long>> Defaults(Tx tx, Caller caller) =>
        caller.UserId is { } user ? await FilterStore.Defaults(tx, user) : [];

    private static async Task<SavedFilter> Seen(Tx tx, Caller caller, long id) =>
        await FilterStore.Find(tx, id) is { } filter && FilterRules.Sees(caller, filter, await tx.CatalogFor(caller))
        ? filter : throw Problem.NotFound("filter", id);

    private static Task Append(Tx tx, Caller caller, string action, SavedFilter? before, SavedFilter? after) =>
        EventStore.Append(tx, caller,
        new() { Subject = "filter", SubjectId = (after ?? before)!.Id, Action = action, Changes = Tracked.Between(Tracks, before, after) });
}
