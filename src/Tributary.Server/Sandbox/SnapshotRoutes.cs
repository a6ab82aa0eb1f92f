using Tributary.Core.Kernel;
using Tributary.Server.Api;
using Tributary.Server.Hosting;

namespace Tributary.Server.Sandbox;

/// <summary>Snapshots of one's own under <c>/_sandbox/snapshots</c> (docs/sandbox.md).</summary>
internal static class SnapshotRoutes
{
    private const int MaxName = 60;

    private static readonly Member<string> Name = Members.Text("name", "What it is called.", MaxName);
    private static readonly Shape Snapshot = new("SandboxSnapshot", Name.Required());

    private static readonly Wire<(string Name, SandboxMoment Moment)> Wire =
        new Wire<(string Name, SandboxMoment Moment)>("SandboxSnapshot")
        .Text("name", s => s.Name, nullable: false)
        .Instant("now", s => s.Moment.Now, TimeStyle.IsoMilliseconds)
        .Flag("frozen", s => s.Moment.Frozen);

    public static void Map(WebApplication app, SandboxSnapshots snapshots)
    {
        // Once begun, saving and restoring are not stopped by a client that hangs up: never half.
        app.MapGet("/_sandbox/snapshots", http => SandboxRoutes.Answer(http, async () => ListOf.Reply(Wire, await snapshots.List())));
        app.MapPost("/_sandbox/snapshots", http => SandboxRoutes.Answer(http, async () =>
        {
            var name = await SandboxRoutes.Read(http, Snapshot, body => body.Get(Name).Value);
            if (!name.All(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_' or '.') || name.Trim() != name
                || name.Trim('.').Length == 0)
            {
                throw Problem.Invalid("name",
                    $"name must be 1 to {MaxName} letters, digits, spaces, dots, hyphens or underscores, and begin and end with none of the spaces.");
            }
            return Reply.Json(Wire, await snapshots.Save(name, CancellationToken.None), status: 201);
        }));
        app.MapPost("/_sandbox/snapshots/{name}/restore", http => SandboxRoutes.Answer(http, async () =>
        {
            await snapshots.Restore(Named(http), CancellationToken.None);
            return Reply.Empty();
        }));
        app.MapDelete("/_sandbox/snapshots/{name}", http => SandboxRoutes.Answer(http, async () =>
        {
            await snapshots.Delete(Named(http));
            return Reply.Empty();
        }));
    }

    private static string Named(HttpContext http) => (string)http.Request.RouteValues["name"]!;
}
