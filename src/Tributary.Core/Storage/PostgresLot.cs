using Npgsql;
using NpgsqlTypes;

namespace Tributary.Core.Storage;

/// <summary>
/// On PostgreSQL they go in one message instead of a round trip each, and rows of one table in one statement, which saves both sides
/// most of the work.
/// </summary>
internal sealed class PostgresLot(NpgsqlConnection connection, CancellationToken ct) : PutLot
{
    private readonly List<(string Text, object Parameters)> statements = [];

    public override int Count => statements.Count;

    public override void Add(string text, object parameters) => statements.Add((text, parameters));

    public override void Clear() => statements.Clear();

    // Putting the statements together is work too, beside the one who asks, and beside the database, which answers the lot before.
    public override async Task Run(Task before)
    {
        var made = Task.Run(Batch, CancellationToken.None);
        await before;
        await using var batch = await made;
        await batch.ExecuteNonQueryAsync(ct);
    }

    private NpgsqlBatch Batch()
    {
        var batch = new NpgsqlBatch(connection);
        var rows = new Dictionary<ManyRows, Rows>(ReferenceEqualityComparer.Instance);
        foreach (var (text, parameters) in statements)
        {
            if (ManyRows.Of(text) is not { } many)
            {
                Add(batch, rows);
                batch.BatchCommands.Add(PostgresStatement.Of(text).Command(parameters));
                continue;
            }
            if (rows.TryGetValue(many, out var there) && there.Add(parameters)) continue;
            if (there is not null) Add(batch, rows);
            rows.Add(many, new(many, parameters));
        }
        Add(batch, rows);
        return batch;
    }

    private static void Add(NpgsqlBatch batch, Dictionary<ManyRows, Rows> rows)
    {
        foreach (var each in rows.Values.OrderBy(each => each.Rank)) batch.BatchCommands.Add(each.Command());
        rows.Clear();
    }

    /// <summary>The values of many rows as an array, with the type of their member, so that NULL has one too.</summary>
    public static NpgsqlParameter Parameter<T>(T[] values) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | TypeOf(typeof(T)), Value = Spelled(values) };

    private static Array Spelled<T>(T[] values) => values switch
    {
        DateTimeOffset[] instants => Array.ConvertAll(instants, instant => instant.ToUniversalTime()),
        DateTimeOffset?[] instants => Array.ConvertAll(instants, instant => instant?.ToUniversalTime()),
        _ when TypeOf(typeof(T)) != NpgsqlDbType.Text || typeof(T) == typeof(string) => values,
        _ => Array.ConvertAll(values, value => Spelled(value) as string),
    };

    private static object Spelled(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset instant => instant.ToUniversalTime(),
        long or int or bool or double or decimal or string or Guid or DateOnly or byte[] => value,
        Fields.CustomValues custom => custom.Json,
        _ => System.Text.Json.JsonSerializer.Serialize(value, value.GetType(), Documents.Options),
    };

    private static NpgsqlDbType TypeOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(long) => NpgsqlDbType.Bigint,
        var t when t == typeof(int) => NpgsqlDbType.Integer,
        var t when t == typeof(bool) => NpgsqlDbType.Boolean,
        var t when t == typeof(double) => NpgsqlDbType.Double,
        var t when t == typeof(decimal) => NpgsqlDbType.Numeric,
        var t when t == typeof(Guid) => NpgsqlDbType.Uuid,
        var t when t == typeof(DateTimeOffset) => NpgsqlDbType.TimestampTz,
        var t when t == typeof(DateOnly) => NpgsqlDbType.Date,
        var t when t == typeof(byte[]) => NpgsqlDbType.Bytea,
        _ => NpgsqlDbType.Text,
    };

    /// <summary>The rows of one statement.</summary>
    private sealed class Rows
    {
        private readonly ManyRows many;
        private readonly IReadOnlyDictionary<string, ParameterMember> members;
        private readonly List<object> all = [];
        private readonly HashSet<string> keys = new(StringComparer.Ordinal);

        public Rows(ManyRows many, object first)
        {
            this.many = many;
            members = ParameterMembers.Of(first.GetType());
            Add(first);
        }

        public int Rank => many.Rank;

        /// <summary>False when a row with the same key is there.</summary>
        public bool Add(object parameters)
        {
            if (many.Keys.Count > 0 && !keys.Add(string.Join('\0', many.Keys.Select(key => members[key].Value(parameters))))) return false;
            all.Add(parameters);
            return true;
        }

        public NpgsqlBatchCommand Command()
        {
            var command = new NpgsqlBatchCommand(many.ForPostgres);
            foreach (var name in many.Names) command.Parameters.Add(members[name].ForPostgres(all));
            return command;
        }
    }
}
