using Tributary.Core.Catalog;
using Tributary.Core.Kernel;

namespace Tributary.Core.Lists;

/// <summary>Reads a condition against a source: which fields it names, what its values mean, what "today" is. Pure.</summary>
internal sealed class Binding(ListSource source, WorkspaceCatalog catalog, DateTimeOffset now)
{
    private const int MaxDepth = 16;
    private const int MaxTests = 300;
    private const int MaxValues = 1000;

    // Each of these is a comparison of its own in the statement, and SQLite refuses expressions deeper than 1,000.
    private const int MaxSeparateValues = 100;
    private const int MaxTerm = 500;

    private int tests;

    public ListSource Source => source;
    public WorkspaceCatalog Catalog => catalog;
    public Calendar Calendar { get; } = Calendar.At(now, catalog.Workspace.TimeZone);

    /// <summary>Refuses unknown fields, operators that a field does not take, and values of another kind.</summary>
    public static Clause Bind(ListSource source, Condition condition, WorkspaceCatalog catalog, DateTimeOffset now) =>
        new Binding(source, catalog, now).Bind(condition, 0);

    public ListField Field(string name) => source.Find(name, catalog)
        ?? throw Problem.Invalid(name, $"{name} is not a field of {source.Table} that can be filtered by. Accepted are {source.Names}.");

    private Clause Bind(Condition condition, int depth)
    {
        if (depth > MaxDepth) throw Problem.Invalid("condition", $"A condition may be nested at most {MaxDepth} levels deep.");
        return condition switch
        {
            Condition.And and => new Clause.All(BindEach(and.Conditions, depth)),
            Condition.Or or => new Clause.Any(BindEach(or.Conditions, depth)),
            Condition.Not not => new Clause.Not(Bind(not.Condition, depth + 1)),
            Condition.Is test => Bind(test),
            _ => throw new InvalidOperationException("Conditions are a closed set."),
        };
    }

    private Clause[] BindEach(Seq<Condition> conditions, int depth)
    {
        var clauses = new Clause[conditions.Count];
        for (var i = 0; i < clauses.Length; i++) clauses[i] = Bind(conditions[i], depth + 1);
        return clauses;
    }

    private Clause Bind(Condition.Is test)
    {
        if (++tests > MaxTests) throw Problem.Invalid("condition", $"A condition may have at most {MaxTests} tests.");
        var field = Field(test.Field);
        if (!Operators.Of(field.Kind).Contains(test.Operator))
        {
            throw Problem.Invalid(test.Field,
                $"{test.Field} does not take {Operators.Word(test.Operator)}. Accepted are {Operators.Accepted(field.Kind)}.");
        }
        var max = field.Kind is FieldKind.Number or FieldKind.Instant or FieldKind.Day or FieldKind.Flag
            || field.IsList && field.Through is null ? MaxSeparateValues : MaxValues;
        if (test.Values.Count > max) throw Problem.Invalid(test.Field, $"{test.Field} may be compared with at most {max} values.");
        var (least, most) = Operators.Arity(test.Operator);
        if (test.Values.Count < least || test.Values.Count > most)
        {
            throw Problem.Invalid(test.Field,
                $"{Operators.Word(test.Operator)} takes {(least == most ? $"{least}" : "one or more")} value{(most == 1 ? "" : "s")}.");
        }
        return Bind(field, test.Operator, test.Values);
    }

    private Clause Bind(ListField field, Operator @operator, Seq<Operand> values) => @operator switch
    {
        Operator.Equal => Equal(field, values[0]),
        Operator.NotEqual => new Clause.Not(Equal(field, values[0])),
        Operator.Less => Ordered(field, Comparison.Less, values[0]),
        Operator.AtMost => Ordered(field, Comparison.AtMost, values[0]),
        Operator.More => Ordered(field, Comparison.More, values[0]),
        Operator.AtLeast => Ordered(field, Comparison.AtLeast, values[0]),
        Operator.Contains => Search(field, Comparison.Contains, values[0]),
        Operator.NotContains => new Clause.Not(Search(field, Comparison.Contains, values[0])),
        Operator.StartsWith => Search(field, Comparison.StartsWith, values[0]),
        Operator.EndsWith => Search(field, Comparison.EndsWith, values[0]),
        Operator.In or Operator.Has => OneOf(field, values),
        Operator.NotIn or Operator.HasNone => new Clause.Not(OneOf(field, values)),
        Operator.IsEmpty => new Clause.Not(One(field, Comparison.Present, null)),
        Operator.IsNotEmpty => One(field, Comparison.Present, null),
        Operator.Between => new Clause.All([Ordered(field, Comparison.AtLeast, values[0]), Ordered(field, Comparison.AtMost, values[1])]),
        Operator.Within => Within(field, values[0]),
        Operator.BeforeNow => Edge(field, Comparison.Less),
        Operator.AfterNow => Edge(field, Comparison.More),
    };

