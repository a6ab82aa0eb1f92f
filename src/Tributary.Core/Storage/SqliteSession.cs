using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Tributary.Core.Storage;

/// <summary>
/// A SQLite connection that compiles each SQL text once. Preparing a wide SELECT costs more than running it, and the
/// provider forgets its statements with every command, so the session keeps the prepared commands of each text.
/// Used by one caller at a time.
/// </summary>
internal sealed class SqliteSession : SqliteConnection
{
    // Texts are built from a closed set of fragments; the bound only guards against a filter that varies without end.
    private const int MaxPrepared = 500;

    private const int MaxNoted = 10_000;

    private readonly Dictionary<string, List<Statement>> prepared = [];
    private readonly Dictionary<string, SqliteStatement> hot = new(SqlTexts.Same);
    private readonly Dictionary<long, long> noted = [];
    private uint notedAt;
    private int count;

    public SqliteSession(string connectionString) : base(connectionString)
    {
    }

    /// <summary>How many statements are kept compiled.</summary>
    internal int PreparedCount => count + hot.Count;

    public override SqliteCommand CreateCommand() => new Forwarding(this);

    /// <summary>Runs a statement without parameters, such as BEGIN.</summary>
    public void Execute(string text) => Hot(text).Run();

    /// <summary>The compiled statement, to be run past the provider. Who reads its rows must not run it again meanwhile.</summary>
    public SqliteStatement Hot(string text)
    {
        if (hot.TryGetValue(text, out var statement)) return statement;
        if (hot.Count >= MaxPrepared) ForgetHot();
        var made = new SqliteStatement(this, text);
        if (!made.HasMore) return hot[text] = made;
        made.Dispose();
        throw new InvalidOperationException($"Several statements in one text: {text}");
    }

    /// <summary>The first value a statement without parameters answers, such as a pragma's.</summary>
    public object? Ask(string text) => Idle(text).Command.ExecuteScalar();

    /// <summary>
    /// What was noted of a workspace while the database was as this transaction sees it; none after anybody, be it another process, has
    /// committed anything, and none before the transaction has read something, for until then it sees no state yet.
    /// </summary>
    public long? Noted(long workspace)
    {
        if (DataVersion() is not { } seen) return null;
        if (seen != notedAt || noted.Count > MaxNoted) noted.Clear();
        notedAt = seen;
        return noted.TryGetValue(workspace, out var number) ? number : null;
    }

    public void Note(long workspace, long number)
    {
        if (DataVersion() is not null && Noted(workspace) is null) noted[workspace] = number;
    }

    /// <summary>Stops the statement that runs now, from any thread.</summary>
    public void Interrupt() => SQLitePCL.raw.sqlite3_interrupt(Handle);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Forget(static _ => true);
            ForgetHot();
        }
        base.Dispose(disposing);
    }

    // Another number whenever this connection begins to see what somebody committed.
    private unsafe uint? DataVersion()
    {
        var handle = Handle!.DangerousGetHandle();
        if (SqliteApi.TransactionState(handle, null) == SqliteApi.NoTransaction) return null;
        uint version;
        SqliteException.ThrowExceptionForRC(SqliteApi.FileControl(handle, null, SqliteApi.DataVersion, &version), Handle);
        return version;
    }

    private void ForgetHot()
    {
        foreach (var statement in hot.Values) statement.Dispose();
        hot.Clear();
    }

    // A text whose reader is still open gets a second compiled statement: a caller may run inside its own loop over rows
    // the very text that it loops over.
    private Statement Idle(string text)
    {
        if (prepared.TryGetValue(text, out var statements) && statements.Find(static s => !s.IsReading) is { } idle) return idle;

        if (count >= MaxPrepared) Forget(static s => !s.IsReading);
        var made = new Statement(new SqliteCommand(text, this) { CommandTimeout = DefaultTimeout });
        if (prepared.TryGetValue(text, out statements)) statements.Add(made);
        else prepared.Add(text, [made]);
        count++;
        return made;
    }

    private void Forget(Predicate<Statement> which)
    {
        foreach (var (text, statements) in prepared.ToList())
        {
            foreach (var statement in statements.FindAll(which)) statement.Dispose();
            count -= statements.RemoveAll(which);
            if (statements.Count == 0) prepared.Remove(text);
        }
    }

    /// <summary>A compiled text and the last reader over it.</summary>
    private sealed class Statement(SqliteCommand command) : IDisposable
    {
        public SqliteCommand Command => command;
        public SqliteDataReader? Reader { get; set; }
        public bool IsReading => Reader is { IsClosed: false };

        public void Dispose()
        {
            Reader?.Dispose();
            command.Dispose();
            // Taking the connection away is what makes the connection forget the command.
            command.Connection = null;
        }
    }

    /// <summary>Collects text and parameters as any command does, and runs them on a prepared twin of the session.</summary>
    private sealed class Forwarding(SqliteSession session) : SqliteCommand
    {
        // Not the base's property: there the connection would remember each command it ever made, for as long as it is open.
        public override SqliteConnection? Connection { get; set; } = session;

        public override int ExecuteNonQuery() => Twin().Command.ExecuteNonQuery();

        public override object? ExecuteScalar() => Twin().Command.ExecuteScalar();

        public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
        {
            var twin = Twin();
            return twin.Reader = twin.Command.ExecuteReader(behavior & ~CommandBehavior.CloseConnection);
        }

        public override SqliteDataReader ExecuteReader() => ExecuteReader(CommandBehavior.Default);

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => ExecuteReader(behavior);

        private Statement Twin()
        {
            var twin = session.Idle(CommandText);
            twin.Command.Parameters.Clear();
            foreach (SqliteParameter parameter in Parameters)
            {
                // Dapper leaves the mark away. Looking a name up compares it with every one before; without the mark it is in vain first.
                if (parameter.ParameterName is [not '@', ..] bare) parameter.ParameterName = "@" + bare;
                twin.Command.Parameters.Add(parameter);
            }
            return twin;
        }
    }
}

/// <summary>
/// SQL texts are long and differ somewhere in the middle, and mostly the very same object is asked for again: a few letters tell them apart
/// well enough.
/// </summary>
internal sealed class SqlTexts : IEqualityComparer<string>
{
    public static readonly SqlTexts Same = new();

    public bool Equals(string? x, string? y) => string.Equals(x, y);

    public int GetHashCode(string text)
    {
        var hash = text.Length;
        for (var i = text.Length - 1; i >= 0; i -= 1 + text.Length / 16) hash = hash * 31 + text[i];
        return hash;
    }
}
