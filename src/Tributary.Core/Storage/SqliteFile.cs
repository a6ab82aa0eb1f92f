using Microsoft.Data.Sqlite;

namespace Tributary.Core.Storage;

/// <summary>Where a SQLite database is, and what every connection to it is told.</summary>
internal sealed record SqliteFile(string Path, SqliteUse Use)
{
    private const int Busy = 5;
    private const int MostRefusals = 20;

    // In KiB, for each connection. Rows of a million deals enter their indexes at ten thousand places per unit of work.
    private const int Cache = 32_000;
    private const int FillingCache = 256_000;

    private string Synced => Use switch
    {
        SqliteUse.Serving => "FULL",
        SqliteUse.Filling => "NORMAL",
        SqliteUse.Throwaway => "OFF",
    };

    public SqliteSession Open(bool isReader = false)
    {
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Pooling = false,
            ForeignKeys = true,
            DefaultTimeout = SqlitePatience.Seconds,
        };
        var session = new SqliteSession(text.ToString(), isReader);
        try
        {
            SqlitePatience.Give(session.Connection);
            if (JournalMode(session) is not "wal")
                throw new StartupException(
                    $"The file system of {Path} cannot share memory, which SQLite's write-ahead log needs. Network drives often cannot: use a local disk, or PostgreSQL.");
            session.Execute($"PRAGMA synchronous = {Synced}");
            // macOS needs to be asked twice for what fsync promises elsewhere; other systems ignore it.
            session.Execute($"PRAGMA fullfsync = {(Use is SqliteUse.Throwaway ? "OFF" : "ON")}");
            session.Execute($"PRAGMA cache_size = -{(Use is SqliteUse.Filling ? FillingCache : Cache)}");
            session.Execute("PRAGMA temp_store = MEMORY");
            session.Execute($"PRAGMA wal_autocheckpoint = {SqliteCheckpoints.MostPages(Use)}");
            session.Execute("PRAGMA journal_size_limit = 134217728");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>For whoever has filled it and let go of it: whatever was committed is on the disk.</summary>
    public void Sync()
    {
        // With the last connection the log goes into the file, which is synced then; while another process has the file open it stays.
        if (Use is not SqliteUse.Filling || !File.Exists(Path + "-wal")) return;
        using var log = File.OpenHandle(Path + "-wal", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(log);
    }

    // Of two that give a new file its log at once SQLite refuses one without waiting. It does wait for who asks to write.
    private static object? JournalMode(SqliteSession session)
    {
        for (var refused = 0; ; refused++)
        {
            try
            {
                return session.Value("PRAGMA journal_mode = WAL");
            }
            catch (SqliteException e) when (e.SqliteErrorCode == Busy && refused < MostRefusals)
            {
                session.Execute("BEGIN IMMEDIATE");
                session.Commit();
            }
        }
    }

    /// <summary>Opens the connection that writes, or says why the program cannot start.</summary>
    public SqliteSession OpenFirst()
    {
        try
        {
            var session = Open();
            // Reads the file for the first time; what is no database is noticed here.
            session.Value("SELECT COUNT(*) FROM sqlite_schema");
            return session;
        }
        catch (SqliteException e)
        {
            throw new StartupException(e.SqliteErrorCode switch
            {
                Busy or 6 => $"Another program has locked {Path}. Stop it, or wait until it is done.",
                8 => $"{Path} is read-only. The file and its directory must be writable.",
                11 or 26 => $"{Path} is damaged, or is no SQLite database. Restore a backup, or name another file.",
                13 => $"The disk that holds {Path} is full.",
                14 => $"{Path} cannot be opened. Its directory must exist, and the file and the directory must be readable and writable.",
                _ => $"{Path} cannot be used: {e.Message}",
            }, e);
        }
    }
}
