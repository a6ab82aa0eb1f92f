using System.Buffers;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;

namespace Tributary.Bench.Data;

/// <summary>
/// Copies a whole data set from SQLite to PostgreSQL, table by table with COPY: both backends have the same tables with the same
/// columns, and PostgreSQL reads SQLite's spelling of instants, days, uids, flags and JSON. Foreign keys and the indexes
/// that no key needs are taken away first and made again, which checks every reference.
/// </summary>
internal sealed class PostgresCopy(SqliteConnection from, NpgsqlConnection to)
{
    private const string TablesInBoth = """
        SELECT name FROM sqlite_schema
        WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_trigrams%' AND name NOT IN ('sequences', 'migrations')
        ORDER BY name
        """;

    private const string ForeignKeys = """
        SELECT 'ALTER TABLE ' || CAST(conrelid AS regclass) || ' DROP CONSTRAINT ' || quote_ident(conname),
               'ALTER TABLE ' || CAST(conrelid AS regclass) || ' ADD CONSTRAINT ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid)
        FROM pg_constraint WHERE contype = 'f' AND connamespace = CAST('public' AS regnamespace) ORDER BY conname
        """;

    private const string PlainIndexes = """
        SELECT 'DROP INDEX ' || CAST(i.indexrelid AS regclass), pg_get_indexdef(i.indexrelid)
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        WHERE NOT i.indisprimary AND NOT i.indisunique AND c.relnamespace = CAST('public' AS regnamespace) ORDER BY i.indexrelid
        """;

    // COPY does not go through policies; the owner of a table is not bound by them unless they are forced.
    private const string ForcedPolicies = """
        SELECT 'ALTER TABLE ' || CAST(oid AS regclass) || ' NO FORCE ROW LEVEL SECURITY',
            'ALTER TABLE ' || CAST(oid AS regclass) || ' FORCE ROW LEVEL SECURITY'
        FROM pg_class WHERE relforcerowsecurity AND relnamespace = CAST('public' AS regnamespace) ORDER BY relname
        """;

    private static readonly SearchValues<byte> Special = SearchValues.Create("\\\t\n\r"u8);

    private readonly byte[] buffer = new byte[1 << 20];
    private int filled;

    public async Task Run(Action<long> dealsReached, Action<string> now, CancellationToken ct)
    {
        await Do("SET synchronous_commit = off", ct);
        await Do("SET maintenance_work_mem = '512MB'", ct);
        (string Undo, string Redo)[] kept =
            [.. await Pairs(ForeignKeys, ct), .. await Pairs(PlainIndexes, ct), .. await Pairs(ForcedPolicies, ct)];
        foreach (var (undo, _) in kept) await Do(undo, ct);
        foreach (var table in Names(TablesInBoth)) await Table(table, table == "deals" ? dealsReached : null, ct);
        foreach (var (name, last) in Sequences()) await Do($"SELECT setval('{name}', {last})", ct);
        now("making indexes and checking references");
        foreach (var (_, redo) in kept) await Do(redo, ct);
        now("vacuum and statistics");
        // Else the first who reads a page writes down that its rows are of the past, and autovacuum goes over it all meanwhile.
        await Do("VACUUM (FREEZE, ANALYZE)", ct);
        await PostgresRest.WriteBack(to, ct);
    }

    private async Task Table(string table, Action<long>? reached, CancellationToken ct)
    {
        var columns = Names($"SELECT name FROM pragma_table_info('{table}') WHERE NOT ('{table}' = 'search_docs' AND name = 'doc_id')");
        var list = string.Join(", ", columns.Select(column => $"\"{column}\""));
        await Do($"TRUNCATE {table}", ct);
        await using var writer = await to.BeginTextImportAsync($"COPY {table} ({list}) FROM STDIN", ct);
        // Past its letters: what SQLite has is UTF-8 already.
        var copy = writer.BaseStream;
        if (raw.sqlite3_prepare_v2(from.Handle, $"SELECT {list} FROM {table}", out var statement) != raw.SQLITE_OK)
            throw new InvalidOperationException(raw.sqlite3_errmsg(from.Handle).utf8_to_string());
        using (statement)
        {
            var rows = 0L;
            while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
            {
                for (var n = 0; n < columns.Count; n++) Put(copy, statement, n, isLast: n == columns.Count - 1);
                reached?.Invoke(++rows);
            }
        }
        Flush(copy);
    }

    // COPY's text format: tabs between columns, \N for NULL, a backslash before what would be read as something else.
    // https://www.postgresql.org/docs/15/sql-copy.html
    private void Put(Stream copy, sqlite3_stmt statement, int column, bool isLast)
    {
        var type = raw.sqlite3_column_type(statement, column);
        var value = type == raw.SQLITE_NULL ? @"\N"u8 : raw.sqlite3_column_blob(statement, column);
        // Each byte becomes two at the most, and there is a mark before and after.
        if (buffer.Length - filled < value.Length * 2 + 8) Flush(copy);
        if (type == raw.SQLITE_BLOB) PutHex(value);
        else if (type == raw.SQLITE_TEXT) PutText(value);
        else PutRaw(value);
        buffer[filled++] = (byte)(isLast ? '\n' : '\t');
    }

    private void PutRaw(ReadOnlySpan<byte> value)
    {
        value.CopyTo(buffer.AsSpan(filled));
        filled += value.Length;
    }

    private void PutText(ReadOnlySpan<byte> value)
    {
        if (!value.ContainsAny(Special))
        {
            PutRaw(value);
            return;
        }
        foreach (var one in value)
        {
            byte spelled = one switch
            {
                (byte)'\\' => one,
                (byte)'\t' => (byte)'t',
                (byte)'\n' => (byte)'n',
                (byte)'\r' => (byte)'r',
                _ =>
                0
            };
            if (spelled != 0) buffer[filled++] = (byte)'\\';
            buffer[filled++] = spelled == 0 ? one : spelled;
        }
    }

    private void PutHex(ReadOnlySpan<byte> value)
    {
        PutRaw(@"\\x"u8);
        PutRaw(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(value)));
    }

    private void Flush(Stream copy)
    {
        copy.Write(buffer.AsSpan(0, filled));
        filled = 0;
    }

    private List<string> Names(string text) => Rows(text, row => row.GetString(0));

    private List<(string Name, string Last)> Sequences() =>
        Rows("SELECT name, last FROM sequences WHERE name <> 'search_indexed'", row =>
            (row.GetString(0), row.GetInt64(1).ToString(CultureInfo.InvariantCulture)));

    private List<T> Rows<T>(string text, Func<SqliteDataReader, T> read)
    {
        using var command = from.CreateCommand();
        command.CommandText = text;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    private async Task<List<(string Undo, string Redo)>> Pairs(string text, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(text, to);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var pairs = new List<(string, string)>();
        while (await reader.ReadAsync(ct)) pairs.Add((reader.GetString(0), reader.GetString(1)));
        return pairs;
    }

    private async Task Do(string text, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(text, to) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
