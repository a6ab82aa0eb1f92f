using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;
using Tributary.Core.Kernel;

namespace Tributary.Core.Storage;

/// <summary>
/// Runs the numbered scripts, each in its own transaction, each once, in order. A script that ran is checked by its hash:
/// one that was edited after it shipped stops the start. Several servers may start at once; one migrates, the others wait.
///
/// A script is one text for both backends. Its type words are replaced here, and "-- [sqlite]", "-- [postgres]" and
/// "-- [both]" on a line of their own say who reads what follows.
/// </summary>
public static partial class Migrator
{
    private static readonly Dictionary<string, (string Sqlite, string Postgres)> Words = new()
    {
        ["WHOLE"] = ("INTEGER", "BIGINT"),
        ["WORDS"] = ("TEXT", "TEXT COLLATE \"C\""),
        ["INSTANT"] = ("TEXT", "TIMESTAMPTZ"),
        ["DAY"] = ("TEXT", "DATE"),
        ["FLAG"] = ("INTEGER", "BOOLEAN"),
        ["UID"] = ("TEXT", "UUID"),
        ["DOCUMENT"] = ("TEXT", "JSONB"),
        ["NUMBER"] = ("REAL", "DOUBLE PRECISION"),
        ["BYTES"] = ("BLOB", "BYTEA"),
        ["STRICT"] = ("STRICT", ""),
    };

    /// <returns>The names of the scripts that ran now.</returns>
    /// <exception cref="StartupException">The database cannot be reached or is too old, or its scripts are not ours.</exception>
    public static Task<IReadOnlyList<string>> Run(Db db, CancellationToken ct) => Run(db, [.. Scripts()], ct);

    internal static async Task<IReadOnlyList<string>> Run(Db db, IReadOnlyList<Script> scripts, CancellationToken ct)
    {
        if (await Asked(db, scripts, ct)) return [];
        await using (var tx = await Begin(db, ct))
        {
            await tx.Run("CREATE TABLE IF NOT EXISTS migrations (name TEXT NOT NULL PRIMARY KEY, hash TEXT NOT NULL, ran_at TEXT NOT NULL)",
                new { });
            var unknown = (await tx.Many<string>("SELECT name FROM migrations ORDER BY name", new { }))
                .Except(scripts.Select(script => script.Name)).ToList();
            if (unknown.Count > 0)
                throw new StartupException(
                    $"This database was migrated by a newer Tributary ({unknown[^1]}). Use that version or a later one.");
            await tx.Commit();
        }

        var ran = new List<string>();
        foreach (var script in scripts)
        {
            await using var tx = await Begin(db, ct);
            var hash = Hash(script);
            var known = await tx.One<string>("SELECT hash FROM migrations WHERE name = @Name", new { script.Name });
            if (known == hash) continue;
            if (known is not null)
                throw new StartupException(
                    $"Migration {script.Name} was changed after it ran on this database. Restore the file, or use the version of Tributary that shipped it.");

            try
            {
                if (For(tx.Sql, script.Text) is { } text && !string.IsNullOrWhiteSpace(text)) await tx.RunScript(text);
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.UndefinedFile
                or PostgresErrorCodes.FeatureNotSupported)
            {
                throw new StartupException(
                    $"Migration {script.Name} was refused: {e.MessageText}. The extensions pg_trgm and btree_gin must be installed on the server "
                    + "(Debian: postgresql-contrib), and the role needs CREATE on the database and its schema; both extensions are trusted, so it needs no more. "
                    + "Otherwise let an administrator run CREATE EXTENSION for both once.", e);
            }
            await tx.Run("INSERT INTO migrations (name, hash, ran_at) VALUES (@Name, @hash, @at)",
                new { script.Name, hash, at = Spelling.InstantText(tx.Now) });
            await tx.Commit();
            ran.Add(script.Name);
        }
        if (ran.Count > 0 && !db.Sql.IsPostgres) await db.Alone(Measure, ct);
        return ran;
    }

