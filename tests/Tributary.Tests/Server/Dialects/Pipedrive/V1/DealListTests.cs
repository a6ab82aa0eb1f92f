using System.Text.Json;
using Tributary.Core.Filters;
using Tributary.Core.Lists;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V1;

/// <summary>Lists, summaries and timelines of v1 (reference §3, §9.7, §12; the seed page).</summary>
public sealed class DealListTests
{
    private const string Deals = Pipe.V1 + "/deals";

    // reference §3: start, limit, more_items_in_collection, and next_start only while there is more.
    [Theory, OnBothBackends]
    public async Task Pages_are_counted_from_start(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        foreach (var title in new[] { "a", "b", "c" }) await pipe.Deal(title);

        var (_, first) = await pipe.Client.Get($"{Deals}?limit=2&sort=title DESC");
        var (_, second) = await pipe.Client.Get($"/pipedrive/api/v1/deals?limit=2&start=2&sort=title%20DESC");

        Assert.Equal(["c", "b"], Titles(first));
        Assert.Equal("""{"pagination":{"start":0,"limit":2,"more_items_in_collection":true,"next_start":2}}""",
            first.GetProperty("additional_data").GetRawText());
        Assert.Equal(["a"], Titles(second));
        Assert.Equal("""{"pagination":{"start":2,"limit":2,"more_items_in_collection":false}}""",
            second.GetProperty("additional_data").GetRawText());
    }

    // reference §12: filter_id > owned_by_you > user_id.
    [Theory, OnBothBackends]
    public async Task A_filter_outranks_the_owner(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        await pipe.Deal("mine");
        await pipe.Deal("theirs", new { owner_id = pipe.Workspace.Member.UserId });
        var filter = await new FilterService(pipe.Workspace.Db)
            .Create(pipe.Workspace.Admin,
                new() { Subject = "deal", Name = "All", Condition = Condition.Test("title", Operator.IsNotEmpty) }, default);

        Assert.Equal(["theirs"], await Listed(pipe, $"user_id={pipe.Workspace.Member.UserId}"));
        Assert.Equal(["mine"], await Listed(pipe, $"user_id={pipe.Workspace.Member.UserId}&owned_by_you=1"));
        Assert.Equal(["mine", "theirs"],
            await Listed(pipe, $"filter_id={filter.Id}&owned_by_you=1&user_id={pipe.Workspace.Member.UserId}"));
    }

    // reference §8.3 and §8.4: archived deals are a list of their own; deleted ones are listed on request.
    [Theory, OnBothBackends]
    public async Task Archived_and_deleted_deals_are_listed_apart(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        await pipe.Deal("live");
        await pipe.Deal("kept", new { is_archived = true });
        await pipe.Delete($"{Deals}/{await pipe.Deal("gone")}");

        Assert.Equal(["live"], await Listed(pipe, ""));
        Assert.Equal(["gone"], await Listed(pipe, "status=deleted"));
        Assert.Equal(["kept"], Titles((await pipe.Client.Get($"{Deals}/archived")).Json));
        Assert.Equal([], Titles((await pipe.Client.Get($"{Deals}/archived?status=won")).Json));
    }

