using System.Globalization;
using System.Text.Json;

namespace Tributary.Server.Api.Tables;

/// <summary>Writes a table while its rows are read: none of the formats needs them all at once.</summary>
internal delegate Task WriteTable(Stream output, Table table, CancellationToken ct);

/// <summary>Columns with their headings, and rows of JSON values that live until the next row is asked for.</summary>
internal sealed record Table(string Name, IReadOnlyList<TableColumn> Columns, IAsyncEnumerable<IReadOnlyList<JsonElement?>> Rows);

/// <summary>A value inside a record: "title", "stage.name", "custom.region".</summary>
internal sealed record TableColumn(string Path, string Heading)
{
    private readonly string[] steps = Path.Split('.');

    public string First => steps[0];

    /// <summary>What is shown in place of the value.</summary>
    public Func<JsonElement, JsonElement>? Name { get; init; }

    public bool IsDay => steps[^1].EndsWith("_on", StringComparison.Ordinal) || Path is "expected_close";

    public bool IsInstant => steps[^1].EndsWith("_at", StringComparison.Ordinal);

    /// <summary>None where the record has no such value, or an empty one.</summary>
    public JsonElement? Of(JsonElement record)
    {
        foreach (var step in steps)
        {
            if (record.ValueKind is not JsonValueKind.Object || !record.TryGetProperty(step, out var inner)) return null;
            record = inner;
        }
        if (record.ValueKind is JsonValueKind.Null) return null;
        var shown = Name is null ? record : Name(record);
        return shown.ValueKind is JsonValueKind.Undefined ? null : shown;
    }

    /// <summary>A value as one text; lists are parted by semicolons.</summary>
    public static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join("; ", value.EnumerateArray().Select(Text)),
        JsonValueKind.Number => value.GetDecimal().ToString(CultureInfo.InvariantCulture),
        _ => value.GetRawText(),
    };
}
