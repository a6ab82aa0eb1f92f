using System.Globalization;
using Npgsql;

namespace Tributary.Core.Storage;

/// <summary>How its units of work begin and end.</summary>
internal sealed partial class PostgresSession
{
    private const string Version = "SELECT catalog_version FROM workspaces WHERE id = $1";

    // Not all tables are there yet when a migration begins, and no totals are written.
    private const string Everywhere = "SELECT set_config('tributary.workspace', '*', TRUE), CAST(NULL AS BIGINT)";

    private const string Reading =
        "SELECT set_config('tributary.workspace', $1, TRUE), (SELECT catalog_version FROM workspaces WHERE id = $2)";

    private const string ReadingByOnePlan =
        "SELECT set_config('tributary.workspace', $1, TRUE), (SELECT catalog_version FROM workspaces WHERE id = $2), "
        + "set_config('plan_cache_mode', 'force_generic_plan', TRUE)";

    /// <summary>Makes it the session of a unit of work, which has not begun yet.</summary>
    /// <param name="workspace">What it reads or writes.</param>
    /// <param name="mayTakeLong">No statement is given up.</param>
    public PostgresSession For(long workspace, bool mayTakeLong)
    {
        this.workspace = workspace;
        batch.Timeout = mayTakeLong ? 0 : connection.CommandTimeout;
        return this;
    }

    /// <summary>Begins a unit of work that writes.</summary>
    /// <param name="isAlone">None of the same workspace that writes is open beside it, from before its beginning to its end.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task BeginWriting(bool isAlone, CancellationToken ct)
    {
        var commands = Message();
        commands.Add(new("BEGIN ISOLATION LEVEL READ COMMITTED"));
        var locks = isAlone ? PostgresShards.TakeAll : [];
        foreach (var text in locks) commands.Add(Locking(text));
        var takesShard = workspace != Db.Everywhere;
        commands.Add(takesShard ? new(PostgresShards.Take) { Parameters = { WorkspaceName(), WorkspaceKey() } } : new(Everywhere));
        if (takesShard) commands.Add(VersionNow());
        await using (var rows = await batch.ExecuteReaderAsync(ct))
        {
            foreach (var _ in locks) await rows.NextResultAsync(ct);
            await rows.ReadAsync(ct);
            (Lingers, hasBegun, writes) = (false, true, true);
            shard = !takesShard ? 0 : rows.IsDBNull(1) ? -1 : rows.GetInt32(1);
            if (takesShard) await ReadVersion(rows, ct);
        }
        if (shard < 0) await PassTheGate(ct);
    }

    // The catalog is asked for anew: whoever held the gate may have changed it.
    private async Task PassTheGate(CancellationToken ct)
    {
        shard = connection.ProcessID % PostgresShards.Count;
        var commands = Message();
        commands.Add(Locking(PostgresShards.PassTheGate));
        commands.Add(VersionNow());
        await using var rows = await batch.ExecuteReaderAsync(ct);
        await ReadVersion(rows, ct);
    }

    private async Task ReadVersion(NpgsqlDataReader rows, CancellationToken ct)
    {
        await rows.NextResultAsync(ct);
        catalogVersion = await rows.ReadAsync(ct) ? rows.GetInt64(0) : null;
    }

    /// <summary>
    /// A statement of one whole number as a unit of work of its own, in one message. It does not wait for the disk: whatever is committed
    /// later and answered is behind it in the log, and takes it along.
    /// </summary>
    public async Task<long> Alone(NpgsqlBatchCommand statement, CancellationToken ct)
    {
        IsInDoubt = true;
        var commands = Message();
        commands.Add(new("BEGIN ISOLATION LEVEL READ COMMITTED"));
        commands.Add(new("SET LOCAL synchronous_commit = off"));
        commands.Add(Naming());
        commands.Add(statement);
        commands.Add(new("COMMIT"));
        long answer;
        await using (var rows = await batch.ExecuteReaderAsync(ct))
        {
            await rows.NextResultAsync(ct);
            await rows.ReadAsync(ct);
            answer = rows.GetInt64(0);
            await rows.NextResultAsync(ct);
        }
        IsInDoubt = false;
        return answer;
    }

    /// <summary>Sends what waits and commits, in one message.</summary>
    public async Task Commit()
    {
        var commands = Message();
        AddWaiting(commands);
        commands.Add(new("COMMIT"));
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
        hasBegun = false;
    }

    /// <summary>Makes it nobody's. The transaction of a unit of work that only read ends with the next message.</summary>
    public void End()
    {
        Lingers |= hasBegun;
        OnlyRead = Lingers || hasAskedOnce;
        hasBegun = writes = plansOnce = hasAskedOnce = IsInDoubt = false;
        catalogVersion = null;
        waiting.Clear();
    }

    /// <summary>Gives it back to where it was taken, for the next who only reads unless it is in doubt.</summary>
    public ValueTask Return() => home.Return(this, !IsInDoubt);

    /// <summary>The provider undoes what was not committed.</summary>
    public async ValueTask DisposeAsync()
    {
        await batch.DisposeAsync();
        await connection.DisposeAsync();
    }

    // What lingers is of the same kind, so that one statement ends it and begins the next.
    private NpgsqlBatchCommandCollection Beginning(bool byOnePlan)
    {
        batch.BatchCommands.Clear();
        batch.BatchCommands.Add(new(Lingers ? "COMMIT AND CHAIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
        batch.BatchCommands.Add(Naming(byOnePlan));
        return batch.BatchCommands;
    }

    private NpgsqlBatchCommandCollection Message()
    {
        batch.BatchCommands.Clear();
        if (Lingers) batch.BatchCommands.Add(new("COMMIT"));
        return batch.BatchCommands;
    }

    private NpgsqlBatchCommand Naming(bool byOnePlan = false)
    {
        if (workspace == Db.Everywhere) return new(Everywhere);
        plansOnce = byOnePlan;
        return new(byOnePlan ? ReadingByOnePlan : Reading) { Parameters = { WorkspaceName(), WorkspaceId() } };
    }

    // Until the unit of work ends.
    private NpgsqlBatchCommand Planning(bool once)
    {
        plansOnce = once;
        return new(once ? "SET LOCAL plan_cache_mode = force_generic_plan" : "SET LOCAL plan_cache_mode = auto");
    }

    private NpgsqlBatchCommand VersionNow() => new(Version) { Parameters = { WorkspaceId() } };

    private NpgsqlBatchCommand Locking(string text) => new(text) { Parameters = { WorkspaceKey() } };

    private NpgsqlParameter<string> WorkspaceName() => new() { TypedValue = workspace.ToString(CultureInfo.InvariantCulture) };

    private NpgsqlParameter<long> WorkspaceId() => new() { TypedValue = workspace };

    private NpgsqlParameter<int> WorkspaceKey() => new() { TypedValue = unchecked((int)workspace) };

    private async ValueTask Begun(NpgsqlDataReader rows, CancellationToken ct)
    {
        await rows.ReadAsync(ct);
        (Lingers, hasBegun) = (false, true);
        catalogVersion = rows.IsDBNull(1) ? null : rows.GetInt64(1);
    }
}
