using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;

namespace Tributary.Core.Lists;

/// <summary>
/// A condition evaluated against a record in memory, with the same outcome as the SQL made from it: what automations ask.
/// </summary>
public sealed class Matches
{
    private readonly Clause clause;

    private Matches(Clause clause) => this.clause = clause;

    /// <summary>Binds a condition once for many records; refuses what a list would refuse.</summary>
    /// <param name="subject">The noun, "deal".</param>
    public static Matches For(string subject, Condition condition, WorkspaceCatalog catalog, DateTimeOffset now) =>
        new(Binding.Bind(ListSources.Of(subject), condition, catalog, now));

    /// <param name="value">
    /// The record's value of a field, by its name: a number, text, bool, day, instant, uid, a list of numbers or texts, null
    /// for none; <see cref="CustomValues"/> for "custom".
    /// </param>
    public bool Of(Func<string, object?> value) => Holds(clause, value);

    private static bool Holds(Clause clause, Func<string, object?> value) => clause switch
    {
        Clause.All all => all.Clauses.All(part => Holds(part, value)),
        Clause.Any any => any.Clauses.Any(part => Holds(part, value)),
        Clause.Not not => !Holds(not.Clause, value),
        Clause.One { Field.IsList: true } one => HoldsOfList(one, Elements(Kept(one.Field, value))),
        Clause.One one => Kept(one.Field, value) is { } kept && HoldsOf(one, kept),
        _ => throw new InvalidOperationException("Clauses are a closed set."),
    };

    private static bool HoldsOfList(Clause.One one, IReadOnlyList<object> elements) => one.Comparison switch
    {
        Comparison.Present => elements.Count > 0,
        Comparison.In => elements.Any(element => ((Array)one.Value!).Cast<object>().Contains(element)),
        _ => elements.Contains(one.Value!),
    };

    private static bool HoldsOf(Clause.One one, object kept) => one.Comparison switch
    {
        Comparison.Present => one.Field.Kind is not FieldKind.Text || (string)kept != "",
        Comparison.In => ((Array)one.Value!).Cast<object>().Any(wanted => Order(kept, wanted) == 0),
        Comparison.Equal => Order(kept, one.Value!) == 0,
        Comparison.Less => Order(kept, one.Value!) < 0,
        Comparison.AtMost => Order(kept, one.Value!) <= 0,
        Comparison.More => Order(kept, one.Value!) > 0,
        Comparison.AtLeast => Order(kept, one.Value!) >= 0,
        Comparison.Contains => Searched(one.Field, kept).Contains((string)one.Value!, StringComparison.Ordinal),
        Comparison.StartsWith => Searched(one.Field, kept).StartsWith((string)one.Value!, StringComparison.Ordinal),
        Comparison.EndsWith => Searched(one.Field, kept).EndsWith((string)one.Value!, StringComparison.Ordinal),
    };

    private static string Searched(ListField field, object kept) =>
        field.Search is TextSearch.Plain ? Operands.LowerAscii((string)kept) : Folding.Fold((string)kept);

    private static int Order(object kept, object wanted) => (kept, wanted) switch
    {
        (string left, string right) => BytesOrder(left, right),
        (Guid left, Guid right) => BytesOrder(left.ToString("D"), right.ToString("D")),
        (double left, long right) => left.CompareTo(right),
        _ => ((IComparable)kept).CompareTo(wanted),
    };

    // Both backends order texts by their UTF-8 bytes, which is not the order of UTF-16 units.
    private static int BytesOrder(string left, string right)
    {
        var utf8 = System.Text.Encoding.UTF8;
        return utf8.GetBytes(left).AsSpan().SequenceCompareTo(utf8.GetBytes(right));
    }

    private static object? Kept(ListField field, Func<string, object?> value)
    {
        if (field.Path.Count > 0) return OfCustom(field, value);
        return value(field.Name) switch
        {
            null => null,
            decimal amount => (long)decimal.Round(amount * field.Scale, MidpointRounding.ToEven),
            int number => number * field.Scale,
            long number => number * field.Scale,
            DateTimeOffset instant => Instants.Cut(instant),
            var other => other,
        };
    }

    private static object? OfCustom(ListField field, Func<string, object?> value)
    {
        var holder = field.Name[..(field.Name.IndexOf("custom.", StringComparison.Ordinal) + "custom".Length)];
        if (value(holder) is not CustomValues custom || custom[field.Path[0]] is not { } found) return null;
        for (var i = 1; i < field.Path.Count; i++)
        {
            if (found.ValueKind is not JsonValueKind.Object || !found.TryGetProperty(field.Path[i], out found)) return null;
        }
        return (field.Kind, found.ValueKind) switch
        {
            (_, JsonValueKind.Null) => null,
            (FieldKind.Number or FieldKind.Whole, JsonValueKind.Number) => found.GetDouble(),
            (FieldKind.Number or FieldKind.Whole, _) => null,
            (FieldKind.Ids, JsonValueKind.Array) => found.EnumerateArray().Select(element => element.GetInt64()).ToArray(),
            (FieldKind.Day, JsonValueKind.String) =>
                DateOnly.TryParse(found.GetString(), System.Globalization.CultureInfo.InvariantCulture, out var day) ? day : null,
            (_, JsonValueKind.String) => found.GetString(),
            _ => found.GetRawText(),
        };
    }

    private static IReadOnlyList<object> Elements(object? list) => list switch
    {
        null => [],
        IEnumerable<long> numbers => [.. numbers.Cast<object>()],
        IEnumerable<string> words => [.. words],
        _ => throw new InvalidOperationException("A list field holds numbers or texts."),
    };
}
