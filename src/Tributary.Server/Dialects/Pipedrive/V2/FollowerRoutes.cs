using Tributary.Core.Deals;
using Tributary.Core.Followers;
using Tributary.Core.Lists;
using Tributary.Core.Users;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>
/// Who follows a person, an organization or a product, and who ever did; the OpenAPI file. Those of deals are
/// <see cref="DealFollowerRoutes"/>.
/// </summary>
internal static class FollowerRoutes
{
    private static readonly Member<long> UserId = Members.Id("user_id", "The ID of the user to add as a follower.").Required();
    private static readonly Member<long> FollowerId = Members.Id("follower_id", "The ID of the following user.").InPath();

    private static readonly Wire<RecordFollower> Follower =
        new Wire<RecordFollower>("RecordFollower").Whole("user_id", f => f.UserId).Instant("add_time", f => f.AddedAt, Spell.V2Time);
    private static readonly Wire<RecordFollower> One = Envelope.One(Follower);

    private static readonly Member<long> OfUser = Members.Id("id", "The ID of the user.").InPath();

    public static readonly IReadOnlyList<Operation> All =
    [
        .. Of("person", "a person"), .. Of("organization", "an organization"), .. Of("product", "a product"),
        new("GET", "/users/{id}/followers", "getUserFollowers", ListOfUser)
        {
            Tag = "Users", Summary = "List followers of a user", Cost = 10, Parameters = [OfUser, .. Paging.Parameters],
            Answer = new PageOf<RecordFollower>(Follower), CoverageNote = V1.UserRoutes.NobodyFollowed,
        },
    ];

    private static IEnumerable<Operation> Of(string noun, string article)
    {
        var (name, path, tag) =
            (char.ToUpperInvariant(noun[0]) + noun[1..], $"/{noun}s/{{id}}/followers", $"{char.ToUpperInvariant(noun[0])}{noun[1..]}s");
        var id = Members.Id("id", $"The ID of the {noun}.").InPath();
        yield return new("GET", path, $"get{name}Followers", call => List(call, noun, id))
        {
            Tag = tag,
            Summary = $"List followers of {article}",
            Cost = 10,
            Parameters = [id, .. Paging.Parameters],
            Answer = new PageOf<RecordFollower>(Follower),
        };
        yield return new("GET", path + "/changelog", $"get{name}FollowersChangelog", async call =>
        {
            var query = Paging.Read(call);
            call.Checked();
            var page = await call.Service<FollowerService>()
                .Changelog(call.Caller, noun, call.Path(id, noun), query.Cursor, query.Limit, call.Ct);
            return Paging.Reply(DealFollowerRoutes.Change, page.Items, page.NextCursor);
        })
        {
            Tag = tag,
            Summary = $"List followers changelog of {article}",
            Cost = 10,
            Parameters = [id, .. Paging.Parameters],
            Answer = new PageOf<DealPeopleChange>(DealFollowerRoutes.Change),
            CoverageNote = "Newest first.",
        };
        yield return new("POST", path, $"add{name}Follower", async call =>
        {
            var at = call.Path(id, noun);
            var user = await call.Read(body => body.Get(UserId).Or(0));
            return Reply.Json(One, await call.Service<FollowerService>().Follow(call.Caller, noun, at, user, call.Ct), status: 201);
        })
        {
            Tag = tag,
            Summary = $"Add a follower to {article}",
            Cost = 5,
            Parameters = [id],
            Body = new($"New{name}Follower", UserId),
            Status = 201,
            Answer = One,
            CoverageNote = "Following twice is following once."
        };
        yield return new("DELETE", path + "/{follower_id}", $"delete{name}Follower", async call =>
        {
            var user = call.Path(FollowerId, "follower");
            await call.Service<FollowerService>().Unfollow(call.Caller, noun, call.Path(id, noun), user, call.Ct);
            return Reply.Json(DealFollowerRoutes.Removed, new Gone(user));
        })
        {
            Tag = tag,
            Summary = $"Delete a follower from {article}",
            Cost = 3,
            Parameters = [id, FollowerId],
            Answer = DealFollowerRoutes.Removed
        };
    }

    private static async Task<Reply> ListOfUser(Call call)
    {
        var id = call.Path(OfUser, "user");
        var query = Paging.Read(call);
        call.Checked();
        await call.Service<UserService>().Get(call.Caller, id, call.Ct);
        return Shown(call, $"users/{id}/followers", [], query);
    }

    private static async Task<Reply> List(Call call, string noun, Member<long> member)
    {
        var id = call.Path(member, noun);
        var query = Paging.Read(call);
        call.Checked();
        var followers = await call.Service<FollowerService>().Followers(call.Caller, noun, id, call.Ct);
        return Shown(call, $"{noun}s/{id}/followers", followers, query);
    }

    private static Reply Shown(Call call, string list, IReadOnlyList<RecordFollower> followers, ListQuery query)
    {
        var page = call.Service<ShortPages>().Of(call.Caller, list, followers, follower => follower.UserId,
            new Dictionary<string, Func<RecordFollower, IComparable?>>(), query);
        return Paging.Reply(Follower, page.Items, page.NextCursor);
    }
}
