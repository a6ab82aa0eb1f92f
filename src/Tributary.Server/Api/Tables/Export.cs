using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Tables;

/// <summary>
/// All records of a kind that match, as one table in the order asked for: CSV, a workbook or JSON. Pages are read while the answer
/// is sent.
/// </summary>
/// <param name="plural">As in operation ids: "Persons".</param>
/// <param name="path">"/persons".</param>
/// <param name="standard">The columns when nobody names any.</param>
internal sealed class Export<TRecord, TView>(string plural, string path, Func<WorkspaceCatalog, Seq<string>> standard)
{
    private const int PageSize = 500;
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly Member<Seq<string>> Columns = Members.List("columns",
        "What the columns hold, comma-separated: members of a record, of what include names, and of what is inside (title, stage.name, custom.region); names in place of ids where labels, owner.name, assignee.name or custom.region.label ask for them; price.EUR is what a product costs in that currency.",
        Members.Text("", "", 200), 100);

    private static readonly Member<Seq<string>> Headings =
        Members.List("headings", "What the columns are called, in the same order; as in columns when left out.", Members.Text("", "", 200),
            100);

    public required Listing<TView> Listing { get; init; }
    public required Wire<TView> Wire { get; init; }
    public required Func<Call, ListQuery, Task<Page<TRecord>>> List { get; init; }
    public required Show<TRecord, TView> Show { get; init; }

    public IEnumerable<Operation> All() =>
    [
        In("csv", "Csv", "text/csv", CsvTable.Write), In("xlsx", "Xlsx", Xlsx, XlsxTable.Write),
        In("json", "Json", "application/json", JsonTable.Write) with { Answer = new Exported() },
    ];

    private Operation In(string extension, string name, string type, WriteTable write) =>
        new("GET", $"{path}/export.{extension}", $"export{plural}{name}", call => Sent(call, extension, type, write))
        {
            Tag = plural,
            Summary = $"Export all {path[1..]} that match as {extension.ToUpperInvariant()}",
            AnswerType = type,
            Parameters = [.. Listing.Narrowing, ListMembers.Sort, Listing.Scope, Columns, Headings],
        };

    private async Task<Reply> Sent(Call call, string extension, string type, WriteTable write)
    {
        var columns = Read(call, await call.Service<CatalogService>().Latest(call.Caller, call.Ct));
        var include = columns.Select(column => column.First).Where(Listing.Includes.Contains).ToHashSet();
        // The first page before the head of the answer: what is refused is refused with a status.
        var (query, first) = await Listing.Asked(call, async asked =>
        {
            var all = asked with { Limit = PageSize };
            return (all, await List(call, all));
        });
        return Reply.Sent(async http =>
        {
            http.Response.ContentType = type is Xlsx ? type : $"{type}; charset=utf-8";
            await write(http.Response.Body, new(plural, columns, Rows(call, query, first, columns, include, http.RequestAborted)),
                http.RequestAborted);
        }).With(HeaderNames.ContentDisposition, $"attachment; filename=\"{path[1..]}.{extension}\"")
        .With(HeaderNames.XContentTypeOptions, "nosniff");
    }

    private List<TableColumn> Read(Call call, WorkspaceCatalog catalog)
    {
        var (paths, headings) = (call.Query(Columns, standard(catalog)), call.Query(Headings, []));
        var known = Wire.MemberNames.ToHashSet();
        var columns =
            paths.Select((path, at) => NamedColumns.Of(path, headings.Count == paths.Count ? headings[at] : path, known, Listing.Subject,
                catalog)).ToList();
        foreach (var (column, path) in columns.Zip(paths))
        {
            if (!known.Contains(column.First))
            {
                call.Wrong(Columns, $"columns names {path}, which no record has; known: {string.Join(", ", known)}.");
            }
        }
        if (headings.Count > 0 && headings.Count != paths.Count) call.Wrong(Headings, "headings must have as many items as columns.");
        call.Checked();
        return columns;
    }

    private async IAsyncEnumerable<IReadOnlyList<JsonElement?>> Rows(
        Call call, ListQuery query, Page<TRecord> page, IReadOnlyList<TableColumn> columns, HashSet<string> include,
        [EnumeratorCancellation] CancellationToken ct)
    {
        var only = columns.Select(column => column.First).ToHashSet();
        var buffer = new ArrayBufferWriter<byte>(4096);
        while (true)
        {
            foreach (var view in await Show(call, page.Items, include))
            {
                buffer.Clear();
                using (var json = new Utf8JsonWriter(buffer)) Wire.Write(json, view, only);
                using var record = JsonDocument.Parse(buffer.WrittenMemory);
                yield return [.. columns.Select(column => column.Of(record.RootElement))];
            }
            if (page.NextCursor is null) yield break;
            ct.ThrowIfCancellationRequested();
            page = await List(call, query with { Cursor = page.NextCursor });
        }
    }

    private sealed class Exported : ISchema
    {
        public string? Name => null;

        public JsonObject Schema(SchemaBook book) => new()
        {
            ["type"] = "array",
            ["items"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = true },
        };
    }
}
