using System.Text.Json.Nodes;
using Tributary.Server.Hosting;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.EveryOperation;

/// <summary>Who may do what, asked of every operation of every dialect.</summary>
public sealed class AccessTests
{
    [Theory, OnBothBackends]
    public async Task Nothing_opens_without_a_credential_of_its_own_dialect(Backend backend)
    {
        var world = await World.Make(backend);
        var failures = new List<string>();
        foreach (var (dialect, route) in Requests.All(world).Where(one => !one.Route.IsAnonymous))
        {
            foreach (var foreign in world.Dialects.Select(other => other.Name).Append(null).Where(name => name != dialect.Name))
            {
                using var request = Requests.Make(dialect, route, world);
                if (foreign is not null) world.SignIn(request, foreign);
                await Expect(world, request, failures, $"{Requests.Name(dialect, route)} with {foreign ?? "nothing"}",
                    status => status == 401);
            }
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    [Theory, OnBothBackends]
    public async Task A_credential_that_may_only_read_writes_nothing(Backend backend)
    {
        var world = await World.Make(backend);
        var before = await world.CountEvents();
        var failures = new List<string>();
        foreach (var (dialect, route) in Requests.All(world)
            .Where(one => !one.Route.IsAnonymous && one.Route.Method is not "GET" && !one.Route.OnlyReads))
        {
            using var request = Requests.Make(dialect, route, world);
            world.SignIn(request, dialect.Name, "read");
            await Expect(world, request, failures, Requests.Name(dialect, route), status => status == 403);
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures));
        Assert.Equal(before, await world.CountEvents());
    }

    [Theory, OnBothBackends]
    public async Task No_path_leads_into_another_workspace(Backend backend)
    {
        var (world, other) = (await World.Make(backend), await World.Make(backend));
        var before = await other.CountEvents();
        var failures = new List<string>();
        foreach (var (dialect, route) in Requests.All(world)
            .Where(one => one.Route.Parameters.Any(member => member is { In: "path", Name: not "code" })))
        {
            using var request = Requests.Make(dialect, route, world, pathIds: other);
            world.SignIn(request, dialect.Name);
            await Expect(world, request, failures, Requests.Name(dialect, route), status => status is 400 or 404 or 422);
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures));
        Assert.Equal(before, await other.CountEvents());
    }

    [Theory, OnBothBackends]
    public async Task No_member_or_parameter_reaches_into_another_workspace(Backend backend)
    {
        var (world, other) = (await World.Make(backend), await World.Make(backend));
        var before = await other.CountEvents();
        var failures = new List<string>();
        foreach (var (dialect, route) in Requests.All(world).Where(one => !one.Route.IsAnonymous))
        {
            foreach (var member in route.Parameters.Where(member => member.In == "query" && Requests.Table(member.Name) is not null))
            {
                if (Foreign(member, route.Reading ?? dialect.Reading, other) is not { } id) continue;
                using var request = Requests.Make(dialect, route, world, query: $"{member.Name}={(id is JsonArray list ? list[0] : id)}");
                world.SignIn(request, dialect.Name);
                await Expect(world, request, failures, $"{Requests.Name(dialect, route)}?{member.Name}", status => status < 500,
                    answer => !answer.Contains(World.Mark, StringComparison.Ordinal));
            }
            if (route.BodyType != "application/json") continue;
            foreach (var member in route.Body?.Members.Where(member => Requests.Table(member.Name) is not null) ?? [])
            {
                if (Foreign(member, route.Reading ?? dialect.Reading, other) is not { } id) continue;
                var body = Requests.Body(route, world);
                body[member.Name] = id;
                using var request = Requests.Make(dialect, route, world, body: body);
                world.SignIn(request, dialect.Name);
                await Expect(world, request, failures, $"{Requests.Name(dialect, route)} {member.Name}",
                    status => status is >= 400 and < 500);
            }
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures));
        Assert.Equal(before, await other.CountEvents());
    }

    /// <summary>A record of another workspace as the member would name one of its own.</summary>
    private static JsonNode? Foreign(Member member, ReadingPolicy reading, World other)
    {
        if (other.Newest(Requests.Table(member.Name)!) is not { } row) return null;
        return Requests.TypeOf(member.Schema()) switch
        {
            "integer" or "array" => Requests.Valid(member.Name, member.Schema(), other),
            "string" => Requests.Spelled(member, reading, row),
            _ => null,
        };
    }

    internal static async Task Expect(World world, HttpRequestMessage request, List<string> failures, string what, Func<int, bool> status,
        Func<string, bool>? answer = null)
    {
        using var response = await world.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var text = response.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await response.Content.ReadAsStringAsync();
        if (!status((int)response.StatusCode) || answer?.Invoke(text) == false)
        {
            failures.Add($"{what}: {(int)response.StatusCode} {text[..Math.Min(text.Length, 200)]}");
        }
    }
}
