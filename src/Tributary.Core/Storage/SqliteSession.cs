using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Tributary.Core.Storage;

/// <summary>
/// A SQLite connection that compiles each SQL text once. Preparing a wide SELECT costs more than running it, and the
/// provider forgets its statements with every command, so the session keeps one prepared command per text.
/// Used by one caller at a time.
/// </summary>
internal sealed class SqliteSession : SqliteConnection
{
    // Texts are built from a closed set of fragments; the bound only guards against a filter that varies without end.
    private const int MaxPrepared = 500;

    private readonly Dictionary<string, SqliteCommand> prepared = [];

    public SqliteSession(string connectionString) : base(connectionString)
    {
    }

    public override SqliteCommand CreateCommand() => new Forwarding(this);

    /// <summary>Runs a statement without parameters, such as BEGIN.</summary>
    public void Execute(string text)
    {
        var command = Prepared(text);
        command.ExecuteNonQuery();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Forget();
        base.Dispose(disposing);
    }

    private SqliteCommand Prepared(string text)
    {
        if (prepared.TryGetValue(text, out var command)) return command;

        if (prepared.Count >= MaxPrepared) Forget();
        command = new SqliteCommand(text, this);
        prepared.Add(text, command);
        return command;
    }

    private void Forget()
    {
        foreach (var command in prepared.Values) command.Dispose();
        prepared.Clear();
    }

    /// <summary>Collects text and parameters as any command does, and runs them on the session's prepared twin.</summary>
    private sealed class Forwarding : SqliteCommand
    {
        private readonly SqliteSession session;

        public Forwarding(SqliteSession session)
        {
            this.session = session;
            Connection = session;
        }

        public override int ExecuteNonQuery() => Twin().ExecuteNonQuery();

        public override object? ExecuteScalar() => Twin().ExecuteScalar();

        public override SqliteDataReader ExecuteReader(CommandBehavior behavior) => Twin().ExecuteReader(behavior & ~CommandBehavior.CloseConnection);

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => ExecuteReader(behavior);

        public override SqliteDataReader ExecuteReader() => ExecuteReader(CommandBehavior.Default);

        private SqliteCommand Twin()
        {
            var twin = session.Prepared(CommandText);
            twin.Transaction = null;
            twin.Parameters.Clear();
            foreach (SqliteParameter parameter in Parameters) twin.Parameters.Add(parameter);
            return twin;
        }
    }
}
