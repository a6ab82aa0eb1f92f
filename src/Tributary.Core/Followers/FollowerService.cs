using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Keys;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Followers;

/// <summary>
/// Who follows persons, organizations and products, and who may see them and leads. Each change is one line of the record's log;
/// the record's version stays. Deals have the same in <see cref="DealService"/>.
/// </summary>
public sealed class FollowerService(Db db)
{
    /// <summary>The followers of a record that is there for the caller, oldest first.</summary>
    /// <param name="subject">"person", "organization" or "product".</param>
    public async Task<IReadOnlyList<RecordFollower>> Followers(Caller caller, string subject, long id, CancellationToken ct)
    {
        caller.MustRead(subject + "s");
        await using var tx = await db.Read(caller.Workspace, ct);
        await Seen(tx, caller, subject, id);
        return await FollowerStore.Of(tx, subject, [id]);
    }

    /// <summary>The followers of many records in one statement; those that are not there for the caller have none.</summary>
    public async Task<ILookup<long, RecordFollower>> Followers(Caller caller, string subject, IReadOnlyCollection<long> ids,
        CancellationToken ct)
    {
        caller.MustRead(subject + "s");
        await using var tx = await db.Read(caller.Workspace, ct);
        var query = new ListQuery
        {
            Condition = Condition.Test("id", Operator.In, [.. ids.Select(id => (Operand)id)]),
            Scope = Scope.Kept,
            Limit = ListQuery.MaxLimit,
        };
        var seen = await ListStore.Ids(tx, caller, ListSources.Of(subject), query);
        return (await FollowerStore.Of(tx, subject, seen.Items)).ToLookup(follower => follower.SubjectId);
    }

    /// <summary>Following twice is following once.</summary>
    public async Task<RecordFollower> Follow(Caller caller, string subject, long id, long userId, CancellationToken ct)
    {
        caller.MustWrite(subject + "s");
        await using var tx = await db.Write(caller.Workspace, ct);
        await Seen(tx, caller, subject, id);
        if ((await tx.Catalog()).User(userId) is not { IsActive: true })
        {
            throw Problem.Invalid("user_id", $"No active user with id {userId}.");
        }
        await Record(tx, caller, subject, id, await FollowerStore.Add(tx, caller, subject, id, userId));
        var follower = (await FollowerStore.Of(tx, subject, [id])).First(one => one.UserId == userId);
        await tx.Commit();
        return follower;
    }

    public async Task Unfollow(Caller caller, string subject, long id, long userId, CancellationToken ct)
    {
        caller.MustWrite(subject + "s");
        await using var tx = await db.Write(caller.Workspace, ct);
        await Seen(tx, caller, subject, id);
        var changes = await FollowerStore.Remove(tx, subject, id, userId);
        if (changes.Count == 0) throw Problem.NotFound("follower", userId);
        await Record(tx, caller, subject, id, changes);
        await tx.Commit();
    }

    /// <summary>Who began and ceased to follow, newest first.</summary>
    public async Task<Page<DealPeopleChange>> Changelog(Caller caller, string subject, long id, string? cursor, int limit,
        CancellationToken ct)
    {
        caller.MustRead(subject + "s");
        await using var tx = await db.Read(caller.Workspace, ct);
        await Seen(tx, caller, subject, id);
        var page = await ChangePages.OfRecord(tx, caller, subject, id, "follower", cursor, limit, change => change.Field == "follower");
        return page.Select(one => new DealPeopleChange(one.Change.New is not null, (one.Change.New ?? one.Change.Old)!.Value.GetInt64(),
            one.Event.ActorId, one.Event.At));
    }

    /// <summary>The users who see the record, by id (Pipedrive's "permitted users"); leads too, which have no followers.</summary>
    public async Task<IReadOnlyList<long>> PermittedUsers(Caller caller, string subject, long id, CancellationToken ct)
    {
        caller.MustRead(subject + "s");
        await using var tx = await db.Read(caller.Workspace, ct);
        var record = await Seen(tx, caller, subject, id);
        var followers = (await FollowerStore.Of(tx, subject, [id])).Select(follower => follower.UserId).ToHashSet();
        var catalog = await tx.Catalog();
        return [.. catalog.Users.Select(user => user.Id)
            .Where(user => CallerRules.Of(catalog, user, caller.Dialect, caller.Scopes) is { } other
            && (DealVisibility.SeesByOwner(other, record.OwnerId, record.VisibleTo, catalog) || followers.Contains(user)))];
    }

    private static async Task Record(Tx tx, Caller caller, string subject, long id, Seq<Change> changes)
    {
        if (changes.Count > 0)
        {
            await EventStore.Append(tx, caller, new() { Subject = subject, SubjectId = id, Action = "updated", Changes = [.. changes] });
        }
    }

    private static async Task<Guard> Seen(Tx tx, Caller caller, string subject, long id)
    {
        var query = new ListQuery { Condition = Condition.Equal("id", id), Scope = Scope.Kept, Limit = 1 };
        var found = await ListStore.Rows<Guard>(tx, caller, ListSources.Of(subject), "owner_id, visible_to", query);
        return found.Items.Count == 1 ? found.Items[0] : throw Problem.NotFound(subject, id);
    }

    private sealed record Guard
    {
        public long? OwnerId { get; init; }
        public int VisibleTo { get; init; }
    }
}
