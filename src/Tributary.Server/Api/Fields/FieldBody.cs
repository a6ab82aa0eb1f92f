using System.Text.Json;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Fields;

internal static class FieldBody
{
    public static readonly string[] Subjects = ["deal", "person", "organization", "product", "activity"];

    public static readonly (string, FieldType)[] Types = [.. Enum.GetValues<FieldType>().Select(type => (FieldTypes.Word(type), type))];

    public static readonly Member<string> Subject =
        Members.Word("subject", "The kind of record that has it; leads have the fields of deals.",
            [.. Subjects.Select(word => (word, word))]);
    private static readonly Member<string> Name = Members.Name("name", "1 to 255 characters; the slug follows from the first one.");
    public static readonly Member<FieldType> Type =
        Members.Word("type", "Changed by POST /fields/{id}/type, where the values allow it.", Types);
    private static readonly Member<string> Description = Members.Text("description", "", 2000).Nullable();
    private static readonly Member<JsonElement> Settings = Members.JsonObject("settings", "Replaces the former settings.");
    private static readonly Member<string> Group = Members.Text("group", "The heading it stands under; null for none.", 100).Nullable();
    private static readonly Member<Circle> Editors =
        CircleJson.Member("editors", "Who may fill it in, beside admins; nobody named: everyone. Replaced whole.");
    private static readonly Member<Circle> Readers =
        CircleJson.Member("readers", "Who sees it, beside admins; nobody named: everyone. Replaced whole; it must leave you in.");
    private static readonly Member<bool> IsIndexed =
        Members.Flag("is_indexed",
            "Makes filters by it fast, and writes of it a little slower. For fields of deals, persons and organizations, not of type text or address; at most 30 of a kind.");
    private static readonly Member<long> Position =
        Members.Whole("position", "Order among the fields of its kind of record.", 1, 1_000_000);
    private static readonly Member<long> OptionId = Members.Id("id", "The choice.");
    private static readonly Member<string> Label = Members.Name("label", "1 to 255 characters.");
    private static readonly Member<string> Color = Members.Text("color", "", 30).Nullable();

    public static readonly Member<Seq<NewOption>> NewOptions =
        Members.List("options", "Choices; only for enum and set, which need at least one.",
        Members.Object("", "", new("NewFieldOption", Label.Required(), Color),
            body => new NewOption(body.Get(Label).Or(""), body.ClearableText(Color).Or(null))), 1000);

    private static readonly Member<Seq<FieldOption>> Options =
        Members.List("options", "Choices with their new labels; those left out stay as they are.",
        Members.Object("", "", new("FieldOptionPatch", OptionId.Required(), Label.Required(), Color),
            body => new FieldOption(body.Get(OptionId).Or(0), body.Get(Label).Or(""), body.ClearableText(Color).Or(null))), 1000);

    public static readonly Shape New =
        new("NewField", Subject.Required(), Name.Required(), Type.Required(), Description, NewOptions, Group, Editors, Readers, IsIndexed,
            Settings);
    public static readonly Shape Patch =
        new("FieldPatch", Name, Description, Group, Editors, Readers, IsIndexed, Settings, Position, Versions.Member);
    public static readonly Shape AddOptions = new("NewFieldOptions", NewOptions.Required());
    public static readonly Shape RenameOptions = new("FieldOptionsPatch", Options.Required());

    public static NewField ReadNew(Body body) => new()
    {
        Subject = body.Get(Subject).Or(""),
        Name = body.Get(Name).Or(""),
        Type = body.Get(Type).Or(FieldType.Varchar),
        Description = body.ClearableText(Description).Or(null),
        Options = body.Get(NewOptions).Or([]),
        GroupName = body.ClearableText(Group).Or(null),
        Editors = body.Get(Editors).Or(Circle.Everyone),
        Readers = body.Get(Readers).Or(Circle.Everyone),
        IsIndexed = body.Get(IsIndexed).Or(false),
        Settings = body.Get(Settings).As(settings => settings.GetRawText()).Or("{}"),
    };

    public static FieldPatch Read(Body body) => new()
    {
        ExpectedVersion = Versions.Read(body),
        Name = body.Get(Name),
        Description = body.ClearableText(Description),
        GroupName = body.ClearableText(Group),
        Editors = body.Get(Editors),
        Readers = body.Get(Readers),
        IsIndexed = body.Get(IsIndexed),
        Settings = body.Get(Settings).As(settings => settings.GetRawText()),
        Position = body.Get(Position),
    };

    public static Seq<NewOption> ReadAdded(Body body) => body.Get(NewOptions).Or([]);

    public static Seq<FieldOption> ReadRenamed(Body body) => body.Get(Options).Or([]);
}
