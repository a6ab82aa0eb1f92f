using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Api.Tables;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Deals;

/// <summary>All deals that match as one table, in the order asked for. Pages are read while the answer is sent.</summary>
internal static class DealExportRoutes
{
    private const int PageSize = 500;
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly Seq<string> Standard =
        ["number", "title", "value", "currency", "pipeline.name", "stage.name", "status", "owner.name", "organization.name", "person.name", "expected_close", "added_at", "won_at", "lost_at", "lost_reason"];

    private static readonly Member<Seq<string>> Columns = Members.List("columns",
        "What the columns hold, comma-separated: members of a deal, of what include names, and of what is inside: title,stage.name,custom.region.", Members.Text("", "", 200), 100);

    private static readonly Member<Seq<string>> Headings = Members.List("headings", "What the columns are called, in the same order; as in columns when left out.", Members.Text("", "", 200), 100);

    public static readonly IReadOnlyList<Operation> All =
    [
        Export("csv", "Csv", "text/csv", CsvTable.Write), Export("xlsx", "Xlsx", Xlsx, XlsxTable.Write), Export("json", "Json", "application/json", JsonTable.Write) with { Answer = new Exported() },
    ];

    private static Operation Export(string extension, string name, string type, WriteTable write) =>
        new("GET", $"/deals/export.{extension}", $"exportDeals{name}", call => Reply(call, extension, type, write))
        {
            Tag = "Deals",
            Summary = $"Export all deals that match as {extension.ToUpperInvariant()}",
            AnswerType = type,
            Parameters = [.. DealLists.Deals.Narrowing, ListMembers.Sort, ListMembers.Scope, Columns, Headings],
        };

    private static async Task<Reply> Reply(Call call, string extension, string type, WriteTable write)
    {
        var columns = Read(call);
        var include = columns.Select(column => column.First).Where(DealLists.Deals.Includes.Contains).ToHashSet();
        // The first page before the head of the answer: what is refused is refused with a status.
        var (query, first) = await DealLists.Deals.Asked(call, async asked =>
        {
            var all = asked with { Limit = PageSize };
            return (all, await call.Service<DealService>().List(call.Caller, all, call.Ct));
        });
        return Hosting.Reply.Sent(async http =>
        {
            http.Response.ContentType = type is Xlsx ? type : $"{type}; charset=utf-8";
            await write(http.Response.Body, new(columns, Rows(call, query, first, columns, include, http.RequestAborted)), http.RequestAborted);
        }).With(HeaderNames.ContentDisposition, $"attachment; filename=\"deals.{extension}\"").With(HeaderNames.XContentTypeOptions, "nosniff");
    }

    private static IReadOnlyList<TableColumn> Read(Call call)
    {
        var (paths, headings) = (call.Query(Columns, Standard), call.Query(Headings, []));
        var known = DealWire.Deal.MemberNames.ToHashSet();
        foreach (var path in paths)
        {
            if (!known.Contains(path.Split('.')[0])) call.Wrong(Columns, $"columns names {path}, which no deal has; known: {string.Join(", ", known)}.");
        }
        if (headings.Count > 0 && headings.Count != paths.Count) call.Wrong(Headings, "headings must have as many items as columns.");
        call.Checked();
        return [.. paths.Select((path, at) => new TableColumn(path, headings.Count > 0 ? headings[at] : path))];
    }

    private static async IAsyncEnumerable<IReadOnlyList<JsonElement?>> Rows(
        Call call, ListQuery query, Page<Deal> page, IReadOnlyList<TableColumn> columns, HashSet<string> include, [EnumeratorCancellation] CancellationToken ct)
    {
        var only = columns.Select(column => column.First).ToHashSet();
        var buffer = new ArrayBufferWriter<byte>(4096);
        while (true)
        {
            foreach (var view in await DealLists.Views(call, page.Items, include))
            {
                buffer.Clear();
                using (var json = new Utf8JsonWriter(buffer)) DealWire.Deal.Write(json, view, only);
                using var record = JsonDocument.Parse(buffer.WrittenMemory);
                yield return [.. columns.Select(column => column.Of(record.RootElement))];
            }
            if (page.NextCursor is null) yield break;
            page = await call.Service<DealService>().List(call.Caller, query with { Cursor = page.NextCursor }, ct);
        }
    }

    private sealed class Exported : ISchema
    {
        public string? Name => null;

        public JsonObject Schema(SchemaBook book) => new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = true } };
    }
}
