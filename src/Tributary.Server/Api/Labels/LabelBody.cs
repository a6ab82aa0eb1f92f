using Tributary.Core.Kernel;
using Tributary.Core.Labels;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Labels;

internal static class LabelBody
{
    public static readonly string[] Subjects = ["deal", "person", "organization", "lead", "product"];

    public static readonly Member<string> Subject =
        Members.Word("subject", "The kind of record it is for.", [.. Subjects.Select(word => (word, word))]);
    private static readonly Member<string> Name = Members.Name("name", "1 to 100 characters, unique among the labels of its kind.", 100);
    private static readonly Member<string> Color = Members.Text("color", "A word such as dark-gray, or #rrggbb.", 30);
    private static readonly Member<long> Position = Members.Whole("position", "1 is the first; left out: last.", 1, int.MaxValue);
    private static readonly Member<long> Id = Members.Id("id", "For imports: the id that other systems already hold.");
    private static readonly Member<Guid> Uid = Members.Uid("uid", "For imports.");
    private static readonly Member<long> Into = Members.Id("into", "The tag that stays.");
    private static readonly Member<string> Reason = Members.Name("name", "1 to 255 characters.");
    private static readonly Member<string> Category = Members.Text("category", "Groups reasons in reports.", 255).Nullable();
    private static readonly Member<bool> IsActive = Members.Flag("is_active", "true when left out.");

    public static readonly Shape New = new("NewLabel", Subject.Required(), Name.Required(), Color, Position, Id, Uid);
    public static readonly Shape Patch = new("LabelPatch", Name, Color, Position, Versions.Member);
    public static readonly Shape Order = new("LabelOrder", Subject.Required(), Ordering.Ids.Required());
    public static readonly Shape TagName = new("TagName", Name.Required());
    public static readonly Shape Merge = new("TagMerge", Into.Required());
    public static readonly Shape NewReason = new("NewLostReason", Reason.Required(), Category, Position, IsActive);
    public static readonly Shape ReasonPatch = new("LostReasonPatch", Reason, Category, Position, IsActive, Versions.Member);

    public static LabelPatch Read(Body body) => new()
    {
        ExpectedVersion = Versions.Read(body),
        Subject = body.Get(Subject),
        Name = body.Get(Name),
        Color = body.Get(Color),
        Position = body.Get(Position),
        Id = body.Get(Id),
        Uid = body.Get(Uid),
    };

    public static (string Subject, Seq<long> Ids) ReadOrder(Body body) => (body.Get(Subject).Or(""), Ordering.Read(body));

    public static string ReadName(Body body) => body.Get(Name).Or("");

    public static long ReadInto(Body body) => body.Get(Into).Or(0);

    public static LostReasonPatch ReadReason(Body body) => new()
    {
        ExpectedVersion = Versions.Read(body),
        Name = body.Get(Reason),
        Category = body.ClearableText(Category),
        Position = body.Get(Position),
        IsActive = body.Get(IsActive),
    };
}
