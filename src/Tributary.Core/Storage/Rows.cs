using System.Data.Common;

namespace Tributary.Core.Storage;

/// <summary>The answer of a question, row by row. Disposing it makes its session free for the next question.</summary>
internal abstract class Rows : IAsyncDisposable
{
    /// <summary>The unit of work that asked: it says what an error of the database means.</summary>
    public Tx? Of { private get; set; }

    /// <summary>How many columns there are.</summary>
    public abstract int Width { get; }

    public abstract Row Current { get; }

    /// <summary>Goes to the next row; false when there is none.</summary>
    public ValueTask<bool> Next()
    {
        try
        {
            var step = Step();
            return step.IsCompletedSuccessfully ? step : Translated(step);
        }
        catch (DbException error)
        {
            throw Said(error);
        }
    }

    /// <summary>Goes to the answer of the next of the questions that were asked together; false after the last.</summary>
    public async ValueTask<bool> NextAnswer()
    {
        try
        {
            return await StepToAnswer();
        }
        catch (DbException error)
        {
            throw Said(error);
        }
    }

    /// <summary>What makes a record of the first columns of a row.</summary>
    public abstract ReadRow<T> Reader<T>(int width);

    public T Read<T>(ReadRow<T> read)
    {
        var row = Current;
        return read(ref row);
    }

    /// <summary>The last columns, as the backend has them.</summary>
    public object?[] Last(int count) => Current.Last(count);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await End();
        }
        catch (DbException error)
        {
            throw Said(error);
        }
        finally
        {
            Of = null;
        }
    }

    protected abstract ValueTask<bool> Step();

    protected abstract ValueTask<bool> StepToAnswer();

    protected abstract ValueTask End();

    private async ValueTask<bool> Translated(ValueTask<bool> step)
    {
        try
        {
            return await step;
        }
        catch (DbException error)
        {
            throw Said(error);
        }
    }

    private Exception Said(DbException error) => Of?.Said(error) ?? error;
}
