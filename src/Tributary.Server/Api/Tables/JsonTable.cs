using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tributary.Server.Api.Tables;

/// <summary>A list of objects, each with every column.</summary>
internal static class JsonTable
{
    private const int FlushedAt = 65_536;

    public static async Task Write(Stream output, Table table, CancellationToken ct)
    {
        await using var json = new Utf8JsonWriter(output, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartArray();
        await foreach (var row in table.Rows.WithCancellation(ct))
        {
            json.WriteStartObject();
            for (var at = 0; at < row.Count; at++)
            {
                json.WritePropertyName(table.Columns[at].Heading);
                if (row[at] is { } value) value.WriteTo(json);
                else json.WriteNullValue();
            }
            json.WriteEndObject();
            if (json.BytesPending > FlushedAt) await json.FlushAsync(ct);
        }
        json.WriteEndArray();
        await json.FlushAsync(ct);
    }
}
