using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tributary.Core.Jobs;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Api;

/// <summary>Imports over our own API (issue 2, point 9: "the same through the API as a job with progress").</summary>
public sealed class ImportRoutesTests
{
    private const string Deals =
        "opportunity_id,owner,account,stage,close_value\nA1,Ada Admin,Cancity,Won,100\nA2,Nobody Known,Isdom,Lost,0\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task An_upload_becomes_a_job_that_imports_and_offers_its_rejects(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, some);

        var (accepted, started) = await Upload(client, "/api/v1/imports", Deals, ("create", "organizations"));
        var path = $"/api/v1/imports/{started.GetProperty("uid").GetGuid()}";
        var (_, waiting) = await client.Get(path);
        await Work(some);
        var (_, done) = await client.Get(path);
        using var rejects = await client.GetAsync($"{path}/rejects", Ct);
        var (_, deals) = await client.Get("/api/v1/deals?total=true");

        Assert.Equal((202, "waiting"), (accepted, waiting.GetProperty("state").GetString()));
        Assert.Equal("completed", done.GetProperty("state").GetString());
        var report = done.GetProperty("report");
        Assert.Equal((2, 1, 1),
            (report.GetProperty("read").GetInt64(), report.GetProperty("created").GetInt64(), report.GetProperty("rejected").GetInt64()));
        Assert.Equal(2, done.GetProperty("done").GetInt64());
        Assert.Contains("A2,Nobody Known,Isdom,Lost,0,3,", await rejects.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(1, deals.GetProperty("total").GetInt64());
    }

    [Theory, OnBothBackends]
    public async Task A_preview_shows_the_mapping_and_the_rows_and_stores_nothing(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, some);

        var (status, preview) = await Upload(client, "/api/v1/imports/preview", Deals + "A3,Ada Admin,Isdom,Won,much\n");
        var (_, deals) = await client.Get("/api/v1/deals?total=true");