    // seed page: "Users with regular permissions will receive a 403 response"; the body is that of the specification (A3).
    [Theory, OnBothBackends]
    public async Task The_collection_is_for_admins_and_goes_on_by_cursor(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        foreach (var title in new[] { "a", "b", "c" }) await pipe.Deal(title);
        var member = await pipe.As(backend, pipe.Workspace.Member);

        var (_, first) = await pipe.Client.Get($"{Deals}/collection?limit=2");
        var (_, second) =
            await pipe.Client.Get(
                $"{Deals}/collection?limit=2&cursor={Uri.EscapeDataString(first.GetProperty("additional_data").GetProperty("next_cursor").GetString()!)}");
        var (status, refused) = await member.Get($"{Deals}/collection");

        Assert.Equal(["a", "b", "c"], Titles(first).Concat(Titles(second)));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("additional_data").GetProperty("next_cursor").ValueKind);
        Assert.Equal(
            (403, """{"success":false,"error":"You do not have permissions to do this.","error_info":"Please check developers.pipedrive.com","data":null,"additional_data":null}"""), (status, refused.GetRawText()));
    }

    // reference A5: by currency, weighted, with texts; no status means every status, the archive apart.
    [Theory, OnBothBackends]
    public async Task A_summary_adds_up_by_currency(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var stage = pipe.Workspace.Stages[1];
        await pipe.Deal("a", new { value = 100, currency = "EUR", stage_id = stage });
        await pipe.Deal("b", new { value = 20.5, currency = "EUR", stage_id = stage, status = "won" });
        await pipe.Deal("c", new { value = 7, is_archived = true });

        var all = await pipe.Get($"{Deals}/summary");
        var won = await pipe.Get($"{Deals}/summary?status=won&user_id={pipe.Workspace.Admin.UserId}");
        var archived = await pipe.Get($"{Deals}/summary/archived");

        Assert.Equal(
            """{"value":120.5,"count":2,"value_converted":120.5,"value_formatted":"€120.50","value_converted_formatted":"€120.50"}""",
            all.GetProperty("values_total").GetProperty("EUR").GetRawText());
        Assert.Equal("""{"value":60.25,"count":2,"value_formatted":"€60.25"}""",
            all.GetProperty("weighted_values_total").GetProperty("EUR").GetRawText());
        Assert.Equal((2, 120.5m, 60.25m),
            (all.GetProperty("total_count").GetInt32(), all.GetProperty("total_currency_converted_value")
                .GetDecimal(), all.GetProperty("total_weighted_currency_converted_value").GetDecimal()));
        Assert.Equal(1, won.GetProperty("total_count").GetInt32());
        Assert.Equal(7m, archived.GetProperty("values_total").GetProperty("EUR").GetProperty("value").GetDecimal());
    }

    // reference §9.7: data is an array, one element per interval; open and won deals only. Intervals are those of the seed page.
    [Theory, OnBothBackends]
    public async Task A_timeline_cuts_deals_into_intervals(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        await pipe.Deal("january", new { value = 100, expected_close_date = "2026-01-15" });
        await pipe.Deal("march", new { value = 50, expected_close_date = "2026-03-31", status = "won" });
        await pipe.Deal("lost", new { value = 9, expected_close_date = "2026-03-31", status = "lost" });
        await pipe.Deal("archived", new { value = 9, expected_close_date = "2026-01-01", is_archived = true });
        const string Asked = "start_date=2026-01-01&interval=month&amount=3&field_key=expected_close_date";

        var months = (await pipe.Get($"{Deals}/timeline?{Asked}&totals_convert_currency=default_currency")).EnumerateArray().ToList();
        var without = (await pipe.Get($"{Deals}/timeline?{Asked}&exclude_deals=1")).EnumerateArray().ToList();
        var archived = (await pipe.Get($"{Deals}/timeline/archived?{Asked}")).EnumerateArray().ToList();

        Assert.Equal(3, months.Count);
        Assert.Equal(("2026-01-01 00:00:00", "2026-01-31 23:59:59"),
            (months[0].GetProperty("period_start").GetString(), months[0].GetProperty("period_end").GetString()));
        Assert.Equal(["january"], months[0].GetProperty("deals").EnumerateArray().Select(deal => deal.GetProperty("title").GetString()));
        Assert.Equal(
            """{"count":1,"values":{"EUR":50},"weighted_values":{"EUR":5},"open_count":0,"open_values":{},"weighted_open_values":{},"won_count":1,"won_values":{"EUR":50}}""",
            months[2].GetProperty("totals").GetRawText());
        Assert.Equal((1, 50m),
            (months[2].GetProperty("totals_converted").GetProperty("count").GetInt32(), months[2].GetProperty("totals_converted")
                .GetProperty("value").GetDecimal()));
        Assert.False(without[0].TryGetProperty("deals", out _));
        Assert.Equal(1, without[0].GetProperty("totals").GetProperty("count").GetInt32());
        Assert.Equal(["archived"], archived[0].GetProperty("deals").EnumerateArray().Select(deal => deal.GetProperty("title").GetString()));
    }

    [Theory, OnBothBackends]
    public async Task A_timeline_of_what_is_no_date_is_refused(Backend backend)
    {
        var pipe = await Pipe.Open(backend);

        foreach (var (query, named) in new[]
        {
            ("start_date=2026-01-01&interval=month&amount=3&field_key=title", "field_key"),
            ("start_date=2026-01-01&interval=month&amount=3&field_key=nobody", "field_key"),
            ("start_date=2026-01-01&interval=year&amount=3&field_key=add_time", "interval"),
            ("interval=day&amount=0&field_key=add_time", "start_date"),
            ("start_date=2026-01-01&interval=day&amount=1&field_key=add_time&totals_convert_currency=XXX", "totals_convert_currency"),
        })
        {
            var (status, json) = await pipe.Client.Get($"{Deals}/timeline?{query}");
            Assert.Equal((400, true), (status, json.GetProperty("error").GetString()!.Contains(named, StringComparison.Ordinal)));
        }
    }

    private static async Task<IEnumerable<string?>> Listed(Pipe pipe, string query) =>
        Titles((await pipe.Client.Get($"{Deals}?{query}")).Json);

    private static IEnumerable<string?> Titles(JsonElement answer) =>
        [.. answer.GetProperty("data").EnumerateArray().Select(deal => deal.GetProperty("title").GetString())];
}
