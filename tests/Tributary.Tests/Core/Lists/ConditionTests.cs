using FsCheck;
using FsCheck.Fluent;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Lists;

public sealed class ConditionTests
{
    private static readonly DateOnly Friday = new(2026, 11, 20);

    [Theory]
    [InlineData("today", "2026-11-20", "2026-11-20")]
    [InlineData("yesterday", "2026-11-19", "2026-11-19")]
    [InlineData("tomorrow", "2026-11-21", "2026-11-21")]
    [InlineData("this_week", "2026-11-16", "2026-11-22")]
    [InlineData("last_week", "2026-11-09", "2026-11-15")]
    [InlineData("next_week", "2026-11-23", "2026-11-29")]
    [InlineData("this_month", "2026-11-01", "2026-11-30")]
    [InlineData("next_month", "2026-12-01", "2026-12-31")]
    [InlineData("this_quarter", "2026-10-01", "2026-12-31")]
    [InlineData("next_quarter", "2027-01-01", "2027-03-31")]
    [InlineData("last_year", "2025-01-01", "2025-12-31")]
    [InlineData("last_7_days", "2026-11-14", "2026-11-20")]
    [InlineData("next_2_days", "2026-11-20", "2026-11-21")]
    public void A_period_is_counted_from_today(string word, string first, string last)
    {
        Assert.True(Period.TryParse(word, Friday, out var period));

        Assert.Equal((first, last), ($"{period.First:yyyy-MM-dd}", $"{period.Last:yyyy-MM-dd}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("this")]
    [InlineData("this_decade")]
    [InlineData("last_0_days")]
    [InlineData("last_-1_days")]
    [InlineData("last_99999_days")]
    public void Other_words_are_no_period(string word) => Assert.False(Period.TryParse(word, Friday, out _));

    [Fact]
    public void A_condition_reads_back_as_it_was_written() =>
    Properties.ForAll(Conditions(3).ToArbitrary(), condition => ConditionJson.Read(ConditionJson.Write(condition)) == condition);

    [Theory]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("""{"and": {}}""")]
    [InlineData("""{"field": "title"}""")]
    [InlineData("""{"field": "title", "operator": "like", "value": "x"}""")]
    [InlineData("""{"field": "title", "operator": "equals", "value": {}}""")]
    [InlineData("""{"field": "title", "operator": "equals", "value": 1e400}""")]
    [InlineData("""{"field": "title", "operator": "equals", "value": "\ud800"}""")]
    [InlineData("""{"field": "title", "operator": "equals", "value": "a", "values": ["a"]}""")]
    [InlineData("""{"not":{"not":{"not":{"not":{"not":{"not":{"not":{"not":{"not":{"not":{"not":{"not":{"not":{"not":{"not":{"not":{"not":{"and":[]}}}}}}}}}}}}}}}}}}""")]
    public void JSON_that_is_no_condition_is_refused(string json) =>
        Assert.Equal("condition", Assert.Throws<ProblemException>(() => ConditionJson.Read(json)).Problem.Fields[0].Field);

    [Theory]
    [InlineData("nonsense", Operator.Equal, "x", "Accepted are")]
    [InlineData("title; DROP TABLE deals", Operator.Equal, "x", "Accepted are")]
    [InlineData("custom.unknown", Operator.Equal, "x", "Accepted are")]
    [InlineData("person.nonsense", Operator.Equal, "x", "Accepted are")]
    [InlineData("status", Operator.Contains, "x", "Accepted are equals, not_equals, in, not_in, is_empty, is_not_empty")]
    [InlineData("status", Operator.Equal, "openish", "one of lost, open, won")]
    [InlineData("value", Operator.More, "much", "a number such as 1500.5")]
    [InlineData("stage_id", Operator.Equal, "first", "a whole number such as 42")]
    [InlineData("expected_close", Operator.Less, "soon", "a day such as 2026-11-20")]
    [InlineData("expected_close", Operator.Within, "soon", "this_/last_/next_")]
    [InlineData("added_at", Operator.Less, "2026-13-01", "a moment such as")]
    [InlineData("is_rotten", Operator.Equal, "maybe", "true or false")]
    [InlineData("uid", Operator.Equal, "42", "a UUID")]
    [InlineData("title", Operator.Contains, " ", "not blank")]
    public void A_refused_test_names_the_field_and_what_is_accepted(string field, Operator @operator, string value, string accepted)
    {
        var problem = Assert.Throws<ProblemException>(() => Bind(Condition.Test(field, @operator, value))).Problem;

        Assert.Equal(ProblemCode.Invalid, problem.Code);
        Assert.Equal(field, problem.Fields[0].Field);
        Assert.Contains(accepted, problem.Fields[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_values_tests_and_levels_are_refused()
    {
        Assert.Throws<ProblemException>(
            () => Bind(new Condition.Is("id", Operator.In, [.. Enumerable.Range(0, 1001).Select(n => (Operand)(long)n)])));
        Assert.Throws<ProblemException>(() => Bind(new Condition.Or([.. Enumerable.Repeat(Condition.Equal("id", 1), 301)])));
        Assert.Throws<ProblemException>(
            () => Bind(Enumerable.Range(0, 20).Aggregate(Condition.Everything, (inner, _) => new Condition.Not(inner))));
    }

    [Theory]
    [InlineData(Operator.AtMost, "2026-11-20T22:59:59.999Z", true)]
    [InlineData(Operator.AtMost, "2026-11-20T23:00:00Z", false)]
    [InlineData(Operator.More, "2026-11-20T23:00:00Z", true)]
    [InlineData(Operator.AtLeast, "2026-11-19T23:00:00Z", true)]
    [InlineData(Operator.Equal, "2026-11-19T22:59:59.999Z", false)]
    public void A_day_compared_with_a_moment_is_the_whole_day_in_the_workspaces_zone(Operator @operator, string moment, bool holds)
    {
        var matches = Matches.For("deal", Condition.Test("added_at", @operator, Friday), Catalogs.Of(timeZone: "Europe/Berlin"),
            TestClock.Start);

        Assert.Equal(holds, matches.Of(_ => DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_record_without_a_value_passes_negative_tests_and_fails_positive_ones()
    {
        static bool Of(Condition condition) => Matches.For("deal", condition, Catalogs.Of(), TestClock.Start).Of(_ => null);

        Assert.True(Of(Condition.Test("owner_id", Operator.NotEqual, 1)));
        Assert.True(Of(Condition.Test("owner_id", Operator.NotIn, 1, 2)));
        Assert.True(Of(Condition.Equal("owner_id", Operand.None)));
        Assert.False(Of(Condition.Equal("owner_id", 1)));
        Assert.True(Of(new Condition.Not(Condition.Equal("owner_id", 1))));
        Assert.False(Of(Condition.Test("value", Operator.Less, 1)));
    }

    private static Clause Bind(Condition condition) => Binding.Bind(ListSources.Deals, condition, Catalogs.Of(), TestClock.Start);

    private static Gen<Condition> Conditions(int depth)
    {
        var operand = Gen.OneOf(
            ArbMap.Default.GeneratorFor<NonNull<string>>().Where(text => text.Get.All(character => !char.IsSurrogate(character)))
                .Select(text => (Operand)text.Get),
            ArbMap.Default.GeneratorFor<decimal>().Select(number => (Operand)number),
            ArbMap.Default.GeneratorFor<bool>().Select(flag => (Operand)flag),
            Gen.Constant(Operand.None));
        var test = from field in Gen.Elements("title", "value", "custom.x")
                   from @operator in Gen.Elements(Enum.GetValues<Operator>())
                   from values in Gen.ListOf(operand)
                   select (Condition)new Condition.Is(field, @operator, [.. values]);
        if (depth == 0) return test;
        var several = Gen.ListOf(Conditions(depth - 1), 2);
        return Gen.OneOf(test, several.Select(all => (Condition)new Condition.And([.. all])),
            several.Select(any => (Condition)new Condition.Or([.. any])),
            Conditions(depth - 1).Select(inner => (Condition)new Condition.Not(inner)));
    }
}
