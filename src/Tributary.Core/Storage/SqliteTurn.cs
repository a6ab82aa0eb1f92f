namespace Tributary.Core.Storage;

/// <summary>
/// The turn to write, given in the order of asking. Whoever passes it on runs those who wait, one after the other, on its own thread: waking
/// another for each takes a tenth of the processor's time that a change takes (decision 0032).
///
/// What runs so is everything up to where it waits for something; so who was run, has given the turn back and has something else to do asks
/// <see cref="RunsOthers"/>, and goes elsewhere.
/// </summary>
internal sealed class SqliteTurn
{
    private readonly Lock gate = new();
    private readonly Queue<TaskCompletionSource> line = new();
    private bool isTaken;

    // Given back, and whoever is first in line is about to have it.
    private bool isOffered;

    // The thread that runs those in line; 0 where none does.
    private int runner;

    /// <summary>How many are in line.</summary>
    public int Waiting
    {
        get
        {
            lock (gate) return line.Count;
        }
    }

    /// <summary>Whether others wait for this thread to go on.</summary>
    public bool RunsOthers => Volatile.Read(ref runner) == Environment.CurrentManagedThreadId;

    /// <returns>Whether it was given: not, where nobody gave it back for so long. Whoever got it must <see cref="Release"/> it.</returns>
    public async Task<bool> Take(TimeSpan patience, CancellationToken ct)
    {
        TaskCompletionSource mine;
        lock (gate)
        {
            if (!isTaken) return isTaken = true;
            line.Enqueue(mine = new());
        }
        try
        {
            await mine.Task.WaitAsync(patience, ct);
            return true;
        }
        catch (TimeoutException)
        {
            // It may have come in the same moment.
            return !mine.TrySetCanceled(CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            if (!mine.TrySetCanceled(CancellationToken.None)) Release();
            throw;
        }
    }

    /// <summary>Gives the turn back, and leaves those in line to another thread.</summary>
    public void Release()
    {
        lock (gate)
        {
            if (Offer()) RunElsewhere();
        }
    }

    /// <summary>Gives the turn back, and runs those who are in line. For whoever would have to wait for them anyway.</summary>
    public void PassOn()
    {
        lock (gate)
        {
            if (!Offer()) return;
            runner = Environment.CurrentManagedThreadId;
        }
        Run();
    }

    /// <returns>Whether there is somebody to be run, and nobody who does it.</returns>
    private bool Offer()
    {
        isOffered = true;
        // Then this is one of those whom Run, below on this thread, has begun, and Run goes on.
        if (RunsOthers) return false;
        // Whoever ran this one runs it no longer: it went on elsewhere.
        runner = 0;
        if (line.Count > 0) return true;
        isTaken = isOffered = false;
        return false;
    }

    /// <summary>Those who are in line now. Who comes later is run by another thread: this one has something of its own to do.</summary>
    private void Run()
    {
        int left;
        lock (gate) left = line.Count;
        while (Next(ref left) is { } next)
        {
            if (next.TrySetResult()) continue;
            // Nobody is waiting there any more.
            lock (gate) isOffered = true;
        }
    }

    private TaskCompletionSource? Next(ref int left)
    {
        lock (gate)
        {
            // Who was begun last may have gone on elsewhere, given the turn back there, and that thread runs the others.
            if (!RunsOthers) return null;
            if (isOffered && left-- > 0 && line.TryDequeue(out var next))
            {
                isOffered = false;
                return next;
            }
            runner = 0;
            if (isOffered && Offer()) RunElsewhere();
            return null;
        }
    }

    private void RunElsewhere() => ThreadPool.UnsafeQueueUserWorkItem(static turn => turn.RunRest(), this, preferLocal: false);

    private void RunRest()
    {
        lock (gate)
        {
            if (!isOffered || runner != 0) return;
            runner = Environment.CurrentManagedThreadId;
        }
        Run();
    }
}
