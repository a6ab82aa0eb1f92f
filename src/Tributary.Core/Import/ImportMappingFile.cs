using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tributary.Core.Kernel;

namespace Tributary.Core.Import;

/// <summary>
/// The mapping as a small JSON file. Reading refuses with every offending key at once and what would be accepted there; what is
/// written reads back as the same mapping.
/// </summary>
public static class ImportMappingFile
{
    public static ImportMapping Read(string json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (JsonException e)
        {
            throw Problem.Invalid("mapping", $"The mapping is not JSON: see line {e.LineNumber + 1}.");
        }

        using (document)
        {
            var reading = new ImportMappingReading();
            var mapping = reading.Mapping(document.RootElement);
            return reading.Errors.Count == 0 ? mapping : throw Problem.Invalid(reading.Errors);
        }
    }

    public static string Write(ImportMapping mapping)
    {
        var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("kind", Word(mapping.Kind));
            json.WriteStartObject("columns");
            foreach (var (header, column) in mapping.Columns) WriteColumn(json, header, column);
            json.WriteEndObject();
            WriteTexts(json, "constants", mapping.Constants);
            if (mapping.Pipeline is not null) json.WriteString("pipeline", mapping.Pipeline);
            if (mapping.Currency is not null) json.WriteString("currency", mapping.Currency);
            WriteStages(json, mapping.Stages);
            WriteTexts(json, "missing", mapping.Missing.ToDictionary(pair => Word(pair.Key), pair => Word(pair.Value)));
            json.WriteBoolean("near_names", mapping.NearNames);
            if (mapping.Existing is not ExistingPolicy.Update) json.WriteString("existing", Word(mapping.Existing));
            if (mapping.ExternalId is { } id)
                WriteTexts(json, "external_id", new Dictionary<string, string> { ["column"] = id.Column, ["source"] = id.Source });
            if (mapping.Dates is not null) json.WriteString("dates", mapping.Dates);
            if (mapping.Numbers is not null) json.WriteString("numbers", mapping.Numbers);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    internal static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static void WriteColumn(Utf8JsonWriter json, string header, ColumnMapping column)
    {
        if (column is { Format: null, Times: null })
        {
            json.WriteString(header, column.Field);
            return;
        }

        json.WriteStartObject(header);
        json.WriteString("field", column.Field);
        if (column.Format is not null) json.WriteString("format", column.Format);
        if (column.Times is { } times) json.WriteNumber("times", times);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string key, IReadOnlyDictionary<string, string> texts)
    {
        if (texts.Count == 0) return;
        json.WriteStartObject(key);
        foreach (var (name, text) in texts) json.WriteString(name, text);
        json.WriteEndObject();
    }

    private static void WriteStages(Utf8JsonWriter json, IReadOnlyDictionary<string, StageMeaning> stages)
    {
        if (stages.Count == 0) return;
        json.WriteStartObject("stages");
        foreach (var (word, meaning) in stages)
        {
            json.WriteStartObject(word);
            if (meaning.Stage is not null) json.WriteString("stage", meaning.Stage);
            json.WriteString("status", Word(meaning.Status));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
