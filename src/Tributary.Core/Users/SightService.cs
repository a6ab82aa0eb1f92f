using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Core.Products;
using Tributary.Core.Storage;

namespace Tributary.Core.Users;

/// <summary>A record, and why a user sees it.</summary>
public sealed record SeenRecord(long Id, string Name, long? OwnerId, int VisibleTo, SightReason Why);

/// <summary>What a user sees of one kind of record: how many of how many, and some of them.</summary>
public sealed record SeenByUser(long Visible, long All, Page<SeenRecord> Page);

/// <summary>Shows admins what somebody else sees. That they looked stands in the log.</summary>
public sealed class SightService(Db db)
{
    public static readonly IReadOnlyList<string> Subjects = ["deal", "person", "organization", "product"];

    /// <summary>The records that the user sees, by id; deleted ones are left out, archived ones are not.</summary>
    public async Task<SeenByUser> List(Caller caller, long userId, string subject, int limit, string? cursor, CancellationToken ct)
    {
        caller.MustAdminister("users");
        await using var tx = await db.Write(caller.Workspace, ct);
        var (user, source) = (await Seeing(tx, userId), ListSources.Of(subject));
        var page = await ListStore.Ids(tx, user, source,
            new() { Scope = Scope.Kept, Limit = limit, Cursor = cursor, WantTotal = true, Sort = [new("id")] });
        var all = await ListStore.Count(tx, caller, source, new() { Scope = Scope.Kept });
        var records = (await Load(tx, user, subject, page.Items)).ToDictionary(record => record.Id);
        if (cursor is null) await Record(tx, caller, userId, subject);
        await tx.Commit();
        return new(page.Total ?? 0, all, new([.. page.Items.Select(id => records[id])], page.NextCursor, page.HasMore, page.Total));
    }

    /// <summary>Why the user sees a record, or that they do not.</summary>
    public async Task<SeenRecord> Get(Caller caller, long userId, string subject, long id, CancellationToken ct)
    {
        caller.MustAdminister("users");
        await using var tx = await db.Write(caller.Workspace, ct);
        var user = await Seeing(tx, userId);
        var record = (await Load(tx, user, subject, [id])).FirstOrDefault() ?? throw Problem.NotFound(subject, id);
        await Record(tx, caller, userId, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{subject} {id}"));
        await tx.Commit();
        return record;
    }

    private static async Task<Caller> Seeing(Tx tx, long userId)
    {
        var catalog = await tx.Catalog();
        if (catalog.User(userId) is null) throw Problem.NotFound("user", userId);
        return CallerRules.Of(catalog, userId, "native", ["*"]) ?? throw Problem.Conflict("A deactivated user sees nothing.", "user");
    }

    private static async Task<IEnumerable<SeenRecord>> Load(Tx tx, Caller user, string subject, IReadOnlyList<long> ids)
    {
        var catalog = await tx.Catalog();
        if (ids.Count == 0) return [];
        var followed = subject == "deal" && user is { IsAdmin: false, UserId: { } id } ? (await DealStore.Followed(tx, ids, id)).ToHashSet()
            : [];
        return subject switch
        {
            "deal" => (await DealStore.FindMany(tx, ids)).Select(deal => Seen(deal.Id, deal.Title, deal.OwnerId, deal.VisibleTo)),
            "person" => (await PersonStore.FindMany(tx, ids))
                .Select(person => Seen(person.Id, person.Name, person.OwnerId, person.VisibleTo)),
            "organization" => (await OrganizationStore.FindMany(tx, ids))
                .Select(organization => Seen(organization.Id, organization.Name, organization.OwnerId, organization.VisibleTo)),
            "product" => (await ProductStore.FindMany(tx, ids))
                .Select(product => Seen(product.Id, product.Name, product.OwnerId, product.VisibleTo)),
            _ => throw Problem.Invalid("noun", "noun must be deals, persons, organizations or products."),
        };

        SeenRecord Seen(long recordId, string name, long? ownerId, int visibleTo) =>
            new(recordId, name, ownerId, visibleTo, SightRules.Of(user, ownerId, visibleTo, followed.Contains(recordId), catalog));
    }

    private static Task Record(Tx tx, Caller caller, long userId, string what) =>
        EventStore.Append(tx, caller, new() { Subject = "user", SubjectId = userId, Action = "previewed", Note = what });
}
