using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

/// <summary>
/// A row that refers to another holds it by its key until the transaction ends. Who then locks that other row must not
/// wait for those who only refer to it. https://www.postgresql.org/docs/15/explicit-locking.html#LOCKING-ROWS
/// </summary>
public sealed class LockTests
{
    [Theory, OnBothBackends]
    public async Task Two_who_hang_something_on_one_deal_at_once_both_succeed(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await new DealService(some.Db).Create(some.Admin, new() { Title = "Harbour refit" }, CancellationToken.None);
        var (manager, member) = (new TaskCompletionSource(), new TaskCompletionSource());

        await Task.WhenAll(Follow(some.Manager, manager, member.Task), Follow(some.Member, member, manager.Task));

        Assert.Equal(deal.FollowersCount + 2,
            (await new DealService(some.Db).Get(some.Admin, deal.Id, CancellationToken.None)).FollowersCount);

        async Task Follow(Caller user, TaskCompletionSource inserted, Task otherInserted)
        {
            await using var tx = await some.Db.Write(some.Id, CancellationToken.None);
            await DealPeopleStore.AddFollower(tx, user, deal.Id, user.UserId!.Value);
            inserted.SetResult();
            // SQLite lets the second begin only when the first has ended.
            if (tx.Sql.IsPostgres) await otherInserted;
            await DealSaving.Touch(tx, deal.Id);
            await tx.Commit();
        }
    }

    [Theory, OnPostgres]
    public async Task A_user_can_be_locked_while_a_row_that_names_them_is_being_inserted(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await using var seller = await some.Db.Write(some.Id, CancellationToken.None);
        await using var admin = await some.Db.Write(some.Id, CancellationToken.None);

        await DealService.Create(seller, some.Admin, new() { Title = "Harbour refit", OwnerId = some.Member.UserId });
        await admin.Run("SET LOCAL lock_timeout = 1", new { });
        var locked = await admin.One<long>($"SELECT id FROM users WHERE workspace_id = @Workspace AND id = @UserId {admin.Sql.ForUpdate}",
            new { admin.Workspace, some.Member.UserId });

        Assert.Equal(some.Member.UserId, locked);
    }
}
