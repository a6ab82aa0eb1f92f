using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Users;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Users;

public sealed class UserServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_changed_user_is_seen_at_once_and_told_in_the_log(Backend backend)
    {
        var (some, users) = await Arrange(backend);
        var id = some.Member.UserId!.Value;

        var after = await users.Update(some.Admin, id, new() { Name = "Samira", Role = Role.Manager, Phone = "+43 1" }, Ct);

        Assert.Equal(after, await users.Get(some.Member, id, Ct));
        await using var tx = await some.Db.Read(some.Id, Ct);
        var line = (await EventStore.OfSubject(tx, "user", id, null, 10))[0];
        Assert.Equal(("updated", some.Admin.UserId), (line.Action, line.ActorId));
        Assert.Equal(["name", "role", "phone"], line.Changes.Select(change => change.Field));
        Assert.Equal(("member", "manager"), (line.Changes[1].Old!.Value.GetString(), line.Changes[1].New!.Value.GetString()));
    }

    [Theory, OnBothBackends]
    public async Task An_address_belongs_to_one_user_of_a_workspace_whatever_its_case(Backend backend)
    {
        var (some, users) = await Arrange(backend);
        var taken = (await users.Get(some.Admin, some.Member.UserId!.Value, Ct)).Email.ToUpperInvariant();

        var created = await Assert.ThrowsAsync<ProblemException>(() =>
            users.Create(some.Admin, new() { Name = "Twin", Email = taken }, Ct));
        var changed = await Assert.ThrowsAsync<ProblemException>(() =>
            users.Update(some.Admin, some.Manager.UserId!.Value, new() { Email = taken }, Ct));

        Assert.Equal((ProblemCode.Conflict, "email"), (created.Problem.Code, Assert.Single(created.Problem.Fields).Field));
        Assert.Equal((ProblemCode.Conflict, "email"), (changed.Problem.Code, Assert.Single(changed.Problem.Fields).Field));
    }

    [Theory, OnBothBackends]
    public async Task At_least_one_active_admin_remains(Backend backend)
    {
        var (some, users) = await Arrange(backend);
        var (admin, manager) = (some.Admin.UserId!.Value, some.Manager.UserId!.Value);

        await AssertRefused(ProblemCode.Conflict, () => users.Update(some.Admin, admin, new() { IsActive = false }, Ct));
        await AssertRefused(ProblemCode.Conflict, () => users.Update(some.Admin, admin, new() { Role = Role.Member }, Ct));
        await users.Update(some.Admin, manager, new() { Role = Role.Admin }, Ct);
        await users.Update(some.Admin, admin, new() { IsActive = false }, Ct);

        await AssertRefused(ProblemCode.Conflict, () => users.Update(Caller.System(some.Id), manager, new() { IsActive = false }, Ct));
    }

    [Theory, OnBothBackends]
    public async Task Two_admins_who_deactivate_each_other_at_once_leave_one(Backend backend)
    {
        var (some, users) = await Arrange(backend);
        var (first, second) = (some.Admin.UserId!.Value, some.Manager.UserId!.Value);
        await users.Update(some.Admin, second, new() { Role = Role.Admin }, Ct);

        var outcomes = await Task.WhenAll(Deactivate(first), Deactivate(second));

        Assert.Single(outcomes, done => done);
        Assert.Single(await users.List(some.Member, Ct), user => user is { Role: Role.Admin, IsActive: true });

        async Task<bool> Deactivate(long id) => await Record.ExceptionAsync(() =>
            users.Update(some.Admin, id, new() { IsActive = false }, Ct)) is null;
    }

    [Theory, OnBothBackends]
    public async Task People_change_their_own_profile_and_nothing_else(Backend backend)
    {
        var (some, users) = await Arrange(backend);
        var own = some.Member.UserId!.Value;

        Assert.Equal("Me", (await users.Update(some.Member, own, new() { Name = "Me", TimeZone = "Asia/Tokyo" }, Ct)).Name);
        await AssertRefused(ProblemCode.Forbidden, () => users.Update(some.Member, own, new() { Role = Role.Admin }, Ct));
        await AssertRefused(ProblemCode.Forbidden, () => users.Update(some.Member, some.Admin.UserId!.Value, new() { Name = "Him" }, Ct));
        await AssertRefused(ProblemCode.Forbidden, () => users.Create(some.Manager, new() { Name = "New", Email = "new@some.test" }, Ct));
        await AssertRefused(ProblemCode.Forbidden, () => users.SetPasswordHash(some.Member with { Scopes = ["read"] }, own, "hash", Ct));
    }

    [Theory, OnBothBackends]
    public async Task Another_workspaces_users_and_groups_do_not_exist(Backend backend)
    {
        var (some, users) = await Arrange(backend);
        var groups = new GroupService(some.Db);
        var group = await groups.Create(some.Admin, "Ours", null, Ct);
        var theirs = some.Outsider.UserId!.Value;

        await AssertRefused(ProblemCode.NotFound, () => users.Get(some.Admin, theirs, Ct));
        await AssertRefused(ProblemCode.NotFound, () => users.Update(some.Admin, theirs, new() { Name = "Ours" }, Ct));
        await AssertRefused(ProblemCode.NotFound, () => users.SetPasswordHash(some.Admin, theirs, "hash", Ct));
        await AssertRefused(ProblemCode.NotFound, () => groups.Update(some.Outsider, group.Id, new() { Name = "Theirs" }, Ct));
        await AssertRefused(ProblemCode.NotFound, () => groups.Delete(some.Outsider, group.Id, null, Ct));
        await AssertRefused(ProblemCode.Invalid, () => groups.Create(some.Outsider, "Below", group.Id, Ct));
        await AssertRefused(ProblemCode.Invalid, () =>
            users.Create(some.Outsider, new() { Name = "Spy", Email = $"spy{some.Id}@some.test", GroupId = group.Id }, Ct));
        Assert.DoesNotContain(await users.List(some.Admin, Ct), user => user.Id == theirs);
    }

    [Theory, OnBothBackends]
    public async Task A_group_goes_when_it_is_empty(Backend backend)
    {
        var (some, users) = await Arrange(backend);
        var groups = new GroupService(some.Db);
        var parent = await groups.Create(some.Admin, "Parent", null, Ct);
        var child = await groups.Create(some.Admin, "Child", parent.Id, Ct);
        await users.Update(some.Admin, some.Member.UserId!.Value, new() { GroupId = child.Id }, Ct);

        await AssertRefused(ProblemCode.Conflict, () => groups.Delete(some.Admin, parent.Id, null, Ct));
        await AssertRefused(ProblemCode.Conflict, () => groups.Delete(some.Admin, child.Id, null, Ct));
        await AssertRefused(ProblemCode.Invalid, () => groups.Update(some.Admin, parent.Id, new() { ParentId = child.Id }, Ct));
        await users.Update(some.Admin, some.Member.UserId!.Value, new() { GroupId = (long?)null }, Ct);
        await groups.Delete(some.Admin, child.Id, null, Ct);
        await groups.Delete(some.Admin, parent.Id, null, Ct);

        Assert.Empty(await groups.List(some.Admin, Ct));
    }

    private static async Task<(SomeWorkspace Some, UserService Users)> Arrange(Backend backend)
    {
        var some = await Some.Workspace(backend);
        return (some, new(some.Db));
    }

    private static async Task AssertRefused(ProblemCode code, Func<Task> ask) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<ProblemException>(ask)).Problem.Code);
}