    // SQLite forgets what it knew of an index that is made anew, and beside others of which it knows something takes it for a worse one than
    // it is: a list took more than twice as long.
    private static void Measure(SqliteSession session)
    {
        if (session.Value("SELECT COUNT(*) FROM sqlite_master WHERE name = 'sqlite_stat1'") is 0L) return;
        session.Analyze("ANALYZE");
    }

    private static string Hash(Script script) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(script.Text)));

    /// <summary>The text one backend runs.</summary>
    internal static string For(SqlFlavor sql, string text)
    {
        var kept = new StringBuilder();
        var mine = true;
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("-- [", StringComparison.Ordinal)) mine = line.StartsWith("-- [both]", StringComparison.Ordinal)
                || line.StartsWith($"-- [{sql.Name}]", StringComparison.Ordinal);
            else if (mine && !line.TrimStart().StartsWith("--", StringComparison.Ordinal)) kept.Append(line).Append('\n');
        }
        return TypeWord().Replace(kept.ToString(), word => sql.IsPostgres ? Words[word.Value].Postgres : Words[word.Value].Sqlite);
    }

    internal static IEnumerable<Script> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        const string folder = "Tributary.Core.Storage.Migrations.";
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return new(resource[folder.Length..^".sql".Length], reader.ReadToEnd());
        }
    }

    // A server that waits for another's migration may wait for as long as that takes.
    private static async Task<Tx> Begin(Db db, CancellationToken ct)
    {
        var tx = await db.WriteEverywhere(ct, mayTakeLong: true);
        // Held until the transaction ends; the number is arbitrary and ours. SQLite's one writer is lock enough.
        if (tx.Sql.IsPostgres) await tx.Run("SELECT pg_advisory_xact_lock(7281990431)", new { });
        return tx;
    }

    // Whether all have run, as every start finds but the first of a version: asked without waiting for anybody.
    private static async Task<bool> Asked(Db db, IReadOnlyList<Script> scripts, CancellationToken ct)
    {
        try
        {
            await using var tx = await db.ReadEverywhere(ct);
            return await HasTable(tx) && (await tx.Many("SELECT name || ' ' || hash FROM migrations", static (ref row) => row.Text()))
                .Order(StringComparer.Ordinal).SequenceEqual(scripts.Select(script => $"{script.Name} {Hash(script)}"));
        }
        catch (ProblemException e) when (e.InnerException is NpgsqlException reason)
        {
            throw new StartupException($"PostgreSQL does not answer: {reason.Message}", e);
        }
        catch (PostgresException e)
        {
            throw new StartupException(
                $"PostgreSQL refuses the connection: {e.MessageText}. Look at the user, password and database of the connection string.",
                e);
        }
    }

    // Differs by necessity: where tables are listed, and that a server may be too old.
    private static async Task<bool> HasTable(Tx tx)
    {
        if (!tx.Sql.IsPostgres) return await tx.Wholes(("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'migrations'", new { })) is [> 0];
        var said = await tx.Wholes(("SELECT CAST(current_setting('server_version_num') AS BIGINT)", new { }),
            ("SELECT CAST(CASE WHEN to_regclass('migrations') IS NULL THEN 0 ELSE 1 END AS BIGINT)", new { }));
        CheckPostgres((int)(said[0] ?? 0));
        return said[1] > 0;
    }

    /// <summary>Views that respect row-level security came with 15.</summary>
    internal static void CheckPostgres(int version)
    {
        if (version < 150_000)
        {
            throw new StartupException($"The server is PostgreSQL {version / 10_000}.{version % 10_000}. Tributary needs 15 or later.");
        }
    }

    /// <summary>A numbered file of Migrations/.</summary>
    internal sealed record Script(string Name, string Text);

    [GeneratedRegex(@"\b(WHOLE|WORDS|INSTANT|DAY|FLAG|UID|DOCUMENT|NUMBER|BYTES|STRICT)\b")]
    private static partial Regex TypeWord();
}
