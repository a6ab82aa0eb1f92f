using Tributary.Tests.Support;

namespace Tributary.Tests.Server.EveryOperation;

/// <summary>What every dialect says of a path that is not there.</summary>
public sealed class NoPathTests
{
    [Theory, OnBothBackends]
    public async Task A_path_that_is_not_there_is_not_found_whatever_its_query(Backend backend)
    {
        var world = await World.Make(backend);
        var answers = new List<string>();
        foreach (var dialect in world.Dialects)
        {
            foreach (var query in new[] { "", "?limit=1", "?no_such_parameter=1" })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"{dialect.Prefix}/no-such-path{query}");
                world.SignIn(request, dialect.Name);
                using var answer = await world.Client.SendAsync(request, TestContext.Current.CancellationToken);
                answers.Add($"{dialect.Name}{query} {(int)answer.StatusCode}");
            }
        }
        Assert.All(answers, answer => Assert.EndsWith(" 404", answer, StringComparison.Ordinal));
        Assert.Equal(3 * 6, answers.Count);
    }
}
