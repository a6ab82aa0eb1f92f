using Npgsql;

namespace Tributary.Core.Storage;

/// <summary>A question that is a transaction by itself, and has nothing before it that names the workspace.</summary>
internal sealed partial class PostgresStatement
{
    private const string Workspace = "Workspace";

    private string? once;

    /// <summary>Whether <see cref="Once"/> can be: the text says whose rows it asks for.</summary>
    public bool NamesWorkspace => names.Contains(Workspace);

    /// <summary>
    /// Differs by necessity: the statement with one column more at the end, the catalog version, of the same moment. Row-level security
    /// knows the workspace before it sees a row: a LATERAL subquery runs for a row that is there, here the one whose making names the
    /// workspace, and OFFSET keeps both subqueries what they are.
    /// https://www.postgresql.org/docs/15/queries-table-expressions.html#QUERIES-LATERAL
    /// </summary>
    public NpgsqlBatchCommand Once(object parameters) => Command(once ??= $"""
        SELECT asked.*, here.version
        FROM (SELECT set_config('tributary.workspace', CAST({Number(Workspace)} AS TEXT), TRUE) AS workspace,
                     (SELECT catalog_version FROM workspaces WHERE id = {Number(Workspace)}) AS version
              OFFSET 0) AS here
        CROSS JOIN LATERAL (SELECT question.* FROM ({AskedHere()}) AS question OFFSET 0) AS asked
        """, parameters);

    private string AskedHere() => Name().Replace(named, match =>
        match.Groups[1].Value is Workspace ? "CAST(here.workspace AS BIGINT)" : Number(match.Groups[1].Value));
}
