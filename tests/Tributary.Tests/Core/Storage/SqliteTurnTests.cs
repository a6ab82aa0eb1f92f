using FsCheck.Fluent;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

public sealed class SqliteTurnTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private readonly SqliteTurn turn = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_turn_is_given_in_the_order_of_asking()
    {
        await turn.Take(Long, Ct);
        var order = new List<int>();
        var all = Enumerable.Range(0, 20).Select(n => Write(() => order.Add(n))).ToList();

        turn.PassOn();
        await Task.WhenAll(all);

        Assert.Equal(Enumerable.Range(0, 20), order);
    }

    [Fact]
    public async Task Whoever_passes_it_on_runs_those_in_line_on_its_own_thread_but_nobody_who_comes_later()
    {
        await turn.Take(Long, Ct);
        var threads = new List<int>();
        var later = new List<Task>();
        Task[] line = [Write(Note), Write(() => { Note(); later.Add(Write(Note)); }), Write(Note)];

        var mine = Environment.CurrentManagedThreadId;
        turn.PassOn();

        Assert.False(turn.RunsOthers);
        Assert.All(line, written => Assert.True(written.IsCompletedSuccessfully));
        await Task.WhenAll(later);
        Assert.Equal([mine, mine, mine], threads.Take(3));
        Assert.Equal(4, threads.Count);

        void Note()
        {
            lock (threads) threads.Add(Environment.CurrentManagedThreadId);
        }
    }

    [Fact]
    public async Task Whoever_releases_it_leaves_those_in_line_to_another_thread()
    {
        await turn.Take(Long, Ct);
        var isOthers = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var waits = Write(() => isOthers.SetResult(turn.RunsOthers));

        turn.Release();
        Assert.False(turn.RunsOthers);

        Assert.True(await isOthers.Task);
        await waits;
    }

    [Fact]
    public async Task One_who_goes_on_elsewhere_keeps_the_turn_until_it_is_given_back_there()
    {
        await turn.Take(Long, Ct);
        var pause = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isWritten = false;
        var slow = Slow();
        var next = Write(() => isWritten = true);

        turn.PassOn();

        Assert.False(isWritten);
        Assert.False(turn.RunsOthers);
        pause.SetResult();
        await Task.WhenAll(slow, next);
        Assert.True(isWritten);

        async Task Slow()
        {
            await turn.Take(Long, Ct);
            await pause.Task;
            turn.Release();
        }
    }

    [Fact]
    public async Task Whoever_no_longer_waits_is_passed_over()
    {
        await turn.Take(Long, Ct);
        using var gone = new CancellationTokenSource();
        var cancelled = turn.Take(Long, gone.Token);
        var impatient = turn.Take(TimeSpan.FromMilliseconds(1), Ct);
        var isWritten = false;
        var patient = Write(() => isWritten = true);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.False(await impatient);
        turn.Release();
        await patient;

        Assert.True(isWritten);
        // Nobody has it now.
        Assert.True(turn.Take(TimeSpan.Zero, Ct).IsCompletedSuccessfully);
    }

    [Fact]
    public void However_many_come_and_go_one_at_a_time_has_it_and_nobody_is_forgotten()
    {
        var step = from how in Gen.Choose(0, 3) from gives in Gen.Choose(0, 1) select (how, gives == 0);

        Properties.ForAll(step.ListOf(40).ListOf(8).ToArbitrary(), tries: 30, writers => Agrees(writers).GetAwaiter().GetResult());

        static async Task<bool> Agrees(IEnumerable<List<(int How, bool PassesOn)>> writers)
        {
            var turn = new SqliteTurn();
            var (inside, most, taken) = (0, 0, 0);
            var all = writers.Select(steps => Task.Run(async () =>
            {
                var given = 0;
                foreach (var (how, passesOn) in steps)
                {
                    // One of these has no patience.
                    if (!await turn.Take(how == 3 ? TimeSpan.FromMicroseconds(1) : Long, CancellationToken.None)) continue;
                    most = Math.Max(most, Interlocked.Increment(ref inside));
                    given++;
                    Interlocked.Increment(ref taken);
                    if (how == 1) await Task.Yield();
                    Interlocked.Decrement(ref inside);
                    if (passesOn) turn.PassOn();
                    else turn.Release();
                    if (how == 2) await Task.Yield();
                }
                return given;
            })).ToList();
            var given = (await Task.WhenAll(all).WaitAsync(Long)).Sum();
            return most <= 1 && given == taken && turn.Take(TimeSpan.Zero, CancellationToken.None).IsCompletedSuccessfully;
        }
    }

    private async Task Write(Action write)
    {
        await turn.Take(Long, Ct);
        write();
        turn.PassOn();
    }
}
