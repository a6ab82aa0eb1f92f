using System.Text.Json;
using Tributary.Core.Fields;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V1;

/// <summary>Filters: the specification of v1 ("Add a new filter", "Get all filter helpers").</summary>
public sealed class FilterTests
{
    private const string Filters = Pipe.V1 + "/filters";

    [Theory, OnBothBackends]
    public async Task A_filter_shows_the_conditions_it_was_made_with_and_selects_by_them(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        await pipe.Deal("my title", new { value = 500 });
        await pipe.Deal("other", new { value = 500 });
        var conditions = Conditions(("deal", "title", "=", "my title"));

        var filter = await pipe.Post(Filters, new { name = "Mine", type = "deals", conditions });
        var read = await pipe.Get($"{Filters}/{filter.GetProperty("id")}");
        var listed = await pipe.Get($"{Filters}?type=deals");

        Assert.Equal(("deals", true), (filter.GetProperty("type").GetString(), filter.GetProperty("active_flag").GetBoolean()));
        Assert.Equal("my title", read.GetProperty("conditions")
            .GetProperty("conditions")[0].GetProperty("conditions")[0].GetProperty("value").GetString());
        Assert.Single(listed.EnumerateArray());
        Assert.Equal(["my title"], await Titles(pipe, filter));
        Assert.Empty((await pipe.Get($"{Filters}?type=people")).EnumerateArray());
        Assert.Equal(filter.GetProperty("id").GetInt64(),
            (await pipe.Delete($"{Filters}/{filter.GetProperty("id")}")).GetProperty("id").GetInt64());
        Assert.Equal(404, (await pipe.Client.Get($"{Filters}/{filter.GetProperty("id")}")).Status);
    }

    // The operators that the helpers list, by type of field; each selects what its name says.
    [Theory, OnBothBackends]
    public async Task Every_kind_of_operator_selects_what_it_says(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var span = await pipe.Field(FieldType.DateRange, "Span");
        var stages = pipe.Workspace.Stages;
        var person = await pipe.Person("Peter Pan");
        await pipe.Deal("alpha", new { value = 100, stage_id = stages[0], expected_close_date = "2020-01-10", person_id = person.Id });
        await pipe.Deal("beta", new { value = 200, stage_id = stages[1], status = "won" });
        var moved = await pipe.Deal("gamma", new { value = 300, stage_id = stages[0] });
        await pipe.Put($"{Pipe.V1}/deals/{moved}",
            new Dictionary<string, object> { ["stage_id"] = stages[1], [span.Key] = "2026-01-01", [span.Key + "_until"] = "2026-01-31" });

        foreach (var (field, word, value, expected) in new (string, string, object?, string)[]
        {
            ("value", ">=", "200", "beta gamma"), ("value", "<", 200, "alpha"), ("value", "!=", 100, "beta gamma"),
            ("title", "LIKE '%$%'", "AMM", "gamma"), ("title", "LIKE '$%'", "al", "alpha"), ("title", "NOT LIKE '$%'", "al", "beta gamma"),
            ("title", "LIKE '%$'", "ta", "beta"),
            ("status", "=", "won", "beta"), ("status", "!=", "won", "alpha gamma"), ("status", "=", "all_not_deleted", "alpha beta gamma"),
            ("stage_id", "=", stages[1], "beta gamma"), ("stage_id", "has_been", stages[0], "alpha gamma"),
            ("pipeline", "=", pipe.Workspace.PipelineId, "alpha beta gamma"),
            ("expected_close_date", "IS NULL", null, "beta gamma"), ("expected_close_date", "<", "today", "alpha"),
            ("expected_close_date", "<", "1_months_ago", "alpha"),
            ("expected_close_date", "<", "this_month", "alpha"), ("expected_close_date", "=", "next_week", ""),
            ("expected_close_date", "=", "2020-01-10", "alpha"),
            ("add_time", "=", "today", "alpha beta gamma"), ("add_time", "=", "this_month", "alpha beta gamma"),
            ("add_time", "=", "before_today", ""), ("add_time", "=", "later_or_today", "alpha beta gamma"),
            ("won_time", "IS NOT NULL", null, "beta"), ("user_id", "=", pipe.Workspace.Admin.UserId, "alpha beta gamma"),
            ("person_id", "=", person.Id, "alpha"),
            ("visible_to", "!=", 7, ""), ("currency", "=", "EUR", "alpha beta gamma"), ("label", "IS NULL", null, "alpha beta gamma"),
            (span.Key, "=", "2026-01-01", "gamma"), (span.Key, "ends_at", "2026-01-31", "gamma"),
            (span.Key, "ends_before", "2026-01-31", ""), (span.Key, "includes", "2026-01-15", "gamma"),
        })
        {
            var filter =
                await pipe.Post(Filters, new { name = "x", type = "deals", conditions = Conditions(("deal", field, word, value)) });
            var found = string.Join(' ', await Titles(pipe, filter));
            Assert.True(expected == found, $"{field} {word} {value}: {found}");
        }
    }

