using System.Text.Json;
using Tributary.Core.Import;
using Tributary.Core.Kernel;
using Tributary.Server.Api.Files;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Imports;

/// <summary>What an upload says before the bytes of the file to import.</summary>
internal static class ImportBody
{
    private const int MaxMember = 256 * 1024;

    private static readonly ReadingPolicy Form = new() { NumericTexts = true, LooseFlags = true, RefuseUnknownMembers = true };

    private static readonly Member<ImportKind> Kind = Members.Word("kind", "What the rows are; left out, the headers tell.",
        ("organizations", ImportKind.Organizations), ("persons", ImportKind.Persons), ("products", ImportKind.Products),
        ("users", ImportKind.Users), ("deals", ImportKind.Deals));

    private static readonly Member<string> Mapping =
        Members.Text("mapping", "A mapping as JSON (docs/import.md); left out, the headers tell.", MaxMember);
    private static readonly Member<string> Source = Members.Text("source", "The system the ids come from, when no mapping says it.", 100);
    private static readonly Member<string> Create =
        Members.Text("create",
            "What rows may name that is not there yet, with commas: organizations, persons, users, products, pipelines, stages.", 200);
    private static readonly Member<bool> NearNames =
        Members.Flag("near_names", "Take near names for existing ones; the report says which.");
    private static readonly Member<string> Pipeline = Members.Text("pipeline", "The pipeline of deals that name none.", 255);
    private static readonly Member<string> Sheet = Members.Text("sheet", "Which sheet of an Excel workbook; left out, the first.", 255);
    private static readonly Member<bool> DryRun = Members.Flag("dry_run", "Try everything, write nothing, report.");

    private static readonly Member<string> Bytes = new("file", "The file; the last part.")
    {
        Accepts = "must be the part that carries the bytes",
        Schema = () => new() { ["type"] = "string", ["format"] = "binary" },
        FromJson = (JsonElement json, ReadingPolicy policy, out string value) => (value = "").Length > 0,
        FromText = (string text, ReadingPolicy policy, out string value) => (value = text).Length > 0,
    };

    private static readonly Shape Told = new("ImportMembers", [Kind, Mapping, Source, Create, NearNames, Pipeline, Sheet, DryRun]);

    public static readonly Shape Upload =
        new("ImportUpload", [Kind, Mapping, Source, Create, NearNames, Pipeline, Sheet, DryRun, Bytes.Required()]);

    public static async Task<(ImportRequest Request, Stream Content)> Read(Call call)
    {
        var form = await UploadForm.Begin(call, MaxMember);
        using var json =
            JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(form.Members.ToDictionary(), UploadJson.Default.DictionaryStringString));
        return (Body.Read(json.RootElement, Told, Form, Read), form.Content);
    }

    private static ImportRequest Read(Body body) => new()
    {
        Kind = body.Get(Kind) is { IsSet: true } kind ? kind.Value : null,
        Mapping = body.Get(Mapping) is { IsSet: true } mapping ? ImportMappingFile.Read(mapping.Value) : null,
        Source = body.Get(Source).Or("csv"),
        Create = ImportRequest.Nouns(body.Get(Create).Or("")),
        NearNames = body.Get(NearNames).Or(false),
        Pipeline = body.Get(Pipeline) is { IsSet: true } pipeline ? pipeline.Value : null,
        Sheet = body.Get(Sheet) is { IsSet: true } sheet ? sheet.Value : null,
        IsDryRun = body.Get(DryRun).Or(false),
    };
}
