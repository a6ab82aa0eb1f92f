using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace Tributary.Core.Storage;

/// <summary>
/// Where reads go that need not see the newest commits of other servers: a replica. What was written through this process is
/// always seen by it: a replica is asked only when it has replayed the log up to the last commit made here in the workspace.
/// </summary>
internal sealed class Standby(PostgresSessions sessions) : IAsyncDisposable
{
    /// <summary>A commit of which nobody can say where it is in the log: no replica has it until another is known.</summary>
    private const ulong Unknown = ulong.MaxValue;

    /// <summary>How long a replica that did not answer is left alone.</summary>
    private static readonly TimeSpan rest = TimeSpan.FromSeconds(5);

    private readonly AsyncLocal<bool> allowed = new();
    private readonly ConcurrentDictionary<long, ulong> written = new();
    private long restsUntil;

    /// <summary>Whether this flow of work may ask a replica.</summary>
    public bool IsAllowed => allowed.Value;

    /// <summary>From here on in this flow of work; a request that only reads says so once.</summary>
    public void Allow() => allowed.Value = true;

    /// <summary>A connection to a replica that has what was written here, or none: then the primary is to be asked.</summary>
    public async Task<PostgresSession?> Take(long workspace, CancellationToken ct)
    {
        if (Environment.TickCount64 < Interlocked.Read(ref restsUntil)) return null;
        PostgresSession? session = null;
        try
        {
            session = await sessions.Take(ct);
            if (await Has(session.Connection, workspace, ct)) return session;
        }
        catch (NpgsqlException)
        {
            Interlocked.Exchange(ref restsUntil, Environment.TickCount64 + (long)rest.TotalMilliseconds);
        }
        if (session is not null) await sessions.Return(session, isSound: false);
        return null;
    }

    /// <summary>Remembers where the log of the primary was after a commit.</summary>
    public async Task Note(NpgsqlConnection primary, long workspace)
    {
        var position = Unknown;
        try
        {
            await using var command = new NpgsqlCommand("SELECT CAST(pg_current_wal_insert_lsn() AS TEXT)", primary);
            position = Parse((string)(await command.ExecuteScalarAsync(CancellationToken.None))!);
        }
        catch (NpgsqlException)
        {
            // What was committed stays committed, and its caller must be told so.
        }
        written.AddOrUpdate(workspace, position, (_, before) => before == Unknown ? position : Math.Max(before, position));
    }

    // Asked before the snapshot is taken, so that the snapshot has at least what was found. A server that is no replica has all.
    private async Task<bool> Has(NpgsqlConnection connection, long workspace, CancellationToken ct)
    {
        var needed = Math.Max(written.GetValueOrDefault(workspace), written.GetValueOrDefault(0));
        if (needed is 0 or Unknown) return needed == 0;
        await using var command = new NpgsqlCommand("SELECT NOT pg_is_in_recovery() OR pg_last_wal_replay_lsn() >= CAST(@needed AS PG_LSN)",
            connection);
        command.Parameters.AddWithValue("needed", Text(needed));
        return await command.ExecuteScalarAsync(ct) is true;
    }

    // Two halves of 32 bits: "16/B374D848".
    private static ulong Parse(string position) =>
        position.Split('/') is [var high, var low] ? ulong.Parse(high, NumberStyles.HexNumber, null) << 32
        | ulong.Parse(low, NumberStyles.HexNumber, null) : Unknown;

    private static string Text(ulong position) =>
        string.Create(CultureInfo.InvariantCulture, $"{position >> 32:X}/{position & uint.MaxValue:X}");

    public ValueTask DisposeAsync() => sessions.DisposeAsync();
}
