using System.Data.Common;

namespace Tributary.Bench.Floor;

/// <summary>What a floor may know without reading it each time: the small tables.</summary>
internal static class FloorNames
{
    private static readonly Dictionary<Guid, long> StageIds = [];

    public static Dictionary<long, string> Tags { get; } = [];
    public static Dictionary<long, (Guid Uid, string Name, long Position, int ProbabilityBp)> Stages { get; } = [];
    public static Dictionary<long, Guid> Pipelines { get; } = [];
    public static Dictionary<long, (Guid Uid, string Name, string Email)> Users { get; } = [];
    public static Guid Workspace { get; private set; }

    public static long StageOf(Guid uid) => StageIds[uid];

    public static async Task Load(DbConnection connection)
    {
        await Each("SELECT id, name FROM tags WHERE workspace_id = 1", row => Tags[row.GetInt64(0)] = row.GetString(1));
        await Each("SELECT id, uid, name, position, probability_bp FROM stages WHERE workspace_id = 1", row =>
        {
            Stages[row.GetInt64(0)] = (row.GetGuid(1), row.GetString(2), row.GetInt64(3), (int)row.GetInt64(4));
            StageIds[row.GetGuid(1)] = row.GetInt64(0);
        });
        await Each("SELECT id, uid FROM pipelines WHERE workspace_id = 1", row => Pipelines[row.GetInt64(0)] = row.GetGuid(1));
        await Each("SELECT id, uid, name, email FROM users WHERE workspace_id = 1", row => Users[row.GetInt64(0)] = (row.GetGuid(1), row.GetString(2), row.GetString(3)));
        await Each("SELECT uid FROM workspaces WHERE id = 1", row => Workspace = row.GetGuid(0));

        async Task Each(string text, Action<DbDataReader> take)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = text;
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) take(reader);
        }
    }
}
