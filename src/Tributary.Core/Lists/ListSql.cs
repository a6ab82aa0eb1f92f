using System.Text;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Lists;

/// <summary>
/// Makes SQL text from clauses. The text is put together from closed sets only and is the same for the same shape of
/// question, so that prepared statements are found again; every value is a parameter.
/// </summary>
internal sealed class ListSql
{
    private readonly StringBuilder text = new();
    private readonly SqlFlavor sql;
    private readonly ListSource source;
    private Action<ListSource> guard = _ => { };
    private int parameters;

    public ListSql(SqlFlavor sql, ListSource source, long workspace)
    {
        this.sql = sql;
        this.source = source;
        Parameters.Add("Workspace", workspace);
    }

    public SqlValues Parameters { get; } = new();

    public override string ToString() => text.ToString();

    public ListSql Add(string fixedText)
    {
        text.Append(fixedText);
        return this;
    }

    /// <summary>The name of a new parameter, without the @.</summary>
    public string Name(object value)
    {
        var name = ParameterName(parameters++);
        Parameters.Add(name, value);
        return name;
    }

    public string Parameter(object value) => "@" + Name(value);

    /// <summary>A value in the spelling that the field's column has.</summary>
    public string Parameter(ListField field, object value) =>
        Parameter(value is DateOnly day && field.Path.Count > 0 ? DayText(day) : value);

    /// <param name="clause">The condition.</param>
    /// <param name="andVisible">Adds what the caller may see of another noun whose records a field goes through.</param>
    public ListSql And(Clause clause, Action<ListSource> andVisible)
    {
        guard = andVisible;
        return And(clause);
    }

    private ListSql And(Clause clause)
    {
        // The parts of a conjunction stand by themselves, where planners look for them.
        if (clause is Clause.All all && !IsOfOneIndex(all))
        {
            foreach (var part in all.Clauses) And(part);
            return this;
        }
        text.Append(" AND ");
        Write(clause);
        return this;
    }

    /// <summary>The SQL expression of a field's value.</summary>
    public string Expression(ListField field, string column)
    {
        if (field.Path.Count == 0) return column;
        var path = Name(sql.Path([.. field.Path]));
        return field.Kind is FieldKind.Number or FieldKind.Whole ? sql.NumberAt(column, path) : sql.TextAt(column, path);
    }

    private void Write(Clause clause)
    {
        switch (clause)
        {
            case Clause.All all when IsOfOneIndex(all):
                WriteIndexed([.. all.Clauses.Cast<Clause.One>()]);
                break;
            case Clause.All all:
                WriteEach(all.Clauses, " AND ", "TRUE");
                break;
            case Clause.Any any:
                WriteEach(any.Clauses, " OR ", "FALSE");
                break;
            case Clause.Not
            {
                Clause: Clause.One
                {
                    Comparison: Comparison.Present,
                    Field: { Through: null, IsList: false, Kind: not FieldKind.Text } field
                }
            }:
                text.Append(Expression(field, field.Column)).Append(" IS NULL");
                break;
            case Clause.Not not:
                // Unknown becomes false before it is negated.
                text.Append("NOT COALESCE(");
                Write(not.Clause);
                text.Append(", FALSE)");
                break;
            case Clause.One { Field.Through: { } through } one:
                var hole = through.IndexOf("{0}", StringComparison.Ordinal);
                text.Append(through, 0, hole);
                WriteTest(one);
                if (one.Field.Guard is { } other) guard(other());
                text.Append(through, hole + 3, through.Length - hole - 3);
                break;
            case Clause.One one when IsIndexed(one):
                WriteIndexed([one]);
                break;
            case Clause.One one:
                WriteTest(one);
                break;
        }
    }

    private static bool IsIndexed(Clause clause) => clause is Clause.One
    {
        Field.IndexedAs: > 0, Comparison: not (Comparison.Present or Comparison.Contains or Comparison.StartsWith or Comparison.EndsWith),
    };

    /// <summary>The two ends of a span are looked for together.</summary>
    private static bool IsOfOneIndex(Clause.All all) => all.Clauses.Count > 1 && all.Clauses.All(IsIndexed)
        && all.Clauses.Cast<Clause.One>().All(one => !one.Field.IsList && one.Field == ((Clause.One)all.Clauses[0]).Field);

