using System.Text.Json;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.AutomateNexus;

/// <summary>"List Deals" of the vendor's page, and the decisions on its silent points.</summary>
public sealed class NexusListTests
{
    // docs: the example response; meta {total, limit, has_more}; reference: next_cursor; newest first.
    [Theory, OnBothBackends]
    public async Task A_list_goes_on_where_its_cursor_says(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        for (var n = 1; n <= 5; n++)
        {
            await nexus.Deal($"Deal {n}");
            if (n < 4) TestClock.Instance.Advance(TimeSpan.FromMinutes(1));
        }

        var titles = new List<string?>();
        var pages = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var (_, page) = await nexus.Client.Get($"{Nexus.Deals}?limit=2{(cursor == "" ? "" : "&cursor=" + cursor)}");
            titles.AddRange(page.GetProperty("data").EnumerateArray().Select(deal => deal.GetProperty("title").GetString()));
            var meta = page.GetProperty("meta");
            pages.Add($"{meta.GetProperty("total")} {meta.GetProperty("limit")} {meta.GetProperty("has_more")}");
            cursor = meta.GetProperty("next_cursor").GetString();
        }

        Assert.Equal(["Deal 5", "Deal 4", "Deal 3", "Deal 2", "Deal 1"], titles);
        Assert.Equal(["5 2 True", "5 2 True", "5 2 False"], pages);
    }

    [Theory, OnBothBackends]
    public async Task A_listed_deal_has_exactly_the_members_of_the_sample(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        await nexus.Deal("Only");

        var (_, list) = await nexus.Client.Get(Nexus.Deals);

        Assert.Equal(
            ["id", "title", "pipeline_id", "stage_id", "stage_name", "value", "currency", "probability", "owner_id", "contact_id",
                "expected_close_date", "status", "custom_fields", "created_at", "updated_at"],
            list.GetProperty("data")[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal(["success", "data", "meta"], list.EnumerateObject().Select(member => member.Name));
    }

    // docs: pipeline_id, stage_id, owner_id, status, min_value, max_value, expected_close_after, expected_close_before; reference: bounds
    // belong to the range.
    [Theory, OnBothBackends]
    public async Task Every_filter_narrows(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var member = "usr_" + Tributary.Core.Kernel.UidText.ToBase32(nexus.Catalog.User(nexus.Workspace.Member.UserId)!.Uid);
        await nexus.Deal("Small", new { value = 100, expected_close_date = "2026-04-15" });
        await nexus.Deal("Middle", new { value = 200.5, expected_close_date = "2026-04-16", stage_id = nexus.Stage(1), owner_id = member });
        var big = await nexus.Deal("Big", new { value = 300, expected_close_date = "2026-04-17" });
        await nexus.Deal("Bare");
        await nexus.Put($"{Nexus.Deals}/{big}", new { status = "won" });
        var elsewhere = (await Nexus.Open(backend)).Pipeline;

        async Task Finds(string query, params string[] expected) =>
            Assert.Equal(expected, (await nexus.Titles(query + "&sort=value")).Order(StringComparer.Ordinal));

        await Finds($"pipeline_id={nexus.Pipeline}", "Bare", "Big", "Middle", "Small");
        await Finds($"pipeline_id={elsewhere}");
        await Finds($"stage_id={nexus.Stage(1)}", "Middle");
        await Finds($"owner_id={member}", "Middle");
        await Finds("status=won", "Big");
        await Finds("status=open&min_value=0", "Middle", "Small");
        await Finds("min_value=200.5", "Big", "Middle");
        await Finds("max_value=200.5", "Middle", "Small");
        await Finds("expected_close_after=2026-04-16", "Big", "Middle");
        await Finds("expected_close_before=2026-04-16T12:00:00Z", "Middle", "Small");
        await Finds("expected_close_after=2026-04-16&expected_close_before=2026-04-16", "Middle");
        await Finds("colour=blue", "Bare", "Big", "Middle", "Small");
    }

    // docs: sort created_at, value, expected_close_date, updated_at, "-" descending; reference: multi-sort by comma.
    [Theory, OnBothBackends]
    public async Task Sorting_takes_several_keys_in_both_directions(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        await nexus.Deal("A", new { value = 1, expected_close_date = "2026-04-17" });
        TestClock.Instance.Advance(TimeSpan.FromMinutes(1));
        var b = await nexus.Deal("B", new { value = 2, expected_close_date = "2026-04-15" });
        TestClock.Instance.Advance(TimeSpan.FromMinutes(1));
        await nexus.Deal("C", new { value = 2, expected_close_date = "2026-04-16" });
        TestClock.Instance.Advance(TimeSpan.FromMinutes(1));
        await nexus.Put($"{Nexus.Deals}/{b}", new { title = "B" });
        await nexus.Put($"{Nexus.Deals}/{b}", new { title = "B2" });

        Assert.Equal(["A", "B2", "C"], await nexus.Titles("sort=created_at"));
        Assert.Equal(["C", "B2", "A"], await nexus.Titles("sort=-value,-created_at"));
        Assert.Equal(["B2", "C", "A"], await nexus.Titles("sort=-value,created_at"));
        Assert.Equal(["B2", "C", "A"], await nexus.Titles("sort=expected_close_date"));
        Assert.Equal(["B2", "C", "A"], await nexus.Titles("sort=-updated_at"));
        Assert.Equal(["A", "C", "B2"], await nexus.Titles("sort=value,-value,-expected_close_date"));
    }

    // reference: "limit out of range: >100 → clamp to 100; <1 or non-integer → 422"; invalid cursor → 400; unknown status → 422.
    [Theory, OnBothBackends]
    public async Task Wrong_parameters_are_named(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        await nexus.Deal("One");
        await nexus.Deal("Two");
        var (_, page) = await nexus.Client.Get($"{Nexus.Deals}?limit=1&sort=value");
        var cursor = page.GetProperty("meta").GetProperty("next_cursor").GetString();

        (string Query, int Status, string Field)[] cases =
        [
            ("limit=0", 422, "limit"), ("limit=-5", 422, "limit"), ("limit=2.5", 422, "limit"), ("limit=many", 422, "limit"),
            ("limit=99999999999999999999", 422, "limit"),
            ("status=closed", 422, "status"), ("status=", 422, "status"), ("sort=title", 422, "sort"), ("sort=--value", 422, "sort"),
            ("min_value=cheap", 422, "min_value"), ("max_value=1,5", 422, "max_value"),
            ("expected_close_after=soon", 422, "expected_close_after"), ("expected_close_before=2026-02-30", 422, "expected_close_before"),
            ("pipeline_id=7", 422, "pipeline_id"), ($"stage_id={nexus.Pipeline}", 422, "stage_id"), ("owner_id=usr_1", 422, "owner_id"),
            ("cursor=abc", 400, "cursor"), ("cursor=", 400, "cursor"), ($"cursor={cursor}x&sort=value", 400, "cursor"),
            ($"cursor={cursor}&sort=-value", 400, "cursor"),
        ];
        foreach (var (query, expected, field) in cases)
        {
            var (status, json) = await nexus.Client.Get($"{Nexus.Deals}?{query}");
            Assert.True(status == expected, $"{query} was answered {status}");
            Assert.Equal(field, json.GetProperty("error").GetProperty("details")[0].GetProperty("field").GetString());
            Assert.Equal(expected == 400 ? "BAD_REQUEST" : "VALIDATION_ERROR", json.GetProperty("error").GetProperty("code").GetString());
        }
        var (_, clamped) = await nexus.Client.Get($"{Nexus.Deals}?limit=5000");
        Assert.Equal(100, clamped.GetProperty("meta").GetProperty("limit").GetInt32());
    }

    [Theory, OnBothBackends]
    public async Task A_cursor_of_another_workspace_is_400(Backend backend)
    {
        var (one, other) = (await Nexus.Open(backend), await Nexus.Open(backend));
        await one.Deal("1");
        await one.Deal("2");
        var (_, page) = await one.Client.Get($"{Nexus.Deals}?limit=1");

        var (status, _) =
            await other.Client.Get($"{Nexus.Deals}?limit=1&cursor={page.GetProperty("meta").GetProperty("next_cursor").GetString()}");

        Assert.Equal(400, status);
    }
}
