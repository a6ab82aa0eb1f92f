using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Fields;

/// <summary>
/// The verbs of custom field definitions. Admins and managers change them; the values stay where they are when a field is deleted.
/// </summary>
public sealed class FieldService(Db db)
{
    private static readonly IReadOnlyList<Tracked<FieldDefinition>> Tracks =
    [
        new("subject", field => field.Subject),
        new("key", field => field.Key),
        new("name", field => field.Name),
        new("type", field => FieldTypes.Word(field.Type)),
        new("description", field => field.Description),
        new("options", field => field.Options),
        new("group", field => field.GroupName),
        new("editors", field => field.Editors.IsEveryone() ? null : field.Editors),
        new("readers", field => field.Readers.IsEveryone() ? null : field.Readers),
        new("is_indexed", field => field.IsIndexed),
        new("settings", field => field.Settings),
        new("position", field => field.Position),
        new("deleted_at", field => field.DeletedAt),
    ];

    /// <summary>The fields of a kind of record, in order.</summary>
    public async Task<IReadOnlyList<FieldDefinition>> List(Caller caller, string subject, CancellationToken ct)
    {
        caller.MustRead("fields");
        await using var tx = await db.Read(caller.Workspace, ct);
        return [.. (await tx.CatalogFor(caller)).FieldsOf(subject)];
    }

    /// <summary>The fields of every kind of record, in order.</summary>
    public async Task<IReadOnlyList<FieldDefinition>> List(Caller caller, CancellationToken ct)
    {
        caller.MustRead("fields");
        await using var tx = await db.Read(caller.Workspace, ct);
        return (await tx.CatalogFor(caller)).Fields;
    }

    /// <summary>One that the caller may see.</summary>
    public async Task<FieldDefinition> Get(Caller caller, long id, CancellationToken ct)
    {
        caller.MustRead("fields");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Known(tx, caller, id);
    }

    /// <summary>
    /// Gives the field its key, by which values are stored, and its slug. Stores it and says so in the log; a refusal names everything
    /// that is wrong at once.
    /// </summary>
    public async Task<FieldDefinition> Create(Caller caller, NewField given, CancellationToken ct)
    {
        caller.MustManage("fields");
        await using var tx = await db.Write(caller.Workspace, ct);
        var field = await Create(tx, caller, given);
        await tx.Commit();
        return field;
    }

    /// <summary>Creation inside a unit of work that does more (imports).</summary>
    internal static async Task<FieldDefinition> Create(Tx tx, Caller caller, NewField given)
    {
        var siblings = await FieldStore.All(tx, given.Subject);
        var field = FieldRules.New(given, siblings, await tx.NextId("field_ids"), tx.NextUid(), await OptionIds(tx, [], given.Options),
            tx.Now,
            caller, await tx.Catalog());

        await FieldStore.Insert(tx, field);
        await Changed(tx, caller, null, field, "created");
        return field;
    }

    /// <summary>The field with the options whose label it lacks, inside a unit of work that does more (imports).</summary>
    internal static async Task<FieldDefinition> WithOptions(Tx tx, Caller caller, FieldDefinition before, Seq<NewOption> wanted)
    {
        Seq<NewOption> missing = [.. wanted.Where(option => before.Options.All(present => present.Label != option.Label))];
        if (missing.Count == 0) return before;
        var after = FieldRules.AddOptions(before, missing, await OptionIds(tx, before.Options, missing)) with
        {
            UpdatedAt = tx.Now,
            Version = before.Version + 1,
        };
        await FieldStore.Update(tx, after);
        await Changed(tx, caller, before, after, "updated");
        return after;
    }

    /// <summary>Changes what the patch names; key, slug and type stay (<see cref="TypeChangeService"/> gives another type).</summary>
    public Task<FieldDefinition> Update(Caller caller, long id, FieldPatch patch, CancellationToken ct) =>
        Change(caller, id, "updated", async (tx, before) =>
    {
        Problem.MustBeAt(patch.ExpectedVersion, before.Version, "field", id);
        return FieldRules.Apply(before, patch, caller, await tx.Catalog());
    }, ct);

