using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Import;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;
using Tributary.Server.Dialects.Pipedrive.Source;
using Tributary.Tests.Server.Sandbox;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive;

/// <summary>
/// Copying a Pipedrive account (docs/import.md, "From Pipedrive's API"). The account is the sandbox's, which answers as Pipedrive does.
/// </summary>
public sealed class PipedriveCopyTests(SandboxTests.Running running) : IClassFixture<SandboxTests.Running>
{
    private const string Token = "5eed000000000000000000000000000000000001";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // What names people, stages, pipelines and labels is compared by their names: they may be here already under other ids.
    private static readonly Dictionary<string, string> Named = new()
    {
        ["owner_id"] = "users",
        ["creator_user_id"] = "users",
        ["user_id"] = "users",
        ["last_update_user_id"] = "users",
        ["stage_id"] = "stages",
        ["pipeline_id"] = "pipelines",
    };


    [Theory, OnBothBackends]
    public async Task Both_answer_alike_afterwards(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        await Prepare();
        await running.Client.Post("/pipedrive/v1/notes",
            new { content = "<b>Call</b> first", deal_id = 1, pinned_to_deal_flag = 1, add_time = "2025-12-24 08:00:00" },
            ("x-api-token", Token));

        var report = await Copy(pipe.Workspace);

        Assert.True(report.Rejected == 0 && report.Reasons.Count == 0, report.ToText());
        foreach (var path in new[] { "api/v2/organizations", "api/v2/persons", "api/v2/products", "api/v2/deals", "api/v2/deals/archived",
            "api/v2/activities", "v1/notes" })
        {
            var (there, here) = (await Everything(running.Client, path, Token), await Everything(pipe.Client, path, null));
            Assert.NotEmpty(there);
            Assert.Equal(there, here);
        }
    }

    [Theory, OnBothBackends]
    public async Task Copying_again_changes_nothing(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await Copy(some);
        var before = await Newest(some);

        var again = await Copy(some);

        Assert.Equal((0, 0, 0), (again.Created, again.Updated, again.Rejected));
        Assert.True(again.Read > 60);
        Assert.Equal(before, await Newest(some));
    }

    [Theory, OnBothBackends]
    public async Task An_id_that_is_taken_here_is_kept_as_the_other_systems(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        await new Tributary.Core.Contacts.OrganizationService(pipe.Workspace.Db)
            .Create(pipe.Workspace.Admin, new() { Id = 1, Name = "Was here first" }, Ct);

        await Copy(pipe.Workspace);
        var first = (await pipe.Get($"{Pipe.V2}/organizations/1")).GetProperty("name").GetString();
        var moved = (await pipe.Get($"{Pipe.V2}/organizations?limit=500")).EnumerateArray()
            .Single(row => row.GetProperty("name").GetString() == "Brightwater Foods");
        var person = (await pipe.Get($"{Pipe.V2}/persons?limit=500")).EnumerateArray()
            .Single(row => row.GetProperty("name").GetString() == "Nora Whitfield");

        Assert.Equal("Was here first", first);
        Assert.NotEqual(1, moved.GetProperty("id").GetInt64());
        Assert.Equal(moved.GetProperty("id").GetInt64(), person.GetProperty("org_id").GetInt64());
    }

    // reference §5: 429 with Retry-After, or x-ratelimit-reset.
    [Fact]
    public async Task It_comes_back_when_it_is_told_to_and_not_before()
    {
        var answers = new Queue<Func<HttpResponseMessage>>(
        [
            () => new(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new(TimeSpan.FromSeconds(7)) } },
            () => new(HttpStatusCode.TooManyRequests) { Headers = { { "x-ratelimit-reset", "2" } } },
            () => new(HttpStatusCode.BadGateway),
            () => Json("""{"success":true,"data":[{"id":1}],"additional_data":{"next_cursor":"abc+/="}}"""),
            () => Json("""{"success":true,"data":[{"id":2}],"additional_data":{"next_cursor":null}}"""),
        ]);
        var (asked, waits) = (new List<string>(), new List<TimeSpan>());
        using var http = new HttpClient(new Answering(request =>
        {
            asked.Add(request.RequestUri!.PathAndQuery);
            return answers.Dequeue()();
        }));
        var account = new PipedriveAccount(http, new("https://some.test/"), "token", (wait, _) =>
        {
            waits.Add(wait);
            return Task.CompletedTask;
        });

        var all = await PipedriveAccount.All(account.Pages("deals", Ct));

