using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Npgsql;

namespace Tributary.Core.Storage;

/// <summary>Parameters of a statement for PostgreSQL: each name stands for an array, of that member of all rows; there is one.</summary>
internal sealed record ArraysOf(IReadOnlyList<object> Rows);

/// <summary>
/// A text as PostgreSQL's provider takes it with the least work: parameters by number (it would look for their names in the text each
/// time), and what makes parameters and records worked out once per type.
/// </summary>
internal sealed partial class PostgresStatement
{
    private static readonly PerText<PostgresStatement> all = new(text => new(text));

    private readonly string text;
    private readonly string named;
    private readonly List<string> names = [];
    private readonly ConcurrentDictionary<Type, ParameterMember[]> members = new();
    private readonly ConcurrentDictionary<Type, Delegate> readers = new();

    private PostgresStatement(string named)
    {
        this.named = named;
        text = Name().Replace(named, match =>
        {
            var name = match.Groups[1].Value;
            if (!names.Contains(name)) names.Add(name);
            return Number(name);
        });
    }

    private string Number(string name) => $"${names.IndexOf(name) + 1}";

    public static PostgresStatement Of(string text) => all.Of(text);

    /// <param name="parameters">A record with a member for each name, <see cref="SqlValues"/>, or pairs.</param>
    public NpgsqlBatchCommand Command(object parameters) => Command(text, parameters);

    private NpgsqlBatchCommand Command(string text, object parameters)
    {
        var command = new NpgsqlBatchCommand(text);
        if (names.Count == 0) return command;
        switch (parameters)
        {
            case SqlValues values:
                foreach (var name in names) command.Parameters.Add(Column<object>.Parameter!(values[name]!));
                break;
            case (string Name, object? Value)[] pairs:
                foreach (var name in names) command.Parameters.Add(Column<object>.Parameter!(Given(name, pairs)!));
                break;
            case ArraysOf { Rows: [var first, ..] rows }:
                foreach (var member in members.GetOrAdd(first.GetType(), Members)) command.Parameters.Add(member.ForPostgres(rows));
                break;
            default:
                foreach (var member in members.GetOrAdd(parameters.GetType(), Members))
                {
                    command.Parameters.Add(member.ForPostgres(parameters));
                }
                break;
        }
        return command;
    }

    /// <summary>What makes a record of the first columns of this statement's rows.</summary>
    public ReadRow<T> Reader<T>(NpgsqlDataReader rows, int width)
    {
        if (readers.TryGetValue(typeof(T), out var known)) return (ReadRow<T>)known;
        var made = RecordReader.Of<T>([.. Enumerable.Range(0, width).Select(rows.GetName)]);
        readers[typeof(T)] = made;
        return made;
    }

    private static object? Given(string name, (string Name, object? Value)[] pairs)
    {
        foreach (var (given, value) in pairs)
        {
            if (given == name) return value;
        }
        throw new InvalidOperationException($"The statement's parameter @{name} was not given.");
    }

    private ParameterMember[] Members(Type type) => ParameterMembers.Of(type, names);

    [GeneratedRegex(@"@([A-Za-z_]\w*)")]
    internal static partial Regex Name();
}
