namespace Tributary.Core.Storage;

/// <summary>What will be known once a question has been asked.</summary>
internal sealed class Answer<T>
{
    private T? value;
    private bool isKnown;

    public T Value
    {
        get => isKnown ? value! : throw new InvalidOperationException("It has not been asked yet.");
        set => (this.value, isKnown) = (value, true);
    }
}

/// <summary>At most so many rows as the limit said, the keys of the last of them, and whether there is more.</summary>
internal sealed record PageRows<T>(IReadOnlyList<T> Rows, object?[] Last, bool HasMore);

/// <summary>Questions of which none needs another's answer: they are gathered here, and PostgreSQL gets them in one message.</summary>
internal sealed class Together(Tx tx)
{
    private readonly List<(string Text, object Parameters)> questions = [];
    private readonly List<Func<Rows, Task>> takers = [];

    public Answer<IReadOnlyList<T>> Many<T>(Question<T> question) => Add(question, rows => Answers.Take(rows, question.Read));

    /// <summary>The whole number in the first column of the first row; 0 where there is none.</summary>
    public Answer<long> Whole(Question<long> question) =>
        Add(question, async rows => await rows.Next() ? rows.Read(static (ref row) => row.Whole()) : 0);

    /// <summary>A page of a question that asks for one row more than the limit and whose last columns are the keys of its order.</summary>
    public Answer<PageRows<T>> Page<T>(Question<T> question, int limit, int keys) =>
        Add(question, rows => Answers.TakePage(rows, question.Read, limit, keys));

    /// <summary>Asks what has been gathered since it last asked.</summary>
    public async Task Ask()
    {
        if (questions.Count == 0) return;
        await using (var rows = await Send())
        {
            for (var n = 0; n < takers.Count; n++)
            {
                if (n > 0) await rows.NextAnswer();
                await takers[n](rows);
            }
        }
        questions.Clear();
        takers.Clear();
    }

    private ValueTask<Rows> Send() =>
        questions is [var (text, parameters)] ? tx.Ask(text, parameters) : tx.AskTogether([.. questions]);

    private Answer<TAnswer> Add<TRow, TAnswer>(Question<TRow> question, Func<Rows, Task<TAnswer>> take)
    {
        var answer = new Answer<TAnswer>();
        questions.Add((question.Text, question.Parameters));
        takers.Add(async rows => answer.Value = await take(rows));
        return answer;
    }
}
