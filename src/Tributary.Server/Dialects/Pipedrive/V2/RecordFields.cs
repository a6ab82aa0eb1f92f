using Tributary.Core.Catalog;
using Tributary.Core.Fields;
using Tributary.Core.Pipelines;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>A field of records as v2 describes it: one that every account has, or a custom one.</summary>
/// <param name="Order">Its place in the list.</param>
internal sealed record FieldView(FieldKind Kind, long Order, string Code, string Name, string Type)
{
    public FieldDefinition? Custom { get; init; }
    public IReadOnlyList<(object Id, string Label, string? Color)>? Options { get; init; }
    public IReadOnlyList<(string Code, string Name, string Type)>? Parts { get; init; }

    /// <summary>Shown of a record only when include_fields names it.</summary>
    public bool IsOptional { get; init; }
    public IReadOnlySet<string> Includes { get; init; } = new HashSet<string>();
}

/// <summary>All fields of a kind of record, with their options and parts.</summary>
internal static class RecordFields
{
    private static readonly string[] AddressParts =
        ["value", "country", "admin_area_level_1", "admin_area_level_2", "locality", "sublocality", "route", "street_number", "subpremise",
            "postal_code"];

    public static IReadOnlyList<FieldView> All(FieldKind kind, WorkspaceCatalog catalog) =>
    [
        .. kind.BuiltIn.Select((field, at) => new FieldView(kind, at + 1, field.Code, field.Name, field.Type)
        {
            Options = OptionsOf(kind, field.Code, catalog),
            Parts = field.Type switch
            {
                "monetary" => Parts(field.Name, FieldType.Monetary),
                "address" => Parts(field.Name, FieldType.Address),
                _ => null,
            },
            IsOptional = field.IsOptional,
        }),
        .. kind.IsCustomizable ? catalog.FieldsOf(kind.Subject).Select(field => Of(kind, field, 1000 + field.Id)) : [],
    ];

    public static FieldView Of(FieldKind kind, FieldDefinition field, long order) =>
        new(kind, order, field.Key, field.Name, FieldTypes.Word(field.Type))
        {
            Custom = field,
            Options = field.Type is FieldType.Enum or FieldType.Set
            ? [.. field.Options.Select(option => ((object)option.Id, option.Label, option.Color))] : null,
            Parts = Parts(field.Name, field.Type),
        };

    private static IReadOnlyList<(object, string, string?)>? OptionsOf(FieldKind kind, string code, WorkspaceCatalog catalog) => code switch
    {
        "label_ids" =>
            [.. catalog.Labels.Where(label => label.Subject == kind.Subject)
                .Select(label => ((object)label.Id, label.Name, (string?)label.Color))],
        "status" => [("open", "Open", null), ("won", "Won", null), ("lost", "Lost", null), ("deleted", "Deleted", null)],
        "visible_to" =>
        [
            (1L, "Owner only", null), (3L, "Owner's visibility group", null), (5L, "Owner's visibility group and sub-groups", null),
            (7L, "Entire company", null),
        ],
        "stage_id" =>
            [.. catalog.Stages.Where(stage => stage.Kind is StageKind.Open).Select(stage => ((object)stage.Id, stage.Name, (string?)null))],
        "lost_reason" => [.. catalog.LostReasons.Select(reason => ((object)reason.Id, reason.Name, (string?)null))],
        "type" when kind == FieldKind.Activity =>
            [.. catalog.ActivityTypes.Where(type => type.IsActive).Select(type => ((object)type.Key, type.Name, (string?)null))],
        "billing_frequency" => [.. SaleWords.Billings.Select(word => ((object)word.Item1, word.Item1, (string?)null))],
        _ => null,
    };

    /// <summary>The members of a value of several parts (reference §7).</summary>
    private static IReadOnlyList<(string, string, string)>? Parts(string name, FieldType type) => type switch
    {
        FieldType.Monetary => [("value", "Amount of " + name, "double"), ("currency", "Currency of " + name, "varchar")],
        FieldType.DateRange => [("value", "Start of " + name, "date"), ("until", "End of " + name, "date")],
        FieldType.Time => [("value", name, "time"), .. Zone(name)],
        FieldType.TimeRange => [("value", "Start of " + name, "time"), ("until", "End of " + name, "time"), .. Zone(name)],
        FieldType.Address => [.. AddressParts.Select(part => (part, $"{part} of {name}", "varchar"))],
        _ => null,
    };

    private static IEnumerable<(string, string, string)> Zone(string name) =>
        [("timezone_id", "Timezone ID of " + name, "int"), ("timezone_name", "Timezone of " + name, "varchar")];
}
