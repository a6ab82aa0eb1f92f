using Npgsql;

namespace Tributary.Core.Storage;

/// <summary>A question that waits for others to be sent with, or for its answer.</summary>
internal abstract class PostgresAsked(NpgsqlBatchCommand command) : IThreadPoolWorkItem
{
    public NpgsqlBatchCommand Command => command;

    /// <summary>Takes its answer from where the reader stands.</summary>
    public abstract ValueTask Take(NpgsqlDataReader rows);

    /// <summary>Lets whoever asked go on, on this thread: with the answer, with none where there is none, or with an error.</summary>
    public abstract void GoOn();

    /// <summary>It could not be asked at all.</summary>
    public abstract void Refuse(Exception error);

    void IThreadPoolWorkItem.Execute() => GoOn();
}

/// <summary>The first row of an answer and the catalog's version of the same moment; no version where there is no row.</summary>
internal readonly record struct FirstRow<T>(T? Value, long? Version);

/// <param name="statement">The question, which names the workspace.</param>
/// <param name="parameters">What it is asked with.</param>
/// <param name="read">What reads a row by hand, else it is read by the columns' names.</param>
internal sealed class PostgresAsked<T>(PostgresStatement statement, object parameters, ReadRow<T>? read)
    : PostgresAsked(statement.Once(parameters))
{
    private readonly TaskCompletionSource<FirstRow<T>?> answer = new();
    private FirstRow<T>? first;
    private Exception? refusal;

    /// <summary>None where the message failed that it was sent with: it is to be asked by itself.</summary>
    public Task<FirstRow<T>?> Answer => answer.Task;

    public override async ValueTask Take(NpgsqlDataReader rows) => first = await rows.ReadAsync() ? Read(rows) : default(FirstRow<T>);

    public override void Refuse(Exception error) => refusal = error;

    public override void GoOn()
    {
        if (refusal is { } error) answer.SetException(error);
        else answer.SetResult(first);
    }

    private FirstRow<T> Read(NpgsqlDataReader rows)
    {
        // The version stands behind the question's own columns.
        var width = rows.FieldCount - 1;
        var row = new Row(rows, width);
        return new((read ?? statement.Reader<T>(rows, width))(ref row), rows.IsDBNull(width) ? null : rows.GetInt64(width));
    }
}