    private void WriteIndexed(IReadOnlyList<Clause.One> tests)
    {
        var field = tests[0].Field;
        var column = field.Kind is FieldKind.Number or FieldKind.Whole or FieldKind.Ids ? "number_value" : "text_value";
        text.Append("id IN (SELECT record_id FROM field_values WHERE workspace_id = @Workspace AND field_id = ")
            .Append(Parameter(field.IndexedAs))
            .Append(" AND subject = '").Append(source.Subject).Append('\'');
        foreach (var test in tests) text.Append(" AND ").Append(Compared(column, test));
        text.Append(')');
    }

    private void WriteEach(IReadOnlyList<Clause> clauses, string between, string none)
    {
        if (clauses.Count == 0)
        {
            text.Append(none);
            return;
        }
        text.Append('(');
        for (var i = 0; i < clauses.Count; i++)
        {
            if (i > 0) text.Append(between);
            Write(clauses[i]);
        }
        text.Append(')');
    }

    private void WriteTest(Clause.One one)
    {
        var (field, comparison, value) = one;
        if (comparison is Comparison.Contains or Comparison.StartsWith or Comparison.EndsWith)
        {
            WriteSearch(field, comparison, (string)value!);
            return;
        }
        if (field.IsList && field.Through is null)
        {
            WriteListTest(field, comparison, value);
            return;
        }

        text.Append(Compared(Expression(field, field.Column), one));
    }

    private string Compared(string expression, Clause.One one)
    {
        var (field, comparison, value) = one;
        return comparison switch
        {
            Comparison.Equal => $"{expression} = {Parameter(field, value!)}",
            Comparison.Less => $"{expression} < {Parameter(field, value!)}",
            Comparison.AtMost => $"{expression} <= {Parameter(field, value!)}",
            Comparison.More => $"{expression} > {Parameter(field, value!)}",
            Comparison.AtLeast => $"{expression} >= {Parameter(field, value!)}",
            Comparison.In => sql.In(expression, Name(List(value!))),
            Comparison.Present when field.Kind is FieldKind.Text => $"({expression} IS NOT NULL AND {expression} <> '')",
            _ => $"{expression} IS NOT NULL",
        };
    }

    private void WriteListTest(ListField field, Comparison comparison, object? value)
    {
        if (comparison is Comparison.Present)
        {
            text.Append(field.Path.Count == 0 ? $"{field.Column} <> '[]'" : $"{Expression(field, field.Column)} <> '[]'");
            return;
        }
        var path = field.Path.Count == 0 ? null : Name(sql.Path([.. field.Path]));
        var elements = comparison is Comparison.In ? ((Array)value!).Cast<object>() : [value!];
        text.Append('(').AppendJoin(" OR ", elements.Select(element => sql.Holds(field.Column, path, Name(element)))).Append(')');
    }

    private void WriteSearch(ListField field, Comparison comparison, string term)
    {
        var pattern = SqlFlavor.Like(term);
        if (comparison is not Comparison.StartsWith) pattern = "%" + pattern;
        if (comparison is not Comparison.EndsWith) pattern += "%";
        switch (field.Search)
        {
            case TextSearch.Folded:
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $@"{field.Folded} LIKE {Parameter(pattern)} ESCAPE '\'");
                break;
            case TextSearch.Plain:
                text.Append(System.Globalization.CultureInfo.InvariantCulture,
                    $@"LOWER({Expression(field, field.Column)}) LIKE {Parameter(pattern)} ESCAPE '\'");
                break;
            case TextSearch.Document:
                text.Append("id IN (SELECT subject_id FROM search_docs WHERE workspace_id = @Workspace AND subject = '")
                    .Append(field.SearchSubject ?? source.Subject).Append("' AND field = '").Append(field.Folded).Append('\'');
                if (field.SourceId != 0) text.Append(" AND source_id = ").Append(Parameter(field.SourceId));
                text.Append(" AND ").Append(sql.Finds(term, Name(sql.SearchTerm(term))));
                if (comparison is not Comparison.Contains) text.Append(" AND text LIKE ").Append(Parameter(pattern)).Append(@" ESCAPE '\'");
                text.Append(')');
                break;
        }
    }

    private object List(object values) => values switch
    {
        long[] numbers => sql.List(numbers),
        string[] words => sql.List(words),
        Guid[] uids => sql.List(uids),
        _ => throw new InvalidOperationException("A list of values is of numbers, texts or uids."),
    };

    private static string DayText(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    // Most questions have few parameters; their names are not made anew each time.
    private static readonly string[] Names = [.. Enumerable.Range(0, 64).Select(n => $"p{n}")];

    private static string ParameterName(int n) => n < Names.Length ? Names[n] : $"p{n}";
}