        Assert.Equal(200, status);
        Assert.Equal("organization", preview.GetProperty("mapping").GetProperty("columns").GetProperty("account").GetString());
        var rows = preview.GetProperty("rows");
        Assert.Equal(["A1", "Ada Admin", "Cancity", "Won", "100"],
            rows[0].GetProperty("cells").EnumerateArray().Select(cell => cell.GetString()));
        Assert.Equal(["opportunity_id", "owner", "account", "stage", "close_value"],
            preview.GetProperty("headers").EnumerateArray().Select(header => header.GetString()));
        Assert.Contains("expected_close", preview.GetProperty("fields").EnumerateArray()
            .Select(field => field.GetProperty("name").GetString()));
        Assert.Equal("Cancity", rows[0].GetProperty("record").GetProperty("organization").GetString());
        Assert.Equal(JsonValueKind.Null, rows[2].GetProperty("record").ValueKind);
        Assert.Equal("value", rows[2].GetProperty("reasons")[0].GetProperty("field").GetString());
        Assert.Equal(0, deals.GetProperty("total").GetInt64());
    }

    // ui.md §5.8: "run → report → Undo".
    [Theory, OnBothBackends]
    public async Task An_import_is_taken_back_and_its_file_can_be_imported_again(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, some);
        await client.Post("/api/v1/organizations", new { name = "Isdom" });
        const string file = "opportunity_id,owner,account,stage,close_value\nA1,Ada Admin,Cancity,Won,100\nA2,Ada Admin,Isdom,Lost,0\n";
        var (_, started) = await Upload(client, "/api/v1/imports", file, ("create", "organizations"));
        var path = $"/api/v1/imports/{started.GetProperty("uid").GetGuid()}";
        var (early, _) = await client.Post(path + "/undo", new { });
        await Work(some);
        var (_, done) = await client.Get(path);

        var (accepted, _) = await client.Post(path + "/undo", new { });
        await Work(some);
        var (_, undone) = await client.Get(path);
        var (_, deals) = await client.Get("/api/v1/deals?total=true");
        var (_, organizations) = await client.Get("/api/v1/organizations");
        var (again, _) = await client.Post(path + "/undo", new { });
        await Upload(client, "/api/v1/imports", file, ("create", "organizations"));
        await Work(some);
        var (_, anew) = await client.Get("/api/v1/deals?total=true");

        Assert.Equal((409, 202, 409), (early, accepted, again));
        Assert.Equal((3, 0), (done.GetProperty("undoable").GetInt64(), undone.GetProperty("undoable").GetInt64()));
        Assert.Equal(0, deals.GetProperty("total").GetInt64());
        Assert.Equal(["Isdom"], organizations.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("name").GetString()));
        Assert.Equal(2, anew.GetProperty("total").GetInt64());
    }

    // ui.md §5.8: the wizard's "duplicates policy".
    [Theory, OnBothBackends]
    public async Task Records_that_are_there_already_are_left_alone_when_the_mapping_says_so(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, some);
        await client.Post("/api/v1/products", new { name = "Crane", code = "C1", tax = 5 });
        const string mapping = """{"kind": "products", "columns": {"name": "name", "sku": "code", "vat": "tax"}, "existing": "keep"}""";

        await Upload(client, "/api/v1/imports", "name,sku,vat\nCrane,C1,19\nDigger,D1,19\n", ("mapping", mapping));
        await Work(some);
        var (_, products) = await client.Get("/api/v1/products?sort=name");

        Assert.Equal([5m, 19m], products.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("tax").GetDecimal()));
    }

    // Formats as in docs/import.md: prices have a column per currency.
    [Theory, OnBothBackends]
    public async Task Products_that_are_exported_and_imported_again_are_what_they_were(Backend backend)
    {
        var (some, other) = (await Some.Workspace(backend), await Some.Workspace(backend));
        var (client, elsewhere) = (await TestServers.Native(backend, some), await TestServers.Native(backend, other));
        const string file = """"
            name,code,category,Price (EUR),price.USD,unit,tax,billing frequency,billing_cycles,active,description
            "=Crane, ""big""",C-1,Heavy,12000.5,,piece,19,,,yes,"Two
            lines"
            Digger,,,,99.99,day,7,monthly,12,no,-minus
            @Bulldozer,B-2,,0,1,,0,weekly,4,yes,
            """";
        const string export = "/api/v1/products/export.csv?sort=name";

        var (_, first) = await Upload(client, "/api/v1/imports", file, ("kind", "products"));
        await Work(some);
        var exported = await client.GetByteArrayAsync(export, Ct);
        var (_, second) = await Upload(client, "/api/v1/imports", exported, ("kind", "products"));
        var (_, third) = await Upload(elsewhere, "/api/v1/imports", exported, ("kind", "products"));
        await Work(some);
        await Work(other);

        Assert.Equal((3, 0, 0, 0), await Report(client, first));
        Assert.Equal((0, 0, 3, 0), await Report(client, second));
        Assert.Equal((3, 0, 0, 0), await Report(elsewhere, third));
        Assert.Equal(Encoding.UTF8.GetString(exported), Encoding.UTF8.GetString(await elsewhere.GetByteArrayAsync(export, Ct)));
        var (_, products) = await elsewhere.Get("/api/v1/products?sort=name&fields=name,code,billing_frequency,billing_cycles,is_linkable,prices");
        Assert.Equal(["=Crane, \"big\"", "@Bulldozer", "Digger"],
            products.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("name").GetString()!)
                .Order(StringComparer.Ordinal));
        var digger = products.GetProperty("data").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "Digger");
        Assert.Equal(("monthly", 12, false, "USD", 99.99m),
            (digger.GetProperty("billing_frequency").GetString(), digger.GetProperty("billing_cycles").GetInt32(),
                digger.GetProperty("is_linkable").GetBoolean(), digger.GetProperty("prices")[0].GetProperty("currency").GetString(),
                digger.GetProperty("prices")[0].GetProperty("price").GetDecimal()));
    }

    [Theory, OnBothBackends]
    public async Task Who_may_not_write_it_may_not_import_it_and_others_do_not_see_it(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var member = await TestServers.Native(backend, some, some.Member);
        var reader = await TestServers.Native(backend, some, some.Admin, "read");
        var admin = await TestServers.Native(backend, some);

        var (users, _) = await Upload(member, "/api/v1/imports", "sales_agent,manager\nAnna,Dustin\n", ("kind", "users"));
        var (stages, _) = await Upload(member, "/api/v1/imports", Deals, ("create", "stages"));
        var (reading, _) = await Upload(reader, "/api/v1/imports", Deals);
        var (_, started) = await Upload(admin, "/api/v1/imports", Deals);
        var (hidden, _) = await member.Get($"/api/v1/imports/{started.GetProperty("uid").GetGuid()}");
        var (wrong, problem) = await Upload(admin, "/api/v1/imports", Deals,
            ("mapping", "{\"kind\":\"deals\",\"columns\":{\"nope\":\"title\"},\"colour\":1}"));

        Assert.Equal((403, 403, 403, 404, 422), (users, stages, reading, hidden, wrong));
        Assert.Contains("colour", problem.ToString(), StringComparison.Ordinal);
    }

    // What is copied is told by PipedriveCopyTests; here, who may ask and what may be reached.
    [Theory, OnBothBackends]
    public async Task An_account_is_imported_for_admins_and_not_from_within_our_network(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, some);
        var account = new { source = "pipedrive", url = "https://127.0.0.1:1/", token = "0123456789abcdef" };

        var (forbidden, _) = await (await TestServers.Native(backend, some, some.Member)).Post("/api/v1/imports/accounts", account);
        var (wrong, refusal) = await client.Post("/api/v1/imports/accounts", account with { url = "company.pipedrive.com" });
        var (accepted, started) = await client.Post("/api/v1/imports/accounts", account);
        await Work(some);
        var (_, ended) = await client.Get($"/api/v1/imports/{started.GetProperty("uid").GetGuid()}");

        Assert.Equal((403, 422, 202), (forbidden, wrong, accepted));
        Assert.Equal("url", refusal.GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.Equal(("rejected", "The server's address is not a public one."),
            (ended.GetProperty("state").GetString(), ended.GetProperty("error").GetString()));
    }

    [Theory, OnBothBackends]
    public async Task A_workbook_is_imported_as_its_sheet_and_the_sheets_are_told(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, some);
        await client.Post("/api/v1/deals", new { title = "Fleet", value = 1234.5, currency = "EUR", expected_close = "2026-03-31" });
        var workbook = await client.GetByteArrayAsync("/api/v1/deals/export.xlsx?columns=title,value,currency,expected_close", Ct);

        var (status, preview) = await Upload(client, "/api/v1/imports/preview", workbook, ("kind", "deals"));
        var (refused, refusal) = await Upload(client, "/api/v1/imports/preview", workbook, ("sheet", "2024"));

        Assert.Equal((200, 422), (status, refused));
        Assert.Equal(["Deals"], preview.GetProperty("sheets").EnumerateArray().Select(sheet => sheet.GetString()));
        var row = preview.GetProperty("rows")[0].GetProperty("record");
        Assert.Equal(("Fleet", 1234.5m, "EUR", "2026-03-31"),
            (row.GetProperty("title").GetString(), row.GetProperty("value").GetDecimal(), row.GetProperty("currency")
                .GetString(), row.GetProperty("expected_close").GetString()));
        Assert.Equal("sheet", refusal.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    private static async Task<(int Created, int Updated, int Unchanged, int Rejected)> Report(HttpClient client, JsonElement started)
    {
        var (_, done) = await client.Get($"/api/v1/imports/{started.GetProperty("uid").GetGuid()}");
        var report = done.GetProperty("report");
        return (report.GetProperty("created").GetInt32(), report.GetProperty("updated").GetInt32(),
            report.GetProperty("unchanged").GetInt32(), report.GetProperty("rejected").GetInt32());
    }

    private static Task<(int Status, JsonElement Json)> Upload(HttpClient client, string path, string file,
        params (string Name, string Value)[] members) =>
        Upload(client, path, Encoding.UTF8.GetBytes(file), members);

    private static async Task<(int Status, JsonElement Json)> Upload(HttpClient client, string path, byte[] file,
        params (string Name, string Value)[] members)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in members) form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent(file), "file", "deals.csv");
        using var response = await client.PostAsync(path, form, Ct);
        return ((int)response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync(Ct)).RootElement.Clone());
    }

    /// <summary>What the server's loop does, for this test's workspace alone.</summary>
    private static async Task Work(SomeWorkspace some)
    {
        var app = await TestServers.Of(some.Db.Backend == "sqlite" ? Backend.Sqlite : Backend.Postgres);
        while (await app.Services.GetRequiredService<JobService>().Step(some.Id, Ct))
        {
        }
    }
}
