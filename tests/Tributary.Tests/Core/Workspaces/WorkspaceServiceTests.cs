using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Workspaces;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Workspaces;

public sealed class WorkspaceServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_new_workspace_has_its_admin_the_currencies_of_the_world_and_the_usual_activity_types(Backend backend)
    {
        var some = await Some.Workspace(backend);

        await using var tx = await some.Db.Read(some.Id, Ct);
        var catalog = await tx.Catalog();

        Assert.Equal(Role.Admin, catalog.User(some.Admin.UserId)!.Role);
        Assert.Equal(("Japanese Yen", 0, true), (catalog.Currency("JPY")!.Name, catalog.Currency("JPY")!.Decimals,
            catalog.Currency("JPY")!.IsActive));
        Assert.Equal(3, catalog.Currency("KWD")!.Decimals);
        Assert.Equal(["call", "meeting", "task", "deadline", "email", "lunch"], catalog.ActivityTypes.Select(type => type.Key));
    }

    [Theory, OnBothBackends]
    public async Task What_a_new_workspace_is_made_of_can_be_read_in_the_log(Backend backend)
    {
        var some = await Some.Workspace(backend);

        await using var tx = await some.Db.Read(some.Id, Ct);
        var history = await EventStore.OfSubject(tx, "workspace", some.Id, null, 10);

        var created = Assert.Single(history);
        Assert.Equal("created", created.Action);
        Assert.Contains(created.Changes, change => change.Field == "base_currency" && change.New!.Value.GetString() == "EUR");
    }

    [Theory, OnBothBackends]
    public async Task A_refused_workspace_leaves_nothing_behind(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var service = new WorkspaceService(some.Db);

        var refusal = await Assert.ThrowsAsync<ProblemException>(() =>
            service.Create(new()
            {
                Name = "Refused and gone",
                BaseCurrency = "XXX",
                TimeZone = "Nowhere",
                Admin = new() { Name = "A", Email = "a@some.test" }
            }, Ct));

        Assert.Equal(["time_zone", "base_currency"], refusal.Problem.Fields.Select(field => field.Field));
        Assert.DoesNotContain(await service.All(Ct), workspace => workspace.Name == "Refused and gone");
    }

    [Theory, OnBothBackends]
    public async Task Only_admins_change_a_workspace_and_the_catalog_shows_it_at_once(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var service = new WorkspaceService(some.Db);

        await Assert.ThrowsAsync<ProblemException>(() => service.Update(some.Manager, new() { Name = "Mine" }, Ct));
        var patch = new WorkspacePatch { Name = "Renamed", TimeZone = "Europe/Berlin", Settings = """{"week_starts":"monday"}""" };
        await service.Update(some.Admin, patch, Ct);
        var seen = await service.Get(some.Member, Ct);

        Assert.Equal(("Renamed", "Europe/Berlin", "EUR"), (seen.Name, seen.TimeZone, seen.BaseCurrency));
        Assert.Contains("monday", seen.Settings, StringComparison.Ordinal);
    }

    [Theory, OnBothBackends]
    public async Task The_base_currency_stays_while_rates_are_given_in_it(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var service = new WorkspaceService(some.Db);
        await using (var tx = await some.Db.Write(some.Id, Ct))
        {
            await tx.Run("""
                INSERT INTO currency_rates (workspace_id, code, day, rate_e8, source)
                VALUES (@Workspace, 'USD', @today, 90000000, 'test')
                """, new { tx.Workspace, today = some.Db.Today() });
            await tx.CatalogHasChanged();
            await tx.Commit();
        }

        var refusal = await Assert.ThrowsAsync<ProblemException>(() => service.Update(some.Admin, new() { BaseCurrency = "USD" }, Ct));

        Assert.Equal(ProblemCode.Conflict, refusal.Problem.Code);
    }

    [Theory, OnBothBackends]
    public async Task A_workspace_shows_itself_only(Backend backend)
    {
        var some = await Some.Workspace(backend);

        var seen = await new WorkspaceService(some.Db).Get(some.Outsider, Ct);

        Assert.NotEqual(some.Id, seen.Id);
    }
}
