using Tributary.Server.Hosting;

namespace Tributary.Server.Sandbox;

/// <summary>The program as a sandbox: with a journal, with faults, and with the routes that steer it.</summary>
internal static class SandboxServer
{
    public static WebApplication Build(TributaryOptions options, SandboxDatabase sandbox, Action<WebApplicationBuilder>? configure = null)
    {
        var (journal, faults) = (new Journal(), new Faults());
        return ServerHost.Build(options, sandbox.Db, sandbox.Clock, configure,
            around: dialects => new SandboxLayer(dialects, journal, faults, sandbox.Clock).Serve,
            map: app =>
            {
                SandboxRoutes.Map(app, sandbox, journal, faults);
                SnapshotRoutes.Map(app, sandbox.Snapshots);
                SeedRoutes.Map(app, sandbox);
            });
    }
}
