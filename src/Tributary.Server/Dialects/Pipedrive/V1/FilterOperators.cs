using System.Collections.Frozen;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>
/// The operators of filter conditions, by type of field, as "Get all filter helpers" lists them (specification of v1), and what
/// they mean to the engine.
/// </summary>
internal static class FilterOperators
{
    private static readonly (string, string)[] Numbers =
    [
        ("=", "is"), ("!=", "is not"), (">", "is more than"), ("<", "is less than"), (">=", "is more or equal to"),
        ("<=", "is less or equal to"), ("IS NULL", "is empty"), ("IS NOT NULL", "is not empty"),
    ];

    private static readonly (string, string)[] Ranges =
    [
        ("=", "starts at"), ("!=", "does not start at"), ("ends_at", "ends at"), ("does_not_end_at", "does not end at"),
        ("<", "starts before"), ("<=", "starts exactly on or before"),
        ("ends_before", "ends before"), ("ends_e_before", "ends exactly on or before"), (">", "starts after"), ("ends_after", "ends after"),
        (">=", "starts exactly or after"),
        ("ends_e_after", "ends exactly or after"), ("includes", "does include"), ("IS NULL", "is empty"), ("IS NOT NULL", "is not empty"),
    ];

    private static readonly (string, string)[] Links =
        [("=", "is"), ("!=", "is not"), ("IS NULL", "is empty"), ("IS NOT NULL", "is not empty")];
    private static readonly (string, string)[] Same = [("=", "is"), ("!=", "is not")];

    /// <summary>Operators that are taken of any text though they are no longer offered.</summary>
    public static readonly (string Word, string Meaning)[] Deprecated =
        [("NOT LIKE '%$%'", "does not contain"), ("LIKE '%$'", "ends with"), ("NOT LIKE '%$'", "does not end with")];

    public static readonly IReadOnlyList<(string Type, (string Word, string Meaning)[] Words)> All =
    [
        ("int", Numbers), ("double", Numbers), ("monetary", Numbers),
        ("time",
        [
            ("=", "is"), ("!=", "is not"), ("<", "is before"), (">", "is after"), (">=", "is exactly or after than"),
            ("<=", "is exactly or before than"), ("IS NULL", "is empty"),
            ("IS NOT NULL", "is not empty"),
        ]),
        ("date",
        [
            ("=", "is"), ("!=", "is not"), (">", "is later than"), ("<", "is earlier than"), (">=", "is exactly or later than"),
            ("<=", "is exactly or earlier than"), ("IS NULL", "is empty"),
            ("IS NOT NULL", "is not empty"),
        ]),
        ("entered_stage", [("=", "is"), ("!=", "is not"), (">", "is later than"), ("<", "is earlier than"),
            (">=", "is exactly or later than"), ("<=", "is exactly or earlier than")]),
        ("timerange", Ranges), ("daterange", Ranges),
        ("varchar",
        [
            ("=", "is"), ("!=", "is not"), ("IS NULL", "is empty"), ("IS NOT NULL", "is not empty"), ("LIKE '%$%'", "contains"),
            ("LIKE '$%'", "starts with"), ("NOT LIKE '$%'", "does not start with"),
        ]),
        ("stage", [("=", "is"), ("!=", "is not"), ("has_been", "has been")]),
        ("title", [("=", "is"), ("LIKE '$%'", "starts with"), ("LIKE '%$%'", "contains"), ("NOT LIKE '$%'", "does not start with")]),
        ("set", [("=", "is"), ("!=", "is not"), ("contains", "contains"), ("not_contains", "does not contain"), ("IS NULL", "is empty"),
            ("IS NOT NULL", "is not empty")]),
        ("enum", Links), ("deal", Links), ("product", Links),
        ("user", [.. Links, ("belongs_to_team", "belongs to team")]),
        ("status", Same), ("visible_to", Same), ("currency", Same), ("pipeline", Same), ("person", Links), ("organization", Links),
    ];

    private static readonly FrozenDictionary<string, FrozenSet<string>> Known =
        All.ToFrozenDictionary(one => one.Type, one => one.Words.Select(word => word.Word).ToFrozenSet());

    /// <summary>The type whose operators a type takes, where that is another: "people" takes those of "person".</summary>
    public static string Group(string type) => type switch
    {
        "people" or "person" => "person",
        "org" => "organization",
        "text" or "varchar_auto" or "phone" or "address" => "varchar",
        "followers" => "user",
        "boolean" or "rotten" => "enum",
        _ => type,
    };

    public static string Group(FieldType type) => Group(FieldTypes.Word(type));

    public static bool Takes(string group, string word) =>
        Known[group].Contains(word) || group is "varchar" or "title"
        && (Deprecated.Any(one => one.Word == word) || word is "!=" or "IS NULL" or "IS NOT NULL");

