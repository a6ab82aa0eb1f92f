using Tributary.Core.Kernel;
using Tributary.Core.Sessions;
using Tributary.Core.Users;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Sessions;

public sealed class SessionServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task Signing_in_finds_active_users_with_a_password_in_every_workspace(Backend backend)
    {
        var (some, users, sessions) = await Arrange(backend);
        var email = $"both{some.Id}@some.test";
        var here = await users.Create(some.Admin, new() { Name = "Here", Email = email, PasswordHash = "one" }, Ct);
        var there = await users.Create(some.Outsider, new() { Name = "There", Email = email, PasswordHash = "two" }, Ct);
        Assert.Equal(["one", "two"], (await sessions.Find(email.ToUpperInvariant(), Ct)).Select(found => found.PasswordHash).Order());

        await users.Update(some.Outsider, there.Id, new() { IsActive = false }, Ct);
        var only = Assert.Single(await sessions.Find(email, Ct));
        Assert.Equal((some.Id, some.Workspace.Uid, here.Id), (only.Workspace, only.WorkspaceUid, only.UserId));
        await users.SetPasswordHash(some.Admin, here.Id, null, Ct);
        Assert.Empty(await sessions.Find(email, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_changed_address_signs_in_and_the_former_one_does_not(Backend backend)
    {
        var (some, users, sessions) = await Arrange(backend);
        var (former, changed) = ($"former{some.Id}@some.test", $"changed{some.Id}@some.test");
        var user = await users.Create(some.Admin, new() { Name = "Movable", Email = former, PasswordHash = "hash" }, Ct);

        await users.Update(some.Admin, user.Id, new() { Email = changed }, Ct);

        Assert.Empty(await sessions.Find(former, Ct));
        Assert.Single(await sessions.Find(changed, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_session_speaks_for_its_user_until_it_is_ended(Backend backend)
    {
        var (some, users, sessions) = await Arrange(backend);
        var (user, begun) = await SignIn(some, users, sessions);

        var caller = await sessions.Resolve(begun.Token, Ct);
        Assert.Equal((some.Id, user.Id, Role.Member, "web", (long?)begun.Session.Id),
            (caller!.Workspace, caller.UserId, caller.Role, caller.Dialect, caller.SessionId));
        Assert.Equal(TestClock.Start, (await users.Get(some.Admin, user.Id, Ct)).LastLoginAt);
        await sessions.End(caller, begun.Session.Id, Ct);

        Assert.Null(await sessions.Resolve(begun.Token, Ct));
        Assert.Null(await sessions.Resolve("tribs_nobody", Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_new_password_ends_the_other_sessions_and_not_the_one_that_set_it(Backend backend)
    {
        var (some, users, sessions) = await Arrange(backend);
        var (user, kept) = await SignIn(some, users, sessions);
        var other = (await sessions.Begin(Assert.Single(await sessions.Find(user.Email, Ct)), null, null, Ct))!;

        await users.SetPasswordHash(kept.Caller, user.Id, "two", Ct);

        Assert.NotNull(await sessions.Resolve(kept.Token, Ct));
        Assert.Null(await sessions.Resolve(other.Token, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_deactivated_user_is_out_at_once(Backend backend)
    {
        var (some, users, sessions) = await Arrange(backend);
        var (user, begun) = await SignIn(some, users, sessions);
        Assert.NotNull(await sessions.Resolve(begun.Token, Ct));

        await users.Update(some.Admin, user.Id, new() { IsActive = false }, Ct);

        Assert.Null(await sessions.Resolve(begun.Token, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_session_nobody_uses_for_thirty_days_has_ended_and_each_use_prolongs_it(Backend backend)
    {
        var (some, users, sessions) = await Arrange(backend);
        var (user, begun) = await SignIn(some, users, sessions);

        TestClock.Instance.Advance(TimeSpan.FromDays(29));
        Assert.NotNull(await sessions.Resolve(begun.Token, Ct));
        TestClock.Instance.Advance(TimeSpan.FromDays(29));
        Assert.NotNull(await sessions.Resolve(begun.Token, Ct));
        Assert.Equal(TestClock.Start.AddDays(88), Assert.Single(await sessions.List(some.Admin, user.Id, Ct)).ExpiresAt);
        TestClock.Instance.Advance(SessionService.Idle);

        Assert.Null(await sessions.Resolve(begun.Token, Ct));
        Assert.Empty(await sessions.List(some.Admin, user.Id, Ct));
    }

    [Theory, OnBothBackends]
    public async Task Sessions_that_expired_are_forgotten(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var db = own.Db;
        var some = await Some.Workspace(db);
        var (users, sessions) = (new UserService(db), new SessionService(db, SeededRandom.Of(1)));
        await SignIn(some, users, sessions);
        Assert.Equal(0, await new SessionJob(db).Step(Ct));

        TestClock.Instance.Advance(SessionService.Idle);

        Assert.Equal(1, await new SessionJob(db).Step(Ct));
        Assert.Equal(0, await new SessionJob(db).Step(Ct));
    }

    [Theory, OnBothBackends]
    public async Task Everyone_sees_and_ends_their_own_sessions_and_admins_those_of_all(Backend backend)
    {
        var (some, users, sessions) = await Arrange(backend);
        var (user, begun) = await SignIn(some, users, sessions);

        Assert.Equal(begun.Session.Id, Assert.Single(await sessions.List(begun.Caller, null, Ct)).Id);
        await AssertRefused(ProblemCode.NotFound, () => sessions.List(some.Member, user.Id, Ct));
        await AssertRefused(ProblemCode.NotFound, () => sessions.End(some.Member, begun.Session.Id, Ct));
        await AssertRefused(ProblemCode.NotFound, () => sessions.End(some.Outsider, begun.Session.Id, Ct));
        await sessions.End(some.Admin, begun.Session.Id, Ct);

        Assert.Null(await sessions.Resolve(begun.Token, Ct));
    }

    [Theory, OnBothBackends]
    public async Task Signing_out_everywhere_leaves_none_or_the_one_that_asks(Backend backend)
    {
        var (some, users, sessions) = await Arrange(backend);
        var (user, here) = await SignIn(some, users, sessions);
        var there = (await sessions.Begin(Assert.Single(await sessions.Find(user.Email, Ct)), null, null, Ct))!;

        Assert.Equal(1, await sessions.EndAll(here.Caller, keepThis: true, Ct));
        Assert.Null(await sessions.Resolve(there.Token, Ct));
        Assert.NotNull(await sessions.Resolve(here.Token, Ct));
        Assert.Equal(1, await sessions.EndAll(here.Caller, keepThis: false, Ct));

        Assert.Null(await sessions.Resolve(here.Token, Ct));
    }

    private static async Task<(User User, CreatedSession Begun)> SignIn(SomeWorkspace some, UserService users, SessionService sessions)
    {
        var user = await users.Create(some.Admin, new() { Name = "Sid Session", Email = $"sid{some.Id}@some.test", PasswordHash = "one" },
            Ct);
        return (user, (await sessions.Begin(Assert.Single(await sessions.Find(user.Email, Ct)), "A browser", "10.0.0.1", Ct))!);
    }

    private static async Task<(SomeWorkspace Some, UserService Users, SessionService Sessions)> Arrange(Backend backend)
    {
        var some = await Some.Workspace(backend);
        return (some, new(some.Db), new(some.Db, SeededRandom.Of((int)some.Id)));
    }

    private static async Task AssertRefused(ProblemCode code, Func<Task> ask) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<ProblemException>(ask)).Problem.Code);
}
