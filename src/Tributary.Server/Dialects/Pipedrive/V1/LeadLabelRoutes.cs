using Tributary.Core.Kernel;
using Tributary.Core.Labels;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>Lead labels: "f08b42a0-…", a name, one of ten colours.</summary>
internal static class LeadLabelRoutes
{
    private const string Tag = "Leads v1";
    private static readonly string[] Colors = ["blue", "brown", "dark-gray", "gray", "green", "orange", "pink", "purple", "red", "yellow"];

    private static readonly Member<Guid> Id = Members.Uid("id", "The ID of the lead label.").InPath();
    private static readonly Member<string> Name = Members.Text("name", "", 100);
    private static readonly Member<string> Color = Members.Word("color", "", [.. Colors.Select(color => (color, color))]);

    private static readonly Wire<Label> Wire = new Wire<Label>("LeadLabelV1")
        .Uid("id", l => l.Uid)
        .Text("name", l => l.Name, nullable: false)
        .Text("color", l => l.Color, nullable: false)
        .Instant("add_time", l => l.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("update_time", l => l.UpdatedAt, TimeStyle.IsoMilliseconds);

    private static readonly Many<Label> Labels = new(Wire);
    private static readonly One<Label> One = new(Wire);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/leadLabels", "getLeadLabels", List) { Tag = Tag, Summary = "Get all lead labels", Cost = 10, Answer = Labels },
        new("POST", "/leadLabels", "addLeadLabel", Create)
        {
            Tag = Tag, Summary = "Add a lead label", Cost = 10, Body = new("NewLeadLabelV1", Name.Required(), Color.Required()),
            Answer = One,
        },
        new("PATCH", "/leadLabels/{id}", "updateLeadLabel", Update)
        {
            Tag = Tag, Summary = "Update a lead label", Cost = 10, Parameters = [Id], Body = new("LeadLabelChangesV1", Name, Color),
            Answer = One,
        },
        new("DELETE", "/leadLabels/{id}", "deleteLeadLabel", Delete)
        {
            Tag = Tag, Summary = "Delete a lead label", Cost = 6, Parameters = [Id], Answer = LeadWire.Gone,
        },
    ];

    private static async Task<Reply> List(Call call) => Labels.Reply(await call.Service<LabelService>().List(call.Caller, "lead", call.Ct));

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustManage("labels");
        var patch = await call.Read(Read);
        return One.Reply(await call.Service<LabelService>().Create(call.Caller, patch with { Subject = "lead" }, call.Ct));
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustManage("labels");
        var patch = await call.Read(Read);
        return One.Reply(await call.Service<LabelService>().Update(call.Caller, (await Find(call)).Id, patch, call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        call.Caller.MustManage("labels");
        var label = await Find(call);
        await call.Service<LabelService>().Delete(call.Caller, label.Id, null, call.Ct);
        return LeadWire.Gone.Reply(label.Uid);
    }

    private static async Task<Label> Find(Call call)
    {
        var uid = call.Path(Id, "lead label");
        return await call.Service<LabelService>().Get(call.Caller, uid, call.Ct) is { Subject: "lead" } label ? label
            : throw Problem.NotFound("lead label", uid);
    }

    private static LabelPatch Read(Body body) => new() { Name = body.Get(Name), Color = body.Get(Color) };
}
