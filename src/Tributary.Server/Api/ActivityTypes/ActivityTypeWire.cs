using Tributary.Core.Activities;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.ActivityTypes;

internal static class ActivityTypeWire
{
    private static readonly Member<string> Name = Members.Name("name", "1 to 100 characters; the key follows from the first one.", 100);
    private static readonly Member<string> Icon = Members.Text("icon", "A word that user interfaces know.", 100);
    private static readonly Member<string> Color = Members.Text("color", "Six hexadecimal digits such as FF8800.", 6).Nullable();
    private static readonly Member<long> Position = Members.Whole("position", "Left out: last.", 0, 1_000_000);
    private static readonly Member<bool> IsActive = Members.Flag("is_active", "Inactive types are no longer offered.");

    public static readonly Wire<ActivityType> ActivityType = new Wire<ActivityType>("ActivityType", "A kind of activity.")
        .Whole("id", t => t.Id)
        .Uid("uid", t => t.Uid)
        .Text("key", t => t.Key, "The word that activities carry; never changes.", nullable: false)
        .Text("name", t => t.Name, nullable: false)
        .Text("icon", t => t.Icon, nullable: false)
        .Text("color", t => t.Color)
        .Whole("position", t => t.Position)
        .Flag("is_active", t => t.IsActive)
        .Flag("is_custom", t => t.IsCustom, "Made here; the others come with every workspace.")
        .Instant("added_at", t => t.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("updated_at", t => t.UpdatedAt, TimeStyle.IsoMilliseconds)
        .Whole("version", t => t.Version, "Also the ETag.");

    public static readonly Shape New = new("NewActivityType", Name.Required(), Icon, Color, Position, IsActive);
    public static readonly Shape Patch = new("ActivityTypePatch", Name, Icon, Color, Position, IsActive, Versions.Member);

    public static ActivityTypePatch Read(Body body) => new()
    {
        ExpectedVersion = Versions.Read(body),
        Name = body.Get(Name),
        Icon = body.Get(Icon),
        Color = body.ClearableText(Color),
        Position = body.Get(Position),
        IsActive = body.Get(IsActive),
    };
}
