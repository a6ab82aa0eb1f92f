using System.Net;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.EveryOperation;

/// <summary>What is read as one question must be one: what a second one reads may be of a later moment.</summary>
public sealed class AsksOnceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task Every_operation_that_says_it_asks_once_does(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var world = await World.Make(await Some.Workspace(own.Db), await TestServers.Start(own.Db));
        var declared = Requests.All(world).Where(one => one.Route.AsksOnce).ToList();
        var failures = new List<string>();
        foreach (var (dialect, route) in declared)
        {
            // The first time the catalog and the caller may be read.
            await Send();
            var before = own.Db.Statements;
            var status = await Send();
            if (own.Db.Statements - before != 1 || status is not (HttpStatusCode.OK or HttpStatusCode.NotFound))
            {
                failures.Add($"{Requests.Name(dialect, route)}: {status}, {own.Db.Statements - before} questions");
            }

            async Task<HttpStatusCode> Send()
            {
                using var request = Requests.Make(dialect, route, world);
                world.SignIn(request, dialect.Name);
                using var answer = await world.Client.SendAsync(request, Ct);
                return answer.StatusCode;
            }
        }

        Assert.True(declared.Count > 10, $"Only {declared.Count} operations ask once.");
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }
}
