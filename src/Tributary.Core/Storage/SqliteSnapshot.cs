using Microsoft.Data.Sqlite;

namespace Tributary.Core.Storage;

/// <summary>A whole SQLite database in memory, made and put back page by page (sqlite.org/backup.html), so in milliseconds.</summary>
public sealed class SqliteSnapshot : IDisposable
{
    private readonly SqliteConnection copy = new("Data Source=:memory:;Pooling=False");

    internal SqliteSnapshot() => copy.Open();

    internal void TakeFrom(SqliteSession session) => session.Connection.BackupDatabase(copy);

    internal void PutInto(SqliteSession session) => copy.BackupDatabase(session.Connection);

    public void Dispose() => copy.Dispose();
}
