using System.Collections.Concurrent;

namespace Tributary.Core.Storage;

/// <summary>
/// A thread of its own that does one piece of work after the other, in the order of asking. Work that a thread of the pool gives to the
/// pool waits until another one looks for some, up to 30 ms, and runs on whichever processor that has, whose cache knows nothing of
/// SQLite's pages.
/// </summary>
internal sealed class SqliteThread : IDisposable
{
    private readonly BlockingCollection<Action> asked = [];
    private readonly Thread thread;

    public SqliteThread()
    {
        thread = new(() =>
        {
            foreach (var work in asked.GetConsumingEnumerable()) work();
        })
        { IsBackground = true, Name = "SQLite" };
        thread.Start();
    }

    /// <summary>Does the work when that which was asked before is done, unless it failed: then this fails with it.</summary>
    public Task Run(Task before, Action work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        asked.Add(() =>
        {
            try
            {
                before.GetAwaiter().GetResult();
                work();
                done.SetResult();
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    public void Dispose()
    {
        asked.CompleteAdding();
        thread.Join();
        asked.Dispose();
    }
}
