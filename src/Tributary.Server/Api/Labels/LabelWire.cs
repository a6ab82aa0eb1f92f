using Tributary.Core.Labels;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Labels;

internal static class LabelWire
{
    public static readonly Wire<Label> Label = new Wire<Label>("Label", "A coloured mark picked from a list, per kind of record.")
        .Whole("id", l => l.Id)
        .Uid("uid", l => l.Uid)
        .Word("subject", l => l.Subject, LabelBody.Subjects)
        .Text("name", l => l.Name, nullable: false)
        .Text("color", l => l.Color, nullable: false)
        .Whole("position", l => l.Position)
        .Instant("added_at", l => l.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("updated_at", l => l.UpdatedAt, TimeStyle.IsoMilliseconds)
        .Whole("version", l => l.Version, "Also the ETag.");

    public static readonly Wire<Tag> Tag = new Wire<Tag>("Tag", "A free word on a record.")
        .Whole("id", t => t.Id)
        .Uid("uid", t => t.Uid)
        .Text("name", t => t.Name, nullable: false)
        .Instant("added_at", t => t.AddedAt, TimeStyle.IsoMilliseconds);

    public static readonly Wire<LostReason> LostReason = new Wire<LostReason>("LostReason", "A ready-made reason; deals keep its text.")
        .Whole("id", r => r.Id)
        .Uid("uid", r => r.Uid)
        .Text("name", r => r.Name, nullable: false)
        .Text("category", r => r.Category)
        .Whole("position", r => r.Position)
        .Flag("is_active", r => r.IsActive, "Inactive reasons are no longer offered.")
        .Whole("version", r => r.Version, "Also the ETag.");

    public static readonly ISchema Labels = new ListOf("LabelsInOrder", Label);
    public static readonly ISchema LostReasons = new ListOf("LostReasonsInOrder", LostReason);
}
