using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;
using Tributary.Core.Users;

namespace Tributary.Core.Labels;

/// <summary>The verbs of labels. Everyone reads them; managers and admins change them.</summary>
public sealed class LabelService(Db db)
{
    /// <summary>The live labels in order, of one kind of record or of all.</summary>
    public async Task<IReadOnlyList<Label>> List(Caller caller, string? subject, CancellationToken ct)
    {
        caller.MustRead("labels");
        await using var tx = await db.Read(caller.Workspace, ct);
        var catalog = await tx.Catalog();
        return subject is null ? catalog.Labels : Of(catalog, Known(subject));
    }

    public async Task<Label> Get(Caller caller, long id, CancellationToken ct)
    {
        caller.MustRead("labels");
        await using var tx = await db.Read(caller.Workspace, ct);
        return Live(await tx.Catalog(), id);
    }

    public async Task<Label> Get(Caller caller, Guid uid, CancellationToken ct) =>
        (await List(caller, null, ct)).FirstOrDefault(label => label.Uid == uid) ?? throw Problem.NotFound("label", uid);

    public async Task<Label> Create(Caller caller, LabelPatch patch, CancellationToken ct)
    {
        caller.MustManage("labels");
        await using var tx = await db.Write(caller.Workspace, ct);
        var created = await Create(tx, caller, patch);
        await tx.Commit();
        return created;
    }

    /// <summary>Creation inside a unit of work that does more (imports).</summary>
    internal static async Task<Label> Create(Tx tx, Caller caller, LabelPatch patch)
    {
        await UserStore.LockWorkspace(tx);

        var catalog = await tx.Catalog();
        var labels = Of(catalog, Known(patch.Subject.Or("")));
        var id = await tx.IdOf("label_ids", patch.Id, stated => catalog.Label(stated) is not null);
        await Save(tx, caller, labels, LabelRules.Add(labels, patch, id, patch.Uid.IsSet ? patch.Uid.Value : tx.NextUid(), tx.Now));

        return Live(await tx.Catalog(), id);
    }

    public async Task<Label> Update(Caller caller, long id, LabelPatch patch, CancellationToken ct)
    {
        caller.MustManage("labels");
        await using var tx = await db.Write(caller.Workspace, ct);
        await UserStore.LockWorkspace(tx);

        var catalog = await tx.Catalog();
        var before = Live(catalog, id);
        var labels = Of(catalog, before.Subject);
        await Save(tx, caller, labels, LabelRules.Change(labels, before, patch));

        var after = Live(await tx.Catalog(), id);
        await tx.Commit();
        return after;
    }

    /// <param name="ids">Each live label of the subject once, in the order wanted.</param>
    public async Task<IReadOnlyList<Label>> Reorder(Caller caller, string subject, IReadOnlyList<long> ids, CancellationToken ct)
    {
        caller.MustManage("labels");
        await using var tx = await db.Write(caller.Workspace, ct);
        await UserStore.LockWorkspace(tx);

        var labels = Of(await tx.Catalog(), Known(subject));
        await Save(tx, caller, labels, LabelRules.Numbered(Places.InOrder(labels, ids, label => label.Id)));
        var after = Of(await tx.Catalog(), subject);
        await tx.Commit();
        return after;
    }

    /// <summary>Marks a label as deleted and takes it off every record that carries it.</summary>
    public async Task Delete(Caller caller, long id, long? expected, CancellationToken ct)
    {
        caller.MustManage("labels");
        await using var tx = await db.Write(caller.Workspace, ct);
        await UserStore.LockWorkspace(tx);

        var catalog = await tx.Catalog();
        var gone = Live(catalog, id);
        Problem.MustBeAt(expected, gone.Version, "label", id);
        var labels = Of(catalog, gone.Subject);
        await MarkedRecords.ReplaceLabel(tx, caller, gone.Subject, id);
        await Save(tx, caller, labels, LabelRules.Numbered(labels.Where(label => label.Id != id)));
        await tx.Commit();
    }

    private static Label Live(WorkspaceCatalog catalog, long id) =>
        catalog.Label(id) is { DeletedAt: null } label ? label : throw Problem.NotFound("label", id);

    private static IReadOnlyList<Label> Of(WorkspaceCatalog catalog, string subject) =>
        [.. catalog.Labels.Where(label => label.Subject == subject)];

    private static string Known(string subject) => LabelRules.Subjects.Contains(subject)
        ? subject
        : throw Problem.Invalid("subject", $"subject must be one of {string.Join(", ", LabelRules.Subjects)}.");

    private static async Task Save(Tx tx, Caller caller, IReadOnlyList<Label> before, IReadOnlyList<Label> after)
    {
        foreach (var (old, @new) in Places.Differences(before, after, label => label.Id))
        {
            var saved = old is null ? @new! : (@new ?? old with { DeletedAt = tx.Now }) with
            {
                UpdatedAt = tx.Now,
                Version = old.Version + 1,
            };
            await (old is null ? LabelStore.Insert(tx, saved) : LabelStore.Update(tx, saved));
            await EventStore.Append(tx, caller, LabelHistory.Between(old, saved));
            await tx.CatalogHasChanged();
        }
    }
}
