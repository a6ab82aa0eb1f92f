using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;
using Tributary.Core.Users;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Api;

/// <summary>ui.md §5.3: "Export current view (CSV/XLSX/JSON)"; §5.7: contacts are "list as in 5.3".</summary>
public sealed class ExportRoutesTests
{
    private static readonly XNamespace Sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task Csv_quotes_what_parts_cells_and_keeps_formulas_from_running(Backend backend)
    {
        var client = await Filled(backend);

        using var response =
            await client.GetAsync(
                "/api/v1/deals/export.csv?sort=title&columns=title,value,stage.name,expected_close&headings=Title,Value,Stage,Close", Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);

        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment; filename=\"deals.csv\"", response.Content.Headers.ContentDisposition!.ToString());
        var lines = text.TrimStart('\uFEFF').Split("\r\n");
        Assert.Equal("Title,Value,Stage,Close", lines[0]);
        Assert.Equal("\"'=1+2, \"\"quoted\"\"\",12.5,", lines[1][..lines[1].IndexOf("12.5,", StringComparison.Ordinal)] + "12.5,");
        Assert.EndsWith(",2027-01-31", lines[2], StringComparison.Ordinal);
    }

    [Theory, OnBothBackends]
    public async Task A_workbook_has_numbers_as_numbers_and_days_as_days(Backend backend)
    {
        var client = await Filled(backend);

        using var zip =
            new ZipArchive(await client.GetStreamAsync("/api/v1/deals/export.xlsx?sort=title&columns=title,value,expected_close", Ct));
        await using var part = await zip.GetEntry("xl/worksheets/sheet1.xml")!.OpenAsync(Ct);
        var rows = (await XDocument.LoadAsync(part, LoadOptions.None, Ct)).Descendants(Sheet + "row")
            .Select(row => row.Elements(Sheet + "c").ToList()).ToList();

        Assert.Equal(["title", "value", "expected_close"], rows[0].Select(cell => cell.Value));
        Assert.Equal(("=1+2, \"quoted\"", "12.5", "", null),
            (rows[1][0].Value, rows[1][1].Value, rows[1][2].Value, (string?)rows[1][1].Attribute("t")));
        // Excel's serial number of 2027-01-31 (ECMA-376, 18.17.4.1: days since 1899-12-30).
        Assert.Equal("46418", rows[2][2].Value);
    }

    [Theory, OnBothBackends]
    public async Task Json_is_what_the_filter_leaves_in_the_order_asked_for(Backend backend)
    {
        var client = await Filled(backend);

        var (_, rows) =
            await client.Get("/api/v1/deals/export.json?sort=-title&columns=title,organization.name&where="
                + Uri.EscapeDataString("""{"field": "title", "operator": "contains", "value": "e"}"""));

        Assert.Equal(["Fleet", "=1+2, \"quoted\""], rows.EnumerateArray().Select(row => row.GetProperty("title").GetString()));
        Assert.Equal("Isdom", rows[0].GetProperty("organization.name").GetString());
        Assert.Equal(JsonValueKind.Null, rows[1].GetProperty("organization.name").ValueKind);
    }

    [Theory, OnBothBackends]
    public async Task An_export_of_what_is_not_there_is_refused_before_it_begins(Backend backend)
    {
        var client = await Filled(backend);

        var (column, named) = await client.Get("/api/v1/deals/export.csv?columns=title,colour.name");
        var (headings, _) = await client.Get("/api/v1/deals/export.csv?columns=title,value&headings=Title");
        var (where, _) =
            await client.Get("/api/v1/deals/export.csv?where="
                + Uri.EscapeDataString("""{"field": "colour", "operator": "equals", "value": 1}"""));

        Assert.Equal((422, 422, 422), (column, headings, where));
        Assert.Contains("colour.name", named.ToString(), StringComparison.Ordinal);
    }

    [Theory, OnBothBackends]
    public async Task An_export_names_whom_and_what_a_record_only_holds_by_id(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, some);
        var (_, label) = await client.Post("/api/v1/labels", new { subject = "deal", name = "Hot" });
        var (_, field) = await client.Post("/api/v1/fields",
            new { subject = "deal", name = "Region", type = "enum", options = new[] { new { label = "North" } } });
        var option = field.GetProperty("options")[0].GetProperty("id").GetInt64();
        await client.Post("/api/v1/deals",
            new
            {
                title = "Fleet",
                label_ids = new[] { label.GetProperty("id").GetInt64() },
                assignee_id = some.Admin.UserId,
                custom = new { region = option }
            });

        var (_, rows) = await client.Get("/api/v1/deals/export.json?columns=labels,assignee.name,custom.region.label,custom.region");

        var row = Assert.Single(rows.EnumerateArray());
        Assert.Equal("Hot", Assert.Single(row.GetProperty("labels").EnumerateArray()).GetString());
        Assert.Equal((await new UserService(some.Db).Get(some.Admin, some.Admin.UserId!.Value, Ct)).Name,
            row.GetProperty("assignee.name").GetString());
        Assert.Equal("North", row.GetProperty("custom.region.label").GetString());
        Assert.Equal(option, row.GetProperty("custom.region").GetInt64());
    }

    [Theory, OnBothBackends]
    public async Task Persons_and_organizations_are_exported_as_their_lists_show_them(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, some);
        var (_, org) = await client.Post("/api/v1/organizations", new { name = "Isdom", industry = "Foods" });
        await client.Post("/api/v1/persons", new { name = "Ada", org_id = org.GetProperty("id").GetInt64() });
        await client.Post("/api/v1/persons", new { name = "Bo" });

        var persons =
            await client.GetStringAsync("/api/v1/persons/export.csv?sort=name&columns=name,organization.name&headings=Name,Organization",
                Ct);
        var organizations = await client.GetStringAsync("/api/v1/organizations/export.csv?columns=name,industry&search=isd", Ct);

        Assert.Equal("Name,Organization\r\nAda,Isdom\r\nBo,\r\n", persons.TrimStart('\uFEFF'));
        Assert.Equal("name,industry\r\nIsdom,Foods\r\n", organizations.TrimStart('\uFEFF'));
    }

    [Theory, OnBothBackends]
    public async Task A_product_has_a_column_for_its_price_in_each_currency_of_the_workspace(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, some);
        await client.Post("/api/v1/products",
            new { name = "+Crane", prices = new[] { new { currency = "EUR", price = 1234.5m }, new { currency = "USD", price = 0m } } });
        await client.Post("/api/v1/products", new { name = "Digger" });

        var table = await client.GetStringAsync("/api/v1/products/export.csv?sort=name&columns=name,price.EUR,price.USD", Ct);
        var usual = await client.GetStringAsync("/api/v1/products/export.csv", Ct);
        var (unknown, problem) = await client.Get("/api/v1/products/export.csv?columns=name,price.XXQ");

        Assert.Equal("name,price.EUR,price.USD\r\n'+Crane,1234.5,0\r\nDigger,,\r\n", table.TrimStart('\uFEFF'));
        Assert.Contains(",price.EUR,", usual, StringComparison.Ordinal);
        Assert.Equal(422, unknown);
        Assert.Contains("price.XXQ", problem.ToString(), StringComparison.Ordinal);
    }

    private static async Task<HttpClient> Filled(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, some);
        var (_, org) = await client.Post("/api/v1/organizations", new { name = "Isdom" });
        await client.Post("/api/v1/deals", new { title = "=1+2, \"quoted\"", value = 12.5 });
        await client.Post("/api/v1/deals",
            new { title = "Fleet", expected_close = "2027-01-31", org_id = org.GetProperty("id").GetInt64() });
        return client;
    }
}
