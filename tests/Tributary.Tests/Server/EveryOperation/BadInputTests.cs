using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Server.Hosting;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.EveryOperation;

/// <summary>
/// Every member and parameter of every operation of every dialect is sent what it cannot be: refused, named, nothing stored.
/// </summary>
public sealed class BadInputTests
{
    /// <summary>
    /// Members whose refusal names them by another member's word: AutomateNexus calls every note of the engine a description.
    /// </summary>
    private static readonly HashSet<string> Lenient = ["automatenexus note"];

    [Theory, OnBothBackends]
    public async Task What_a_member_cannot_be_is_refused_and_named(Backend backend)
    {
        var world = await World.Make(backend);
        var failures = new List<string>();
        // A batch answers for each of its items; the test below looks at those.
        foreach (var (dialect, route) in Requests.WithBody(world).Where(one => !one.Route.Path.EndsWith("/batch", StringComparison.Ordinal)))
        {
            var before = await world.CountEvents();
            foreach (var (name, schema, write) in BadInput.Places(route, world)
                .Where(place => !Lenient.Contains($"{dialect.Name} {place.Name}")))
            {
                // Both databases see what passes the reading, which is the same for both: one kind of wrong is enough for the slower.
                foreach (var value in backend is Backend.Sqlite ? BadInput.Never(schema) : BadInput.Never(schema).Take(1))
                {
                    await Send(world, dialect, route, Content.Json(write(value)), $"{name}={value}", failures, name);
                }
            }
            if (await world.CountEvents() != before) failures.Add($"{Requests.Name(dialect, route)} stored something");
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    // A batch answers 200; what became of an item is said at its index.
    [Theory, OnBothBackends]
    public async Task What_a_member_of_a_batchs_item_cannot_be_is_refused_and_named(Backend backend)
    {
        var world = await World.Make(backend);
        var before = await world.CountEvents();
        var deal = Requests.All(world).Single(one => one.Route.Id == "createDeal" && one.Dialect.Name == "native").Route;
        var wrong = BadInput.Places(deal, world)
            .SelectMany(place => BadInput.Never(place.Schema)
                .Select(value => (place.Name, Item: $"{{\"operation\":\"create\",\"deal\":{place.Write(value)}}}"))).ToList();

        var failures = new List<string>();
        // Bounded by what one request may hold; a text that is no valid text spoils the whole request, so it is sent alone.
        foreach (var batch in wrong.Where(one => !one.Item.Contains("\\u", StringComparison.Ordinal)).Chunk(500))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/deals/batch")
            {
                Content = Content.Json($"{{\"items\":[{string.Join(',', batch.Select(one => one.Item))}]}}"),
            };
            world.SignIn(request, "native");
            using var response = await world.Client.SendAsync(request);
            var results = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("data");
            foreach (var ((name, item), result) in batch.Zip(results.EnumerateArray()))
            {
                if (result.GetProperty("status").GetInt32() is < 400 or >= 500
                    || !result.GetProperty("problem").GetRawText()
                    .Contains(name, StringComparison.Ordinal)) failures.Add($"{item[..Math.Min(item.Length, 120)]}: {result}");
            }
        }

        Assert.NotEmpty(wrong);
        Assert.True(failures.Count == 0, string.Join("\n", failures));
        Assert.Equal(before, await world.CountEvents());
    }

    [Theory, OnBothBackends]
    public async Task What_a_member_might_be_breaks_nothing(Backend backend)
    {
        var world = await World.Make(backend);
        var failures = new List<string>();
        foreach (var (dialect, route) in Requests.WithBody(world))
        {
            foreach (var (name, _, write) in BadInput.Places(route, world))
            {
                foreach (var value in backend is Backend.Sqlite ? BadInput.Perhaps : BadInput.Perhaps.Take(6))
                {
                    await Send(world, dialect, route, Content.Json(write(value)), $"{name}={value}", failures, null);
                }
            }
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    [Theory, OnBothBackends]
    public async Task What_is_no_JSON_object_is_refused(Backend backend)
    {
        var world = await World.Make(backend);
        var failures = new List<string>();
        var large = $"{{\"{World.Mark}\":\"{new string('x', 10_000_000)}\"}}";
        foreach (var (dialect, route) in Requests.WithBody(world))
        {
            var before = await world.CountEvents();
            var valid = Requests.Body(route, world);
            valid[World.Mark] = World.Mark;
            foreach (var text in new[] { "{", "[]", "7", "null", "\"text\"", "{\"a\":NaN}", "{\"a\":1,\"a\":2}", new string('[', 100_000),
                large })
            {
                await Send(world, dialect, route, Content.Json(text), text[..Math.Min(text.Length, 20)], failures, "");
            }
            await Send(world, dialect, route, Content.Json(BadInput.WithInvalidUtf8(valid.ToJsonString(), World.Mark)), "invalid UTF-8",
                failures, "");
            await Send(world, dialect, route, new ByteArrayContent([1, 2, 3]) { Headers = { ContentType = new("image/png") } }, "a picture",
                failures, "");
            foreach (var member in route.Body!.Members.Where(member => member.IsRequired))
            {
                var body = Requests.Body(route, world);
                body.Remove(member.Name);
                await Send(world, dialect, route, Content.Json(body.ToJsonString()), $"without {member.Name}", failures, member.Name);
            }
            if ((route.Reading ?? dialect.Reading).RefuseUnknownMembers)
            {
                await Send(world, dialect, route, Content.Json(valid.ToJsonString()), "an unknown member", failures, World.Mark);
            }
            if (await world.CountEvents() != before) failures.Add($"{Requests.Name(dialect, route)} stored something");
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    [Theory, OnBothBackends]
    public async Task What_a_parameter_cannot_be_is_refused_and_named(Backend backend)
    {
        // More requests than a window has room for, and the clock stands still.
        await using var server = await TestServers.Start(await Backends.Open(backend), requestsPerWindow: 1_000_000);
        var world = await World.Make(await Some.Workspace(backend), server);
        var failures = new List<string>();
        foreach (var (dialect, route) in Requests.All(world).Where(one => !one.Route.IsAnonymous))
        {
            // A dialect has more operations than a window takes requests.
            TestClock.Instance.Advance(TimeSpan.FromSeconds(3));
            var before = await world.CountEvents();
            foreach (var member in route.Parameters.Where(member => member.In == "query"))
            {
                foreach (var value in Never(member)) await Ask(world, dialect, route, $"{member.Name}={value}", failures, member.Name);
                if (route.Method != "GET" || route.AnswerType == "text/event-stream") continue;
                foreach (var value in new[] { "", "%00", "%ff%fe", "-1", "0", "999999999999", "NaN", new string('9', 300),
                    "'%20OR%201=1%20--", "%F0%9F%92%A3" }) await Ask(world, dialect, route, $"{member.Name}={value}", failures, null);
            }
            if ((route.Reading ?? dialect.Reading).RefuseUnknownParameters
                && route is { Method: "GET", AnswerType: not "text/event-stream" }) await Ask(world, dialect, route, $"{World.Mark}=1",
                failures, World.Mark);
            if (await world.CountEvents() != before) failures.Add($"{Requests.Name(dialect, route)} stored something");
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    private static IEnumerable<string> Never(Member member)
    {
        if (member.Schema()["enum"] is not null || member.Schema()["format"] is not null) yield return "nonsense";
        if (member.Name is "cursor" or "after") yield return "nonsense";
        switch (Requests.TypeOf(member.Schema()))
        {
            case "integer":
                yield return "nonsense";
                yield return "1.5";
                yield return "99999999999999999999999999";
                if (BadInput.HasFloor(member.Schema())) yield return "-7";
                break;
            case "number":
                yield return "nonsense";
                yield return "1e400";
                break;
            case "boolean":
                yield return "perhaps";
                break;
        }
    }

    private static Task Ask(World world, IDialect dialect, Operation route, string query, List<string> failures, string? named)
    {
        var request = Requests.Make(dialect, route, world, query: query);
        return Judge(world, dialect, route, request, "?" + query[..Math.Min(query.Length, 60)], failures, named);
    }

    private static Task Send(World world, IDialect dialect, Operation route, HttpContent body, string what, List<string> failures,
        string? named)
    {
        var request = new HttpRequestMessage(new(route.Method), Requests.Address(dialect, route, world)) { Content = body };
        return Judge(world, dialect, route, request, what[..Math.Min(what.Length, 60)], failures, named);
    }

    /// <param name="world">Where it is sent.</param>
    /// <param name="dialect">Whose operation.</param>
    /// <param name="route">The operation.</param>
    /// <param name="request">Disposed here.</param>
    /// <param name="what">For the report.</param>
    /// <param name="failures">The report.</param>
    /// <param name="named">The member that the refusal must name; "" when it need name none; null when the request may succeed.</param>
    private static async Task Judge(World world, IDialect dialect, Operation route, HttpRequestMessage request, string what,
        List<string> failures, string? named)
    {
        using (request)
        {
            world.SignIn(request, dialect.Name);
            using var response = await world.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var status = (int)response.StatusCode;
            if (response.Content.Headers.ContentType?.MediaType == "text/event-stream") return;

            var text = await response.Content.ReadAsStringAsync();
            var isRight = status < 500 && (named is null || status >= 400 && text.Contains(named, StringComparison.Ordinal))
                && (status < 400 || IsJson(text));
            if (!isRight) failures.Add($"{Requests.Name(dialect, route)} {what}: {status} {text[..Math.Min(text.Length, 200)]}");
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            JsonDocument.Parse(text).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
