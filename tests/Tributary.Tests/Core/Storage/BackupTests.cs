using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

public sealed class BackupTests : IAsyncLifetime
{
    private readonly string live = Scratch.File();
    private readonly string copy = Scratch.File();
    private Db db = null!;
    private SomeWorkspace some = null!;

    public async ValueTask InitializeAsync()
    {
        db = Scratch.Sqlite(live);
        await Migrator.Run(db, CancellationToken.None);
        some = await Some.Workspace(db);
        await Deal("first");
    }

    public ValueTask DisposeAsync() => db.DisposeAsync();

    [Fact]
    public async Task A_backup_of_a_serving_database_holds_what_was_committed()
    {
        await using (var change = await db.Write(some.Id, CancellationToken.None))
        {
            await Scratch.AddTag(change, some.Id, "not committed");

            var report = Backup.Write(live, copy, CancellationToken.None);

            Assert.Equal((1L, TestClock.Start), (report.Deals, report.LastChangeAt));
            await change.Commit();
        }

        await using var restored = Scratch.Sqlite(copy);
        Assert.Empty(await Migrator.Run(restored, CancellationToken.None));
        Assert.Equal("first", (await new DealService(restored).Get(some.Admin, 1, CancellationToken.None)).Title);
        Assert.Equal(0, await Scratch.Ask<int>(restored, some.Id, "SELECT COUNT(*) FROM tags"));
        Assert.False(File.Exists(copy + ".partial"));
    }

    [Fact]
    public void A_backup_overwrites_nothing()
    {
        File.WriteAllText(copy, "precious");

        var refusal = Assert.Throws<ProblemException>(() => Backup.Write(live, copy, CancellationToken.None));

        Assert.Equal(ProblemCode.Conflict, refusal.Problem.Code);
        Assert.Equal("precious", File.ReadAllText(copy));
    }

    [Fact]
    public void Damage_and_strange_files_are_found()
    {
        Backup.Write(live, copy, CancellationToken.None);
        using (var stream = File.OpenWrite(copy))
        {
            stream.Seek(stream.Length / 2, SeekOrigin.Begin);
            stream.Write(new byte[20_000]);
        }
        var text = Scratch.File();
        File.WriteAllText(text, new string('x', 5000));

        Assert.Equal(ProblemCode.Invalid, Assert.Throws<ProblemException>(() => Backup.Verify(copy)).Problem.Code);
        Assert.Equal(ProblemCode.Invalid, Assert.Throws<ProblemException>(() => Backup.Verify(text)).Problem.Code);
        Assert.Equal(ProblemCode.NotFound, Assert.Throws<ProblemException>(() => Backup.Verify(text + ".not")).Problem.Code);
    }

    [Fact]
    public async Task A_restored_database_goes_on_where_the_backup_stood()
    {
        Backup.Write(live, copy, CancellationToken.None);
        var place = Scratch.File();

        Backup.Restore(copy, place, evenIfNewer: false);

        await using var restored = Scratch.Sqlite(place);
        var next = await new DealService(restored).Create(some.Admin, new() { Title = "next" }, CancellationToken.None);
        Assert.Equal(2, next.Id);
    }

    [Fact]
    public async Task A_restore_is_refused_over_a_database_that_is_in_use_or_newer_until_that_is_meant()
    {
        Backup.Write(live, copy, CancellationToken.None);
        TestClock.Instance.Advance(TimeSpan.FromMinutes(1));
        await Deal("second");

        var inUse = Assert.Throws<ProblemException>(() => Backup.Restore(copy, live, evenIfNewer: true));
        await db.DisposeAsync();
        var newer = Assert.Throws<ProblemException>(() => Backup.Restore(copy, live, evenIfNewer: false));
        Backup.Restore(copy, live, evenIfNewer: true);

        Assert.Contains("in use", inUse.Message);
        Assert.Contains("09:01:00Z", newer.Message);
        Assert.Equal(1, Backup.Verify(live).Deals);
        Assert.Equal(2, Backup.Verify(live + ".before-restore").Deals);
    }

    private Task<Deal> Deal(string title) => new DealService(db).Create(some.Admin, new() { Title = title }, CancellationToken.None);
}
