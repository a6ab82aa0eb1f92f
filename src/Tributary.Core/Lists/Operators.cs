using System.Collections.Frozen;

namespace Tributary.Core.Lists;

/// <summary>The operators' words, what each kind of field takes, and how many values each operator wants.</summary>
internal static class Operators
{
    private static readonly FrozenDictionary<Operator, string> Words = new Dictionary<Operator, string>
    {
        [Operator.Equal] = "equals",
        [Operator.NotEqual] = "not_equals",
        [Operator.Less] = "less",
        [Operator.AtMost] = "at_most",
        [Operator.More] = "more",
        [Operator.AtLeast] = "at_least",
        [Operator.Contains] = "contains",
        [Operator.NotContains] = "not_contains",
        [Operator.StartsWith] = "starts_with",
        [Operator.EndsWith] = "ends_with",
        [Operator.In] = "in",
        [Operator.NotIn] = "not_in",
        [Operator.IsEmpty] = "is_empty",
        [Operator.IsNotEmpty] = "is_not_empty",
        [Operator.Has] = "has",
        [Operator.HasNone] = "has_none",
        [Operator.Between] = "between",
        [Operator.Within] = "within",
        [Operator.BeforeNow] = "before_now",
        [Operator.AfterNow] = "after_now",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Operator> ByWord = Words.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    private static readonly Operator[] Whole =
        [Operator.Equal, Operator.NotEqual, Operator.In, Operator.NotIn, Operator.IsEmpty, Operator.IsNotEmpty];
    private static readonly Operator[] Ordered = [
        .. Whole, Operator.Less, Operator.AtMost, Operator.More, Operator.AtLeast, Operator.Between];
    private static readonly FrozenSet<Operator> Plain = Whole.ToFrozenSet();
    private static readonly FrozenSet<Operator> Numbers = Ordered.ToFrozenSet();
    private static readonly FrozenSet<Operator> Texts =
        Ordered.Concat([Operator.Contains, Operator.NotContains, Operator.StartsWith, Operator.EndsWith]).ToFrozenSet();
    private static readonly FrozenSet<Operator> Times =
        Ordered.Concat([Operator.Within, Operator.BeforeNow, Operator.AfterNow]).ToFrozenSet();
    private static readonly FrozenSet<Operator> Lists =
        FrozenSet.Create(Operator.Has, Operator.HasNone, Operator.IsEmpty, Operator.IsNotEmpty);

    public static string Word(Operator @operator) => Words[@operator];

    public static Operator? Find(string word) => ByWord.TryGetValue(word, out var found) ? found : null;

    public static string All => string.Join(", ", Words.Values.Order(StringComparer.Ordinal));

    public static FrozenSet<Operator> Of(FieldKind kind) => kind switch
    {
        FieldKind.Text => Texts,
        FieldKind.Word or FieldKind.Flag or FieldKind.Uid => Plain,
        FieldKind.Whole or FieldKind.Amount or FieldKind.Number => Numbers,
        FieldKind.Instant or FieldKind.Day => Times,
        FieldKind.Ids or FieldKind.Words => Lists,
    };

    public static string Accepted(FieldKind kind) => string.Join(", ", Of(kind).Order().Select(Word));

    public static (int Least, int Most) Arity(Operator @operator) => @operator switch
    {
        Operator.IsEmpty or Operator.IsNotEmpty or Operator.BeforeNow or Operator.AfterNow => (0, 0),
        Operator.In or Operator.NotIn or Operator.Has or Operator.HasNone => (1, int.MaxValue),
        Operator.Between => (2, 2),
        Operator.Equal or Operator.NotEqual or Operator.Less or Operator.AtMost or Operator.More or Operator.AtLeast or Operator.Contains
            or Operator.NotContains or Operator.StartsWith or Operator.EndsWith or Operator.Within => (1, 1),
    };
}
