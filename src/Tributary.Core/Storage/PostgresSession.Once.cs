using Npgsql;

namespace Tributary.Core.Storage;

/// <summary>A unit of work that is one question.</summary>
internal sealed partial class PostgresSession
{
    private long? expected;
    private bool hasAskedOnce;

    /// <summary>
    /// The answer of a question that is a transaction by itself: none where it cannot be one, and where the catalog is another than was
    /// expected, since what the asker is to ask next, it must then ask of the same moment.
    /// </summary>
    private async ValueTask<Rows?> AskOnce(PostgresStatement statement, object parameters, long version, CancellationToken ct)
    {
        expected = null;
        if (hasBegun || !statement.NamesWorkspace || HasOnePlan(parameters)) return null;
        IsInDoubt = true;
        Message().Add(statement.Once(parameters));
        var rows = await batch.ExecuteReaderAsync(ct);
        try
        {
            Lingers = false;
            var found = await rows.ReadAsync(ct);
            long? now = found && !rows.IsDBNull(rows.FieldCount - 1) ? rows.GetInt64(rows.FieldCount - 1) : null;
            if (!found || now == version)
            {
                (hasAskedOnce, catalogVersion) = (found, now);
                return new PostgresRows(this, [statement], rows, ct) { Beside = 1, HasFirst = found };
            }
        }
        catch
        {
            await rows.DisposeAsync();
            throw;
        }
        await rows.DisposeAsync();
        IsInDoubt = false;
        return null;
    }
}
