using Tributary.Core.Jobs;

namespace Tributary.Server.Background;

/// <summary>Does the jobs while the server runs, one after another. What is cut off by a stop is begun again by the next start.</summary>
internal sealed class JobLoop(JobService jobs, TimeProvider clock, ILogger<JobLoop> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Turns.Take((pause, ct) => Task.Delay(pause, clock, ct), Step, stoppingToken);

    private async Task<bool> Step(CancellationToken ct)
    {
        try
        {
            return await jobs.Step(ct);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // An edge, like a request's: the database may be back in a second.
            Hosting.Log.JobsFailed(log, error);
            return false;
        }
    }
}
