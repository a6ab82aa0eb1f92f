using Microsoft.Playwright;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Core.Users;
using Tributary.Core.Workspaces;
using Tributary.Server.Hosting;
using Tributary.Server.Seeding;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

/// <summary>A workspace in which nothing is yet (the brief for the web app, §5.0: first-run empty), and the bell.</summary>
[Collection(BrowserTests.Name)]
public sealed class FirstRunTests(WebServer server) : IClassFixture<WebServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_board_is_filled_with_sample_data_by_one_press()
    {
        await Empty("first@empty.test");
        var page = await server.Open("/deals", "first@empty.test");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Import" })).ToBeVisibleAsync();
        await Axe.MustBeUsable(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Load sample data" }).ClickAsync();

        await Expect(page.Locator("[data-deal]").First).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Load sample data" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Notifications" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Due" })).ToBeVisibleAsync();
        await Axe.MustBeUsable(page);
    }

    [Fact]
    public async Task Sample_data_are_not_offered_to_those_who_may_not_load_them()
    {
        var admin = await Empty("second@empty.test");
        await new UserService(server.Db)
            .Create(Verbs.As(admin.Admin, admin.Workspace.Id),
                new()
                {
                    Name = "Member",
                    Email = "member@empty.test",
                    Role = Role.Member,
                    PasswordHash = Passwords.Hash(WebServer.Password)
                }, Ct);
        var page = await server.Open("/deals", "member@empty.test");

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Import" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Load sample data" })).ToHaveCountAsync(0);
    }

    private async Task<CreatedWorkspace> Empty(string email)
    {
        var created = await new WorkspaceService(server.Db)
            .Create(new()
            {
                Name = "Empty",
                Admin = new() { Name = "Ann First", Email = email, Role = Role.Admin, PasswordHash = Passwords.Hash(WebServer.Password) }
            },
                Ct);
        await new PipelineService(server.Db)
            .Create(Verbs.As(created.Admin, created.Workspace.Id), new() { Name = "Sales", IsDefault = true },
                [new StagePatch { Name = "First" }, new StagePatch { Name = "Second" }], Ct);
        return created;
    }
}
