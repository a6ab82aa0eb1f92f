namespace Tributary.Core.Storage;

/// <summary>Answers of questions that were asked together, where nothing is gained by asking one before the last is answered.</summary>
internal sealed class RowsInTurn(Session session, IReadOnlyList<(string Text, object Parameters)> questions, Rows first, CancellationToken ct)
    : Rows
{
    private Rows current = first;
    private int asked = 1;

    public override int Width => current.Width;

    public override Row Current => current.Current;

    public override ReadRow<T> Reader<T>(int width) => current.Reader<T>(width);

    protected override ValueTask<bool> Step() => current.Next();

    protected override async ValueTask<bool> StepToAnswer()
    {
        if (asked == questions.Count) return false;
        await current.DisposeAsync();
        var (text, parameters) = questions[asked++];
        current = await session.Ask(text, parameters, ct);
        return true;
    }

    protected override ValueTask End() => current.DisposeAsync();
}
