namespace Tributary.Core.Lists;

/// <summary>The comparisons that remain once a condition is bound: negations are <see cref="Clause.Not"/>, periods are bounds.</summary>
internal enum Comparison { Equal, Less, AtMost, More, AtLeast, In, Present, Contains, StartsWith, EndsWith }

/// <summary>
/// A condition whose fields are known and whose values are in storage's units: what SQL text is made from and what is
/// evaluated in memory, so that the two cannot read a condition differently.
/// </summary>
internal abstract record Clause
{
    private Clause()
    {
    }

    public static Clause Never { get; } = new Any([]);
    public static Clause Always { get; } = new All([]);

    public sealed record All(IReadOnlyList<Clause> Clauses) : Clause;

    public sealed record Any(IReadOnlyList<Clause> Clauses) : Clause;

    public sealed record Not(Clause Clause) : Clause;

    /// <param name="Field">What is tested.</param>
    /// <param name="Comparison">How; of a list, <see cref="Comparison.Equal"/> means that an element is equal.</param>
    /// <param name="Value">long, double, string (folded for a search), bool, <see cref="Guid"/>, <see cref="DateOnly"/>,
    /// <see cref="DateTimeOffset"/>, or an array of long, string or <see cref="Guid"/> for <see cref="Comparison.In"/>.</param>
    public sealed record One(ListField Field, Comparison Comparison, object? Value) : Clause;
}