        Assert.Equal([1, 2], all.Select(row => row.GetProperty("id").GetInt32()));
        Assert.Equal([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8)], waits);
        Assert.Equal("/api/v2/deals?limit=500&cursor=abc%2B%2F%3D", asked[^1]);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "{}", "token")]
    [InlineData(HttpStatusCode.NotFound, "<html>", "url")]
    [InlineData(HttpStatusCode.OK, "<html>", "url")]
    [InlineData(HttpStatusCode.Redirect, "", "url")]
    public async Task What_is_not_an_account_is_refused(HttpStatusCode status, string body, string field)
    {
        using var http = new HttpClient(new Answering(_ => new(status) { Content = new StringContent(body) }));
        var account = new PipedriveAccount(http, new("https://some.test/"), "token", (_, _) => Task.CompletedTask);

        var refused = await Assert.ThrowsAsync<ProblemException>(() => PipedriveAccount.All(account.Pages("deals", Ct)));

        Assert.Equal(field, refused.Problem.Fields.Single().Field);
    }

    [Fact]
    public async Task An_address_of_this_machine_is_not_asked()
    {
        var some = await Some.Workspace(Backend.Sqlite);
        var order = new CopyOrder { Source = "pipedrive", Url = "http://127.0.0.1:7340" };

        var refused =
            await Assert.ThrowsAsync<ProblemException>(() =>
                PipedriveSource.From(allowPrivate: false, TimeProvider.System)(order, "token", new(some.Db, some.Admin, "pipedrive"), Ct));

        Assert.Equal("The server's address is not a public one.", refused.Problem.Fields.Single().Message);
    }

    [Theory]
    [InlineData("https://company.pipedrive.com", "https://company.pipedrive.com/")]
    [InlineData("https://company.pipedrive.com/api/v1", "https://company.pipedrive.com/")]
    [InlineData("http://127.0.0.1:5080/pipedrive/", "http://127.0.0.1:5080/pipedrive/")]
    public void The_address_may_end_where_the_api_begins(string url, string root) =>
    Assert.Equal(root, PipedriveSource.Root(url, allowHttp: true).AbsoluteUri);

    /// <summary>
    /// What the sandbox does not begin with: a deal in the archive, and an organization that names a person, who is copied after it.
    /// </summary>
    private async Task Prepare()
    {
        (string, string) token = ("x-api-token", Token);
        await running.Client.Patch("/pipedrive/api/v2/deals/32", new { is_archived = true }, token);
        var (_, persons) = await running.Client.Get("/pipedrive/api/v2/persons?limit=1", token);
        var (_, fields) = await running.Client.Get("/pipedrive/v1/organizationFields", token);
        var key = fields.GetProperty("data").EnumerateArray()
            .FirstOrDefault(field => field.GetProperty("name").GetString() == "Board member") is { ValueKind: JsonValueKind.Object } there
            ? there.GetProperty("key").GetString()!
            : (await running.Client.Post("/pipedrive/v1/organizationFields", new { name = "Board member", field_type = "people" },
                token)).Json.GetProperty("data").GetProperty("key").GetString()!;
        await running.Client.Patch("/pipedrive/api/v2/organizations/1",
            new { custom_fields = new Dictionary<string, long> { [key] = persons.GetProperty("data")[0].GetProperty("id").GetInt64() } },
            token);
    }

    private async Task<ImportReport> Copy(SomeWorkspace some)
    {
        var copier = new Copier(some.Db, some.Admin, "pipedrive");
        var account = new PipedriveAccount(running.Client, new(running.Client.BaseAddress!, "pipedrive/"), Token,
            (_, _) => throw new InvalidOperationException("Nothing asks to wait."));
        await new PipedriveCopy(account, copier).Run(createUsers: true, Ct);
        return copier.Report;
    }

    private static async Task<long> Newest(SomeWorkspace some)
    {
        await using var tx = await some.Db.Read(some.Id, Ct);
        return await tx.One<long>("SELECT MAX(id) FROM events WHERE workspace_id = @Workspace", new { tx.Workspace });
    }

    /// <summary>All rows of a list as texts in order of id, with names in the place of ids that may differ.</summary>
    private static async Task<List<string>> Everything(HttpClient client, string path, string? token)
    {
        (string, string)[] headers = token is null ? [] : [("x-api-token", token)];
        var names = new Dictionary<string, Dictionary<long, string>>();
        foreach (var (list, member) in new[] { ("v1/users", "email"), ("api/v2/stages", "name"), ("api/v2/pipelines", "name") })
        {
            names[list[(list.LastIndexOf('/') + 1)..]] = (await Rows(list))
                .ToDictionary(row => row["id"]!.GetValue<long>(), row => row[member]!.ToString());
        }
        var ofUsers = (await Rows("v1/dealFields")).Where(field => field["field_type"]!.ToString() == "user")
            .Select(field => field["key"]!.ToString()).ToHashSet();
        var withLines = path.Contains("deals", StringComparison.Ordinal)
            ? (await Rows($"{path}?include_fields=products_count")).Where(row => row["products_count"]!.GetValue<long>() > 0)
            .Select(row => row["id"]!.GetValue<long>()).ToHashSet() : [];
        var all = new List<string>();
        foreach (var row in (await Rows(path)).OrderBy(row => row["id"]!.GetValue<long>()))
        {
            foreach (var (member, noun) in Named)
            {
                if (row[member] is { } id) row[member] = names[noun].GetValueOrDefault(id.GetValue<long>(), "?");
            }
            if (path.EndsWith("products", StringComparison.Ordinal) || withLines.Contains(row["id"]!.GetValue<long>()))
            {
                row.Remove("update_time");
            }
            // It was written twice: the person came after it.
            if (path.EndsWith("organizations", StringComparison.Ordinal) && row["name"]!.ToString() == "Brightwater Foods")
            {
                row.Remove("update_time");
            }
            if (path.EndsWith("notes", StringComparison.Ordinal)) foreach (var member in (string[])["last_update_user_id", "user"])
            {
                row.Remove(member);
            }
            foreach (var (key, value) in (row["custom_fields"] as JsonObject ?? []).ToList())
            {
                if (value is not null && ofUsers.Contains(key))
                {
                    row["custom_fields"]![key] = names["users"].GetValueOrDefault(value.GetValue<long>(), "?");
                }
            }
            all.Add(row.ToJsonString());
        }
        return all;

        async Task<List<JsonObject>> Rows(string list)
        {
            var (status, json) = await client.Get($"/pipedrive/{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=500",
                headers);
            Assert.Equal(200, status);
            return [.. json.GetProperty("data").EnumerateArray().Select(row => JsonObject.Create(row)!)];
        }
    }

    private static HttpResponseMessage Json(string text) => new(HttpStatusCode.OK) { Content = new StringContent(text) };

    private sealed class Answering(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer(request));
    }
}
