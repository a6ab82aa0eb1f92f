using System.Text.Json;
using Tributary.Core.Storage;
using Tributary.Server.Hosting;
using Tributary.Tests.Server.EveryOperation;
using Tributary.Tests.Support;

namespace Tributary.Tests.Promises;

/// <summary>
/// The published program leaves out what of the framework nobody calls, so whatever it looks up by name might be missing. Every operation
/// of every dialect is asked there and in the tests' own process, in two workspaces made alike: status and members are the same.
/// </summary>
public sealed class PublishedProgramTests
{
    [Fact(Explicit = true)]
    public async Task Every_operation_answers_as_in_the_built_program()
    {
        await using var running = await RunningServer.Prepare(Backend.Sqlite);
        await using var db = running.Open();
        await Migrator.Run(db, CancellationToken.None);
        await using var built = await TestServers.Start(db);
        // The first one's: requests that name number 1 are about neither.
        await World.Make(await Some.Workspace(db), built);
        var (here, there) = (await Some.Workspace(db), await Some.Workspace(db));
        await running.Start();
        running.Client.DefaultRequestHeaders.Authorization = null;
        var expected = await World.Make(here, built);
        var actual = await World.Make(there, built, running.Client);

        var failures = new List<string>();
        foreach (var (dialect, route) in Requests.All(expected).OrderBy(each => each.Route.Method == "DELETE"))
        {
            var (one, other) = (await Answer(expected, dialect, route), await Answer(actual, dialect, route));
            if (one != other) failures.Add($"{Requests.Name(dialect, route)}: {one} became {other}");
        }

        Assert.True(failures.Count == 0, $"{failures.Count}\n{string.Join("\n", failures)}");
    }

    private static async Task<string> Answer(World world, IDialect dialect, Operation route)
    {
        using var request = Requests.Make(dialect, route, world);
        if (!route.IsAnonymous) world.SignIn(request, dialect.Name);
        using var response = await world.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var type = response.Content.Headers.ContentType?.MediaType;
        var head = $"{(int)response.StatusCode} {type}";
        // A stream of events has no end.
        if (type is null or "text/event-stream") return head;
        var bytes = await response.Content.ReadAsByteArrayAsync();
        if (type is not ("application/json" or "application/problem+json")) return $"{head}{(bytes.Length > 0 ? "" : ", empty")}";
        using var json = JsonDocument.Parse(bytes);
        return $"{head} {string.Join(' ', Names(json.RootElement).Distinct().Order())}";
    }

    // Values differ, and keys of custom fields are drawn; an error says what it refuses.
    private static IEnumerable<string> Names(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject()
            .SelectMany(member => Names(member.Value).Append(member.Name.Any(char.IsAsciiDigit) ? "drawn" : member.Name)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Names),
        _ => [],
    };
}
