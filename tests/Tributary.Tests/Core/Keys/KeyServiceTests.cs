using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Log;
using Tributary.Core.Storage;
using Tributary.Core.Users;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Keys;

public sealed class KeyServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_key_speaks_for_its_user_in_its_workspace_through_its_dialect(Backend backend)
    {
        var (some, keys) = await Arrange(backend);
        var created = await keys.Create(some.Admin,
            new() { Dialect = "pipedrive", Name = "Script", UserId = some.Member.UserId, Scopes = ["deals:write"] }, Ct);

        var caller = await keys.Resolve("pipedrive", created.Token, null, null, Ct);

        Assert.Equal(some.Member with { Dialect = "pipedrive", Scopes = ["deals:write"], KeyId = created.Key.Id }, caller);
    }

    [Theory, OnBothBackends]
    public async Task A_credential_belongs_to_one_dialect_and_opens_nothing_else(Backend backend)
    {
        var (some, keys) = await Arrange(backend);
        string[] dialects = ["native", "pipedrive", "automatenexus", "switch", "ysuite"];

        foreach (var own in dialects)
        {
            var created = await keys.Create(some.Admin, new() { Dialect = own, Name = own }, Ct);
            foreach (var asked in dialects.Append("cpod").Append("web"))
            {
                var caller = await keys.Resolve(asked, created.Token, created.Secret, null, Ct);
                Assert.Equal(asked == own, caller is not null);
            }
        }
    }

    [Theory, OnBothBackends]
    public async Task A_caller_has_the_users_group_and_all_groups_above_it(Backend backend)
    {
        var (some, keys) = await Arrange(backend);
        var groups = new GroupService(some.Db);
        var company = await groups.Create(some.Admin, "Company", null, Ct);
        var region = await groups.Create(some.Admin, "Region", company.Id, Ct);
        var team = await groups.Create(some.Admin, "Team", region.Id, Ct);
        var created = await keys.Create(some.Member, new() { Dialect = "native", Name = "Mine" }, Ct);
        await new UserService(some.Db).Update(some.Admin, some.Member.UserId!.Value, new() { GroupId = region.Id }, Ct);

        var caller = await keys.Resolve("native", created.Token, null, null, Ct);

        Assert.Equal(region.Id, caller!.GroupId);
        Assert.Equal((Seq<long>)[region.Id, company.Id], caller.GroupsAbove);
        Assert.DoesNotContain(team.Id, caller.GroupsAbove);
    }

    [Theory, OnBothBackends]
    public async Task Revoking_a_key_shuts_it_out_at_once_although_it_was_just_used(Backend backend)
    {
        var (some, keys) = await Arrange(backend);
        var created = await keys.Create(some.Admin, new() { Dialect = "native", Name = "Leaked" }, Ct);
        Assert.NotNull(await keys.Resolve("native", created.Token, null, null, Ct));

        await keys.Revoke(some.Admin, created.Key.Id, Ct);

        Assert.Null(await keys.Resolve("native", created.Token, null, null, Ct));
        Assert.NotNull((await keys.List(some.Admin, Ct)).Single(key => key.Id == created.Key.Id).RevokedAt);
    }

    [Theory, OnBothBackends]
    public async Task A_key_revoked_by_another_server_is_shut_out_within_a_second(Backend backend)
    {
        var (some, keys) = await Arrange(backend);
        var created = await keys.Create(some.Admin, new() { Dialect = "native", Name = "Elsewhere" }, Ct);
        Assert.NotNull(await keys.Resolve("native", created.Token, null, null, Ct));

        // What another process's revocation leaves in the database, without this process's cache being told.
        await using (var tx = await some.Db.Write(some.Id, Ct))
        {
            await KeyStore.Revoke(tx, created.Key.Id);
            await tx.Run("UPDATE workspaces SET catalog_version = catalog_version + 1 WHERE id = @Workspace", new { tx.Workspace });
            await tx.Commit();
        }
        TestClock.Instance.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await keys.Resolve("native", created.Token, null, null, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_key_of_a_deactivated_user_opens_nothing(Backend backend)
    {
        var (some, keys) = await Arrange(backend);
        var created = await keys.Create(some.Member, new() { Dialect = "native", Name = "Mine" }, Ct);
        Assert.NotNull(await keys.Resolve("native", created.Token, null, null, Ct));

        await new UserService(some.Db).Update(some.Admin, some.Member.UserId!.Value, new() { IsActive = false }, Ct);

        Assert.Null(await keys.Resolve("native", created.Token, null, null, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_changed_role_counts_from_the_next_request_on(Backend backend)
    {
        var (some, keys) = await Arrange(backend);
        var created = await keys.Create(some.Member, new() { Dialect = "native", Name = "Mine" }, Ct);
        Assert.Equal(Role.Member, (await keys.Resolve("native", created.Token, null, null, Ct))!.Role);

        await new UserService(some.Db).Update(some.Admin, some.Member.UserId!.Value, new() { Role = Role.Manager }, Ct);

        Assert.Equal(Role.Manager, (await keys.Resolve("native", created.Token, null, null, Ct))!.Role);
    }

    [Theory, OnBothBackends]
    public async Task A_key_expires_to_the_millisecond(Backend backend)
    {
        var (some, keys) = await Arrange(backend);
        var created = await keys.Create(some.Admin,
            new() { Dialect = "native", Name = "Short", ExpiresAt = TestClock.Start.AddHours(1) }, Ct);

        TestClock.Instance.Set(TestClock.Start.AddHours(1).AddMilliseconds(-1));
        Assert.NotNull(await keys.Resolve("native", created.Token, null, null, Ct));
        TestClock.Instance.Set(TestClock.Start.AddHours(1));
        Assert.Null(await keys.Resolve("native", created.Token, null, null, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_rotated_key_opens_with_its_new_text_only(Backend backend)
    {
        var (some, keys) = await Arrange(backend);
        var former = await keys.Create(some.Admin, new() { Dialect = "ysuite", Name = "Pair" }, Ct);
        Assert.NotNull(await keys.Resolve("ysuite", former.Token, former.Secret, null, Ct));

        var rotated = await keys.Rotate(some.Admin, former.Key.Id, Ct);

        Assert.Equal(former.Key.Id, rotated.Key.Id);
        Assert.Null(await keys.Resolve("ysuite", former.Token, former.Secret, null, Ct));
        Assert.Null(await keys.Resolve("ysuite", rotated.Token, former.Secret, null, Ct));
        Assert.NotNull(await keys.Resolve("ysuite", rotated.Token, rotated.Secret, null, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_text_known_in_one_workspace_cannot_become_a_key_of_another(Backend backend)
    {
        var (some, keys) = await Arrange(backend);
        var token = $"fixed-{some.Id}";
        await keys.Create(some.Admin, new() { Dialect = "native", Name = "First", Token = token }, Ct);

        var refusal = await Assert.ThrowsAsync<ProblemException>(() =>
            keys.Create(some.Outsider, new() { Dialect = "native", Name = "Second", Token = token }, Ct));

        Assert.Equal(ProblemCode.Conflict, refusal.Problem.Code);
        Assert.Equal(some.Id, (await keys.Resolve("native", token, null, null, Ct))!.Workspace);
    }

    [Theory, OnBothBackends]
    public async Task Another_workspaces_key_cannot_be_found_revoked_or_rotated(Backend backend)
    {
        var (some, keys) = await Arrange(backend);
        var created = await keys.Create(some.Admin, new() { Dialect = "native", Name = "Ours" }, Ct);

        Assert.DoesNotContain(await keys.List(some.Outsider, Ct), key => key.Id == created.Key.Id);
        await AssertNotFound(() => keys.Revoke(some.Outsider, created.Key.Id, Ct));
        await AssertNotFound(() => keys.Rotate(some.Outsider, created.Key.Id, Ct));
        await AssertNotFound(() => keys.Revoke(some.Member, created.Key.Id, Ct));
        Assert.NotNull(await keys.Resolve("native", created.Token, null, null, Ct));
    }

    [Theory, OnBothBackends]
    public async Task Nobody_hands_on_more_than_they_have(Backend backend)
    {
        var (some, keys) = await Arrange(backend);
        var narrow = some.Admin with { Scopes = ["keys:write", "deals:write"] };

        await AssertForbidden(() => keys.Create(narrow, new() { Dialect = "native", Name = "Wide", Scopes = ["*"] }, Ct));
        await AssertForbidden(() => keys.Create(some.Member, new() { Dialect = "native", Name = "Boss", UserId = some.Admin.UserId }, Ct));
        var created = await keys.Create(narrow, new() { Dialect = "native", Name = "Narrow", Scopes = ["deals:read"] }, Ct);

        Assert.Equal((Seq<string>)["deals:read"], created.Key.Scopes);
    }

    [Theory, OnBothBackends]
    public async Task The_use_of_a_key_is_written_once_a_minute(Backend backend)
    {
        var (some, keys) = await Arrange(backend);
        var created = await keys.Create(some.Admin, new() { Dialect = "native", Name = "Busy" }, Ct);
        Assert.Null(await LastUsed());

        await keys.Resolve("native", created.Token, null, null, Ct);
        Assert.Equal(TestClock.Start, await LastUsed());
        TestClock.Instance.Advance(TimeSpan.FromSeconds(59));
        await keys.Resolve("native", created.Token, null, null, Ct);
        Assert.Equal(TestClock.Start, await LastUsed());
        TestClock.Instance.Advance(TimeSpan.FromSeconds(1));
        await keys.Resolve("native", created.Token, null, null, Ct);
        Assert.Equal(TestClock.Start.AddMinutes(1), await LastUsed());

        async Task<DateTimeOffset?> LastUsed()
        {
            await new KeyUseJob(some.Db).Step(Ct);
            return (await keys.List(some.Admin, Ct)).Single(key => key.Id == created.Key.Id).LastUsedAt;
        }
    }

    [Theory, OnBothBackends]
    public async Task Neither_the_log_nor_the_tables_hold_a_keys_text(Backend backend)
    {
        var (some, keys) = await Arrange(backend);
        var created = await keys.Create(some.Admin, new() { Dialect = "ysuite", Name = "Secret" }, Ct);

        await using var tx = await some.Db.Read(some.Id, Ct);
        var logged = await EventStore.OfSubject(tx, "api_key", created.Key.Id, null, 10);
        var hashes = await KeyStore.FindHashes(tx, created.Key.Id);

        var line = Assert.Single(logged);
        Assert.DoesNotContain(line.Changes, change => $"{change.New}".Contains(created.Token, StringComparison.Ordinal)
            || $"{change.New}".Contains(created.Secret!, StringComparison.Ordinal));
        Assert.Equal((ApiToken.Hash(created.Token), ApiToken.Hash(created.Secret!)), (hashes!.Hash, hashes.SecretHash));
        Assert.StartsWith(created.Key.Prefix, created.Token, StringComparison.Ordinal);
        Assert.True(created.Key.Prefix.Length * 3 <= created.Token.Length);
    }

    [Theory, OnBothBackends]
    public async Task Texts_that_are_nobodys_key_resolve_to_nobody(Backend backend)
    {
        var (_, keys) = await Arrange(backend);

        foreach (var text in (string[])["", " ", "unknown", "'; DROP TABLE api_keys", "\0", "\uD800", new string('x', 100_000)])
        {
            Assert.Null(await keys.Resolve("native", text, null, null, Ct));
        }
    }

    private static async Task<(SomeWorkspace Some, KeyService Keys)> Arrange(Backend backend)
    {
        var some = await Some.Workspace(backend);
        return (some, new(some.Db, SeededRandom.Of((int)some.Id)));
    }

    private static async Task AssertNotFound(Func<Task> ask) =>
        Assert.Equal(ProblemCode.NotFound, (await Assert.ThrowsAsync<ProblemException>(ask)).Problem.Code);

    private static async Task AssertForbidden(Func<Task> ask) =>
        Assert.Equal(ProblemCode.Forbidden, (await Assert.ThrowsAsync<ProblemException>(ask)).Problem.Code);
}
