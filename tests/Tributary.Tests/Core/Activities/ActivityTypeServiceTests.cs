using Tributary.Core.Activities;
using Tributary.Core.Kernel;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Activities;

public sealed class ActivityTypeServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_workspaces_own_type_gets_a_key_from_its_name_and_activities_can_carry_it(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var service = new ActivityTypeService(some.Db);

        var type = await service.Create(some.Manager, new() { Name = "Site visit", Icon = "truck", Color = "FF8800" }, Ct);
        var again = await service.Create(some.Manager, new() { Name = "Site visit" }, Ct);
        var activity = await new ActivityService(some.Db).Create(some.Member, new() { Type = type.Key }, Ct);

        Assert.Equal(("site_visit", "site_visit_2", true), (type.Key, again.Key, type.IsCustom));
        Assert.Equal("Site visit", activity.Subject);
        Assert.Equal(type, await service.Get(some.Member, type.Id, Ct));
    }

    [Theory, OnBothBackends]
    public async Task Built_in_and_used_types_cannot_be_deleted_but_made_inactive(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var service = new ActivityTypeService(some.Db);
        var lunch = (await service.All(some.Member, Ct)).Single(type => type.Key == "lunch");
        var (used, unused) =
            (await service.Create(some.Admin, new() { Name = "Used" }, Ct), await service.Create(some.Admin, new() { Name = "Unused" },
                Ct));
        await new ActivityService(some.Db).Create(some.Member, new() { Type = used.Key }, Ct);

        Assert.Equal(ProblemCode.Conflict,
            (await Assert.ThrowsAsync<ProblemException>(() => service.Delete(some.Admin, lunch.Id, null, Ct))).Problem.Code);
        Assert.Equal(ProblemCode.Conflict,
            (await Assert.ThrowsAsync<ProblemException>(() => service.Delete(some.Admin, used.Id, null, Ct))).Problem.Code);
        await service.Delete(some.Admin, unused.Id, null, Ct);
        await service.Update(some.Admin, lunch.Id, new() { IsActive = false }, Ct);

        Assert.DoesNotContain(await service.All(some.Member, Ct), type => type.Key == "unused");
        Assert.Equal(["type"], await Around.Refused(() => new ActivityService(some.Db).Create(some.Member, new() { Type = "lunch" }, Ct)));
    }

    [Theory, OnBothBackends]
    public async Task Members_use_types_and_do_not_change_them(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var service = new ActivityTypeService(some.Db);

        var refusal = await Assert.ThrowsAsync<ProblemException>(() => service.Create(some.Member, new() { Name = "Mine" }, Ct));
        var bad = await Around.Refused(() => service.Create(some.Admin, new() { Name = " ", Color = "red", Position = -1 }, Ct));

        Assert.Equal(ProblemCode.Forbidden, refusal.Problem.Code);
        Assert.Equal(["name", "color", "position"], bad);
    }
}
