namespace Tributary.Core.Storage;

/// <summary>
/// The shards of a workspace's totals on PostgreSQL, as advisory locks that are held until a unit of work ends: a row of totals stays locked
/// until the commit, and whoever had to add to the same row would wait for it.
/// </summary>
internal static class PostgresShards
{
    /// <summary>
    /// How many units of work of one workspace may write totals without ever waiting for one another; beyond that some may.
    /// </summary>
    public const int Count = 64;

    /// <summary>
    /// Who finds no shard free goes through the gate beside them; who writes alone closes it, then waits for every shard. The gate
    /// first, so that of two who would be alone the second holds nothing that the first waits for.
    /// </summary>
    private const int Gate = Count;

    /// <summary>
    /// Names the workspace and takes the lowest shard that nobody holds. The lowest, so that a workspace whose writers come one by one has
    /// one row per total to read. The catalog's version is asked for by the next statement: this one would tell what it was before the
    /// shard was taken, and who held all of them may have changed it.
    /// </summary>
    public static readonly string Take = $"""
        SELECT set_config('tributary.workspace', $1, TRUE),
               (SELECT shard FROM generate_series(0, {Count - 1}) AS shard WHERE pg_try_advisory_xact_lock($2, shard) LIMIT 1)
        """;

    public static readonly string PassTheGate = $"SELECT pg_advisory_xact_lock_shared($1, {Gate})";

    /// <summary>One statement after the other.</summary>
    public static readonly string[] TakeAll =
    [
        $"SELECT pg_advisory_xact_lock($1, {Gate})",
        $"SELECT pg_advisory_xact_lock($1, shard) FROM generate_series(0, {Count - 1}) AS shard",
    ];
}
