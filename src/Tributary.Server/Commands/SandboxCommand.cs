using System.CommandLine;
using System.Globalization;
using Tributary.Server.Api;
using Tributary.Server.Background;
using Tributary.Server.Dialects.Pipedrive.Limits;
using Tributary.Server.Hosting;
using Tributary.Server.Sandbox;
using Tributary.Server.Sandbox.Files;

namespace Tributary.Server.Commands;

/// <summary>"tributary sandbox": a throw-away server with fixed credentials and fixtures, for the tests of other programs.</summary>
internal static class SandboxCommand
{
    public static Command Command()
    {
        var port = new Option<int>("--port")
        {
            Description = "The port on 127.0.0.1; 0 takes a free one.",
            DefaultValueFactory = _ => 5080,
        };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65_535) result.AddError("--port must be from 0 to 65535.");
        });
        var seed = new Option<string>("--seed")
        {
            Description =
                "A number: another one gives other uids; ids and values stay. Or a YAML file of pipelines, people and deals to begin with (docs/sandbox.md).",
            DefaultValueFactory = _ => "1",
        };
        var frozen = new Option<bool>("--frozen") { Description = "Let the clock stand; POST /_sandbox/clock moves it." };
        var prepare = new Option<string?>("--prepare")
        {
            Description = "Only write a filled sandbox into this folder, the program's, so that it starts at once (publishing does this).",
        };
        var plan = new Option<string>("--plan")
        {
            Description =
                "Hold callers of the Pipedrive dialect to what it publishes for this plan: lite, growth, premium or ultimate; generous when left out.",
            DefaultValueFactory = _ => "",
        };
        plan.AcceptOnlyFromAmong(["", .. LimitRules.Plans]);
        var command = new Command("sandbox", """
            Run a throw-away server with fixed credentials and fixtures.

            GET /_sandbox tells every id and credential, POST /_sandbox/reset restores the fixtures, POST /_sandbox/clock moves the clock.
            Examples:
              tributary sandbox
              tributary sandbox --port 5090 --frozen
              tributary sandbox --seed fixtures.yaml
              curl -H "Authorization: Bearer trib_sandbox_admin" http://127.0.0.1:5080/api/v1/deals
            """)
        {
            port, seed, frozen, plan, prepare,
        };
        command.SetAction(
            (parsed, ct) => Outcome.Of(() => parsed.GetValue(prepare) is { } folder ? Prepare(folder, ct)
                : Run(parsed.GetValue(port), parsed.GetValue(seed)!, parsed.GetValue(frozen), parsed.GetValue(plan)!, ct)));
        return command;
    }

    private static async Task<int> Prepare(string folder, CancellationToken ct)
    {
        var template = await SandboxTemplate.Make(folder, ct);
        Console.WriteLine($"wrote {template.Database}");
        return Outcome.Done;
    }

    private static async Task<int> Run(int port, string seed, bool frozen, string plan, CancellationToken ct)
    {
        // A second processor, where there is one, declares meanwhile.
        var declared = Task.Run(() => NativeDialect.Declare(new()), ct);
        await using var sandbox = int.TryParse(seed, CultureInfo.InvariantCulture, out var number)
            ? await SandboxDatabase.Open(number, frozen, ct)
            : await SandboxDatabase.Fill(SandboxTemplate.Seed, frozen, SeedFileReader.Read(seed), ct);
        var options = new TributaryOptions
        {
            DataFolder = sandbox.Folder,
            Urls = $"http://127.0.0.1:{port}",
            LogLevel = "Warning",
            IsSandbox = true,
            Limits = { Pipedrive = { Plan = plan } },
        };
        await using var app = SandboxServer.Build(options, sandbox, builder => builder.Services.AddHostedService<Housekeeping>());
        await declared;
        await app.StartAsync(ct);
        Console.WriteLine($"ready {app.Urls.First()}");
        await app.WaitForShutdownAsync(ct);
        return Outcome.Done;
    }
}
