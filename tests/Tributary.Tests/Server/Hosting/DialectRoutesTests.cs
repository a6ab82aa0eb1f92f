using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tributary.Server.Hosting;
using Tributary.Tests.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Hosting;

/// <summary>Issue 6: "nothing done before it is needed". The routes of a dialect are made when it is asked for the first time.</summary>
public sealed class DialectRoutesTests : IAsyncLifetime
{
    private WebApplication server = null!;
    private HttpClient client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IReadOnlyList<IDialect> Dialects => [.. server.Services.GetServices<IDialect>()];

    public async ValueTask InitializeAsync()
    {
        server = await TestServers.Start(Scratch.Sqlite());
        client = TestServers.Anonymous(server);
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_dialect_has_routes_from_its_first_request_on_and_the_others_have_none()
    {
        await client.GetAsync("/health/live", Ct);
        Assert.Empty(Routed());

        await client.GetAsync("/switch/openapi.json", Ct);
        await client.GetAsync("/ysuite/no-such-path", Ct);

        Assert.Equal(["switch", "ysuite"], Routed());
    }

    [Fact]
    public async Task Many_first_requests_of_all_dialects_at_the_same_time_are_all_answered()
    {
        var asked = Dialects.SelectMany(dialect => Enumerable.Repeat($"{dialect.Prefix}/openapi.json", 8)).ToList();

        var answers = await Task.WhenAll(asked.Select(path => Task.Run(() => client.GetAsync(path, Ct), Ct)));

        Assert.Equal(48, answers.Length);
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task A_first_request_with_a_method_that_its_path_does_not_take_is_refused_by_the_dialect_and_not_by_the_framework()
    {
        foreach (var dialect in Dialects)
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, $"{dialect.Prefix}/openapi.json");
            using var answer = await client.SendAsync(request, Ct);

            // Who asks is found out first; a refusal of the framework has no body.
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.NotEmpty(await answer.Content.ReadAsStringAsync(Ct));
        }
    }

    private List<string> Routed() =>
        [.. server.Services.GetRequiredService<EndpointDataSource>().Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<IDialect>()?.Name)
            .OfType<string>().Distinct().Order(StringComparer.Ordinal)];
}
