using System.Text.Encodings.Web;
using System.Text.Json;
using Tributary.Core.Activities;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Products;
using Tributary.Core.Storage;

namespace Tributary.Server.Export;

/// <summary>CSV opens in a spreadsheet; JSON Lines has one record a line, with types.</summary>
internal enum ExportFormat { Csv, Jsonl }

/// <summary>Writes all records of a kind, archived ones included, a page at a time: memory does not grow with their number.</summary>
internal sealed class Exporter(Db db)
{
    public static readonly IReadOnlyList<string> Nouns = ["deals", "organizations", "persons", "products", "activities"];

    private static readonly JsonWriterOptions plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>How many records were written.</returns>
    public async Task<long> Write(Caller caller, string noun, ExportFormat format, TextWriter output, CancellationToken ct)
    {
        var catalog = await new CatalogService(db).Current(caller, ct);
        return noun switch
        {
            "deals" => await Pages(Columns.OfDeals(catalog), query => new DealService(db).List(caller, query, ct), format, output, ct),
            "organizations" =>
                await Pages(Columns.OfOrganizations(catalog), query => new OrganizationService(db).List(caller, query, ct), format, output,
                    ct),
            "persons" =>
                await Pages(Columns.OfPersons(catalog), query => new PersonService(db).List(caller, query, ct), format, output, ct),
            "products" =>
                await Pages(Columns.OfProducts(catalog), query => new ProductService(db).List(caller, query, ct), format, output, ct),
            "activities" =>
                await Pages(Columns.OfActivities(catalog), query => new ActivityService(db).List(caller, query, ct), format, output, ct),
            _ => throw Problem.Invalid("noun", $"What to export must be one of {string.Join(", ", Nouns)}."),
        };
    }

    private static async Task<long> Pages<T>(IReadOnlyList<Column<T>> columns, Func<ListQuery, Task<Page<T>>> list, ExportFormat format,
        TextWriter output, CancellationToken ct)
    {
        if (format is ExportFormat.Csv)
        {
            await output.WriteAsync($"{string.Join(',', columns.Select(column => Cells.Csv(column.Name)))}\r\n");
        }
        var written = 0L;
        string? cursor = null;
        do
        {
            ct.ThrowIfCancellationRequested();
            var page = await list(new() { Scope = Scope.Kept, Sort = [new("id")], Limit = ListQuery.MaxLimit, Cursor = cursor });
            foreach (var record in page.Items)
            {
                await output.WriteAsync(format is ExportFormat.Csv ? Csv(columns, record) : Json(columns, record));
            }
            written += page.Items.Count;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        await output.FlushAsync(ct);
        return written;
    }

    private static string Csv<T>(IReadOnlyList<Column<T>> columns, T record) =>
        $"{string.Join(',', columns.Select(column => Cells.Csv(column.Value(record))))}\r\n";

    private static string Json<T>(IReadOnlyList<Column<T>> columns, T record)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, plain))
        {
            json.WriteStartObject();
            foreach (var column in columns) Cells.Json(json, column.Name, column.Value(record));
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }
}
