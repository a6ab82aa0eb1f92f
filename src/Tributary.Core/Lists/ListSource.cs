using System.Collections.Frozen;
using Tributary.Core.Catalog;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;

namespace Tributary.Core.Lists;

/// <summary>Which part of a noun's records a list shows.</summary>
public enum Scope
{
    /// <summary>Neither deleted nor archived.</summary>
    Live,
    Archived,
    Deleted,

    /// <summary>Live and archived.</summary>
    Kept,

    /// <summary>All, the deleted included.</summary>
    Any,
}

/// <summary>A noun as lists see it: its table, and the closed map from field names to expressions over it.</summary>
internal sealed class ListSource
{
    private readonly FrozenDictionary<string, ListField> fields;

    public ListSource(string subject, string table, IReadOnlyList<ListField> fields)
    {
        Subject = subject;
        Table = table;
        this.fields = fields.ToFrozenDictionary(field => field.Name);
        Names = string.Join(", ", this.fields.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>The noun, as in the log and in field definitions: "deal".</summary>
    public string Subject { get; }
    public string Table { get; }
    public bool HasArchive { get; init; }

    /// <summary>Has visible_to and owner_id, which decide who sees a record.</summary>
    public bool IsGuarded { get; init; } = true;

    /// <summary>The ids that a user follows, as a sub-select over @me; none where nobody follows.</summary>
    public string? Followed { get; init; }

    /// <summary>
    /// What an index has in order whatever the values: the fields that have one value each, by their names, and the field that orders, with
    /// spaces between.
    /// </summary>
    public IReadOnlySet<string> Indexed { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Has app_id: apps see their own records and those of no app.</summary>
    public bool HasApp { get; init; }

    /// <summary>
    /// What decides who sees a record that hangs on others: the first of these columns that has a value (<see cref="Anchors"/>).
    /// </summary>
    public IReadOnlyList<(string Column, ListSource Source)> HangsOn { get; init; } = [];

    /// <summary>Whose field definitions its custom values follow; none without custom values.</summary>
    public string? CustomSubject { get; init; }

    /// <summary>Another kind of record one of these points to, such as a deal's person: "person" → (column, source).</summary>
    public IReadOnlyDictionary<string, (string Column, ListSource Source)> Joined { get; init; } =
        FrozenDictionary<string, (string, ListSource)>.Empty;

    /// <summary>The field names there are, for refusals; custom fields and those of joined records come on top.</summary>
    public string Names { get; }

    public IEnumerable<ListField> Fields => fields.Values;

    public string ScopePredicate(Scope scope) => scope switch
    {
        Scope.Live => HasArchive ? "deleted_at IS NULL AND archived_at IS NULL" : "deleted_at IS NULL",
        Scope.Archived => HasArchive ? "archived_at IS NOT NULL AND deleted_at IS NULL" : "FALSE",
        Scope.Deleted => "deleted_at IS NOT NULL",
        Scope.Kept => "deleted_at IS NULL",
        Scope.Any => "TRUE",
    };

    /// <summary>
    /// A field by name: its own, "custom.&lt;key or slug&gt;" (and ".currency" or ".until" of those that have one), or one of
    /// a record it points to, "person.name".
    /// </summary>
    public ListField? Find(string name, WorkspaceCatalog catalog)
    {
        if (fields.TryGetValue(name, out var field)) return field;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return null;
        if (name.StartsWith("custom.", StringComparison.Ordinal)) return CustomSubject is null
            ? null : CustomFields.Find(name, CustomSubject, catalog);
        if (!Joined.TryGetValue(name[..dot], out var joined)
            || joined.Source.Find(name[(dot + 1)..], catalog) is not { Through: null, Rewrite: null } inner) return null;

        return inner with
        {
            Name = name,
            CanSort = false,
            Through = $"{joined.Column} IN (SELECT id FROM {joined.Source.Table} WHERE workspace_id = @Workspace AND {{0}})",
            Guard = () => joined.Source,
            SearchSubject = joined.Source.Subject,
        };
    }
}
