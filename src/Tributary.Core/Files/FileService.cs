using Tributary.Core.Activities;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Files;

/// <summary>A file and its bytes; whoever opens it disposes the stream. To be served as an attachment, never inline.</summary>
public sealed record OpenFile(StoredFile File, Stream Content);

/// <summary>
/// The verbs of files. Bytes are written before the row that names them and removed after it, so a crash leaves an orphan at worst.
/// </summary>
public sealed class FileService(Db db, FileFolder folder)
{
    /// <summary>
    /// What is known of a file, without its bytes. Deleted ones included for as long as they can be restored; one that the caller does
    /// not see is not found.
    /// </summary>
    public async Task<StoredFile> Get(Caller caller, long id, CancellationToken ct)
    {
        caller.MustRead("files");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await FileStore.Find(tx, id)) ?? throw Problem.NotFound("file", id);
    }

    /// <summary>The same by its uid.</summary>
    public async Task<StoredFile> Get(Caller caller, Guid uid, CancellationToken ct)
    {
        caller.MustRead("files");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await FileStore.Find(tx, uid)) ?? throw Problem.NotFound("file", uid);
    }

    /// <summary>Those of the ids that are there for the caller, by id; deleted ones included.</summary>
    public async Task<IReadOnlyList<StoredFile>> FindMany(Caller caller, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        caller.MustRead("files");
        if (ids.Count == 0) return [];
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Sight.Visible(tx, caller, await FileStore.FindMany(tx, ids), file => file.Anchors);
    }

    /// <summary>One page of those that match and that hang on something the caller sees.</summary>
    public async Task<Page<StoredFile>> List(Caller caller, ListQuery query, CancellationToken ct)
    {
        caller.MustRead("files");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await ListStore.Rows<StoredFile>(tx, caller, ListSources.Files, FileStore.Columns, query);
    }

    /// <summary>The bytes of a file that is kept here.</summary>
    public async Task<OpenFile> Open(Caller caller, long id, CancellationToken ct)
    {
        caller.MustRead("files");
        await using var tx = await db.Read(caller.Workspace, ct);
        var file = await Visible(tx, caller, await FileStore.Find(tx, id));
        if (file is null or { IsDeleted: true }) throw Problem.NotFound("file", id);
        if (!file.IsLocal) throw Problem.Conflict("This file is kept in the client's own storage and cannot be downloaded here.", "file");

        var content = folder.Open((await tx.Catalog()).Workspace.Uid, file.ContentUid);
        return new(file, content ?? throw new ProblemException(new(ProblemCode.Gone, "The content of this file is gone.", [], "file")));
    }

    /// <summary>Keeps the bytes and what the patch says about them. The stream is read once, outside of any unit of work.</summary>
    public async Task<StoredFile> Upload(Caller caller, FilePatch patch, Stream content, CancellationToken ct)
    {
        caller.MustWrite("files");
        var (workspace, uid) = await Announce(caller, patch with { StorageKey = default }, ct);
        var written = await folder.Write(workspace, uid, content, ct);
        try
        {
            await using var tx = await db.Write(caller.Workspace, ct);
            var created = await Create(tx, caller, patch with { StorageKey = default }, file => file with
            {
                ContentType = ContentTypes.Of(file.Name, written.Head),
                SizeBytes = written.Size,
                Sha256 = written.Sha256,
                StorageKey = FileFolder.KeyOf(uid),
            });
            await tx.Commit();
            return created;
        }
        catch (ProblemException)
        {
            folder.Delete(workspace, uid);
            throw;
        }
    }

    /// <summary>Notes a file that the client keeps elsewhere; its key is never opened.</summary>
    public async Task<StoredFile> Link(Caller caller, FilePatch patch, CancellationToken ct)
    {
        caller.MustWrite("files");
        if (!patch.StorageKey.IsSet) throw Problem.Invalid("storage_key", "storage_key says where the client keeps the file.");
        await using var tx = await db.Write(caller.Workspace, ct);
        var created = await Create(tx, caller, patch, file => file with { ContentType = ContentTypes.Unknown });
        await tx.Commit();
        return created;
    }

    /// <summary>Changes what the patch names. Nothing is written, and no event appended, when nothing would change.</summary>
    public async Task<StoredFile> Update(Caller caller, long id, FilePatch patch, CancellationToken ct)
    {
        caller.MustWrite("files");
        await using var tx = await db.Write(caller.Workspace, ct);
        var before = await Visible(tx, caller, await FileStore.FindForUpdate(tx, id)) ?? throw Problem.NotFound("file", id);

        var after = FileRules.Apply(before, patch, await Context(tx, caller, patch));
        if (ReferenceEquals(after, before)) return before;

        await FileStore.Update(tx, after);
        await EventStore.Append(tx, caller, FileHistory.Changed(before, after));
        await DealSaving.Touch(tx, before.DealId, after.DealId);
        await tx.Commit();
        return after;
    }

    /// <summary>The bytes stay until the file is purged, so that it can be restored.</summary>
    public Task<StoredFile> Delete(Caller caller, long id, CancellationToken ct) => Update(caller, id, new() { Deleted = true }, ct);

    /// <summary>Takes it out of the bin, unless it was purged; what is not in the bin stays as it is.</summary>
    public Task<StoredFile> Restore(Caller caller, long id, CancellationToken ct) => Update(caller, id, new() { Deleted = false }, ct);

    /// <summary>Takes a file away for good, its bytes included.</summary>
    public async Task Purge(Caller caller, long id, CancellationToken ct)
    {
        caller.MustWrite("files");
        await using var tx = await db.Write(caller.Workspace, ct);
        var file = await Visible(tx, caller, await FileStore.FindForUpdate(tx, id)) ?? throw Problem.NotFound("file", id);
        var workspace = (await tx.Catalog()).Workspace.Uid;

        await FileStore.Delete(tx, id);
        await EventStore.Append(tx, caller, FileHistory.Purged(file));
        await DealSaving.Touch(tx, file.DealId, null);
        if (file.IsLocal) tx.WhenCommitted(() => folder.Delete(workspace, file.ContentUid));
        await tx.Commit();
    }

    // What can be refused without the bytes is refused before they are read.
    private async Task<(Guid Workspace, Guid Uid)> Announce(Caller caller, FilePatch patch, CancellationToken ct)
    {
        await using var tx = await db.Read(caller.Workspace, ct);
        FileRules.Create(patch, await Context(tx, caller, patch));
        return ((await tx.Catalog()).Workspace.Uid, tx.NextUid());
    }

    private static async Task<StoredFile> Create(Tx tx, Caller caller, FilePatch patch, Func<StoredFile, StoredFile> complete)
    {
        var created = complete(FileRules.Create(patch, await Context(tx, caller, patch)) with
        {
            Id = await tx.IdOf("file_ids", "file", patch.Id, FileStore.Find),
            Uid = patch.Uid.IsSet ? patch.Uid.Value : tx.NextUid(),
        });
        await FileStore.Insert(tx, created);
        await EventStore.Append(tx, caller, FileHistory.Changed(null, created));
        await DealSaving.Touch(tx, null, created.DealId);
        return created;
    }

    private static Task<StoredFile?> Visible(Tx tx, Caller caller, StoredFile? file) =>
        Sight.Visible(tx, caller, file, found => found.Anchors);

    private static async Task<FileContext> Context(Tx tx, Caller caller, FilePatch patch)
    {
        var missing = await Sight.Missing(tx, caller,
        [
            .. Sight.Named(patch.DealId, patch.LeadId, patch.PersonId, patch.OrgId),
            ("product_id", ListSources.Products, patch.ProductId),
            ("activity_id", ListSources.Activities, patch.ActivityId),
        ]);
        if (patch.UserId is { IsSet: true, Value: { } user } && (await tx.Catalog()).User(user) is null)
        {
            missing = [.. missing, new("user_id", $"No user with id {user}.")];
        }
        var activity = patch.ActivityId is { IsSet: true, Value: { } id } ? await ActivityStore.Find(tx, id) : null;
        return new() { Caller = caller, Now = tx.Now, Missing = missing, Activity = activity?.Anchors ?? default };
    }
}
