using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Import;
using Tributary.Core.Jobs;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Imports;

/// <summary>How our own API spells imports.</summary>
internal static class ImportWire
{
    private static readonly (string Word, JobState State)[] States =
        [("waiting", JobState.Waiting), ("running", JobState.Running), ("completed", JobState.Completed), ("failed", JobState.Failed),
            ("rejected", JobState.Rejected)];

    private static JsonObject Any => new() { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = true };

    public static readonly Wire<ImportJob> Import = new Wire<ImportJob>("Import", "A file being imported in the background.")
        .Uid("uid", i => i.Job.Uid)
        .Word("state", i => States.First(state => state.State == i.Job.State).Word, [.. States.Select(state => state.Word)])
        .Whole("done", i => i.Job.Done, "Rows read.")
        .Whole("total", i => i.Job.Total, "Rows in all, estimated from how much of the file is read.")
        .Json("report", Any,
            (json, i) => json.WriteRawValue(i.Job.State is JobState.Completed ? i.Job.Result! : i.Report?.ToJson() ?? "null"),
            "What was done so far, and in the end in all.")
        .Text("error", i => Error(i.Job), "Why it failed or is tried again.")
        .Flag("has_rejects", i => i.HasRejects, "Whether rows could not be imported; GET …/rejects has them with line and reason.")
        .Whole("undoable", i => i.Undoable, "Records it created that POST …/undo would delete.")
        .Instant("added_at", i => i.Job.AddedAt, TimeStyle.IsoMilliseconds)
        .Whole("added_by", i => i.Job.AddedBy)
        .Instant("updated_at", i => i.Job.UpdatedAt, TimeStyle.IsoMilliseconds);

    private static readonly Wire<FieldError> Reason = new Wire<FieldError>("ImportReason")
        .Text("field", e => e.Field, nullable: false)
        .Text("message", e => e.Message, nullable: false);

    private static readonly Wire<PreviewRow> Row =
        new Wire<PreviewRow>("ImportPreviewRow", "A row as it would be imported, or why it would not.")
        .Whole("line", r => r.Line)
        .Texts("cells", r => r.Cells, "As they stand in the file, in the order of the headers.")
        .Json("record", Any, (json, r) => json.WriteRawValue(r.Record ?? "null"))
        .Objects("reasons", r => r.Reasons, Reason)
        .Texts("warnings", r => r.Warnings);

    private static readonly Wire<ImportField> Field =
        new Wire<ImportField>("ImportField", "What a column can be mapped to; \"custom:Name\" means the custom field of that name.")
        .Text("name", f => f.Name, nullable: false)
        .Text("type", f => f.TypeName, nullable: false);

    public static readonly Wire<ImportPreview> Preview =
        new Wire<ImportPreview>("ImportPreview", "What a file seems to hold, for a person to confirm.")
        .Json("mapping", Any, (json, p) => json.WriteRawValue(ImportMappingFile.Write(p.Mapping)),
            "What it would be imported with; send it back, changed or not, as \"mapping\".")
        .Texts("sheets", p => p.Sheets, "The sheets of a workbook, to choose from; none for a CSV file.")
        .Texts("headers", p => p.Headers, "The columns of the file.")
        .Objects("fields", p => ImportFields.Of(p.Mapping.Kind), Field, "What columns of this kind of file can be mapped to.")
        .Texts("left_over", p => p.Guess.LeftOver, "Columns that would not be imported.")
        .Texts("undecided", p => p.Guess.Undecided, "Columns whose values can be read in several ways: give them a format.")
        .Objects("rows", p => p.Rows, Row, "The first rows.");

    private static string? Error(Job job)
    {
        if (job.Result is null || job.State is JobState.Completed) return null;
        using var result = JsonDocument.Parse(job.Result);
        return result.RootElement.TryGetProperty("error", out var error) ? error.GetString() : null;
    }
}
