using System.Collections.Concurrent;

namespace Tributary.Core.Storage;

/// <summary>A text with the names of its parameters, in the order in which SQLite numbers them.</summary>
internal sealed class SqliteShape(string text)
{
    private static readonly PerText<SqliteShape> all = new(text => new(text));

    private readonly ConcurrentDictionary<Type, ParameterMember[]> members = new();

    public string Text => text;

    public IReadOnlyList<string> Names { get; } =
        [.. PostgresStatement.Name().Matches(text).Select(match => match.Groups[1].Value).Distinct()];

    /// <summary>What writes many such rows at once; none when the text is no INSERT of one row.</summary>
    public ManyRows? Many { get; } = ManyRows.Of(text);

    public static SqliteShape Of(string text) => all.Of(text);

    public ParameterMember[] Members(Type type) => members.GetOrAdd(type, type => ParameterMembers.Of(type, Names));
}