    // "only two second level condition groups are supported of which one must be glued with 'AND' and the second with 'OR'".
    [Theory, OnBothBackends]
    public async Task Both_groups_must_hold_and_an_empty_one_says_nothing(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        foreach (var (title, value) in new[] { ("a", 1), ("b", 2), ("c", 3) }) await pipe.Deal(title, new { value });
        object Test(string field, string word, object value) => new { @object = "deal", field_id = field, @operator = word, value };

        var both = await pipe.Post(Filters, new
        {
            name = "x",
            type = "deals",
            conditions = new
            {
                glue = "and",
                conditions = new object[] { new { glue = "and", conditions = new[] { Test("value", ">", 1) } },
                    new { glue = "or", conditions = new[] { Test("title", "=", "a"), Test("title", "=", "c") } } }
            },
        });
        var withNull = await pipe.Post(Filters, new
        {
            name = "y",
            type = "deals",
            conditions = new
            {
                glue = "and",
                conditions = new object[] { new { glue = "and", conditions = new[] { Test("value", ">", 1) } },
                    new { glue = "or", conditions = new object?[] { null } } }
            },
        });

        Assert.Equal(["c"], await Titles(pipe, both));
        Assert.Equal(["b", "c"], await Titles(pipe, withNull));
    }

    [Theory, OnBothBackends]
    public async Task Fields_of_a_deals_person_can_be_tested(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        await pipe.Deal("with", new { person_id = (await pipe.Person("Peter Pan")).Id });
        await pipe.Deal("without");

        var filter =
            await pipe.Post(Filters, new { name = "x", type = "deals", conditions = Conditions(("person", "name", "LIKE '%$%'", "pan")) });

        Assert.Equal(["with"], await Titles(pipe, filter));
    }

    // "If set to true, each condition in the response includes a field_code".
    [Theory, OnBothBackends]
    public async Task Conditions_have_all_members_and_the_fields_code_when_asked(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var filter = await pipe.Post(Filters, new { name = "x", type = "deals", conditions = Conditions(("deal", "32", "=", "open")) });

        var plain = Condition(await pipe.Get($"{Filters}/{filter.Whole("id")}"));
        var coded = Condition(await pipe.Get($"{Filters}/{filter.Whole("id")}?include_field_code=true"));

        Assert.Equal((JsonValueKind.False, JsonValueKind.Null, false),
            (plain.GetProperty("json_value_flag").ValueKind, plain.GetProperty("extra_value").ValueKind, plain.TryGetProperty("field_code",
                out _)));
        Assert.Equal("status", coded.Text("field_code"));

        static JsonElement Condition(JsonElement filter) =>
            filter.GetProperty("conditions").GetProperty("conditions")[0].GetProperty("conditions")[0];
    }

    // The helpers list "IS NULL" and "IS NOT NULL" for fields of a few values; one of yes and no always has its value.
    [Theory, OnBothBackends]
    public async Task A_yes_or_no_is_never_empty(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        foreach (var done in new[] { 0, 1 })
        {
            await pipe.Post($"{Pipe.V1}/activities", new { subject = $"done {done}", type = "call", done }, 201);
        }

        foreach (var (word, value, expected) in new (string, object?, string)[] { ("IS NULL", null, ""),
            ("IS NOT NULL", null, "done 0, done 1"), ("=", 1, "done 1"), ("!=", "1", "done 0"), ("=", false, "done 0") })
        {
            var filter =
                await pipe.Post(Filters, new { name = "x", type = "activity", conditions = Conditions(("activity", "done", word, value)) });
            var found = await pipe.Get($"{Pipe.V1}/activities?user_id=0&sort=id&filter_id={filter.Whole("id")}");
            Assert.Equal(expected, string.Join(", ", found.EnumerateArray().Select(activity => activity.Text("subject"))));
        }
    }

    [Theory, OnBothBackends]
    public async Task What_no_filter_can_mean_is_refused_and_nothing_is_kept(Backend backend)
    {
        var pipe = await Pipe.Open(backend);

        foreach (var conditions in new[]
        {
            Conditions(("deal", "nobody", "=", "x")), Conditions(("deal", "title", "has_been", "x")),
            Conditions(("deal", "value", "LIKE '%$%'", "x")), Conditions(("project", "title", "=", "x")),
            Conditions(("deal", "title", "=", null)),
            Conditions([.. Enumerable.Repeat<(string, string, string, object?)>(("deal", "title", "=", "x"), 17)]),
            new { glue = "or", conditions = Array.Empty<object>() }, new { },
        })
        {
            var (status, json) = await pipe.Client.Post(Filters, new { name = "x", type = "deals", conditions });
            Assert.Equal((400, true), (status, json.GetProperty("error").GetString()!.Contains("conditions", StringComparison.Ordinal)));
        }
        Assert.Empty((await pipe.Get(Filters)).EnumerateArray());
    }

    [Theory, OnBothBackends]
    public async Task The_helpers_list_operators_and_relative_dates(Backend backend)
    {
        var pipe = await Pipe.Open(backend);

        var helpers = await pipe.Get($"{Filters}/helpers");

        Assert.Equal("has been", helpers.GetProperty("operators").GetProperty("stage").GetProperty("has_been").GetString());
        Assert.Equal("last week", helpers.GetProperty("relative_dates").GetProperty("Relative date intervals").GetProperty("last_week")
            .GetString());
    }

    private static object Conditions(params (string Object, string Field, string Operator, object? Value)[] tests) => new
    {
        glue = "and",
        conditions = new object[]
        {
            new { glue = "and",
                conditions = tests.Select(test => new { @object = test.Object, field_id = test.Field, @operator = test.Operator,
                    value = test.Value, extra_value = (string?)null }) },
            new { glue = "or", conditions = Array.Empty<object>() },
        },
    };

    private static async Task<IReadOnlyList<string?>> Titles(Pipe pipe, JsonElement filter) =>
        [.. (await pipe.Get($"{Pipe.V1}/deals?filter_id={filter.GetProperty("id")}&sort=title")).EnumerateArray()
            .Select(deal => deal.GetProperty("title").GetString())];
}
