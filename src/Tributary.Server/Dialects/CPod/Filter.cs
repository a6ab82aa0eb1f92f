using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.CPod;

/// <summary>Whose list is asked, for filters that name users, apps or tenants.</summary>
internal sealed record FilterScope(Caller Caller, WorkspaceCatalog Catalog)
{
    /// <summary>Ids of users; an unknown one is nobody's, so that nothing matches it.</summary>
    public IEnumerable<Operand> Users(IEnumerable<Guid> uids) => uids.Select(uid => (Operand)(Catalog.User(uid)?.Id ?? 0));
}

/// <summary>One parameter that narrows a list, and the condition that it makes of what was sent.</summary>
internal sealed record Filter(Member Member, Func<Call, FilterScope, Condition?> Read)
{
    public static readonly Condition None = Condition.AnyOf();

    public static IEnumerable<Condition> Conditions(Call call, WorkspaceCatalog catalog, IEnumerable<Filter> filters)
    {
        var scope = new FilterScope(call.Caller, catalog);
        foreach (var filter in filters) if (filter.Read(call, scope) is { } condition) yield return condition;
    }

    /// <summary>Any of the values sent, between commas.</summary>
    public static Filter Of<T>(Member<T> member, Func<Seq<T>, FilterScope, Condition> condition)
    {
        var list = Members.List(member.Name, member.Description, member);
        return new(list, (call, scope) => call.Query(list) is { IsSet: true, Value: { Count: > 0 } values } ? condition(values, scope)
            : null);
    }

    public static Condition In(string field, IEnumerable<Operand> values) =>
        values.ToArray() is { Length: > 0 } some ? Condition.Test(field, Operator.In, some) : None;

    public static Filter Text(string name, string? field = null)
    {
        var list = Members.List(name, Equals(name), Members.Text("", "", 2000));
        return new(list, (call, _) => call.Query(list) is { IsSet: true, Value: var texts } ? AnyText(field ?? name, texts) : null);
    }

    public static Filter[] Texts(string name, string field) =>
        [Text(name, field), Bound(Members.Text($"{name}_gte", AtLeast(name), 2000), text => Condition.Test(field, Operator.AtLeast, text)),
            Bound(Members.Text($"{name}_lte", AtMost(name), 2000), text => Condition.Test(field, Operator.AtMost, text))];

    public static Filter[] Numbers(string name)
    {
        Member<decimal> Number(string parameter, string description) => Members.Number(parameter, description, -Money.Max, Money.Max);
        return
        [
            Of(Number(name, Equals(name)), (numbers, _) => In(name, numbers.Select(number => (Operand)number))),
            Bound(Number($"{name}_gte", AtLeast(name)), number => Condition.Test(name, Operator.AtLeast, number)),
            Bound(Number($"{name}_lte", AtMost(name)), number => Condition.Test(name, Operator.AtMost, number)),
        ];
    }

    public static Filter[] Wholes(string name) =>
    [
        Of(Members.Whole(name, Equals(name)), (numbers, _) => In(name, numbers.Select(number => (Operand)number))),
        Bound(Members.Whole($"{name}_gte", AtLeast(name)), number => Condition.Test(name, Operator.AtLeast, number)),
        Bound(Members.Whole($"{name}_lte", AtMost(name)), number => Condition.Test(name, Operator.AtMost, number)),
    ];

    /// <summary>What is shown to the second is compared to the second; a date is its whole day.</summary>
    public static Filter[] Moments(string name, string? column = null)
    {
        var field = column ?? name;
        return
        [
            Of(Dates.Span(name, Equals(name)), (spans, _) => Condition.AnyOf([.. spans.Select(span => Condition.AllOf(
                Condition.Test(field, Operator.AtLeast, span.From), Condition.Test(field, Operator.Less, span.Until)))])),
            Bound(Dates.Span($"{name}_gte", AtLeast(name)), span => Condition.Test(field, Operator.AtLeast, span.From)),
            Bound(Dates.Span($"{name}_lte", AtMost(name)), span => Condition.Test(field, Operator.Less, span.Until)),
        ];
    }

    /// <summary>Days, which are shown as their midnight.</summary>
    public static Filter[] Days(string name, string field) =>
    [
        Of(Dates.Span(name, Equals(name)), (spans, _) =>
            In(field, spans.Select(span => span.Day).OfType<DateOnly>().Select(day => (Operand)day))),
        Bound(Dates.Span($"{name}_gte", AtLeast(name)),
            span => Condition.Test(field, span.Day is null ? Operator.More : Operator.AtLeast, span.LastDay)),
        Bound(Dates.Span($"{name}_lte", AtMost(name)), span => Condition.Test(field, Operator.AtMost, span.LastDay)),
    ];

    public static Filter User(string name, string? field = null) =>
        Named(name, "usr", field ?? name, (uids, scope) => In(field ?? name, scope.Users(uids)));

    /// <param name="uid">The list's field for the uid of the record referred to.</param>
    public static Filter Reference(string name, string prefix, string uid, string field) =>
        Named(name, prefix, field, (uids, _) => In(uid, uids.Select(one => (Operand)one)));

    public static Member<Seq<SortKey>> Sorting(string otherwise, params (string Name, string Field)[] fields)
    {
        var keys =
            fields.SelectMany(field => new[] { (field.Name, new SortKey(field.Field)),
                ("-" + field.Name, new SortKey(field.Field, Descending: true)) });
        return Members.List("sort", $"Comma-separated, - before a name for downwards; {otherwise} when left out.",
            Members.Word("", "", [.. keys]), 4);
    }

    private static Filter Named(string name, string prefix, string empty, Func<Seq<Guid>, FilterScope, Condition> condition)
    {
        var list = Members.List(name, Equals(name), Ids.Member("", prefix, ""));
        return new(list, (call, scope) => call.Query(list) is { IsSet: true, Value: var uids } ? uids.Count > 0
            ? condition(uids, scope) : Condition.Test(empty, Operator.IsEmpty) : null);
    }

    private static string Equals(string name) => $"Records whose {name} is this, or one of these between commas.";

    private static string AtLeast(string name) => $"Records whose {name} is this or comes after it.";

    private static string AtMost(string name) => $"Records whose {name} is this or comes before it.";

    private static Filter Bound<T>(Member<T> member, Func<T, Condition> condition) =>
        new(member, (call, _) => call.Query(member) is { IsSet: true, Value: var value } ? condition(value) : null);

    // Blank is how a query says "has none".
    private static Condition AnyText(string field, Seq<string> texts) => texts.Count == 0
        ? Condition.Test(field, Operator.IsEmpty)
        : In(field, texts.Select(text => (Operand)text));
}
