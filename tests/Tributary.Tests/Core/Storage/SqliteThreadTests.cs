using Tributary.Core.Storage;

namespace Tributary.Tests.Core.Storage;

public sealed class SqliteThreadTests
{
    [Fact]
    public async Task Work_is_done_in_the_order_of_asking_and_always_by_the_same_thread()
    {
        using var thread = new SqliteThread();
        var done = new List<(int N, int Thread)>();

        var last = Task.CompletedTask;
        for (var n = 0; n < 100; n++)
        {
            var mine = n;
            last = thread.Run(last, () => done.Add((mine, Environment.CurrentManagedThreadId)));
        }
        await last;

        Assert.Equal(Enumerable.Range(0, 100), done.Select(each => each.N));
        Assert.Single(done.Select(each => each.Thread).Distinct());
    }

    [Fact]
    public async Task What_comes_after_something_that_failed_is_not_done_and_fails_with_it()
    {
        using var thread = new SqliteThread();
        var isDone = false;

        var failed = thread.Run(Task.CompletedTask, () => throw new InvalidOperationException("The disk is full."));
        var after = thread.Run(failed, () => isDone = true);

        Assert.Equal("The disk is full.", (await Assert.ThrowsAsync<InvalidOperationException>(() => after)).Message);
        Assert.False(isDone);
        // Whoever asks for something else is not concerned.
        await thread.Run(Task.CompletedTask, () => isDone = true);
        Assert.True(isDone);
    }
}
