using Tributary.Core.Catalog;
using Tributary.Core.Kernel;

namespace Tributary.Core.Lists;

/// <summary>
/// The order of a list, made total by the id, and the place where a page of it ended. A page begins right after that
/// place, so rows that come or go elsewhere shift nothing and depth costs nothing.
/// </summary>
internal sealed class Keyset
{
    private const int MaxKeys = 4;

    private readonly ListSource source;

    private Keyset(ListSource source, IReadOnlyList<Key> keys)
    {
        this.source = source;
        Keys = keys;
        Signature = string.Join(',', keys.Select(key => key.Descending ? "-" + key.Field.Name : key.Field.Name));
    }

    public sealed record Key(ListField Field, bool Descending);

    public IReadOnlyList<Key> Keys { get; }

    /// <summary>A first key that has no value in any row: PostgreSQL takes an index for the order only when the order names it.</summary>
    private Key? Constant { get; init; }

    /// <summary>Names the order; a cursor of another order does not fit.</summary>
    public string Signature { get; }

    public static Keyset Of(ListSource source, Seq<SortKey> sort, Scope scope, WorkspaceCatalog catalog)
    {
        if (sort.Count > MaxKeys) throw Problem.Invalid("sort", $"A list can be sorted by at most {MaxKeys} fields.");

        var keys = new List<Key>(sort.Count + 1);
        foreach (var (name, descending) in sort)
        {
            var field = source.Find(name, catalog);
            if (field is not { CanSort: true })
            {
                throw Problem.Invalid("sort",
                    $"{name} is not a field to sort by. Accepted are {string.Join(", ", source.Fields.Where(known => known.CanSort).Select(known => known.Name).Order(StringComparer.Ordinal))}.");
            }
            if (keys.Exists(key => key.Field.Name == name)) continue;
            keys.Add(new(IsSet(name, scope) ? field with { IsNullable = false } : field, descending));
            // Nothing is tied after the id or the uid.
            if (name is "id" or "uid") return new(source, keys);
        }
        keys.Add(new(source.Find("id", catalog)!, keys.Count > 0 && keys[^1].Descending));
        return new(source, keys);
    }

    /// <summary>
    /// Whether to ask for the records with a value of the first key and those without one separately: the two together are
    /// the list, and each by itself is read from an index, from any place in it, in both directions.
    /// </summary>
    public bool HasTwoParts => Keys[0].Field.IsNullable;

    public Keyset Valued => new(source, [Keys[0] with { Field = Keys[0].Field with { IsNullable = false } }, .. Keys.Skip(1)]);

    public Keyset Empty => new(source, [.. Keys.Skip(1)]) { Constant = Keys[0] };

    /// <summary>The SQL expressions of the keys, each spelled once: the columns to read, to order by and to compare.</summary>
    public string[] Expressions(ListSql sql)
    {
        var expressions = new string[Keys.Count];
        for (var i = 0; i < expressions.Length; i++) expressions[i] = sql.Expression(Keys[i].Field, Keys[i].Field.SortColumn);
        return expressions;
    }

    public void AddOrder(ListSql sql, string[] expressions)
    {
        sql.Add("\nORDER BY ");
        if (Constant is { } constant) sql.Add(sql.Expression(constant.Field, constant.Field.SortColumn))
            .Add(constant.Descending ? " DESC, " : ", ");
        for (var i = 0; i < expressions.Length; i++)
        {
            if (i > 0) sql.Add(", ");
            sql.Add(expressions[i]);
            if (Keys[i].Descending) sql.Add(" DESC");
            if (Keys[i].Field.IsNullable) sql.Add(" NULLS LAST");
        }
    }

    /// <summary>
    /// Only what comes after the place. Where all keys run the same way and always have a value, one comparison of rows
    /// says so and an index answers it; otherwise it is spelled out: later in the first key, or tied there and later in the
    /// second, and so on, where "no value" comes last.
    /// </summary>
    public void AddAfter(ListSql sql, string[] expressions, IReadOnlyList<object?> place)
    {
        if (Keys.All(key => !key.Field.IsNullable && key.Descending == Keys[0].Descending))
        {
            var left = string.Join(", ", expressions);
            var right = string.Join(", ", place.Select((value, i) => sql.Parameter(Keys[i].Field, value!)));
            sql.Add(expressions.Length == 1 ? $" AND {left}" : $" AND ({left})").Add(Keys[0].Descending ? " < " : " > ")
                .Add(expressions.Length == 1 ? right : $"({right})");
            return;
        }

        sql.Add(" AND (");
        var tied = "";
        var isFirst = true;
        for (var i = 0; i < expressions.Length; i++)
        {
            var parameter = place[i] is { } value ? sql.Parameter(Keys[i].Field, value) : null;
            if (Later(i, parameter) is { } later)
            {
                sql.Add(isFirst ? "" : " OR ").Add(tied).Add(later);
                isFirst = false;
            }
            tied += (parameter is null ? $"{expressions[i]} IS NULL" : $"{expressions[i]} = {parameter}") + " AND ";
        }
        sql.Add(")");

        string? Later(int i, string? parameter)
        {
            if (parameter is null) return null; // nothing comes after "no value"
            var later = $"{expressions[i]} {(Keys[i].Descending ? "<" : ">")} {parameter}";
            return Keys[i].Field.IsNullable ? $"({later} OR {expressions[i]} IS NULL)" : later;
        }
    }

    // What the scope says is there.
    private static bool IsSet(string field, Scope scope) =>
        (field, scope) is ("archived_at", Scope.Archived) or ("deleted_at", Scope.Deleted);

    /// <summary>The cursor of the place after a row.</summary>
    public string Seal(CursorSigner signer, long workspace, IReadOnlyList<object?> keys) =>
        signer.Seal(PageCursor.Write(workspace, source.Table, Signature, Keys, keys));

    /// <summary>The place a cursor holds; refuses the cursors of another list, order or workspace, and what we did not seal.</summary>
    public IReadOnlyList<object?> Open(CursorSigner signer, long workspace, string cursor) =>
        signer.TryOpen(cursor, out var payload) && PageCursor.Read(payload, workspace, source.Table, Signature, Keys) is { } place
            ? place
            : throw Problem.Invalid("cursor", "cursor must be the next_cursor of an earlier page of the same list in the same order.");
}
