using Tributary.Core.Followers;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Contacts;

/// <summary>Who follows a person, an organization or a product. Those of deals stand in DealPeopleRoutes.</summary>
internal static class FollowerRoutes
{
    private static readonly Member<long> Id = RecordMembers.PathId;
    private static readonly Member<long> UserId = Members.Id("user_id", "A user.").Required();
    private static readonly Member<long> PathUserId = UserId.InPath();

    private static readonly Wire<RecordFollower> Follower = new Wire<RecordFollower>("Follower", "A user who wants to hear of a record.")
        .Whole("user_id", f => f.UserId)
        .Instant("added_at", f => f.AddedAt, TimeStyle.IsoMilliseconds)
        .Whole("added_by", f => f.AddedBy);
    private static readonly ListOf Followers = new("Followers", Follower);

    public static readonly IReadOnlyList<Operation> All =
    [
        .. Of("person", "Person", "a person"), .. Of("organization", "Organization", "an organization"),
        .. Of("product", "Product", "a product"),
    ];

    private static IEnumerable<Operation> Of(string subject, string name, string article)
    {
        var path = $"/{subject}s/{{id}}/followers";
        yield return new("GET", path, $"list{name}Followers", async call => ListOf.Reply(Follower,
            await call.Service<FollowerService>().Followers(call.Caller, subject, call.Path(Id, subject), call.Ct)))
        {
            Tag = name + "s",
            Summary = "List who follows",
            Parameters = [Id],
            Answer = Followers,
        };
        yield return new("POST", path, $"add{name}Follower", async call =>
        {
            var id = call.Path(Id, subject);
            var user = await call.Read(body => body.Get(UserId).Or(0));
            return Reply.Json(Follower, await call.Service<FollowerService>().Follow(call.Caller, subject, id, user, call.Ct), status: 201);
        })
        {
            Tag = name + "s",
            Summary = $"Follow {article}; twice is once",
            Parameters = [Id],
            Body = new($"New{name}Follower", UserId),
            Status = 201,
            Answer = Follower,
        };
        yield return new("DELETE", path + "/{user_id}", $"remove{name}Follower", async call =>
        {
            await call.Service<FollowerService>()
                .Unfollow(call.Caller, subject, call.Path(Id, subject), call.Path(PathUserId, "follower"), call.Ct);
            return Reply.Empty();
        })
        {
            Tag = name + "s",
            Summary = "Cease to follow",
            Parameters = [Id, PathUserId],
            Status = 204,
        };
    }
}
