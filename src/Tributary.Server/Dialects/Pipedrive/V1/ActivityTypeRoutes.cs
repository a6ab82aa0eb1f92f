using Tributary.Core.Activities;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>
/// Activity types of v1 (OpenAPI file). A deleted one stays in the list with active_flag false, as its activities keep its key.
/// </summary>
internal static class ActivityTypeRoutes
{
    private const string Tag = "Activities v1";

    private static readonly string[] Icons =
    [
        "task", "email", "meeting", "deadline", "call", "lunch", "calendar", "downarrow", "document", "smartphone", "camera", "scissors",
        "cogs", "bubble", "uparrow", "checkbox", "signpost", "shuffle", "addressbook", "linegraph", "picture", "car", "world", "search",
        "clip", "sound", "brush", "key", "padlock", "pricetag", "suitcase", "finish", "plane", "loop", "wifi", "truck", "cart", "bulb",
        "bell", "presentation",
    ];

    private static readonly Member<long> Id = Members.Id("id", "The ID of the activity type.").InPath();
    private static readonly Member<string> Name = Members.Text("name", "", 100);
    private static readonly Member<string> Icon = Members.Word("icon_key", "", [.. Icons.Select(icon => (icon, icon))]);
    private static readonly Member<string> Color = Members.Text("color", "Six hexadecimal digits.", 6).Nullable();
    private static readonly Member<long> OrderNr = Members.Whole("order_nr", "The place in the list.", 0, 1_000_000);

    private static readonly Wire<ActivityType> Type = new Wire<ActivityType>("ActivityTypeV1")
        .Whole("id", t => t.Id)
        .Whole("order_nr", t => t.Position)
        .Text("name", t => t.Name, nullable: false)
        .Text("key_string", t => t.Key, nullable: false)
        .Text("icon_key", t => t.Icon, nullable: false)
        .Flag("active_flag", t => t.IsActive)
        .Text("color", t => t.Color)
        .Flag("is_custom_flag", t => t.IsCustom)
        .Instant("add_time", t => t.AddedAt, Spell.V1Time)
        .Instant("update_time", t => t.UpdatedAt, Spell.V1Time);

    private static readonly Many<ActivityType> Types = new(Type);
    private static readonly One<ActivityType> One = new(Type);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/activityTypes", "getActivityTypes", List) { Tag = Tag, Summary = "Get all activity types", Cost = 20, Answer = Types },
        new("POST", "/activityTypes", "addActivityType", Add)
        {
            Tag = Tag, Summary = "Add new activity type", Cost = 10,
            Body = new("NewActivityTypeV1", Name.Required(), Icon.Required(), Color), Answer = One,
        },
        new("PUT", "/activityTypes/{id}", "updateActivityType", Update)
        {
            Tag = Tag, Summary = "Update an activity type", Cost = 10, Parameters = [Id],
            Body = new("ActivityTypeChangesV1", Name, Icon, Color, OrderNr), Answer = One,
        },
        new("DELETE", "/activityTypes/{id}", "deleteActivityType", Delete)
        {
            Tag = Tag, Summary = "Delete an activity type", Cost = 6, Parameters = [Id], Answer = One,
        },
        new("DELETE", "/activityTypes", "deleteActivityTypes", DeleteMany)
        {
            Tag = Tag, Summary = "Delete multiple activity types in bulk", Cost = 10, Parameters = [Several.Ids], Answer = Answers.Ids,
            CoverageNote = Several.Note,
        },
    ];

    public static void Write(System.Text.Json.Utf8JsonWriter json, ActivityType type) => Type.Write(json, type);

    private static async Task<Reply> List(Call call) => Types.Reply(await call.Service<ActivityTypeService>().All(call.Caller, call.Ct));

    private static async Task<Reply> Add(Call call)
    {
        call.Caller.MustManage("activity_types");
        return One.Reply(await call.Service<ActivityTypeService>().Create(call.Caller, await call.Read(Read), call.Ct));
    }

    private static async Task<Reply> Update(Call call)
    {
        var id = call.Path(Id, "activity type");
        call.Caller.MustManage("activity_types");
        return One.Reply(await call.Service<ActivityTypeService>().Update(call.Caller, id, await call.Read(Read), call.Ct));
    }

    private static async Task<Reply> Delete(Call call) => One.Reply(await Hide(call, call.Path(Id, "activity type")));

    private static async Task<Reply> DeleteMany(Call call)
    {
        call.Caller.MustManage("activity_types");
        var ids = call.Query(Several.Ids, []);
        call.Checked();
        var active = (await call.Service<ActivityTypeService>().All(call.Caller with { Scopes = ["read"] }, call.Ct))
            .Where(type => type.IsActive && ids.Contains(type.Id)).ToList();
        foreach (var type in active) await Hide(call, type.Id);
        return Answers.Ids.Reply([.. active.Select(type => type.Id)]);
    }

    private static Task<ActivityType> Hide(Call call, long id) =>
        call.Service<ActivityTypeService>().Update(call.Caller, id, new() { IsActive = false }, call.Ct);

    private static ActivityTypePatch Read(Body body) => new()
    {
        Name = body.Get(Name),
        Icon = body.Get(Icon),
        Color = body.ClearableText(Color),
        Position = body.Get(OrderNr),
    };
}
