using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
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
        ["BYTES"] = ("BLOB", "BYTEA"),
        ["STRICT"] = ("STRICT", ""),
    };

    /// <returns>The names of the scripts that ran now.</returns>
    public static async Task<IReadOnlyList<string>> Run(Db db, CancellationToken ct)
    {
        await using (var tx = await db.WriteEverywhere(ct))
        {
            if (tx.Sql.IsPostgres) await Lock(tx);
            await tx.Run("CREATE TABLE IF NOT EXISTS migrations (name TEXT NOT NULL PRIMARY KEY, hash TEXT NOT NULL, ran_at TEXT NOT NULL)", new { });
            await tx.Commit();
        }

        var ran = new List<string>();
        foreach (var (name, text) in Scripts())
        {
            await using var tx = await db.WriteEverywhere(ct);
            if (tx.Sql.IsPostgres) await Lock(tx);

            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            var known = await tx.One<string>("SELECT hash FROM migrations WHERE name = @name", new { name });
            if (known == hash) continue;
            if (known is not null) throw new InvalidOperationException($"Migration {name} was changed after it ran on this database. Restore the file, or use the version of Tributary that shipped it.");

            await tx.Run(For(tx.Sql, text), new { });
            await tx.Run("INSERT INTO migrations (name, hash, ran_at) VALUES (@name, @hash, @at)", new { name, hash, at = TypeHandlers.InstantText(tx.Now) });
            await tx.Commit();
            ran.Add(name);
        }
        return ran;
    }

    /// <summary>The text one backend runs.</summary>
    internal static string For(SqlFlavor sql, string text)
    {
        var kept = new StringBuilder();
        var mine = true;
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("-- [", StringComparison.Ordinal)) mine = line.StartsWith("-- [both]", StringComparison.Ordinal) || line.StartsWith($"-- [{sql.Name}]", StringComparison.Ordinal);
            else if (mine && !line.TrimStart().StartsWith("--", StringComparison.Ordinal)) kept.Append(line).Append('\n');
        }
        return TypeWord().Replace(kept.ToString(), word => sql.IsPostgres ? Words[word.Value].Postgres : Words[word.Value].Sqlite);
    }

    internal static IEnumerable<(string Name, string Text)> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        const string folder = "Tributary.Core.Storage.Migrations.";
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (resource[folder.Length..^".sql".Length], reader.ReadToEnd());
        }
    }

    // Held until the transaction ends; the number is arbitrary and ours.
    private static Task<int> Lock(Tx tx) => tx.Run("SELECT pg_advisory_xact_lock(7281990431)", new { });

    [GeneratedRegex(@"\b(WHOLE|WORDS|INSTANT|DAY|FLAG|UID|DOCUMENT|BYTES|STRICT)\b")]
    private static partial Regex TypeWord();
}
