using System.Text.Json;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Leads;
using Tributary.Core.Products;
using Tributary.Core.Search;
using Tributary.Core.Storage;

namespace Tributary.Core.Fields;

/// <summary>A record that holds a value of some field.</summary>
internal sealed record Holder
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public required CustomValues Custom { get; init; }
}

/// <summary>
/// The records that hold values of a field, of each kind that has it: leads have the fields of deals. The deleted and archived included.
/// </summary>
internal sealed record FieldHolders(string Subject, string Table, string Title,
    Func<Tx, Caller, long, Func<CustomValues, CustomValues>, Task> Change)
{
    public const int AtOnce = 500;

    private static readonly FieldHolders[] all =
    [
        new("deal", "deals", "title", async (tx, caller, id, change) =>
        {
            if (await DealStore.FindForUpdate(tx, id) is not { } before) return;
            await DealSaving.Change(tx, caller, before, before
                with { Custom = change(before.Custom), UpdatedAt = tx.Now, UpdatedBy = caller.UserId, Version = before.Version + 1 });
        }),
        new("lead", "leads", "title", async (tx, caller, id, change) =>
        {
            if (await LeadStore.FindForUpdate(tx, id) is not { } before) return;
            await LeadSaving.Change(tx, caller, before, before
                with { Custom = change(before.Custom), UpdatedAt = tx.Now, UpdatedBy = caller.UserId, Version = before.Version + 1 });
        }),
        new("person", "persons", "name", async (tx, caller, id, change) =>
        {
            if (await PersonStore.FindForUpdate(tx, id) is not { } before) return;
            await ContactSaving.Change(tx, caller, before,
                before with
                {
                    Custom = change(before.Custom), UpdatedAt = tx.Now, UpdatedBy = caller.UserId, Version = before.Version + 1,
                });
        }),
        new("organization", "organizations", "name", async (tx, caller, id, change) =>
        {
            if (await OrganizationStore.FindForUpdate(tx, id) is not { } before) return;
            await ContactSaving.Change(tx, caller, before,
                before with
                {
                    Custom = change(before.Custom), UpdatedAt = tx.Now, UpdatedBy = caller.UserId, Version = before.Version + 1,
                });
        }),
        new("product", "products", "name", async (tx, caller, id, change) =>
        {
            if (await ProductStore.FindForUpdate(tx, id) is not { } before) return;
            await ProductService.Save(tx, caller, before,
                before with
                {
                    Custom = change(before.Custom), UpdatedAt = tx.Now, UpdatedBy = caller.UserId, Version = before.Version + 1,
                });
        }),
    ];

    /// <summary>The kinds of records that have the fields of a subject.</summary>
    public static IEnumerable<FieldHolders> Of(string subject) =>
        all.Where(one => one.Subject == subject || subject == "deal" && one.Subject == "lead");

    /// <summary>Rising ids, a page after the other, so that memory does not grow with the workspace.</summary>
    public async IAsyncEnumerable<Holder> Read(Tx tx, FieldDefinition field)
    {
        for (var after = 0L; ;)
        {
            var page = await Page(tx, field, after);
            foreach (var holder in page) yield return holder;
            if (page.Count < AtOnce) yield break;
            after = page[^1].Id;
        }
    }

    /// <summary>The next records after an id, at most <see cref="AtOnce"/>.</summary>
    /// <param name="locked">Nobody else changes them until the unit of work ends.</param>
    public Task<IReadOnlyList<Holder>> Page(Tx tx, FieldDefinition field, long after, bool locked = false) => tx.Many<Holder>($"""
        SELECT id, {Title} AS name, custom
        FROM {Table}
        WHERE workspace_id = @Workspace AND id > @after AND {tx.Sql.TextAt("custom", "path")} IS NOT NULL
        ORDER BY id
        LIMIT {AtOnce}
        {(locked ? tx.Sql.ForUpdate : "")}
        """, new { tx.Workspace, after, path = tx.Sql.Path(field.Key) });

    /// <summary>The value of one record under the field's new type, with its history and whatever follows from it.</summary>
    public async Task Put(Tx tx, Caller caller, FieldDefinition field, Holder holder, JsonElement? value)
    {
        if (holder.Custom[field.Key]?.GetRawText() != value?.GetRawText())
        {
            await Change(tx, caller, holder.Id, custom => custom.With([new(field.Key, value ?? default)]));
        }
        await CustomText.Put(tx, Subject, holder.Id, field, value);
    }
}
