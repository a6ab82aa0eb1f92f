using Tributary.Core.Automations;
using Tributary.Core.Storage;

namespace Tributary.Server.Background;

/// <summary>
/// Reads the log for automations, looks at the clock for them, and does their runs, while the server runs. What is cut off by a
/// stop is done by the next start, or by another server.
/// </summary>
internal sealed class AutomationLoop(AutomationReader reader, AutomationClock clocked, AutomationRunner runner, Db db, TimeProvider clock,
    ILogger<AutomationLoop> log) : BackgroundService
{
    private static readonly TimeSpan purgeEvery = TimeSpan.FromHours(1);

    private DateTimeOffset purgedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var wake = new Wake(db, clock);
        await Turns.Take(wake.Wait, Look, stoppingToken);
    }

    /// <returns>Whether something was done, which may have started more.</returns>
    private async Task<bool> Look(CancellationToken ct)
    {
        try
        {
            var done = await reader.Step(ct) + await clocked.Step(ct) + await runner.Step(ct);
            if (clock.GetUtcNow() - purgedAt < purgeEvery) return done > 0;
            await runner.Purge(ct);
            purgedAt = clock.GetUtcNow();
            return done > 0;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // An edge, like a request's: the database may be back in a second.
            Hosting.Log.AutomationsFailed(log, error);
            return false;
        }
    }
}
