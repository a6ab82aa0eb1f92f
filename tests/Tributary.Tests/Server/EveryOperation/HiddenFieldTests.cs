using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.EveryOperation;

/// <summary>A custom field that somebody may not see is in no answer to them, whichever operation of whichever dialect they ask.</summary>
public sealed class HiddenFieldTests
{
    /// <summary>Stands in the names and in the values of the hidden fields, and nowhere else.</summary>
    private const string Secret = "zzsecret";

    [Theory, OnBothBackends]
    public async Task A_field_for_admins_is_in_no_answer_to_a_member(Backend backend)
    {
        var (world, fields) = await Hidden(backend);
        var told = new List<string>();
        var toAdmins = new HashSet<string>();
        foreach (var dialect in world.Dialects)
        {
            var asMember = await world.Credential(dialect.Name, "*", world.Workspace.Member.UserId);
            foreach (var route in Readings(dialect))
            {
                if (Tells(await Ask(world, dialect, route, asMember), fields)) told.Add(Requests.Name(dialect, route));
                if (Tells(await Ask(world, dialect, route, request => world.SignIn(request, dialect.Name)), fields))
                {
                    toAdmins.Add(dialect.Name);
                }
            }
        }

        Assert.True(told.Count == 0, "To a member who must not see the field it is told by\n" + string.Join("\n", told));
        // YSuite's deals have no custom fields, and Switch keeps none under names of the workspace.
        Assert.Superset(new HashSet<string> { "native", "pipedrive", "automatenexus", "cpod" }, toAdmins);
    }

    [Theory, OnBothBackends]
    public async Task A_member_cannot_ask_by_it_nor_find_by_it_nor_write_it(Backend backend)
    {
        var (world, fields) = await Hidden(backend);
        var field = fields.First(one => one.Subject == "deal");
        var asMember = await world.Credential("native", "*", world.Workspace.Member.UserId);
        var deal = world.Newest("deals")!.Id;

        var byFilter = await Send(world, asMember, HttpMethod.Get, $"/api/v1/deals?custom.{field.Slug}={Secret}");
        var bySort = await Send(world, asMember, HttpMethod.Get, $"/api/v1/deals?sort=custom.{field.Slug}");
        var found = await Send(world, asMember, HttpMethod.Get, $"/api/v1/search?term={Secret}");
        var written = await Send(world, asMember, HttpMethod.Patch, $"/api/v1/deals/{deal}",
            new() { ["custom"] = new JsonObject { [field.Slug] = "Mine" } });
        var unknown = await Send(world, asMember, HttpMethod.Patch, $"/api/v1/deals/{deal}",
            new() { ["custom"] = new JsonObject { ["nothing_like_it"] = "Mine" } });
        var renamed = await Send(world, asMember, HttpMethod.Patch, $"/api/v1/deals/{deal}", new() { ["title"] = "Renamed" });
        var asAdmin = await Send(world, request => world.SignIn(request, "native"), HttpMethod.Get, $"/api/v1/deals/{deal}");

        Assert.Equal((422, 422, 200), (byFilter.Status, bySort.Status, found.Status));
        Assert.Empty(JsonNode.Parse(found.Text)!["data"]!.AsArray());
        Assert.Equal((unknown.Status, Errors(unknown.Text).Replace("nothing_like_it", field.Slug, StringComparison.Ordinal)),
            (written.Status, Errors(written.Text)));
        Assert.Equal(200, renamed.Status);
        Assert.Contains(Secret + " deal", asAdmin.Text, StringComparison.Ordinal);
    }

    /// <summary>A world whose records hold values that only admins see, and whose settings speak of the fields.</summary>
    private static async Task<(World World, IReadOnlyList<FieldDefinition> Fields)> Hidden(Backend backend)
    {
        var world = await World.Make(backend);
        void Admin(HttpRequestMessage request) => world.SignIn(request, "native");
        var service = world.Server.Services.GetRequiredService<FieldService>();
        var fields = new List<FieldDefinition>();
        foreach (var subject in new[] { "deal", "person", "organization", "product" })
        {
            var field = await service.Create(world.Workspace.Admin,
                new()
                {
                    Subject = subject,
                    Name = $"{Secret} of a {subject}",
                    Type = FieldType.Varchar,
                    Readers = new() { Roles = [Role.Admin] }
                }, CancellationToken.None);
            fields.Add(field);
            foreach (var row in world.All(subject + "s"))
            {
                var put = await Send(world, Admin, HttpMethod.Patch, $"/api/v1/{subject}s/{row.Id}",
                    new() { ["custom"] = new JsonObject { [field.Slug] = $"{Secret} {subject}" } });
                Assert.Equal(200, put.Status);
            }
        }
        foreach (var row in world.All("leads"))
        {
            await Send(world, Admin, HttpMethod.Patch, $"/api/v1/leads/{row.Id}",
                new() { ["custom"] = new JsonObject { [fields[0].Slug] = $"{Secret} lead" } });
        }

        var name = $"custom.{fields[0].Slug}";
        var settings = new[]
        {
            await Send(world, Admin, HttpMethod.Patch, $"/api/v1/stages/{world.Workspace.Stages[2]}",
                new() { ["rules"] = new JsonObject { ["required"] = new JsonArray(name) } }),
            await Send(world, Admin, HttpMethod.Post, "/api/v1/filters",
                new()
                {
                    ["subject"] = "deal", ["name"] = "For all", ["visible_to"] = 7,
                    ["condition"] = new JsonObject { ["field"] = name, ["operator"] = "is_not_empty" },
                }),
            await Send(world, Admin, HttpMethod.Post, "/api/v1/automations",
                new()
                {
                    ["name"] = "Sets it", ["trigger"] = new JsonObject { ["on"] = "updated", ["field"] = name },
                    ["actions"] = Requests.Automation("")["actions"]!.DeepClone(),
                }),
        };
        Assert.All(settings, made => Assert.InRange(made.Status, 200, 201));
        return (world, fields);
    }

    private static IEnumerable<Operation> Readings(IDialect dialect) =>
        OpenApiDocument.OperationsOf(dialect)
        .Where(route => !route.IsAnonymous && (route.Method == "GET" || route.OnlyReads) && route.AnswerType != "text/event-stream");

    private static string Errors(string problem) => JsonNode.Parse(problem)!["errors"]!.ToJsonString();

    private static bool Tells(string answer, IEnumerable<FieldDefinition> fields) =>
        answer.Contains(Secret, StringComparison.OrdinalIgnoreCase)
        || fields.Any(field => answer.Contains(field.Key, StringComparison.Ordinal));

    private static async Task<string> Ask(World world, IDialect dialect, Operation route, Action<HttpRequestMessage> signIn)
    {
        using var request = Requests.Make(dialect, route, world);
        signIn(request);
        using var response = await world.Client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<(int Status, string Text)> Send(World world, Action<HttpRequestMessage> signIn, HttpMethod method,
        string path, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = Content.Json(body.ToJsonString());
        signIn(request);
        using var response = await world.Client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
