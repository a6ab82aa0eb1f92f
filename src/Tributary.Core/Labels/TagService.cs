using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Labels;

/// <summary>The verbs of tags. Whoever writes a record may bring a new one; tidying them up is for managers and admins.</summary>
public sealed class TagService(Db db)
{
    /// <summary>Every tag, oldest first.</summary>
    public async Task<IReadOnlyList<Tag>> List(Caller caller, CancellationToken ct)
    {
        caller.MustRead("tags");
        await using var tx = await db.Read(caller.Workspace, ct);
        return (await tx.Catalog()).Tags;
    }

    public async Task<Tag> Get(Caller caller, long id, CancellationToken ct)
    {
        caller.MustRead("tags");
        await using var tx = await db.Read(caller.Workspace, ct);
        return (await tx.Catalog()).Tag(id) ?? throw Problem.NotFound("tag", id);
    }

    /// <summary>The tag of that name, made when there is none.</summary>
    public async Task<Tag> Create(Caller caller, string name, CancellationToken ct)
    {
        caller.MustWrite("tags");
        await using var tx = await db.Write(caller.Workspace, ct);

        var known = await tx.Catalog();
        var id = (await TagStore.IdsOf(tx, [name]))[0];
        var tag = (await tx.Catalog()).Tag(id)!;
        if (known.Tag(id) is null) await EventStore.Append(tx, caller, LabelHistory.Between(null, tag));
        await tx.Commit();
        return tag;
    }

    /// <summary>A name that another tag has is refused: that would be a merge.</summary>
    public async Task<Tag> Rename(Caller caller, long id, string name, CancellationToken ct)
    {
        caller.MustManage("tags");
        await using var tx = await db.Write(caller.Workspace, ct);

        var before = (await tx.Catalog()).Tag(id) ?? throw Problem.NotFound("tag", id);
        var checks = new Checks();
        var after = before with { Name = checks.Text("name", name, TagStore.MaxName) };
        checks.Done();
        if (after == before) return before;
        if ((await tx.Catalog()).Tag(after.Name) is not null)
        {
            throw Problem.Conflict(new FieldError("name", $"There is already a tag named {after.Name}. Merge the two instead."));
        }

        await TagStore.Rename(tx, after);
        await tx.CatalogHasChanged();
        await EventStore.Append(tx, caller, LabelHistory.Between(before, after));
        await tx.Commit();
        return after;
    }

    /// <summary>Records that carried the one carry <paramref name="intoId"/> then, and the one is gone.</summary>
    public Task Merge(Caller caller, long id, long intoId, CancellationToken ct) => Remove(caller, id, intoId, ct);

    /// <summary>Takes the tag off every record that carries it, and away.</summary>
    public Task Delete(Caller caller, long id, CancellationToken ct) => Remove(caller, id, null, ct);

    private async Task Remove(Caller caller, long id, long? by, CancellationToken ct)
    {
        caller.MustManage("tags");
        await using var tx = await db.Write(caller.Workspace, ct);

        var catalog = await tx.Catalog();
        var gone = catalog.Tag(id) ?? throw Problem.NotFound("tag", id);
        if (by is { } heir && (heir == id || catalog.Tag(heir) is null))
        {
            throw Problem.Invalid("into", "into must be the id of another tag.");
        }

        await MarkedRecords.ReplaceTag(tx, caller, id, by);
        await TagStore.Delete(tx, id);
        await tx.CatalogHasChanged();
        await EventStore.Append(tx, caller, LabelHistory.Between(gone, null) with { Action = by is null ? "deleted" : "merged" });
        await tx.Commit();
    }
}
