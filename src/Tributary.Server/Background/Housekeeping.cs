using Tributary.Core.Files;
using Tributary.Core.Jobs;
using Tributary.Core.Keys;
using Tributary.Core.Sessions;
using Tributary.Core.Storage;
using Tributary.Core.Workspaces;

namespace Tributary.Server.Background;

/// <summary>
/// Runs the engine's steps other than jobs (<see cref="JobLoop"/>) again and again, each on its own beat. A step that fails is logged and
/// tried again at its next beat; several servers of one database may run them all, because each step takes its work under a lock.
/// </summary>
internal sealed class Housekeeping(Db db, JobService jobs, FileFolder files, ILogger<Housekeeping> log) : BackgroundService
{
    /// <summary>Up to a tenth longer each time, so that several servers do not march in step.</summary>
    private const double Jitter = 0.1;

    protected override Task ExecuteAsync(CancellationToken stop) => Task.WhenAll(
        StartMemory.GiveBack(stop),
        Every(TimeSpan.FromSeconds(30), "key use", new KeyUseJob(db).Step, stop),
        Every(TimeSpan.FromMinutes(10), "kept answers", new IdempotencyJob(db).Step, stop),
        Every(TimeSpan.FromHours(6), "ended grants", new GrantJob(db).Step, stop),
        Every(TimeSpan.FromHours(1), "expired sessions", new SessionJob(db).Step, stop),
        Every(TimeSpan.FromMinutes(15), "deleted records", new PurgeDeleted(db).Step, stop),
        Every(TimeSpan.FromHours(1), "ended jobs", EndedJobs, stop),
        Every(TimeSpan.FromHours(6), "orphaned files", new FileSweepJob(db, files).Step, stop));

    private async Task<int> EndedJobs(CancellationToken stop)
    {
        var purged = 0;
        foreach (var workspace in await new WorkspaceService(db).All(stop)) purged += await jobs.Purge(workspace.Id, stop);
        return purged;
    }

    // Waits first: a server that has just started has requests to answer. Real time, because the sandbox's clock may stand.
    private async Task Every(TimeSpan beat, string name, Func<CancellationToken, Task<int>> step, CancellationToken stop)
    {
        var random = new Random();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(beat * (1 + random.NextDouble() * Jitter), stop);
                if (await step(stop) is > 0 and var done) Log.Did(log, name, done);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // An edge, like a request's: whatever went wrong must not end the loop.
                Log.StepFailed(log, name, error);
            }
        }
    }
}
