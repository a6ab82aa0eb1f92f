using Microsoft.Data.Sqlite;

namespace Tributary.Core.Storage;

/// <summary>
/// Copies what SQLite's write-ahead log holds into the file, beside the changes that go on. SQLite by itself does it within a commit, for
/// which everybody waits.
///
/// The log begins anew only when all of it was copied, to which a copy beside never comes while changes keep coming. So the writer still
/// copies what is left, which is little, in the commit with which the log reaches <see cref="MostPages"/>.
/// </summary>
internal sealed class SqliteCheckpoints(SqliteFile file) : IAsyncDisposable
{
    /// <summary>Pages of 4 KiB that the log holds before the writer itself copies: 48 MiB, or 400 where each unit of work writes tens of them.</summary>
    public static int MostPages(SqliteUse use) => use is SqliteUse.Filling ? 100_000 : 12_000;

    // 16 MiB: under load the pages that many changes share are copied less often than if it were done at once.
    private const int PagesAtOnce = 4_000;

    private SqliteSession? session;
    private Task copying = Task.CompletedTask;
    private int copied;

    /// <summary>Has the log copied when the writer has added enough to it. Asked by whoever has the writer, after a commit.</summary>
    public void After(SqliteSession writer)
    {
        var written = writer.PagesWritten();
        if (!copying.IsCompleted || unchecked(written - copied) < PagesAtOnce) return;
        copied = written;
        copying = Task.Run(Copy);
    }

    public async ValueTask DisposeAsync()
    {
        await copying;
        session?.Dispose();
    }

    private void Copy()
    {
        try
        {
            session ??= file.Open();
            session.Execute("PRAGMA wal_checkpoint(PASSIVE)");
        }
        catch (Exception e) when (e is SqliteException or StartupException)
        {
            // Nothing is lost: what is not copied stays in the log, and the writer or the next copy takes it.
        }
    }
}
