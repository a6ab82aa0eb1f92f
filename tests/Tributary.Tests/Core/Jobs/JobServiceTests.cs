using Tributary.Core.Jobs;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Jobs;

public sealed class JobServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private sealed record Sums(long One, long Two);

    [Theory, OnBothBackends]
    public async Task A_job_is_done_once_and_keeps_its_result(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var job = await Enqueue(some, "add", new Sums(1, 2));
        var runs = 0;
        var service = Service(some, new("add", async (run, ct) =>
        {
            runs++;
            var given = run.Payload<Sums>();
            await run.Report(1, 2, ct);
            await using var tx = await run.Db.Write(run.Job.WorkspaceId, ct);
            await run.Complete(tx, new { sum = given.One + given.Two });
            await tx.Commit();
        }));

        Assert.True(await service.Step(some.Id, Ct));
        Assert.False(await service.Step(some.Id, Ct));

        var ended = await Find(some, job.Uid);
        Assert.Equal((1, JobState.Completed, 1L, 2L), (runs, ended.State, ended.Done, ended.Total));
        Assert.Contains("3", ended.Result, StringComparison.Ordinal);
    }

    [Theory, OnBothBackends]
    public async Task A_job_whose_runner_died_is_begun_again_when_its_lease_is_over(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var job = await Enqueue(some, "work", new { });
        var service = Service(some, new("work", (_, _) => Task.CompletedTask));

        var abandoned = await service.Claim(some.Id, Ct);
        var tooEarly = await service.Step(some.Id, Ct);
        TestClock.Instance.Advance(JobSchedule.Lease);
        var again = await service.Step(some.Id, Ct);

        Assert.Equal((job.Id, 1L), (abandoned!.Id, abandoned.Attempts));
        Assert.Equal((false, true), (tooEarly, again));
        Assert.Equal((JobState.Completed, 2L), ((await Find(some, job.Uid)).State, (await Find(some, job.Uid)).Attempts));
    }

    [Theory, OnBothBackends]
    public async Task A_runner_that_lost_its_lease_cannot_complete_the_job_of_another(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await Enqueue(some, "work", new { });
        var service = Service(some, new("work", (_, _) => Task.CompletedTask));
        var slow = new JobRun(some.Db, (await service.Claim(some.Id, Ct))!);
        TestClock.Instance.Advance(JobSchedule.Lease);
        await service.Claim(some.Id, Ct);

        await using var tx = await some.Db.Write(some.Id, Ct);
        await Assert.ThrowsAsync<ProblemException>(() => slow.Complete(tx, new { }));
        await Assert.ThrowsAsync<ProblemException>(() => slow.Reject(tx, "no"));
    }

    [Theory, OnBothBackends]
    public async Task A_job_that_breaks_waits_longer_each_time_and_fails_in_the_end(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var job = await Enqueue(some, "break", new { });
        var service = Service(some, new("break", (_, _) => throw new InvalidOperationException("a customer's name")));

        await service.Step(some.Id, Ct);
        var waiting = await Find(some, job.Uid);
        Assert.False(await service.Step(some.Id, Ct));
        for (var attempt = 2; attempt <= JobSchedule.MaxAttempts; attempt++)
        {
            TestClock.Instance.Advance(TimeSpan.FromHours(1));
            Assert.True(await service.Step(some.Id, Ct));
        }
        var ended = await Find(some, job.Uid);

        Assert.Equal((JobState.Waiting, TestClock.Start + TimeSpan.FromSeconds(10)), (waiting.State, waiting.RunAfter));
        Assert.Equal((JobState.Failed, (long)JobSchedule.MaxAttempts), (ended.State, ended.Attempts));
        Assert.DoesNotContain("customer", ended.Result, StringComparison.Ordinal);
    }

    [Theory, OnBothBackends]
    public async Task A_job_that_kills_its_runner_each_time_is_given_up(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var job = await Enqueue(some, "kill", new { });
        var service = Service(some, new("kill", (_, _) => Task.CompletedTask));

        for (var attempt = 1; attempt <= JobSchedule.MaxAttempts; attempt++)
        {
            await service.Claim(some.Id, Ct);
            TestClock.Instance.Advance(JobSchedule.Lease);
        }
        await service.Step(some.Id, Ct);

        Assert.Equal(JobState.Failed, (await Find(some, job.Uid)).State);
    }

    [Theory, OnBothBackends]
    public async Task What_the_rules_refuse_is_rejected_at_once(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var job = await Enqueue(some, "refuse", new { });

        await Service(some, new("refuse", (_, _) => throw Problem.Conflict("Not now, not ever."))).Step(some.Id, Ct);

        var ended = await Find(some, job.Uid);
        Assert.Equal(JobState.Rejected, ended.State);
        Assert.Contains("Not now, not ever.", ended.Result, StringComparison.Ordinal);
    }

    [Theory, OnBothBackends]
    public async Task A_job_is_wanted_only_when_the_work_that_wanted_it_is_kept(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await using (var tx = await some.Db.Write(some.Id, Ct)) await JobService.Enqueue(tx, some.Admin, "work", null, new { });

        Assert.False(await Service(some, new("work", (_, _) => Task.CompletedTask)).Step(some.Id, Ct));
    }

    [Theory, OnBothBackends]
    public async Task Ended_jobs_are_forgotten_after_some_days_and_waiting_ones_never(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var ended = await Enqueue(some, "work", new { });
        var service = Service(some, new("work", (_, _) => Task.CompletedTask));
        await service.Step(some.Id, Ct);
        var waiting = await Enqueue(some, "other", new { });

        TestClock.Instance.Advance(JobSchedule.KeptFor);
        Assert.Equal(0, await service.Purge(some.Id, Ct));
        TestClock.Instance.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await service.Purge(some.Id, Ct));

        await using var tx = await some.Db.Read(some.Id, Ct);
        Assert.Null(await JobStore.Find(tx, ended.Uid));
        Assert.NotNull(await JobStore.Find(tx, waiting.Uid));
    }

    [Theory, OnBothBackends]
    public async Task A_worker_of_every_workspace_finds_the_one_with_work_of_its_kind(Backend backend)
    {
        var some = await Some.Workspace(backend);
        // The kind is this test's own, because the database is everyone's.
        var kind = $"everywhere_{some.Id}";
        var job = await Enqueue(some, kind, new { });
        var service = Service(some, new(kind, (_, _) => Task.CompletedTask));

        Assert.True(await service.Step(Ct));
        Assert.False(await service.Step(Ct));
        Assert.Equal(JobState.Completed, (await Find(some, job.Uid)).State);
    }

    [Theory, OnBothBackends]
    public async Task Two_workers_never_hold_one_job(Backend backend)
    {
        var some = await Some.Workspace(backend);
        for (var n = 0; n < 5; n++) await Enqueue(some, "work", new { });
        var service = Service(some, new("work", (_, _) => Task.CompletedTask));

        var claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => service.Claim(some.Id, Ct)));

        var held = claimed.OfType<Job>().Select(job => job.Id).ToList();
        Assert.Equal(held.Distinct(), held);
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(5, 160)]
    [InlineData(100, 3600)]
    public void Pauses_double_up_to_an_hour(long attempts, int seconds) =>
    Assert.Equal(TimeSpan.FromSeconds(seconds), JobSchedule.Pause(attempts));

    private static JobService Service(SomeWorkspace some, JobHandler handler) => new(some.Db, [handler]);

    private static async Task<Job> Enqueue(SomeWorkspace some, string kind, object payload)
    {
        await using var tx = await some.Db.Write(some.Id, Ct);
        var job = await JobService.Enqueue(tx, some.Admin, kind, null, payload);
        await tx.Commit();
        return job;
    }

    private static async Task<Job> Find(SomeWorkspace some, Guid uid)
    {
        await using var tx = await some.Db.Read(some.Id, Ct);
        return (await JobStore.Find(tx, uid))!;
    }
}
