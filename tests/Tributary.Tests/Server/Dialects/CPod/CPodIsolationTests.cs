using Tributary.Core.Deals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.CPod;

/// <summary>Seed: tenant and app scopes are "auto-stamped from the caller's JWT" and filter reads; design §1 for deals of no app.</summary>
public sealed class CPodIsolationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_tenant_sees_nothing_of_another(Backend backend)
    {
        var (mine, theirs) = (await CPodDesk.Open(backend), await CPodDesk.Open(backend));
        var deal = await theirs.Create(new { name = "Theirs", deal_number = "SAME" });

        Assert.Equal(404, (await mine.Client.Get(CPodDesk.Path(deal))).Status);
        Assert.Equal(404, (await mine.Client.Patch(CPodDesk.Path(deal), new { name = "x" })).Status);
        Assert.Equal(404, (await mine.Client.Delete(CPodDesk.Path(deal))).Status);
        Assert.Empty(await mine.Names($"id={deal.Text("id")}"));
        Assert.Empty(await mine.Names("include_deleted=true"));
        Assert.Empty(await mine.Names($"tenant_id={deal.Text("tenant_id")}"));
        var stamped = await mine.Create(new { tenant_id = deal.Text("tenant_id"), app_id = deal.Text("app_id"), deal_number = "SAME" });
        Assert.NotEqual(deal.Text("tenant_id"), stamped.Text("tenant_id"));

        foreach (var body in new object[]
        {
            new { pipeline_id = deal.Text("pipeline_id") }, new { owner_id = deal.Text("created_by") },
            new { account_id = await theirs.Organization("Theirs") }, new { contact_ids = new[] { await theirs.Person("Theirs") } },
        })
        {
            Assert.Equal(422, (await mine.Client.Post(CPodDesk.Deals, body)).Status);
        }
    }

    [Theory, OnBothBackends]
    public async Task An_app_sees_its_own_deals_and_those_of_no_app(Backend backend)
    {
        var one = await CPodDesk.Open(backend);
        var two = await CPodDesk.Open(backend, one.Workspace);
        await new DealService(one.Workspace.Db).Create(one.Workspace.Admin, new() { Title = "People's" }, Ct);
        var mine = await one.Create(new { name = "One's" });
        await two.Create(new { name = "Two's" });

        Assert.Equal(["One's", "People's"], await one.Names("sort=name"));
        Assert.Equal(["People's", "Two's"], await two.Names("sort=name"));
        Assert.Equal(["One's"], await one.Names($"app_id={one.App.App.Uid}"));
        Assert.Empty(await two.Names($"app_id={one.App.App.Uid}"));
        Assert.Equal(404, (await two.Client.Get(CPodDesk.Path(mine))).Status);
        Assert.Equal(404, (await two.Client.Patch(CPodDesk.Path(mine), new { name = "x" })).Status);
        Assert.Equal(404, (await two.Client.Delete(CPodDesk.Path(mine))).Status);
        Assert.Equal(409, (await two.Client.Post(CPodDesk.Deals, new { deal_number = mine.Text("deal_number") })).Status);

        await one.Client.Post("/cpod/api/v1/crm/activities", new { deal_id = mine.Text("id"), subject = "Call" });
        var (_, activities) = await two.Client.Get("/cpod/api/v1/crm/activities");
        Assert.Equal("0", activities.Raw("total"));
    }

    [Theory, OnBothBackends]
    public async Task An_app_acts_with_the_rights_of_its_user(Backend backend) // design §7: roles are enforced in the engine
    {
        var some = await Some.Workspace(backend);
        var desk = await CPodDesk.Open(backend, some, some.Member);

        var (known, _) = await desk.Client.Post(CPodDesk.Deals, new { stage = "demo" });
        var (made, error) = await desk.Client.Post(CPodDesk.Deals, new { stage = "new_word" });

        Assert.Equal((201, 403), (known, made));
        Assert.Contains("pipelines", error.Text("detail"));
    }
}