    public Clause One(ListField field, Comparison comparison, object? value)
    {
        var one = new Clause.One(field, comparison, value);
        return field.Rewrite is { } rewrite ? rewrite(one, this) : one;
    }

    private Clause Equal(ListField field, Operand value)
    {
        if (value.Value is null) return new Clause.Not(One(field, Comparison.Present, null));
        return field.Kind switch
        {
            FieldKind.Whole or FieldKind.Amount => Operands.Exact(field, value) is { } units ? One(field, Comparison.Equal, units)
                : Clause.Never,
            FieldKind.Instant when Operands.AsWholeDay(value, Calendar) is { } day => Span(field, day, day),
            FieldKind.Ids => OneOf(field, [value]),
            _ => One(field, Comparison.Equal, Operands.Read(field, value, Calendar)),
        };
    }

    private Clause Ordered(ListField field, Comparison comparison, Operand value)
    {
        switch (field.Kind)
        {
            case FieldKind.Whole or FieldKind.Amount:
                return One(field, comparison, Operands.Bound(field, value, up: comparison is Comparison.Less or Comparison.AtLeast));
            case FieldKind.Instant when Operands.AsWholeDay(value, Calendar) is { } day:
                // A day given where moments are kept means the whole day.
                return comparison switch
                {
                    Comparison.AtMost => One(field, Comparison.Less, EndOf(day)),
                    Comparison.More => One(field, Comparison.AtLeast, EndOf(day)),
                    _ => One(field, comparison, Calendar.StartOf(day)),
                };
            default:
                return One(field, comparison, Operands.Read(field, value, Calendar));
        }
    }

    private Clause Search(ListField field, Comparison comparison, Operand value)
    {
        var text = Operands.Text(field, value);
        var term = field.Search is TextSearch.Plain ? Operands.LowerAscii(text) : Folding.Fold(text);
        if (term.Length is 0 or > MaxTerm)
        {
            throw Problem.Invalid(field.Name, $"{field.Name} must be searched for a text of 1 to {MaxTerm} characters that is not blank.");
        }
        return One(field, comparison, term);
    }

    private Clause OneOf(ListField field, Seq<Operand> values)
    {
        var clauses = new List<Clause>();
        if (values.Any(value => value.Value is null)) clauses.Add(new Clause.Not(One(field, Comparison.Present, null)));
        var given = values.Where(value => value.Value is not null);
        switch (field.Kind)
        {
            case FieldKind.Whole or FieldKind.Amount:
                AddIn(given.Select(value => Operands.Exact(field, value)).OfType<long>());
                break;
            case FieldKind.Ids when field.ByName is { } byName:
                AddIn(given.SelectMany(value => byName(catalog, Operands.Text(field, value))));
                break;
            case FieldKind.Ids:
                AddIn(given.Select(value => Operands.Exact(field, value)).OfType<long>());
                break;
            case FieldKind.Text or FieldKind.Word or FieldKind.Words:
                AddIn(given.Select(value => (string)Operands.Read(field, value, Calendar)));
                break;
            case FieldKind.Uid:
                AddIn(given.Select(value => (Guid)Operands.Read(field, value, Calendar)));
                break;
            case FieldKind.Number or FieldKind.Instant or FieldKind.Day or FieldKind.Flag:
                clauses.AddRange(given.Select(value => Equal(field, value)));
                break;
        }
        return clauses.Count == 1 ? clauses[0] : new Clause.Any(clauses);

        void AddIn<T>(IEnumerable<T> wanted) where T : notnull
        {
            var distinct = wanted.Distinct().ToArray();
            if (distinct.Length == 1) clauses.Add(One(field, Comparison.Equal, distinct[0]));
            else if (distinct.Length > 1) clauses.Add(One(field, Comparison.In, distinct));
        }
    }

    private Clause.All Within(ListField field, Operand value)
    {
        if (!Period.TryParse(Operands.Text(field, value), Calendar.Today, out var period))
        {
            throw Problem.Invalid(field.Name, $"{field.Name} must be within one of: {Period.Accepted}.");
        }
        return Span(field, period.First, period.Last);
    }

    private Clause.All Span(ListField field, DateOnly first, DateOnly last) => field.Kind is FieldKind.Day
        ? new Clause.All([One(field, Comparison.AtLeast, first), One(field, Comparison.AtMost, last)])
        : new Clause.All([One(field, Comparison.AtLeast, Calendar.StartOf(first)), One(field, Comparison.Less, EndOf(last))]);

    private Clause Edge(ListField field, Comparison comparison) =>
        One(field, comparison, field.Kind is FieldKind.Day ? Calendar.Today : Calendar.Now);

    private DateTimeOffset EndOf(DateOnly day) => day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : Calendar.StartOf(day.AddDays(1));
}
