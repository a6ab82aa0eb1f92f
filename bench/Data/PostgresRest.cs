using System.Diagnostics;
using Npgsql;
using static System.FormattableString;

namespace Tributary.Bench.Data;

/// <summary>What a PostgreSQL server does for itself, sooner or later, of what was written: checkpoints and autovacuum.</summary>
internal static class PostgresRest
{
    // A checkpoint that nobody asked for takes most of five minutes.
    private static readonly TimeSpan most = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan look = TimeSpan.FromMilliseconds(700);

    // Who may not see others' sessions sees their progress. A checkpoint tells how many pages it has written, as it writes them.
    private const string State = """
        SELECT (SELECT COUNT(*) FROM pg_stat_progress_vacuum) + (SELECT COUNT(*) FROM pg_stat_progress_analyze),
               (SELECT buffers_checkpoint FROM pg_stat_bgwriter)
        """;

    /// <summary>Returns when nothing is vacuumed and no checkpoint is written, at the latest after five minutes.</summary>
    public static async Task Wait(NpgsqlConnection server, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        var (busy, written) = await Now(server, ct);
        while (Stopwatch.GetElapsedTime(began) < most)
        {
            await Task.Delay(look, ct);
            var before = written;
            (busy, written) = await Now(server, ct);
            if (busy == 0 && written == before) break;
        }
        var waited = Stopwatch.GetElapsedTime(began);
        if (waited > look * 2) Console.Error.WriteLine(Invariant($"waited {waited.TotalSeconds:0} s until PostgreSQL rests"));
    }

    /// <summary>Has what was written go to its files now rather than while something is measured, where the role may.</summary>
    public static async Task WriteBack(NpgsqlConnection server, CancellationToken ct)
    {
        try
        {
            await using var command = new NpgsqlCommand("CHECKPOINT", server) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.InsufficientPrivilege)
        {
            // The server's own comes in time, and is waited for.
        }
    }

    private static async Task<(long Busy, long Written)> Now(NpgsqlConnection server, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(State, server);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetInt64(0), row.GetInt64(1));
    }
}
