using Tributary.Core.Deals;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>Who follows a deal, and who ever did.</summary>
internal static class DealFollowerRoutes
{
    private const string Tag = "Deal followers";

    private static readonly Member<long> Id = DealRoutes.Id;
    private static readonly Member<long> UserId = Members.Id("user_id", "The ID of the user to add as a follower.").Required();
    private static readonly Member<long> FollowerId = Members.Id("follower_id", "The ID of the following user.").InPath();

    private static readonly Wire<DealFollower> Follower =
        new Wire<DealFollower>("Follower").Whole("user_id", f => f.UserId).Instant("add_time", f => f.AddedAt, Spell.V2Time);
    private static readonly Wire<DealFollower> One = Envelope.One(Follower);

    public static readonly Wire<DealPeopleChange> Change = new Wire<DealPeopleChange>("FollowerChange")
        .Word("action", c => c.Added ? "added" : "removed", ["added", "removed"])
        .Whole("actor_user_id", c => c.ActorId)
        .Whole("follower_user_id", c => c.SubjectId)
        .Instant("time", c => c.At, Spell.V2Time);

    private static readonly Wire<long> UserOnly = new Wire<long>(null).Whole("user_id", id => id);
    public static readonly Wire<Gone> Removed = new Wire<Gone>("DeletedFollowerReply").Flag("success", _ => true)
        .Json("data", UserOnly.Schema(new()), (json, gone) => UserOnly.Write(json, gone.Id));

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/deals/{id}/followers", "getDealFollowers", List)
        {
            Tag = Tag, Summary = "List followers of a deal", Cost = 10, Parameters = [Id, .. Paging.Parameters],
            Answer = new PageOf<DealFollower>(Follower),
        },
        new("GET", "/deals/{id}/followers/changelog", "getDealFollowersChangelog", Changelog)
        {
            Tag = Tag, Summary = "List followers changelog of a deal", Cost = 10, Parameters = [Id, .. Paging.Parameters],
            Answer = new PageOf<DealPeopleChange>(Change), CoverageNote = "Newest first.",
        },
        new("POST", "/deals/{id}/followers", "addDealFollower", Add)
        {
            Tag = Tag, Summary = "Add a follower to a deal", Cost = 5, Parameters = [Id], Body = new("NewFollower", UserId), Status = 201,
            Answer = One, CoverageNote = "Following twice is following once.",
        },
        new("DELETE", "/deals/{id}/followers/{follower_id}", "deleteDealFollower", Remove)
        {
            Tag = Tag, Summary = "Delete a follower from a deal", Cost = 3, Parameters = [Id, FollowerId], Answer = Removed,
        },
    ];

    private static async Task<Reply> List(Call call)
    {
        var id = call.Path(Id, "deal");
        var query = Paging.Read(call);
        call.Checked();
        var followers = await call.Service<DealService>().Followers(call.Caller, id, call.Ct);
        var page = call.Service<ShortPages>().Of(call.Caller, $"deals/{id}/followers", followers, follower => follower.UserId,
            new Dictionary<string, Func<DealFollower, IComparable?>>(), query);
        return Paging.Reply(Follower, page.Items, page.NextCursor);
    }

    private static async Task<Reply> Changelog(Call call)
    {
        var query = Paging.Read(call);
        call.Checked();
        var page = await call.Service<DealService>()
            .FollowersChangelog(call.Caller, call.Path(Id, "deal"), query.Cursor, query.Limit, call.Ct);
        return Paging.Reply(Change, page.Items, page.NextCursor);
    }

    private static async Task<Reply> Add(Call call)
    {
        var id = call.Path(Id, "deal");
        var user = await call.Read(body => body.Get(UserId).Or(0));
        return Reply.Json(One, await call.Service<DealService>().Follow(call.Caller, id, user, call.Ct), status: 201);
    }

    private static async Task<Reply> Remove(Call call)
    {
        var user = call.Path(FollowerId, "follower");
        await call.Service<DealService>().Unfollow(call.Caller, call.Path(Id, "deal"), user, call.Ct);
        return Reply.Json(Removed, new Gone(user));
    }
}
