using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Server.Hosting;
using Tributary.Server.Sandbox;
using Tributary.Tests.Support;
using Tributary.Tests.Walls;

namespace Tributary.Tests.Server.Dialects.Pipedrive;

/// <summary>
/// The vendor's own client and others (reference §14), unmodified, against our server on a socket; every answer on the way is
/// held against the vendor's OpenAPI files (tests/sdk). Needs node and, in that folder, <c>npm ci --ignore-scripts</c> and
/// <c>npm run unpack</c>: without them skipped on a laptop, failed in CI.
/// </summary>
public sealed class ClientTests
{
    private static readonly string Folder = Path.Combine(Sources.Root, "tests", "sdk");
    private static readonly string OpenApi =
        Path.Combine(Environment.GetEnvironmentVariable("TRIBUTARY_SHARED") ?? Path.Combine(Sources.Root, "..", "shared"), "openapi");

    [Fact]
    public async Task Real_clients_live_the_life_of_a_deal_and_every_answer_is_as_the_files_have_it()
    {
        var ct = TestContext.Current.CancellationToken;
        if (Missing() is { } missing)
        {
            Assert.False(Backends.InCi, missing);
            Assert.Skip(missing);
        }
        await using var sandbox = await SandboxDatabase.Open(SandboxTemplate.Seed, frozen: false, ct);
        await using var app =
            SandboxServer.Build(new() { DataFolder = sandbox.Folder, LogLevel = "None", Urls = "http://127.0.0.1:0", IsSandbox = true },
                sandbox);
        await app.StartAsync(ct);
        var client = await app.Services.GetRequiredService<AppService>()
            .Create(await Admin(sandbox), new() { Name = "Client", Dialect = "pipedrive", RedirectUris = ["http://127.0.0.1:9/back"] }, ct);
        var settings = JsonSerializer.Serialize(new
        {
            server = app.Urls.First(),
            openapi = OpenApi,
            token = SandboxCredentials.A.PipedriveAdmin,
            clientId = client.App.ClientId,
            clientSecret = client.ClientSecret,
            redirectUri = client.App.RedirectUris[0],
            email = SandboxCredentials.A.Email("admin"),
            password = SandboxCredentials.Password,
        });

        var (code, output) = await Node(settings, ct);

        Assert.True(code == 0, output);
        Assert.Contains("all well", output, StringComparison.Ordinal);
    }

    private static string? Missing()
    {
        if (!Directory.Exists(OpenApi)) return $"The OpenAPI files are not at {OpenApi}.";
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "n8n-nodes-base")))
        {
            return "tests/sdk has not all packages: run npm ci --ignore-scripts and npm run unpack there.";
        }
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true })!;
            node.WaitForExit();
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "There is no node.";
        }
    }

    private static async Task<Caller> Admin(SandboxDatabase sandbox)
    {
        var caller = await new KeyService(sandbox.Db, _ => { })
            .Resolve("native", SandboxCredentials.A.NativeAdmin, null, null, CancellationToken.None);
        return caller ?? throw new InvalidOperationException("The sandbox's key of the admin opens nothing.");
    }

    private static async Task<(int Code, string Output)> Node(string settings, CancellationToken ct)
    {
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("run.mjs");
        using var node = Process.Start(start)!;
        await node.StandardInput.WriteAsync(settings.AsMemory(), ct);
        node.StandardInput.Close();
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(ct), node.StandardError.ReadToEndAsync(ct));
        await node.WaitForExitAsync(ct);
        return (node.ExitCode, await output + await errors);
    }
}
