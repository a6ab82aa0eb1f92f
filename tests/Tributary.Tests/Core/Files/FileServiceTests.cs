using System.Security.Cryptography;
using System.Text;
using Tributary.Core.Activities;
using Tributary.Core.Files;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Files;

public sealed class FileServiceTests : IDisposable
{
    private readonly string root = Leftovers.Folder();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory, OnBothBackends]
    public async Task What_is_uploaded_is_what_is_downloaded(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some);
        var service = Service(some);
        var bytes = Encoding.UTF8.GetBytes("%PDF-1.7 " + new string('x', 300_000));

        var file = await service.Upload(some.Member, new() { Name = "Offer.pdf", DealId = deal.Id, Description = "First offer" },
            new MemoryStream(bytes), Ct);
        using var opened = (await service.Open(some.Admin, file.Id, Ct)).Content;
        using var copy = new MemoryStream();
        await opened.CopyToAsync(copy, Ct);

        Assert.Equal(bytes, copy.ToArray());
        Assert.Equal(("application/pdf", bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), some.Member.UserId),
            (file.ContentType, file.SizeBytes, file.Sha256, file.UserId));
        Assert.Equal(file, await service.Get(some.Admin, file.Uid, Ct));
        Assert.Equal([file],
            (await service.List(some.Member, new() { Condition = Condition.Equal("deal_id", deal.Id), Sort = [new("updated_at")] },
                Ct)).Items);
        Assert.Equal(1, (await Around.Reload(some, deal)).FilesCount);
    }

    [Theory, OnBothBackends]
    public async Task No_name_of_a_client_reaches_the_disk(Backend backend)
    {
        var some = await Some.Workspace(backend);

        var file = await Service(some).Upload(some.Admin, new() { Name = "../../etc/passwd" }, Bytes("x"), Ct);

        var stored = Path.GetRelativePath(root, Assert.Single(Disk()));
        Assert.Matches($"^{some.Workspace.Uid:N}/[0-9a-f]{{2}}/[0-9a-f]{{32}}$", stored.Replace(Path.DirectorySeparatorChar, '/'));
        Assert.Equal("../../etc/passwd", file.Name);
    }

    [Theory, OnBothBackends]
    public async Task A_file_that_is_too_large_or_refused_leaves_nothing_behind(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var service = Service(some, maxBytes: 10);

        var tooLarge =
            await Assert.ThrowsAsync<ProblemException>(() =>
                service.Upload(some.Admin, new() { Name = "a.txt" }, Bytes("12345678901"), Ct));
        var refused =
            await Around.Refused(() => service.Upload(some.Admin,
                new() { Name = "a\nb.txt", DealId = 999_999_999, ProductId = 999_999_998 }, Bytes("x"), Ct));
        await service.Upload(some.Admin, new() { Name = "a.txt" }, Bytes("1234567890"), Ct);

        Assert.Equal(ProblemCode.TooLarge, tooLarge.Problem.Code);
        Assert.Equal(["deal_id", "product_id", "name"], refused);
        Assert.Single(Disk());
    }

    [Theory, OnBothBackends]
    public async Task A_deleted_file_keeps_its_bytes_until_it_is_purged(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some);
        var service = Service(some);
        var file = await service.Upload(some.Admin, new() { Name = "a.txt", DealId = deal.Id }, Bytes("x"), Ct);

        await service.Delete(some.Admin, file.Id, Ct);
        await Around.IsNotFound(() => service.Open(some.Admin, file.Id, Ct));
        Assert.Equal(0, (await Around.Reload(some, deal)).FilesCount);

        await service.Restore(some.Admin, file.Id, Ct);
        Assert.Equal(1, (await Around.Reload(some, deal)).FilesCount);

        await service.Purge(some.Admin, file.Id, Ct);
        await Around.IsNotFound(() => service.Get(some.Admin, file.Id, Ct));
        Assert.Empty(Disk());
    }

    [Theory, OnBothBackends]
    public async Task Only_bytes_without_a_row_are_swept_and_not_before_a_day(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some);
        var service = Service(some);
        var kept = await service.Upload(some.Admin, new() { Name = "kept.txt" }, Bytes("x"), Ct);
        await service.Upload(some.Admin, new() { Name = "gone.txt", DealId = deal.Id }, Bytes("x"), Ct);
        await new Tributary.Core.Deals.DealService(some.Db).Purge(some.Admin, deal.Id, Ct);
        var sweep = new FileSweepJob(some.Db, Folder());

        Assert.Equal(0, await sweep.Step(Ct));
        TestClock.Instance.Advance(FileSweepJob.Grace + TimeSpan.FromMinutes(1));

        Assert.Equal(1, await sweep.Step(Ct));
        (await service.Open(some.Admin, kept.Id, Ct)).Content.Dispose();
    }

    [Theory, OnBothBackends]
    public async Task A_key_of_the_clients_own_storage_is_kept_and_never_opened(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some);
        var service = Service(some);

        var file =
            await service.Link(some.Admin,
                new() { Name = "Rfp.docx", DealId = deal.Id, StorageKey = "s3/bucket/../x", RemoteLocation = "s3", SizeBytes = 12 }, Ct);
        var refusal = await Assert.ThrowsAsync<ProblemException>(() => service.Open(some.Admin, file.Id, Ct));

        Assert.Equal(("s3/bucket/../x", "s3", 12, false), (file.StorageKey, file.RemoteLocation, file.SizeBytes, file.IsLocal));
        Assert.Equal(ProblemCode.Conflict, refusal.Problem.Code);
        Assert.Equal(["storage_key"],
            await Around.Refused(() => service.Link(some.Admin,
                new() { Name = "x", StorageKey = "local/aa/00000000000000000000000000000000" }, Ct)));
    }

    [Theory, OnBothBackends]
    public async Task Whoever_does_not_see_the_deal_sees_nothing_of_its_files(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some, visibleTo: 1);
        var service = Service(some);
        var file = await service.Upload(some.Admin, new() { Name = "a.txt", DealId = deal.Id }, Bytes("x"), Ct);

        await Around.IsNotFound(() => service.Open(some.Member, file.Id, Ct));
        await Around.IsNotFound(() => service.Update(some.Member, file.Id, new() { Name = "b.txt" }, Ct));
        await Around.IsNotFound(() => service.Get(some.Outsider, file.Id, Ct));
        Assert.Empty((await service.List(some.Member, new(), Ct)).Items);
    }

    [Theory, OnBothBackends]
    public async Task A_file_of_an_activity_hangs_on_what_the_activity_hangs_on(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some, visibleTo: 1);
        var activity = await new ActivityService(some.Db).Create(some.Admin, new() { DealId = deal.Id }, Ct);

        var file = await Service(some).Upload(some.Admin, new() { Name = "a.txt", ActivityId = activity.Id }, Bytes("x"), Ct);

        Assert.Equal(deal.Id, file.DealId);
        Assert.Equal(["activity_id"],
            await Around.Refused(() => Service(some)
                .Upload(some.Member, new() { Name = "b.txt", ActivityId = activity.Id }, Bytes("x"), Ct)));
    }

    [Theory, OnBothBackends]
    public async Task A_file_is_renamed_and_described(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var service = Service(some);
        var file = await service.Upload(some.Admin, new() { Name = "a.txt" }, Bytes("x"), Ct);

        var renamed = await service.Update(some.Admin, file.Id, new() { Name = "Brief.txt", Description = "What they want" }, Ct);

        Assert.Equal(("Brief.txt", "What they want", 2), (renamed.Name, renamed.Description, renamed.Version));
        Assert.Equal(renamed, await service.Get(some.Admin, file.Id, Ct));
        Assert.Equal(["name"], await Around.Refused(() => service.Update(some.Admin, file.Id, new() { Name = new string('x', 256) }, Ct)));
    }

    private FileFolder Folder(long maxBytes = FileFolder.DefaultMaxBytes) => new(root, TestClock.Instance, maxBytes);

    private FileService Service(SomeWorkspace some, long maxBytes = FileFolder.DefaultMaxBytes) => new(some.Db, Folder(maxBytes));

    private string[] Disk() => Directory.GetFiles(root, "*", SearchOption.AllDirectories);

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));
}
