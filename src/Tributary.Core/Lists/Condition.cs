using System.Globalization;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Lists;

/// <summary>
/// Which records are meant: a tree of tests on fields. A test is true or false, never unknown: a record without a value
/// fails every positive test and passes the negative ones, so <c>not_equals</c> is exactly "not equals".
/// </summary>
public abstract record Condition
{
    private Condition()
    {
    }

    /// <summary>Every record.</summary>
    public static Condition Everything { get; } = new And([]);

    /// <summary>All of them hold; true when empty.</summary>
    public sealed record And(Seq<Condition> Conditions) : Condition;

    /// <summary>At least one of them holds; false when empty.</summary>
    public sealed record Or(Seq<Condition> Conditions) : Condition;

    public sealed record Not(Condition Condition) : Condition;

    public sealed record Is(string Field, Operator Operator, Seq<Operand> Values) : Condition;

    public static Condition Test(string field, Operator @operator, params ReadOnlySpan<Operand> values) =>
        new Is(field, @operator, [.. values]);

    /// <summary>The field has this value.</summary>
    public static Condition Equal(string field, Operand value) => new Is(field, Operator.Equal, [value]);

    /// <summary>Each of them holds; of none, everything does.</summary>
    public static Condition AllOf(params ReadOnlySpan<Condition> conditions) => new And([.. conditions]);

    /// <summary>At least one of them holds.</summary>
    public static Condition AnyOf(params ReadOnlySpan<Condition> conditions) => new Or([.. conditions]);
}

/// <summary>The tests there are. Which of them a field accepts depends on its kind (<see cref="ListFields"/>).</summary>
public enum Operator
{
    Equal,
    NotEqual,
    Less,
    AtMost,
    More,
    AtLeast,

    /// <summary>The text, folded, occurs in the field's folded text.</summary>
    Contains,
    NotContains,
    StartsWith,
    EndsWith,

    /// <summary>Equals one of the values.</summary>
    In,
    NotIn,
    IsEmpty,
    IsNotEmpty,

    /// <summary>The list (labels, tags, followers, …) holds one of the values.</summary>
    Has,

    /// <summary>The list holds none of the values.</summary>
    HasNone,

    /// <summary>From the first value to the second, both included.</summary>
    Between,

    /// <summary>
    /// The day lies in a period counted from today, such as <c>this_month</c> or <c>last_7_days</c> (<see cref="Period"/>).
    /// </summary>
    Within,
    BeforeNow,
    AfterNow,
}

/// <summary>
/// A value to compare with, as JSON would spell it: nothing, text, a number or a truth. The field it is compared with
/// says how it is read, so a day is given as <see cref="DateOnly"/> or as "2026-11-20" alike.
/// </summary>
public readonly record struct Operand
{
    private Operand(object? value) => Value = value;

    /// <summary>null, string, decimal or bool.</summary>
    public object? Value { get; }

    public static Operand None => default;

    public static implicit operator Operand(string? text) => new(text);

    public static implicit operator Operand(decimal number) =>
        new(number / 1.0000000000000000000000000000m); // drops trailing zeros: 1.50 equals 1.5

    public static implicit operator Operand(long number) => new((decimal)number);

    public static implicit operator Operand(bool truth) => new(truth);

    public static implicit operator Operand(DateOnly day) => new(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public static implicit operator Operand(DateTimeOffset instant) => new(Spelling.InstantText(instant));

    public static implicit operator Operand(Guid uid) => new(uid.ToString("D"));

    public override string ToString() => Convert.ToString(Value, CultureInfo.InvariantCulture) ?? "null";
}
