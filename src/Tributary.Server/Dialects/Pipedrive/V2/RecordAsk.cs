using System.Collections.Frozen;
using Tributary.Core.Catalog;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>What an answer shows of its records beyond what all show; the same for each of them.</summary>
internal sealed record RecordSelection(WorkspaceCatalog Catalog)
{
    public required IReadOnlySet<string> Extras { get; init; }

    /// <summary>None when the company has no custom fields of this kind, which is answered as null.</summary>
    public IReadOnlyList<FieldDefinition>? Fields { get; init; }
    public bool HasOptionLabels { get; init; }
    public bool HasLabels { get; init; }
}

/// <summary>
/// The parameters that say how much is shown of a record: include_fields, custom_fields, include_option_labels, include_labels.
/// </summary>
internal sealed class RecordAsk
{
    private static readonly Member<bool> IncludeOptionLabels =
        Members.Flag("include_option_labels", "true shows options of enum and set fields as {\"id\",\"label\"}.");
    private static readonly Member<bool> IncludeLabels = Members.Flag("include_labels", "true shows the names of the labels.");

    private readonly string subject;
    private readonly Member<Seq<string>> includeFields;

    public RecordAsk(string subject, params string[] extras)
    {
        this.subject = subject;
        includeFields = Members.List("include_fields", "More members to show, comma-separated.",
            Members.Word("", "", [.. extras.Select(name => (name, name))]));
        Parameters = [includeFields, CustomFields.Keys, IncludeOptionLabels, IncludeLabels];
    }

    public IReadOnlyList<Member> Parameters { get; }

    /// <summary>Without the labels.</summary>
    public IReadOnlyList<Member> FewParameters => [includeFields, CustomFields.Keys];

    /// <summary>Reads them, and refuses what was wrong with the parameters read so far.</summary>
    public async Task<RecordSelection> Read(Call call)
    {
        var (extras, keys) = (call.Query(includeFields, []), call.Query(CustomFields.Keys));
        var (optionLabels, labels) = (call.Query(IncludeOptionLabels, false), call.Query(IncludeLabels, false));
        call.Checked();
        return Selection(await call.Service<CatalogService>().Latest(call.Caller, call.Ct), subject, keys) with
        {
            Extras = extras.ToFrozenSet(),
            HasOptionLabels = optionLabels,
            HasLabels = labels,
        };
    }

    /// <summary>What is shown when nobody asks for more or less.</summary>
    public static async Task<RecordSelection> All(Call call, string subject) =>
        Selection(await call.Service<CatalogService>().Latest(call.Caller, call.Ct), subject, default);

    public static RecordSelection Selection(WorkspaceCatalog catalog, string subject, Field<Seq<string>> keys) =>
        new(catalog)
        {
            Extras = FrozenSet<string>.Empty,
            Fields = catalog.FieldsOf(subject).Any() ? CustomFields.Shown(catalog, subject, keys) : null
        };
}
