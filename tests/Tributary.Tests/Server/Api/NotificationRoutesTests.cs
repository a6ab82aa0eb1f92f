using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Api;

public sealed class NotificationRoutesTests
{
    // ui.md §5.1: the top bar has notifications. They are of what others did, newest first.
    [Theory, OnBothBackends]
    public async Task Somebody_is_told_of_what_others_gave_them_and_of_notes_that_name_them(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var admin = await TestServers.Native(backend, workspace);
        var member = await TestServers.Native(backend, workspace, workspace.Member);
        var (_, me) = await member.Get($"/api/v1/users/{workspace.Member.UserId}");
        var (_, own) = await member.Post("/api/v1/deals",
            new { title = "Own", stage_id = workspace.Stages[0], owner_id = workspace.Member.UserId });
        var (_, given) = await admin.Post("/api/v1/deals",
            new { title = "Given", stage_id = workspace.Stages[0], owner_id = workspace.Member.UserId });
        await admin.Post("/api/v1/notes",
            new { deal_id = own.GetProperty("id").GetInt64(), content = $"Please look, @{me.GetProperty("name").GetString()}." });
        await admin.Post("/api/v1/notes",
            new { deal_id = own.GetProperty("id").GetInt64(), content = $"Nobody: {me.GetProperty("name").GetString()}, @Nobody." });

        var (status, told) = await member.Get("/api/v1/notifications");
        var (_, others) = await admin.Get("/api/v1/notifications");

        Assert.Equal(200, status);
        Assert.Equal([("mentioned", own.GetProperty("id").GetInt64()), ("assigned", given.GetProperty("id").GetInt64())],
            told.GetProperty("data").EnumerateArray()
                .Select(one => (one.GetProperty("kind").GetString()!, one.GetProperty("deal_id").GetInt64())));
        Assert.Empty(others.GetProperty("data").EnumerateArray());
    }
}
