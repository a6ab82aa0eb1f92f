namespace Tributary.Core.Storage;

/// <summary>
/// The INSERT and UPDATE of a wide versioned table, made once per backend from its list of columns; parameters bear the columns' names.
/// </summary>
internal sealed class RowTexts
{
    private readonly (string Insert, string Update) sqlite;
    private readonly (string Insert, string Update) postgres;

    public RowTexts(string table, IReadOnlyCollection<string> columns, IReadOnlyCollection<string> json)
    {
        sqlite = Texts(SqlFlavor.Sqlite);
        postgres = Texts(SqlFlavor.Postgres);

        (string, string) Texts(SqlFlavor sql)
        {
            var values = string.Join(", ", columns.Select(name => Value(sql, name)));
            var changes = columns.Where(name => name is not "id" and not "uid").Select(name => $"{name} = {Value(sql, name)}");
            return ($"INSERT INTO {table} (workspace_id, {string.Join(", ", columns)}) VALUES (@workspace_id, {values})", $"""
                UPDATE {table} SET {string.Join(", ", changes)}
                WHERE workspace_id = @workspace_id AND id = @id AND version = @version - 1
                """);
        }

        string Value(SqlFlavor sql, string name) => json.Contains(name) ? sql.Json(name) : "@" + name;
    }

    public string Insert(SqlFlavor sql) => (sql.IsPostgres ? postgres : sqlite).Insert;

    /// <summary>Changes nothing when the row's version is not the one before.</summary>
    public string Update(SqlFlavor sql) => (sql.IsPostgres ? postgres : sqlite).Update;
}
