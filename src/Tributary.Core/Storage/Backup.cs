using Microsoft.Data.Sqlite;
using Tributary.Core.Kernel;

namespace Tributary.Core.Storage;

/// <summary>What a copy of a database holds, for the person who made it or is about to rely on it.</summary>
public sealed record BackupReport
{
    public required string LastMigration { get; init; }
    public required long Workspaces { get; init; }
    public required long Deals { get; init; }

    /// <summary>The time of the last change; none in a database nobody has used.</summary>
    public DateTimeOffset? LastChangeAt { get; init; }
}

/// <summary>
/// Copies of a SQLite database, and the way back. They work on files, so they run beside a server as well as without one.
/// PostgreSQL has its own tools (docs/sql.md). Each call occupies its thread until it is done.
/// </summary>
public static class Backup
{
    /// <summary>
    /// Writes the state of one moment into a new file while the database is read and written. The file has its name only when it
    /// is complete, checked and on disk.
    /// </summary>
    public static BackupReport Write(string database, string file, CancellationToken ct)
    {
        MustExist(database);
        if (File.Exists(file)) throw Problem.Conflict($"{file} exists. Name a file that does not.");

        var partial = PartialOf(file);
        File.Delete(partial);
        try
        {
            NativeSqlite.Load();
            using (var session = new SqliteFile(database, SqliteUse.Serving).OpenFirst())
            {
                using var stop = ct.Register(session.Interrupt);
                session.Prepared("VACUUM INTO @partial").Run(new { partial });
            }
            Settle(partial);
            var report = Verify(partial);
            File.Move(partial, file);
            return report;
        }
        catch (SqliteException e) when (!ct.IsCancellationRequested && DbErrors.Translate(e) is { } problem)
        {
            throw problem;
        }
        catch (SqliteException) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>How many bytes a backup of the database will have, nearly: its pages without those that are free.</summary>
    internal static long SizeOf(string database)
    {
        using var session = Open(database, SqliteOpenMode.ReadOnly);
        return Number("page_size") * Math.Max(1, Number("page_count") - Number("freelist_count"));

        long Number(string pragma) => session.Value($"PRAGMA {pragma}") as long? ?? 0;
    }

    /// <summary>How much of a backup that is being written is there.</summary>
    internal static long WrittenOf(string file) => new FileInfo(PartialOf(file)) is { Exists: true } partial ? partial.Length : 0;

    private static string PartialOf(string file) => file + ".partial";

    /// <summary>Reads every page and index of the file and follows every reference. Refuses what is damaged, or not ours.</summary>
    public static BackupReport Verify(string file)
    {
        MustExist(file);
        try
        {
            using var session = Open(file, SqliteOpenMode.ReadOnly);
            var damage = session.Value("PRAGMA integrity_check");
            if (damage is not "ok") throw Problem.Invalid("file", $"{file} is damaged: {damage}");
            if (session.Value("PRAGMA foreign_key_check") is not null)
            {
                throw Problem.Invalid("file", $"{file} holds records that refer to missing ones.");
            }
            return Read(session) ?? throw Problem.Invalid("file", $"{file} is not a database of Tributary.");
        }
        catch (SqliteException e)
        {
            throw Problem.Invalid("file", $"{file} is damaged or no database: {e.Message}");
        }
    }

    /// <summary>
    /// Puts a backup in the place of a database that no server has open. What was there is kept beside it as ".before-restore".
    /// Refuses to replace a database that holds later changes, or cannot be read, unless <paramref name="evenIfNewer"/>.
    /// </summary>
    public static BackupReport Restore(string backup, string database, bool evenIfNewer)
    {
        var report = Verify(backup);
        if (Migrator.Scripts().All(script => script.Name != report.LastMigration))
            throw Problem.Invalid("file", $"{backup} was made by a newer Tributary ({report.LastMigration}).");

        var exists = File.Exists(database);
        if (exists && Present(database) is var present && !evenIfNewer)
        {
            if (present is null)
            {
                throw Problem.Conflict($"{database} cannot be read, so it is not known what would be lost. Say that it may be replaced.");
            }
            if (present.LastChangeAt > (report.LastChangeAt ?? DateTimeOffset.MinValue))
                throw Problem.Conflict(
                    $"{database} holds changes up to {present.LastChangeAt:u}, the backup only up to {report.LastChangeAt:u}. Say that they may be lost.");
        }

        var partial = database + ".partial";
        File.Copy(backup, partial, overwrite: true);
        Settle(partial);
        if (exists) File.Move(database, database + ".before-restore", overwrite: true);
        // Leftovers of a damaged database must not be replayed into the restored one.
        File.Delete(database + "-wal");
        File.Delete(database + "-shm");
        File.Move(partial, database);
        return report;
    }

    // Leaving the write-ahead log needs the file for oneself, and puts all that was in the log into the file.
    private static BackupReport? Present(string database)
    {
        try
        {
            using var session = Open(database, SqliteOpenMode.ReadWrite);
            session.Execute("PRAGMA journal_mode = DELETE");
            return Read(session);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 5 or 6)
        {
            throw Problem.Conflict($"{database} is in use. Stop the server first.");
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    private static BackupReport? Read(SqliteSession session)
    {
        const string ours = "SELECT COUNT(*) FROM sqlite_schema WHERE name IN ('migrations', 'workspaces', 'deals', 'events')";
        if (session.Value(ours) is not 4L) return null;
        BackupReport? report = null;
        session.Prepared("""
            SELECT (SELECT MAX(name) FROM migrations),
                   (SELECT COUNT(*) FROM workspaces),
                   (SELECT COUNT(*) FROM deals),
                   (SELECT MAX(at) FROM events)
            """).Read(SqlValues.None, (ref row) =>
            {
                report = new()
                {
                    LastMigration = row.Text(),
                    Workspaces = row.Whole(),
                    Deals = row.Whole(),
                    LastChangeAt = row.InstantOrNone(),
                };
                return false;
            });
        return report;
    }

    private static SqliteSession Open(string file, SqliteOpenMode mode)
    {
        NativeSqlite.Load();
        return new(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 1 }.ToString(),
            isReader: mode is SqliteOpenMode.ReadOnly);
    }

    // SQLite does not sync what VACUUM INTO writes (sqlite.org/lang_vacuum.html).
    private static void Settle(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
    }

    private static void MustExist(string file)
    {
        if (!File.Exists(file)) throw Problem.NotFound("file", file);
    }
}
