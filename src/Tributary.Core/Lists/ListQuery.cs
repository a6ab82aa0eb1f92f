using Tributary.Core.Kernel;

namespace Tributary.Core.Lists;

/// <summary>One key of an order.</summary>
public readonly record struct SortKey(string Field, bool Descending = false)
{
    /// <summary>"-added_at" is descending.</summary>
    public static SortKey Parse(string text) => text.StartsWith('-') ? new(text[1..], true) : new(text);

    public override string ToString() => Descending ? "-" + Field : Field;
}

/// <summary>What a caller wants listed. Whoever takes one adds what the caller may see.</summary>
public sealed record ListQuery
{
    public const int MaxLimit = 1000;

    public Condition Condition { get; init; } = Condition.Everything;

    /// <summary>
    /// Records without a value of a key come last, whatever its direction; ties are ordered by id, in the direction of the last key.
    /// </summary>
    public Seq<SortKey> Sort { get; init; } = [];
    public int Limit { get; init; } = 100;

    /// <summary>Where an earlier page of the same list ended.</summary>
    public string? Cursor { get; init; }

    /// <summary>For dialects whose contract counts rows; a cursor is cheaper at any depth.</summary>
    public int? Offset { get; init; }
    public Scope Scope { get; init; } = Scope.Live;

    /// <summary>Also count all records that match.</summary>
    public bool WantTotal { get; init; }

    /// <summary>Also say where the next page begins.</summary>
    public bool WantCursor { get; init; } = true;

    /// <summary>The same query for fewer records.</summary>
    public ListQuery And(Condition condition) => this with
    {
        Condition = Condition == Condition.Everything ? condition : Condition.AllOf(Condition, condition),
    };
}

/// <summary>One page of a list, and how to ask for the next.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor, bool HasMore, long? Total)
{
    /// <summary>The same page with other items.</summary>
    public Page<TOther> Select<TOther>(Func<T, TOther> convert) => new([.. Items.Select(convert)], NextCursor, HasMore, Total);
}
