using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Users;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Users;

/// <summary>What somebody else sees, for admins.</summary>
internal static class SightRoutes
{
    private static readonly (string Word, SightReason Reason)[] Reasons =
    [
        ("admin", SightReason.Admin), ("owner", SightReason.Owner), ("everyone", SightReason.Everyone), ("group", SightReason.Group),
        ("group_below", SightReason.GroupBelow),
        ("follower", SightReason.Follower), ("none", SightReason.None),
    ];

    private static readonly Member<long> Id = Members.Id("id", "The user.").InPath();
    private static readonly Member<string> Noun =
        Members.Word("noun", "deals when left out.", [.. SightService.Subjects.Select(subject => ($"{subject}s", subject))]);
    private static readonly Member<long> RecordId = Members.Id("record_id", "This record only, whether the user sees it or not.");

    private static readonly Wire<SeenRecord> Record = new Wire<SeenRecord>("SeenRecord", "A record, and why a user sees it.")
        .Whole("id", r => r.Id)
        .Text("name", r => r.Name, nullable: false)
        .Whole("owner_id", r => r.OwnerId)
        .Whole("visible_to", r => r.VisibleTo)
        .Word("why", r => Words.Spell(Reasons, r.Why), Words.Spellings(Reasons), "The strongest reason; none: they do not see it.");

    private static readonly Wire<SeenByUser> Answer = new Wire<SeenByUser>("SeenByUser", "What a user sees of one kind of record.")
        .Whole("visible", s => s.Visible, "How many of them the user sees.")
        .Whole("all", s => s.All, "How many there are, archived ones included.")
        .Objects("data", s => s.Page.Items, Record)
        .Text("next_cursor", s => s.Page.NextCursor)
        .Flag("has_more", s => s.Page.HasMore);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/users/{id}/visible", "listVisible", List)
        {
            Tag = "Users", Summary = "See what a user sees, and why",
            Parameters = [Id, Noun, RecordId, ListMembers.Limit, ListMembers.Cursor], Answer = Answer,
            Description = "For admins. That they looked is written into the log (\"previewed\").",
        },
    ];

    private static async Task<Reply> List(Call call)
    {
        call.Caller.MustAdminister("users");
        var (id, noun, record) = (call.Path(Id, "user"), call.Query(Noun, "deal"), call.Query(RecordId));
        var (limit, cursor) = (call.Query(ListMembers.Limit, 50), call.Query(ListMembers.Cursor));
        call.Checked();
        var sight = call.Service<SightService>();
        if (!record.IsSet)
        {
            return Reply.Json(Answer,
                await sight.List(call.Caller, id, noun, (int)limit, cursor is { IsSet: true, Value: var at } ? at : null, call.Ct));
        }
        var one = await sight.Get(call.Caller, id, noun, record.Value, call.Ct);
        return Reply.Json(Answer, new SeenByUser(one.Why is SightReason.None ? 0 : 1, 1, new([one], null, false, null)));
    }
}