    /// <summary>The test, once the type takes the operator.</summary>
    /// <param name="field">The engine's name of the field.</param>
    /// <param name="group">The type whose operators it takes.</param>
    /// <param name="isList">Whether the record holds several values of the field.</param>
    /// <param name="word">The operator.</param>
    /// <param name="values">What it is compared with; several only of sets.</param>
    public static Condition Of(string field, string group, bool isList, string word, Seq<Operand> values)
    {
        var value = values.Count > 0 ? values[0] : Operand.None;
        return word switch
        {
            "IS NULL" => Condition.Test(field, Operator.IsEmpty),
            "IS NOT NULL" => Condition.Test(field, Operator.IsNotEmpty),
            "has_been" => new Condition.Is("been_in_stage", Operator.Has, values),
            "belongs_to_team" => Condition.Equal("owner_group_id", value),
            "LIKE '%$%'" => Condition.Test(field, Operator.Contains, value),
            "NOT LIKE '%$%'" => Condition.Test(field, Operator.NotContains, value),
            "LIKE '$%'" => Condition.Test(field, Operator.StartsWith, value),
            "NOT LIKE '$%'" => new Condition.Not(Condition.Test(field, Operator.StartsWith, value)),
            "LIKE '%$'" => Condition.Test(field, Operator.EndsWith, value),
            "NOT LIKE '%$'" => new Condition.Not(Condition.Test(field, Operator.EndsWith, value)),
            "contains" => Condition.AllOf([.. values.Select(one => Condition.Test(field, Operator.Has, one))]),
            "not_contains" => new Condition.Is(field, Operator.HasNone, values),
            "=" when isList => Condition.AllOf([.. values.Select(one => Condition.Test(field, Operator.Has, one))]),
            "!=" when isList => new Condition.Not(Condition.AllOf([.. values.Select(one => Condition.Test(field, Operator.Has, one))])),
            _ when group is "date" or "entered_stage" => Dated(field, word, value),
            _ when group is "daterange" or "timerange" => Ranged(field, word, value),
            _ => Ordered(field, word, value),
        };
    }

    private static Condition Ordered(string field, string word, Operand value) => word switch
    {
        "=" => Condition.Equal(field, value),
        "!=" => Condition.Test(field, Operator.NotEqual, value),
        "<" => Condition.Test(field, Operator.Less, value),
        "<=" => Condition.Test(field, Operator.AtMost, value),
        ">" => Condition.Test(field, Operator.More, value),
        _ => Condition.Test(field, Operator.AtLeast, value),
    };

    private static Condition Ranged(string field, string word, Operand value) => word switch
    {
        "ends_at" => Ordered(field + ".until", "=", value),
        "does_not_end_at" => Ordered(field + ".until", "!=", value),
        "ends_before" => Ordered(field + ".until", "<", value),
        "ends_e_before" => Ordered(field + ".until", "<=", value),
        "ends_after" => Ordered(field + ".until", ">", value),
        "ends_e_after" => Ordered(field + ".until", ">=", value),
        "includes" => Condition.AllOf(Ordered(field, "<=", value), Ordered(field + ".until", ">=", value)),
        _ => Ordered(field, word, value),
    };

    // A relative interval is compared by its ends, a relative date as the day it means today.
    private static Condition Dated(string field, string word, Operand value)
    {
        if (value.Value is not string text) return Ordered(field, word, value);
        switch (text)
        {
            case "now":
                return word is "<" or "<=" ? Condition.Test(field, Operator.BeforeNow) : word is ">" or ">="
                    ? Condition.Test(field, Operator.AfterNow) : Ordered(field, word, "today");
            case "before_today":
                return Signed(word, Ordered(field, "<", "today"));
            case "later_or_today":
                return Signed(word, Ordered(field, ">=", "today"));
            case "before_tomorrow":
                return Signed(word, Ordered(field, "<", "tomorrow"));
            case "later_or_tomorrow":
                return Signed(word, Ordered(field, ">=", "tomorrow"));
        }
        if (FilterDates.IsInterval(text))
        {
            return word switch
            {
                "=" => Condition.Test(field, Operator.Within, text),
                "!=" => new Condition.Not(Condition.Test(field, Operator.Within, text)),
                "<" or ">=" => Ordered(field, word, text + ":first"),
                _ => Ordered(field, word, text + ":last"),
            };
        }
        return Ordered(field, word, FilterDates.Day(text) ?? text);
    }

    private static Condition Signed(string word, Condition condition) => word == "!=" ? new Condition.Not(condition) : condition;
}

/// <summary>Relative dates of filters, as "Get all filter helpers" lists them.</summary>
internal static class FilterDates
{
    public static readonly string[] Intervals = [
        "last_quarter", "this_quarter", "last_month", "this_month", "last_week", "this_week", "next_week", "next_month"];

    public static readonly IReadOnlyList<(string Word, string Meaning)> Dates =
    [
        ("6_months_ago", "6 months ago"), ("5_months_ago", "5 months ago"), ("4_months_ago", "4 months ago"),
        ("3_months_ago", "3 months ago"), ("2_months_ago", "2 months ago"), ("1_months_ago", "1 month ago"),
        ("3_weeks_ago", "3 weeks ago"), ("2_weeks_ago", "2 weeks ago"), ("1_week_ago", "1 week ago"), ("yesterday", "yesterday"),
        ("before_today", "before today"), ("today", "today"), ("now", "now"),
        ("later_or_today", "today or later"), ("before_tomorrow", "before tomorrow"), ("tomorrow", "tomorrow"),
        ("later_or_tomorrow", "tomorrow or later"), ("in_1_week", "in 1 week"),
        ("in_2_weeks", "in 2 weeks"), ("in_3_weeks", "in 3 weeks"), ("in_1_month", "in 1 month"), ("in_2_months", "in 2 months"),
        ("in_3_months", "in 3 months"), ("in_4_months", "in 4 months"),
        ("in_5_months", "in 5 months"), ("in_6_months", "in 6 months"),
    ];

    public static bool IsInterval(string word) => Intervals.Contains(word);

    /// <summary>The engine's word for a relative date; none for what is none.</summary>
    public static string? Day(string word) => word.Split('_') switch
    {
        [var count, "months" or "month", "ago"] => $"today-{count}m",
        [var count, "weeks" or "week", "ago"] => $"today-{count}w",
        ["in", var count, "week" or "weeks"] => $"today+{count}w",
        ["in", var count, "month" or "months"] => $"today+{count}m",
        _ => null,
    };
}
