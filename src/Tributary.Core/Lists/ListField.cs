using System.Collections.Frozen;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;

namespace Tributary.Core.Lists;

/// <summary>What a field holds, which decides the operators it takes and how a value is read.</summary>
public enum FieldKind
{
    /// <summary>A free text.</summary>
    Text,

    /// <summary>One of a closed set of texts, or a code: compared whole.</summary>
    Word,

    /// <summary>A whole number, ids included.</summary>
    Whole,

    /// <summary>An exact decimal, kept as a whole number of <see cref="ListField.Scale"/>-ths.</summary>
    Amount,

    /// <summary>A floating-point number: custom fields only.</summary>
    Number,
    Instant,
    Day,
    Flag,
    Uid,

    /// <summary>A list of ids.</summary>
    Ids,

    /// <summary>A list of texts.</summary>
    Words,
}

/// <summary>How a text is searched.</summary>
internal enum TextSearch
{
    /// <summary>Case is ignored for A to Z only: there is no folded copy of this text.</summary>
    Plain,

    /// <summary><see cref="ListField.Folded"/> is the folded copy beside it.</summary>
    Folded,

    /// <summary>The folded copy is in search_docs, under the field name <see cref="ListField.Folded"/>.</summary>
    Document,
}

/// <summary>One field that lists can be filtered and perhaps sorted by: its name outside, its expression inside.</summary>
internal sealed record ListField(string Name, FieldKind Kind, string Column)
{
    public bool IsNullable { get; init; }
    public bool CanSort { get; init; }

    /// <summary>How many units storage counts for one: 10,000 for money, 100 for percentages, 1 for whole numbers.</summary>
    public long Scale { get; init; } = 1;

    /// <summary>The accepted words; none means any.</summary>
    public FrozenSet<string>? Words { get; init; }

    public TextSearch Search { get; init; }
    public string? Folded { get; init; }

    /// <summary>search_docs.subject, when it is not the source's own.</summary>
    public string? SearchSubject { get; init; }

    /// <summary>search_docs.source_id, for custom fields; 0 means any.</summary>
    public long SourceId { get; init; }

    /// <summary>Where the value is inside the JSON of <see cref="Column"/>; none means the column itself is the value.</summary>
    public Seq<string> Path { get; init; } = [];

    /// <summary>The custom field whose values stand in field_values too; 0 for none.</summary>
    public long IndexedAs { get; init; }

    /// <summary>For fields of another table: the SQL before and after the test, "id IN (SELECT … AND {0})".</summary>
    public string? Through { get; init; }

    /// <summary>The records that <see cref="Through"/> goes through: the caller must see them, or they are as if not there.</summary>
    public Func<ListSource>? Guard { get; init; }

    /// <summary>What a name means, for fields that take names where ids are kept (tags and labels).</summary>
    public Func<WorkspaceCatalog, string, IEnumerable<long>>? ByName { get; init; }

    /// <summary>For fields that are no column: what a test of them asks of other fields.</summary>
    public Func<Clause.One, Binding, Clause>? Rewrite { get; init; }

    public bool IsList => Kind is FieldKind.Ids or FieldKind.Words;

    /// <summary>Lists sort names without regard to case.</summary>
    public string SortColumn => Search is TextSearch.Folded && Through is null ? Folded! : Column;
}
