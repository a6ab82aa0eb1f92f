using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tributary.Core.Import;

/// <summary>A warning, how many rows it concerns, and the first few of them.</summary>
public sealed record ImportWarning(string Message, long Count, IReadOnlyList<long> Lines);

/// <summary>A near name with the number of rows that wrote it, and whether it was taken for the existing one.</summary>
public sealed record NearNameUse(string Noun, string Written, string Existing, long Count, bool Applied);

/// <summary>
/// What an import did, or would do when dry. Every row read is created, unchanged, updated or rejected, and in one of them.
/// </summary>
public sealed record ImportReport
{
    /// <summary>None when records of all kinds were copied from another system.</summary>
    public ImportKind? Kind { get; init; }
    public bool IsDryRun { get; init; }
    public long Read { get; init; }
    public long Created { get; init; }
    public long Unchanged { get; init; }
    public long Updated { get; init; }
    public long Rejected { get; init; }

    /// <summary>What was created on the way because rows named it, such as products of deals.</summary>
    public IReadOnlyDictionary<ImportNoun, long> CreatedByNoun { get; init; } = new Dictionary<ImportNoun, long>();
    public IReadOnlyList<ImportWarning> Reasons { get; init; } = [];
    public IReadOnlyList<ImportWarning> Warnings { get; init; } = [];
    public IReadOnlyList<NearNameUse> NearNames { get; init; } = [];
    public TimeSpan Took { get; init; }

    /// <summary>The same per kind of record, when there were several.</summary>
    public IReadOnlyList<CopiedNoun> Nouns { get; init; } = [];

    public string ToText()
    {
        var text = new StringBuilder();
        var kind = Kind is { } one ? $"rows of {ImportMappingFile.Word(one)}" : "records";
        var dry = IsDryRun ? "Dry run, nothing was written: " : "";
        text.AppendLine(CultureInfo.InvariantCulture, $"{dry}{Number(Read)} {kind} in {Took.TotalSeconds:0.0} s");
        foreach (var (name, count) in
            new[] { ("created", Created), ("updated", Updated), ("unchanged", Unchanged), ("rejected", Rejected) })
            text.AppendLine(CultureInfo.InvariantCulture, $"  {name,-10} {Number(count),12}");
        foreach (var noun in Nouns)
            text.AppendLine(CultureInfo.InvariantCulture,
                $"  {noun.Noun,-12} {Number(noun.Read)} read, {Number(noun.Created)} created, {Number(noun.Updated)} updated, {Number(noun.Rejected)} rejected");
        foreach (var (noun, count) in CreatedByNoun.Where(pair => pair.Value > 0))
            text.AppendLine(CultureInfo.InvariantCulture, $"  with {Number(count)} new {ImportMappingFile.Word(noun)}");
        Append(text, "Rejected because", Reasons);
        Append(text, "Warnings", Warnings);
        if (NearNames.Count > 0) text.AppendLine("Near names");
        foreach (var near in NearNames)
        {
            var verb = near.Applied ? "taken for" : "looks like";
            text.AppendLine(
                CultureInfo.InvariantCulture, $"  {near.Noun} \"{near.Written}\" {verb} \"{near.Existing}\" ({Number(near.Count)} rows)");
        }

        return text.ToString();
    }

    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("kind", Kind is { } one ? ImportMappingFile.Word(one) : "everything");
            json.WriteBoolean("dry_run", IsDryRun);
            json.WriteNumber("read", Read);
            json.WriteNumber("created", Created);
            json.WriteNumber("updated", Updated);
            json.WriteNumber("unchanged", Unchanged);
            json.WriteNumber("rejected", Rejected);
            json.WriteStartObject("created_by_noun");
            foreach (var (noun, count) in CreatedByNoun) json.WriteNumber(ImportMappingFile.Word(noun), count);
            json.WriteEndObject();
            json.WriteStartArray("nouns");
            foreach (var noun in Nouns)
            {
                json.WriteStartObject();
                json.WriteString("noun", noun.Noun);
                json.WriteNumber("read", noun.Read);
                json.WriteNumber("created", noun.Created);
                json.WriteNumber("updated", noun.Updated);
                json.WriteNumber("unchanged", noun.Unchanged);
                json.WriteNumber("rejected", noun.Rejected);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            Write(json, "reasons", Reasons);
            Write(json, "warnings", Warnings);
            json.WriteStartArray("near_names");
            foreach (var near in NearNames)
            {
                json.WriteStartObject();
                json.WriteString("noun", near.Noun);
                json.WriteString("written", near.Written);
                json.WriteString("existing", near.Existing);
                json.WriteNumber("rows", near.Count);
                json.WriteBoolean("applied", near.Applied);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("seconds", Math.Round((decimal)Took.TotalSeconds, 3));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Append(StringBuilder text, string heading, IReadOnlyList<ImportWarning> warnings)
    {
        if (warnings.Count > 0) text.AppendLine(heading);
        foreach (var warning in warnings)
        {
            var lines = string.Join(", ", warning.Lines.Select(line => line.ToString(CultureInfo.InvariantCulture)));
            var more = warning.Count > warning.Lines.Count ? ", …" : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"  {warning.Message} ({Number(warning.Count)} rows: line {lines}{more})");
        }
    }

    private static void Write(Utf8JsonWriter json, string key, IReadOnlyList<ImportWarning> warnings)
    {
        json.WriteStartArray(key);
        foreach (var warning in warnings)
        {
            json.WriteStartObject();
            json.WriteString("message", warning.Message);
            json.WriteNumber("rows", warning.Count);
            json.WriteStartArray("lines");
            foreach (var line in warning.Lines) json.WriteNumberValue(line);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Number(long count) => count.ToString("#,##0", CultureInfo.InvariantCulture);
}
