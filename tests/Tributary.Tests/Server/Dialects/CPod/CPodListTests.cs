using System.Text.Json;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.CPod;

/// <summary>Reference §4.7, "List" and "Filters".</summary>
public sealed class CPodListTests
{
    [Theory, OnBothBackends]
    public async Task Lists_have_pages_by_cursor_and_by_number(Backend backend)
    {
        var desk = await Filled(backend);

        var (_, first) = await desk.Client.Get($"{CPodDesk.Deals}?limit=2");
        var (_, rest) = await desk.Client.Get($"{CPodDesk.Deals}?limit=2&cursor={first.Text("next_cursor")}");
        var (_, second) = await desk.Client.Get($"{CPodDesk.Deals}?page=2&page_size=2");

        Assert.Equal(["data", "total", "next_cursor", "has_more"], first.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("3", "true", "Gamma"), (first.Raw("total"), first.Raw("has_more"), first.GetProperty("data")[0].Text("name")));
        Assert.Equal(("false", true, "Alpha"),
            (rest.Raw("has_more"), rest.IsNull("next_cursor"), rest.GetProperty("data")[0].Text("name")));
        Assert.Equal(["Alpha"], second.GetProperty("data").EnumerateArray().Select(deal => deal.Text("name")));
    }

    [Theory, OnBothBackends]
    public async Task Every_scalar_member_filters_by_its_own_name(Backend backend)
    {
        var desk = await Filled(backend);
        var (_, list) = await desk.Client.Get($"{CPodDesk.Deals}?name=Alpha");
        var alpha = list.GetProperty("data")[0];

        foreach (var member in alpha.EnumerateObject()
            .Where(member => member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.False))
        {
            var names = await desk.Names($"{member.Name}={Uri.EscapeDataString(member.Value.GetRawText().Trim('"'))}");
            Assert.True(names.Contains("Alpha"), member.Name);
        }
        foreach (var unique in new[] { "id", "deal_number", "value", "deal_source", "expected_close_date", "account_id", "created_at",
            "forecast_category" })
        {
            Assert.Equal(["Alpha"], await desk.Names($"{unique}={Uri.EscapeDataString(alpha.GetProperty(unique).ToString())}"));
        }
    }

    [Theory, OnBothBackends]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1861", Justification = "A table of cases.")]
    public async Task Filters_take_alternatives_ranges_blanks_search_and_order(Backend backend)
    {
        var desk = await Filled(backend);

        foreach (var (query, expected) in new (string, string[])[]
        {
            ("name=Alpha,Beta&sort=name", ["Alpha", "Beta"]),
            ("value_gte=200&value_lte=200", ["Beta"]),
            ("value_gte=150&sort=-value", ["Gamma", "Beta"]),
            ("value=100,300&sort=value", ["Alpha", "Gamma"]),
            ("stage=demo,closed_won&sort=name", ["Beta", "Gamma"]),
            ("stage=Demo,closed_won&sort=name", ["Beta", "Gamma"]),
            ("stage=closed_won", ["Gamma"]),
            ("stage=unheard_of", []),
            ("tags=hot&sort=name", ["Alpha", "Beta"]),
            ("tags=cold,none", ["Beta"]),
            ("competitors=Globex", ["Alpha"]),
            ("search=LPH", ["Alpha"]),
            ("search=2026-00002", ["Beta"]),
            ("search=a&limit=1&sort=-name", ["Gamma"]),
            ("deal_source=&sort=name", ["Beta", "Gamma"]),
            ("owner_id=&limit=1&sort=name", ["Alpha"]),
            ("account_id=&sort=name", ["Beta", "Gamma"]),
            ("created_at_gte=2026-11-20T09:01:00Z&sort=created_at", ["Beta", "Gamma"]),
            ("created_at_lte=2026-11-20T09:01:00Z&sort=created_at", ["Alpha", "Beta"]),
            ("created_at=2026-11-20&sort=-created_at", ["Gamma", "Beta", "Alpha"]),
            ("expected_close_date_gte=2026-12-02", []),
            ("expected_close_date_gte=2026-12-01T00:00:01Z", []),
            ("expected_close_date_lte=2026-12-01", ["Alpha"]),
            ("expected_close_date=2026-12-01T12:00:00Z", []),
            ("actual_close_date_gte=2026-11-20", ["Gamma"]),
            ("pipeline_id=sales&name_gte=Beta&sort=currency,-name", ["Gamma", "Beta"]),
            ("version=1&is_deleted=false&sort=name", ["Alpha", "Beta", "Gamma"]),
            ("tenant_id=00000000-0000-7000-8000-000000000000", []),
            ("id=deal_00000000000000000000000000", []),
            ("created_by=00000000-0000-7000-8000-000000000000", []),
        })
        {
            Assert.True(expected.SequenceEqual(await desk.Names(query)), query);
        }
    }

    [Theory, OnBothBackends]
    public async Task A_parameter_that_is_unknown_or_wrong_is_refused(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);

        foreach (var (query, place) in new[]
        {
            ("colour=red", "query.colour"), ("limit=0", "query.limit"), ("limit=501", "query.limit"), ("value=many", "query.value"),
            ("sort=loss_category", "query.sort"),
            ("created_at_gte=yesterday", "query.created_at_gte"), ("id=deal", "query.id"), ("stage_gte=a", "query.stage_gte"),
            ("cursor=x", "query.cursor"), ("page=0", "query.page"),
        })
        {
            var (status, error) = await desk.Client.Get($"{CPodDesk.Deals}?{query}");
            Assert.True(status == 422, query);
            Assert.EndsWith(place.Split('.')[1], Assert.Single(CPodDesk.Places(error)));
        }
        var (_, one) = await desk.Client.Get($"{CPodDesk.Deals}?colour=red");
        Assert.Equal(("""["query","colour"]""", "extra_forbidden"),
            (one.GetProperty("detail")[0].Raw("loc"), one.GetProperty("detail")[0].Text("type")));
        Assert.Equal(422, (await desk.Client.Get($"{CPodDesk.Deals}/deal_x?colour=red")).Status);
    }

    private static async Task<CPodDesk> Filled(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);
        await desk.Create(new
        {
            name = "Alpha",
            value = 100,
            tags = new[] { "hot" },
            competitors = new[] { "Globex" },
            deal_source = "inbound",
            expected_close_date = "2026-12-01",
            account_id = await desk.Organization("Acme"),
            forecast_category = "commit"
        });
        TestClock.Instance.Advance(TimeSpan.FromMinutes(1));
        await desk.Create(new { name = "Beta", value = 200, stage = "demo", tags = new[] { "hot", "cold" } });
        TestClock.Instance.Advance(TimeSpan.FromMinutes(1));
        await desk.Create(new { name = "Gamma", value = 300, stage = "closed_won" });
        return desk;
    }
}