    /// <summary>Hides the field and its values everywhere. Its key and slug are not given out again.</summary>
    public Task<FieldDefinition> Delete(Caller caller, long id, long? expected, CancellationToken ct) =>
        Change(caller, id, "deleted", (tx, before) =>
    {
        Problem.MustBeAt(expected, before.Version, "field", id);
        return Task.FromResult(before with { DeletedAt = tx.Now, IsIndexed = false });
    }, ct);

    /// <summary>New options get ids that no option had before.</summary>
    public Task<FieldDefinition> AddOptions(Caller caller, long id, Seq<NewOption> options, CancellationToken ct) =>
        Change(caller, id, "updated", async (tx, before) =>
            FieldRules.AddOptions(before, options, await OptionIds(tx, before.Options, options)), ct);

    public Task<FieldDefinition> RenameOptions(Caller caller, long id, Seq<FieldOption> options, CancellationToken ct) =>
        Change(caller, id, "updated", (_, before) => Task.FromResult(FieldRules.RenameOptions(before, options)), ct);

    public Task<FieldDefinition> RemoveOptions(Caller caller, long id, Seq<long> options, CancellationToken ct) =>
        Change(caller, id, "updated", (_, before) => Task.FromResult(FieldRules.RemoveOptions(before, options)), ct);

    private async Task<FieldDefinition> Change(Caller caller, long id, string action,
        Func<Tx, FieldDefinition, Task<FieldDefinition>> change, CancellationToken ct)
    {
        caller.MustManage("fields");
        await using var tx = await db.Write(caller.Workspace, ct);

        var before = await Known(tx, caller, id);
        var changed = await change(tx, before);
        if (changed == before) return before;
        var after = await Save(tx, caller, before, changed with { UpdatedAt = tx.Now, Version = before.Version + 1 }, action);
        await tx.Commit();
        return after;
    }

    /// <summary>
    /// A change that rules have made, inside a unit of work that does more; <paramref name="after"/> carries the next version.
    /// </summary>
    internal static async Task<FieldDefinition> Save(Tx tx, Caller caller, FieldDefinition before, FieldDefinition after,
        string action = "updated")
    {
        var isIndexAnother = FieldIndex.IsAnother(before, after);
        if (isIndexAnother) after = after with { IndexedAt = null };
        await FieldStore.Update(tx, after);
        await Changed(tx, caller, before, after, action);
        if (isIndexAnother) await FieldIndex.Begin(tx, caller, after);
        return after;
    }

    private static async Task Changed(Tx tx, Caller caller, FieldDefinition? before, FieldDefinition after, string action)
    {
        await tx.CatalogHasChanged();
        await EventStore.Append(tx, caller,
            new() { Subject = "field", SubjectId = after.Id, Action = action, Changes = Tracked.Between(Tracks, before, after) });
    }

    internal static async Task<FieldDefinition> Known(Tx tx, Caller caller, long id) =>
        (await tx.CatalogFor(caller)).Fields.FirstOrDefault(field => field.Id == id) ?? throw Problem.NotFound("field", id);

    /// <summary>The ids that options ask for, where no option of the field has them; else ones that no option had before.</summary>
    internal static async Task<IReadOnlyList<long>> OptionIds(Tx tx, Seq<FieldOption> present, Seq<NewOption> options)
    {
        if (options.Count is 0 or > FieldRules.MaxOptions) return [];
        var taken = present.Select(option => option.Id).ToHashSet();
        var ids = options.Select(option => option.Id is { } id and > 0 && taken.Add(id) ? id : (long?)null).ToList();
        if (ids.Max() is { } greatest) await tx.NeverGiveOut("option_ids", greatest);
        var fresh = new Queue<long>(await tx.NextIds("option_ids", ids.Count(id => id is null)));
        return [.. ids.Select(id => id ?? fresh.Dequeue())];
    }
}
