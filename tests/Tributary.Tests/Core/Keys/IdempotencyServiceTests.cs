using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Keys;

public sealed class IdempotencyServiceTests
{
    private const string Lookup = "POST /api/v1/deals 4f1c";
    private static readonly KeptAnswer created = new(201, [new("ETag", "\"1\""), new("Location", "/api/v1/deals/7")],
        [0x7B, 0x00, 0xFF, 0x7D]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_repeated_request_gets_the_first_answer_to_the_byte(Backend backend)
    {
        var (some, keys) = await Arrange(backend);

        var first = await keys.Begin(some.Admin, Lookup, "hash", Ct);
        var meanwhile = await keys.Begin(some.Admin, Lookup, "hash", Ct);
        await keys.Finish(some.Admin, Lookup, created, Ct);
        var repeated = await keys.Begin(some.Admin, Lookup, "hash", Ct);

        Assert.Equal((AttemptKind.New, AttemptKind.Running, AttemptKind.Replay), (first.Kind, meanwhile.Kind, repeated.Kind));
        Assert.Equal((created.Status, created.Headers), (repeated.Answer!.Status, repeated.Answer.Headers));
        Assert.Equal(created.Body, repeated.Answer.Body);
    }

    [Theory, OnBothBackends]
    public async Task A_key_used_for_another_request_is_told_apart(Backend backend)
    {
        var (some, keys) = await Arrange(backend);
        await keys.Begin(some.Admin, Lookup, "hash", Ct);
        Assert.Equal(AttemptKind.Different, (await keys.Begin(some.Admin, Lookup, "other", Ct)).Kind);

        await keys.Finish(some.Admin, Lookup, created, Ct);

        Assert.Equal(AttemptKind.Different, (await keys.Begin(some.Admin, Lookup, "other", Ct)).Kind);
    }

    [Theory, OnBothBackends]
    public async Task The_same_text_used_by_another_credential_is_another_key(Backend backend)
    {
        var (some, keys) = await Arrange(backend);
        Caller[] callers =
        [
            some.Admin, some.Member, some.Outsider with { KeyId = some.Id }, some.Admin with { KeyId = 1 },
                some.Admin with { AppId = 1 }, some.Admin with { Dialect = "switch" },
        ];

        foreach (var caller in callers) Assert.Equal(AttemptKind.New, (await keys.Begin(caller, Lookup, "hash", Ct)).Kind);
    }

    [Theory, OnBothBackends]
    public async Task A_request_that_failed_may_be_tried_again(Backend backend)
    {
        var (some, keys) = await Arrange(backend);
        await keys.Begin(some.Admin, Lookup, "hash", Ct);

        await keys.Drop(some.Admin, Lookup, Ct);

        Assert.Equal(AttemptKind.New, (await keys.Begin(some.Admin, Lookup, "corrected", Ct)).Kind);
    }

    [Theory, OnBothBackends]
    public async Task An_answer_is_kept_for_a_day(Backend backend)
    {
        var (some, keys) = await Arrange(backend);
        await keys.Begin(some.Admin, Lookup, "hash", Ct);
        await keys.Finish(some.Admin, Lookup, created, Ct);

        TestClock.Instance.Set(TestClock.Start.AddHours(24).AddMilliseconds(-1));
        Assert.Equal(AttemptKind.Replay, (await keys.Begin(some.Admin, Lookup, "hash", Ct)).Kind);
        TestClock.Instance.Set(TestClock.Start.AddHours(24));
        Assert.Equal(AttemptKind.New, (await keys.Begin(some.Admin, Lookup, "hash", Ct)).Kind);
    }

    [Theory, OnBothBackends]
    public async Task A_request_whose_server_died_may_be_tried_again_after_ten_minutes(Backend backend)
    {
        var (some, keys) = await Arrange(backend);
        await keys.Begin(some.Admin, Lookup, "hash", Ct);

        TestClock.Instance.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(AttemptKind.Running, (await keys.Begin(some.Admin, Lookup, "hash", Ct)).Kind);
        TestClock.Instance.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(AttemptKind.New, (await keys.Begin(some.Admin, Lookup, "hash", Ct)).Kind);
    }

    [Theory, OnBothBackends]
    public async Task Of_copies_sent_at_once_one_runs(Backend backend)
    {
        var (some, keys) = await Arrange(backend);

        var attempts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => keys.Begin(some.Admin, Lookup, "hash", Ct)));

        Assert.Single(attempts, attempt => attempt.Kind is AttemptKind.New);
        Assert.Equal(7, attempts.Count(attempt => attempt.Kind is AttemptKind.Running));
    }

    [Theory, OnBothBackends]
    public async Task The_job_forgets_what_is_a_day_old_in_every_workspace(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var (some, keys, job) = (await Some.Workspace(own.Db), new IdempotencyService(own.Db), new IdempotencyJob(own.Db));
        await keys.Begin(some.Admin, Lookup, "hash", Ct);
        await keys.Begin(some.Outsider, Lookup, "hash", Ct);
        TestClock.Instance.Advance(TimeSpan.FromHours(1));
        await keys.Begin(some.Admin, "young", "hash", Ct);

        TestClock.Instance.Advance(TimeSpan.FromHours(23));

        Assert.Equal(2, await job.Step(Ct));
        Assert.Equal(0, await job.Step(Ct));
    }

    private static async Task<(SomeWorkspace Some, IdempotencyService Keys)> Arrange(Backend backend)
    {
        var some = await Some.Workspace(backend);
        return (some, new(some.Db));
    }
}
