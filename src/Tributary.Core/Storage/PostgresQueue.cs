using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace Tributary.Core.Storage;

/// <summary>Statements that nobody waits for one by one, on their way to PostgreSQL in one message instead of a round trip each.</summary>
internal sealed partial class PostgresQueue(NpgsqlConnection connection, NpgsqlTransaction? transaction)
{
    private const int Most = 500;

    private static readonly ConcurrentDictionary<string, (string Text, string[] Names)> numbered = new();

    private readonly List<NpgsqlBatchCommand> waiting = [];

    public bool IsFull => waiting.Count >= Most;
    public bool IsEmpty => waiting.Count == 0;

    public void Add(string text, object parameters)
    {
        // Parameters by number: the provider would look for their names in the text each time.
        var (sent, names) = numbered.GetOrAdd(text, Numbered);
        var command = new NpgsqlBatchCommand(sent);
        var members = ParameterMembers.Of(parameters.GetType());
        foreach (var name in names) command.Parameters.Add(members[name].ForPostgres(parameters));
        waiting.Add(command);
    }

    public async Task Send(CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var command in waiting) batch.BatchCommands.Add(command);
        waiting.Clear();
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>A value with the type of its member, so that NULL has one too and one text is one prepared statement.</summary>
    public static NpgsqlParameter Parameter<T>(T value) => new() { NpgsqlDbType = TypeOf(typeof(T)), Value = Spelled(value) };

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

    private static (string, string[]) Numbered(string text)
    {
        var names = new List<string>();
        var sent = Name().Replace(text, match =>
        {
            var name = match.Groups[1].Value;
            if (!names.Contains(name)) names.Add(name);
            return $"${names.IndexOf(name) + 1}";
        });
        return (sent, [.. names]);
    }

    [GeneratedRegex(@"@([A-Za-z_]\w*)")]
    private static partial Regex Name();
}
