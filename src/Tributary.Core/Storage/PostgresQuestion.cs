namespace Tributary.Core.Storage;

/// <summary>
/// A unit of work that is one question: it has no connection of its own, since the question goes with those of others. Is another asked
/// after all, a transaction begins then, on a connection as any other unit of work has.
/// </summary>
/// <param name="rounds">Where questions are sent together.</param>
/// <param name="workspace">What it reads.</param>
/// <param name="expected">The catalog version by which the question is to be answered.</param>
internal sealed class PostgresQuestion(PostgresRounds rounds, long workspace, long expected) : Session
{
    private PostgresSession? own;
    private bool wasAsked;
    private bool isAnswered;

    public override bool HasBegun => isAnswered || own is { HasBegun: true };

    /// <summary>
    /// None where it is to be asked by itself: for the second question, for one that cannot be a transaction by itself, and where the
    /// catalog is another than was expected, since what the asker is to ask next, it must then ask of the same moment.
    /// </summary>
    public override async ValueTask<FirstRow<T>?> First<T>(string text, object parameters, ReadRow<T>? read)
    {
        if (wasAsked || own is not null || PostgresSession.HasOnePlan(parameters)) return null;
        if (PostgresStatement.Of(text) is not { NamesWorkspace: true } statement) return null;
        wasAsked = true;
        var asked = new PostgresAsked<T>(statement, parameters, read);
        rounds.Ask(workspace, asked);
        if (await asked.Answer is not { } first || (first.Version is { } version && version != expected)) return null;
        isAnswered = first.Version is not null;
        return first;
    }

    public override async ValueTask<Rows> Ask(string text, object parameters, CancellationToken ct) =>
        await (await Own(ct)).Ask(text, parameters, ct);

    public override async ValueTask<Rows> AskTogether(IReadOnlyList<(string Text, object Parameters)> questions, CancellationToken ct) =>
        await (await Own(ct)).AskTogether(questions, ct);

    public override async ValueTask<int> Run(string text, object parameters, CancellationToken ct) =>
        await (await Own(ct)).Run(text, parameters, ct);

    public override async ValueTask Put(string text, object parameters, CancellationToken ct) =>
        await (await Own(ct)).Put(text, parameters, ct);

    public override async ValueTask<PutQueue> Queue(CancellationToken ct) => await (await Own(ct)).Queue(ct);

    public override async ValueTask RunScript(string text, CancellationToken ct) => await (await Own(ct)).RunScript(text, ct);

    public override async ValueTask<IReadOnlyList<long?>> Wholes(IReadOnlyList<(string Text, object Parameters)> questions,
        CancellationToken ct) => await (await Own(ct)).Wholes(questions, ct);

    /// <summary>It came with the answer.</summary>
    public override async ValueTask<long?> CatalogVersion(long workspace, bool hasAsked, CancellationToken ct) =>
        isAnswered && own is null ? expected : await (await Own(ct)).CatalogVersion(workspace, hasAsked, ct);

    /// <summary>Gives back what it had to take.</summary>
    public ValueTask End() => own?.Return() ?? default;

    private async ValueTask<PostgresSession> Own(CancellationToken ct) => own ??= await rounds.Open(workspace, ct);
}
