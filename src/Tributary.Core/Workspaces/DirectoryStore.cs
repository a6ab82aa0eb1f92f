using Tributary.Core.Storage;

namespace Tributary.Core.Workspaces;

/// <summary>
/// Where a credential belongs, asked before the workspace is known. The one table that is read across workspaces on a
/// request's path.
/// </summary>
internal static class DirectoryStore
{
    public const string Key = "key";
    public const string Client = "client";
    public const string Email = "email";
    public const string Session = "session";

    /// <summary>A line of the directory.</summary>
    public sealed record Entry
    {
        public long WorkspaceId { get; init; }
        public long SubjectId { get; init; }
    }

    public static Task<IReadOnlyList<Entry>> Find(Tx tx, string kind, string lookup) =>
        tx.Many<Entry>("SELECT workspace_id, subject_id FROM directory WHERE kind = @kind AND lookup = @lookup ORDER BY workspace_id",
            new { kind, lookup });

    /// <summary>The one place a credential belongs to; none when it is unknown, or known twice.</summary>
    public static async Task<Entry?> FindOne(Db db, string kind, string lookup, CancellationToken ct)
    {
        await using var tx = await db.ReadEverywhere(ct);
        return await Find(tx, kind, lookup) is [var only] ? only : null;
    }

    public static Task<int> Insert(Tx tx, string kind, string lookup, long subjectId) => tx.Run("""
        INSERT INTO directory (kind, lookup, workspace_id, subject_id)
        VALUES (@kind, @lookup, @Workspace, @subjectId)
        """, new { kind, lookup, tx.Workspace, subjectId });

    public static Task<int> Delete(Tx tx, string kind, string lookup) =>
        tx.Run("DELETE FROM directory WHERE kind = @kind AND lookup = @lookup AND workspace_id = @Workspace",
            new { kind, lookup, tx.Workspace });
}
