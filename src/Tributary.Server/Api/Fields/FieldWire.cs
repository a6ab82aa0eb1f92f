using Tributary.Core.Fields;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Fields;

internal static class FieldWire
{
    private static readonly Wire<FieldOption> Option = new Wire<FieldOption>("FieldOption", "One choice of an enum or set field.")
        .Whole("id", o => o.Id)
        .Text("label", o => o.Label, nullable: false)
        .Text("color", o => o.Color);

    public static readonly Wire<FieldDefinition> Field =
        new Wire<FieldDefinition>("Field", "A field that the workspace added to a kind of record.")
        .Whole("id", f => f.Id)
        .Uid("uid", f => f.Uid)
        .Word("subject", f => f.Subject, FieldBody.Subjects)
        .Text("key", f => f.Key, "40 hexadecimal digits; the name some dialects use. Never changes.", nullable: false)
        .Text("slug", f => f.Slug, "The name under \"custom\". Never changes.", nullable: false)
        .Text("name", f => f.Name, nullable: false)
        .Word("type", f => FieldTypes.Word(f.Type), [.. FieldBody.Types.Select(type => type.Item1)])
        .Texts("changes_into", f => [.. FieldConversion.Targets(f.Type).Select(FieldTypes.Word)],
            "The types that it can be given (POST /fields/{id}/type).")
        .Text("description", f => f.Description)
        .Objects("options", f => f.Options, Option, "Choices, for enum and set.")
        .Text("group", f => f.GroupName, "The heading it stands under.")
        .Object("editors", f => f.Editors, CircleJson.Wire, "Who may fill it in, among those who see it.")
        .Object("readers", f => f.Readers, CircleJson.Wire, "Who sees it. For others the field is not there, in no answer of any API.")
        .Flag("is_indexed", f => f.IsIndexed, "Lists find records by its values in an index.")
        .Instant("indexed_at", f => f.IndexedAt, TimeStyle.IsoMilliseconds, "Since when; null while it is being made.")
        .Json("settings", new() { ["type"] = "object", ["additionalProperties"] = true }, (json, f) => json.WriteRawValue(f.Settings),
            "What user interfaces keep with the field.")
        .Whole("position", f => f.Position)
        .Instant("added_at", f => f.AddedAt, TimeStyle.IsoMilliseconds)
        .Whole("added_by", f => f.AddedBy)
        .Instant("updated_at", f => f.UpdatedAt, TimeStyle.IsoMilliseconds)
        .Whole("version", f => f.Version, "Also the ETag.");
}
