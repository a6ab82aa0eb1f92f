using Npgsql;

namespace Tributary.Core.Storage;

/// <summary>What PostgreSQL answers. A session is in doubt until its answer was received to the end.</summary>
internal sealed class PostgresRows(PostgresSession session, IReadOnlyList<PostgresStatement> statements, NpgsqlDataReader reader,
    CancellationToken ct) : Rows
{
    private Task<bool>? last;
    private int at;

    /// <summary>How many columns at the end are not the question's.</summary>
    public int Beside { get; init; }

    /// <summary>The first row, or that there is none, was read before this was made.</summary>
    public bool? HasFirst { get; set; }

    public override int Width => reader.FieldCount - Beside;

    public override Row Current => new(reader, Width);

    public override ReadRow<T> Reader<T>(int width) => statements[at].Reader<T>(reader, width);

    protected override ValueTask<bool> Step()
    {
        if (HasFirst is not { } has) return new(last = reader.ReadAsync(ct));
        HasFirst = null;
        return new(has);
    }

    protected override ValueTask<bool> StepToAnswer()
    {
        if (at + 1 == statements.Count) return new(false);
        at++;
        return new(last = reader.NextResultAsync(ct));
    }

    protected override async ValueTask End()
    {
        await reader.DisposeAsync();
        if (last is null or { IsCompletedSuccessfully: true }) session.IsInDoubt = false;
    }
}
