using Npgsql;
using Tributary.Core.Storage;

namespace Tributary.Bench.Floor;

/// <summary>
/// A connection with its statements prepared, read through the very reader that the server reads with. Used by one request at a time.
/// </summary>
internal sealed class FloorSession : IAsyncDisposable
{
    private readonly SqliteSession? sqlite;
    private readonly NpgsqlConnection? postgres;
    private readonly Dictionary<string, NpgsqlCommand> commands = [];

    private FloorSession(SqliteSession? sqlite, NpgsqlConnection? postgres) => (this.sqlite, this.postgres) = (sqlite, postgres);

    public bool IsPostgres => postgres is not null;

    public static async Task<FloorSession> Open(string address)
    {
        if (!IsServer(address)) return new(new SqliteFile(address, SqliteUse.Serving).Open(), null);
        // Each statement has one good plan; left to itself PostgreSQL makes some of them anew each time.
        var connection = new NpgsqlConnection(
            address + ";SSL Mode=Allow;Options=-c tributary.workspace=1 -c plan_cache_mode=force_generic_plan");
        await connection.OpenAsync();
        return new(null, connection);
    }

    public static bool IsServer(string address) => address.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    /// <summary>Gives each row to <paramref name="take"/> until that returns false.</summary>
    public ValueTask Read<TKey>(string statement, TKey key, TakeRow take) where TKey : notnull
    {
        if (sqlite is null) return new(ReadPostgres(statement, key, take));
        sqlite.Prepared(FloorStatements.All[statement]).Read(new Keyed<TKey>(key), take);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        sqlite?.Dispose();
        if (postgres is not null) await postgres.DisposeAsync();
    }

    private async Task ReadPostgres<TKey>(string statement, TKey key, TakeRow take) where TKey : notnull
    {
        if (!commands.TryGetValue(statement, out var command))
        {
            command = new NpgsqlCommand(FloorStatements.All[statement], postgres);
            command.Parameters.Add(new NpgsqlParameter<TKey>("key", key));
            await command.PrepareAsync();
            commands.Add(statement, command);
        }
        ((NpgsqlParameter<TKey>)command.Parameters[0]).TypedValue = key;
        await using var reader = await command.ExecuteReaderAsync();
        while (reader.Read() && Take(reader, take))
        {
            // Taken.
        }
    }

    private static bool Take(NpgsqlDataReader reader, TakeRow take)
    {
        var row = new Row(reader, reader.FieldCount);
        return take(ref row);
    }

    /// <summary>The one parameter that every statement has, named as in its text.</summary>
    private sealed class Keyed<TKey>(TKey value)
    {
#pragma warning disable IDE1006 // The name of the parameter.
        public TKey key => value;
#pragma warning restore IDE1006
    }
}
