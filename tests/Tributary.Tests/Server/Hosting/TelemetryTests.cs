using System.Text;
using Microsoft.AspNetCore.TestHost;
using Tributary.Server.Hosting;
using Tributary.Tests.Server.Webhooks;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Hosting;

/// <summary>What a collector is told (design §9: "metrics and traces through OpenTelemetry (OTLP)").</summary>
public sealed class TelemetryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_collector_is_told_of_requests_by_dialect_and_operation_and_of_units_of_work(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        await using var collector = await Receiver.Start();
        var options = new TributaryOptions
        {
            LogLevel = "None",
            RunJobs = false,
            DataFolder = Path.GetTempPath(),
            Telemetry = new() { Endpoint = collector.Url, Protocol = "http" },
        };
        using var telemetry = Telemetry.Start(options.Telemetry)!;
        await using var app = ServerHost.Build(options, workspace.Db, TestClock.Instance, builder => builder.WebHost.UseTestServer());
        await app.StartAsync(Ct);
        var client = app.GetTestServer().CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", await TestServers.Token(workspace, "native"));

        var (status, _) = await client.Get("/api/v1/deals/999999999");
        Assert.True(telemetry.Flush());

        Assert.Equal(404, status);
        var told = string.Concat(collector.Had.Select(had => Encoding.UTF8.GetString(had.Body)));
        foreach (var word in new[] { "tributary.request.duration", "tributary.work.duration", "getDeal", "NotFound", "native getDeal",
            "tributary.statements" }) Assert.Contains(word, told, StringComparison.Ordinal);
        Assert.DoesNotContain(client.DefaultRequestHeaders.Authorization.Parameter!, told, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_collector_nothing_is_gathered() => Assert.Null(Telemetry.Start(new()));

    [Theory]
    [InlineData("ftp://collector", "grpc", 15, "Tributary:Telemetry:Endpoint")]
    [InlineData("http://collector:4317", "carrier pigeon", 15, "Tributary:Telemetry:Protocol")]
    [InlineData("http://collector:4317", "grpc", 0, "Tributary:Telemetry:EverySeconds")]
    public void Settings_that_cannot_be_used_are_named(string endpoint, string protocol, int every, string named)
    {
        var options = new TributaryOptions { Telemetry = new() { Endpoint = endpoint, Protocol = protocol, EverySeconds = every } };

        Assert.StartsWith(named, Assert.Single(options.Problems([])), StringComparison.Ordinal);
    }
}
