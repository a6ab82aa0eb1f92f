using Npgsql;

namespace Tributary.Core.Storage;

/// <summary>What PostgreSQL answers. A session is in doubt until its answer was received to the end.</summary>
internal sealed class PostgresRows(PostgresSession session, PostgresStatement statement, NpgsqlDataReader reader, CancellationToken ct)
    : Rows
{
    private Task<bool>? last;

    public override int Width => reader.FieldCount;

    protected override Row Current => new(reader);

    public override ReadRow<T> Reader<T>(int width) => statement.Reader<T>(reader, width);

    protected override ValueTask<bool> Step() => new(last = reader.ReadAsync(ct));

    protected override async ValueTask End()
    {
        await reader.DisposeAsync();
        if (last is null or { IsCompletedSuccessfully: true }) session.IsInDoubt = false;
    }
}
