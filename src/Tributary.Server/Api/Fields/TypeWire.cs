using Tributary.Core.Fields;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Fields;

/// <summary>Another type for a custom field: what is asked, and what it would do.</summary>
internal static class TypeBody
{
    private static readonly Member<long> Examples =
        Members.Whole("examples", "How many values that would not stay as they are to show; 10 when left out.", 0,
            TypeChangeService.MaxExamples);

    public static readonly Shape Change = new("FieldTypeChange", FieldBody.Type.Required(), FieldBody.NewOptions, Versions.Member);
    public static readonly Shape Preview =
        new("FieldTypePreviewRequest", FieldBody.Type.Required(), FieldBody.NewOptions, Examples, Versions.Member);

    public static NewType Read(Body body) => new()
    {
        Type = body.Get(FieldBody.Type).Or(FieldType.Varchar),
        Options = body.Get(FieldBody.NewOptions).Or([]),
        ExpectedVersion = Versions.Read(body),
    };

    public static int ReadExamples(Body body) => (int)body.Get(Examples).Or(10);
}

internal static class TypeWire
{
    private static readonly (string, Conversion)[] Outcomes =
        [("kept", Conversion.Kept), ("reduced", Conversion.Reduced), ("lost", Conversion.Lost)];

    private static readonly Wire<TypeExample> Example = new Wire<TypeExample>("FieldTypeExample", "A value that would not stay as it is.")
        .Text("subject", e => e.Subject, "deal, lead, person, organization or product.", nullable: false)
        .Whole("id", e => e.Id)
        .Text("name", e => e.Name, "The record's title or name.", nullable: false)
        .Text("before", e => e.Before, "The value as people read it.", nullable: false)
        .Text("after", e => e.After, "The same afterwards; null when it is lost.")
        .Word("outcome", e => Words.Spell(Outcomes, e.What), Words.Spellings(Outcomes));

    private static readonly Wire<FieldUse> Use = new Wire<FieldUse>("FieldUse", "What names the field and may not understand its new type.")
        .Text("kind", u => u.Kind, "filter or automation.", nullable: false)
        .Whole("id", u => u.Id)
        .Text("name", u => u.Name, nullable: false);

    public static readonly Wire<TypePreview> Preview =
        new Wire<TypePreview>("FieldTypePreview", "What another type would do; nothing was done.")
        .Word("type", p => FieldTypes.Word(p.Type), [.. FieldBody.Types.Select(type => type.Item1)])
        .Whole("total", p => p.Counts.Total, "Values there are, of deleted and archived records too.")
        .Whole("kept", p => p.Counts.Kept, "Those that stay whole.")
        .Whole("reduced", p => p.Counts.Reduced,
            "Those of which a part stays: an amount without its currency, a range's beginning, the first of several choices, a text's first 255 characters.")
        .Whole("lost", p => p.Counts.Lost, "Those of which nothing stays. The history keeps them.")
        .Texts("choices", p => [.. p.Options.Select(option => option.Label)], "The choices that the field would have.")
        .Objects("examples", p => p.Examples, Example,
            "Values that would be lost, then those that would be reduced, of records that you see.")
        .Objects("uses", p => p.Uses, Use, "Saved filters and automations to look at afterwards.");
}
