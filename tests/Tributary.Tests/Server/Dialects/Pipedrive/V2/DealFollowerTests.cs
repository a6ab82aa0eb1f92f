using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V2;

/// <summary>Followers of deals: pages "List followers of a deal" to "Delete a follower from a deal".</summary>
public sealed class DealFollowerTests
{
    [Theory, OnBothBackends]
    public async Task Followers_come_and_go_and_the_changelog_tells(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (admin, member) = (pipe.Workspace.Admin.UserId!.Value, pipe.Workspace.Member.UserId!.Value);
        var path = $"{Pipe.Deals}/{await pipe.Deal("x")}/followers";
        TestClock.Instance.Advance(TimeSpan.FromHours(1));

        var added = await pipe.Post(path, new { user_id = member }, 201);
        var listed = await pipe.Get(path);
        TestClock.Instance.Advance(TimeSpan.FromHours(1));
        var gone = await pipe.Delete($"{path}/{member}");
        await Settled.Log(pipe.Workspace);
        var changelog = await pipe.Get($"{path}/changelog");

        Assert.Equal($$"""{"user_id":{{member}},"add_time":"2026-11-20T10:00:00Z"}""", added.GetRawText());
        Assert.Equal([admin, member], listed.Ids("user_id")
            .Order()); // the owner follows their deal (recorded: followers_count 1 of a new deal)
        Assert.Equal($$"""{"user_id":{{member}}}""", gone.GetRawText());
        Assert.Equal($$"""{"action":"removed","actor_user_id":{{admin}},"follower_user_id":{{member}},"time":"2026-11-20T11:00:00Z"}""",
            changelog[0].GetRawText());
        Assert.Equal(("added", member, "added", admin), (changelog[1].Text("action"), changelog[1].Whole("follower_user_id"),
            changelog[2].Text("action"), changelog[2].Whole("follower_user_id")));
        Assert.Equal([admin], (await pipe.Get(path)).Ids("user_id"));
    }

    [Theory, OnBothBackends]
    public async Task Both_lists_have_pages(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var id = await pipe.Deal("x");
        foreach (var user in new[] { pipe.Workspace.Member, pipe.Workspace.Manager }) await pipe.Post($"{Pipe.Deals}/{id}/followers",
            new { user_id = user.UserId }, 201);
        await Settled.Log(pipe.Workspace);
        foreach (var list in new[] { "followers", "followers/changelog" })
        {
            var (_, first) = await pipe.Client.Get($"{Pipe.Deals}/{id}/{list}?limit=2");
            var (_, rest) =
                await pipe.Client.Get(
                    $"{Pipe.Deals}/{id}/{list}?limit=2&cursor={first.GetProperty("additional_data").Text("next_cursor")}");

            Assert.Equal((2, 1), (first.GetProperty("data").GetArrayLength(), rest.GetProperty("data").GetArrayLength()));
            Assert.Null(rest.GetProperty("additional_data").Text("next_cursor"));
            Assert.Equal(400, (await pipe.Client.Get($"{Pipe.Deals}/{id}/{list}?cursor=nonsense")).Status);
        }
    }

    [Theory, OnBothBackends]
    public async Task Nobody_is_refused_by_name(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var path = $"{Pipe.Deals}/{await pipe.Deal("x")}/followers";

        Assert.StartsWith("Validation failed: user_id: ", Pipe.Refused(await pipe.Client.Post(path, new { user_id = 999999999 })).Error,
            StringComparison.Ordinal);
        Assert.StartsWith("Validation failed: user_id: ", Pipe.Refused(await pipe.Client.Post(path, new { })).Error,
            StringComparison.Ordinal);
        Assert.Equal((404, "Follower not found"), Pipe.Refused(await pipe.Client.Delete($"{path}/{pipe.Workspace.Member.UserId}")));
        Assert.Equal((404, "Deal not found"), Pipe.Refused(await pipe.Client.Get($"{Pipe.Deals}/999999999/followers")));
    }
}
