using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Tributary.Core.Deals;
using Tributary.Core.Jobs;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Pipelines;
using Tributary.Core.Storage;
using Tributary.Core.Workspaces;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Api;

/// <summary>Backups made in the app, and who may carry away what (decision 0026).</summary>
public sealed class BackupRoutesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_is_made_downloaded_and_holds_what_there_was()
    {
        await using var own = await OwnDatabase.Open(Backend.Sqlite);
        var (app, client, admin) = await Alone(own);
        var deal = await new DealService(own.Db).Create(admin, new() { Title = "In the copy" }, Ct);

        var (accepted, job) = await client.Post("/api/v1/backups");
        Assert.True(await app.Services.GetRequiredService<JobService>().Step(Ct));
        var uid = job.GetProperty("uid").GetString();
        var file = Path.Combine(Directory.CreateTempSubdirectory("tributary-").FullName, "copy.db");
        using (var answer = await client.GetAsync($"/api/v1/backups/{uid}/file", Ct))
        {
            Assert.Equal(("attachment", "nosniff"),
                (answer.Content.Headers.ContentDisposition!.DispositionType,
                    answer.Headers.GetValues("X-Content-Type-Options").Single()));
            await File.WriteAllBytesAsync(file, await answer.Content.ReadAsByteArrayAsync(Ct), Ct);
        }

        var (_, shelf) = await client.Get("/api/v1/backups");
        var kept = Assert.Single(shelf.GetProperty("data").EnumerateArray());
        Assert.Equal((202, true, uid, 1, new FileInfo(file).Length),
            (accepted, shelf.GetProperty("is_offered").GetBoolean(), kept.GetProperty("uid").GetString(),
                kept.GetProperty("deals").GetInt32(), kept.GetProperty("bytes").GetInt64()));
        Assert.Equal(1, Backup.Verify(file).Workspaces);
        await using var restored = Db.Sqlite(file, TestClock.Instance, Backends.Uids(), SqliteUse.Throwaway);
        Assert.Equal("In the copy", (await new DealService(restored).Get(admin, deal.Id, Ct)).Title);
        var (_, done) = await client.Get($"/api/v1/jobs/{uid}");
        Assert.Equal(("completed", new FileInfo(file).Length), (done.GetProperty("state").GetString(), done.GetProperty("done").GetInt64()));
        await LogSays(client, "backup_made", "backup_downloaded");
    }

    [Fact]
    public async Task Only_the_newest_three_are_kept_and_one_can_be_deleted()
    {
        await using var own = await OwnDatabase.Open(Backend.Sqlite);
        var (app, client, _) = await Alone(own);
        var made = new List<string>();
        for (var n = 0; n < 4; n++)
        {
            made.Add((await client.Post("/api/v1/backups")).Json.GetProperty("uid").GetString()!);
            await app.Services.GetRequiredService<JobService>().Step(Ct);
            TestClock.Instance.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(made.Skip(1).Reverse(), await Uids(client));
        Assert.Equal(204, (await client.Delete($"/api/v1/backups/{made[2]}")).Status);
        Assert.Equal([made[3], made[1]], await Uids(client));
        Assert.Equal(404, (await client.Get($"/api/v1/backups/{made[0]}/file")).Status);
    }

    [Fact]
    public async Task Who_asks_while_one_is_made_is_told_of_that_one()
    {
        await using var own = await OwnDatabase.Open(Backend.Sqlite);
        var (_, client, _) = await Alone(own);

        var (first, second) = (await client.Post("/api/v1/backups"), await client.Post("/api/v1/backups"));

        Assert.Equal(first.Json.GetProperty("uid").GetString(), second.Json.GetProperty("uid").GetString());
    }

    [Theory, OnBothBackends]
    public async Task Where_there_are_other_workspaces_or_postgres_none_is_made_and_an_older_one_is_not_given_out(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var (app, client, _) = await Alone(own);
        var (begun, job) = await client.Post("/api/v1/backups");
        if (backend is Backend.Sqlite) await app.Services.GetRequiredService<JobService>().Step(Ct);
        await New(own, "Another company");

        var uid = backend is Backend.Sqlite ? job.GetProperty("uid").GetString() : Guid.Empty.ToString();
        Assert.Equal(backend is Backend.Sqlite ? 202 : 403, begun);
        var gone = backend is Backend.Sqlite ? 403 : 404;
        Assert.Equal((403, gone, gone),
            ((await client.Post("/api/v1/backups")).Status, (await client.Get($"/api/v1/backups/{uid}/file")).Status,
                (await client.Delete($"/api/v1/backups/{uid}")).Status));
        var (status, shelf) = await client.Get("/api/v1/backups");
        Assert.Equal((200, false, 0),
            (status, shelf.GetProperty("is_offered").GetBoolean(), shelf.GetProperty("data").GetArrayLength()));
        Assert.Contains(backend is Backend.Sqlite ? "several workspaces" : "pg_dump", shelf.GetProperty("refusal").GetString(),
            StringComparison.Ordinal);
    }

    [Theory, OnBothBackends]
    public async Task A_workspace_carries_away_its_own_records_and_files_and_nobody_elses(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var (app, client, admin) = await Alone(own);
        var theirs = await New(own, "Another company");
        await new DealService(own.Db).Create(admin, new() { Title = "Ours" }, Ct);
        await new DealService(own.Db).Create(theirs, new() { Title = "Theirs" }, Ct);
        using var other = await Client(own.Db, app, theirs);
        foreach (var (one, bytes) in new[] { (client, "our bytes"), (other, "their bytes") })
        {
            using var form = new MultipartFormDataContent
            {
                { new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(bytes)), "file", "a.txt" },
            };
            Assert.True((await one.PostAsync("/api/v1/files", form, Ct)).IsSuccessStatusCode);
        }

        using var zip = new System.IO.Compression.ZipArchive(await client.GetStreamAsync("/api/v1/workspace/export.zip", Ct));
        using var deals = new StreamReader(zip.GetEntry("deals.csv")!.Open());
        var text = await deals.ReadToEndAsync(Ct);
        await using var tar = new TarReader(await client.GetStreamAsync("/api/v1/workspace/files.tar", Ct));
        var file = (await tar.GetNextEntryAsync(copyData: true, Ct))!;

        Assert.Equal(["deals.csv", "organizations.csv", "persons.csv", "products.csv", "activities.csv"],
            zip.Entries.Select(entry => entry.Name));
        Assert.Contains("Ours", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Theirs", text, StringComparison.Ordinal);
        Assert.StartsWith("files/", file.Name, StringComparison.Ordinal);
        Assert.Equal("our bytes", await new StreamReader(file.DataStream!).ReadToEndAsync(Ct));
        Assert.Null(await tar.GetNextEntryAsync(cancellationToken: Ct));
    }

    [Fact]
    public async Task Only_admins_carry_anything_away()
    {
        await using var own = await OwnDatabase.Open(Backend.Sqlite);
        var (app, _, admin) = await Alone(own);
        using var manager = await Client(own.Db, app, await Some.User(own.Db, admin.Workspace, "Mia Manager", Role.Manager));

        foreach (var path in new[] { "backups", $"backups/{Guid.Empty}/file", "workspace/export.zip", "workspace/files.tar" })
        {
            Assert.Equal(403, (await manager.Get($"/api/v1/{path}")).Status);
        }
        Assert.Equal(403, (await manager.Post("/api/v1/backups")).Status);
    }

    private static async Task LogSays(HttpClient client, params string[] actions)
    {
        var (_, log) = await client.Get("/api/v1/events/newest?subject=workspace&limit=2");
        Assert.Equal(actions, log.GetProperty("data").EnumerateArray().Reverse().Select(line => line.GetProperty("action").GetString()));
    }

    private static async Task<IEnumerable<string?>> Uids(HttpClient client) =>
        (await client.Get("/api/v1/backups")).Json.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("uid").GetString());

    /// <summary>A server whose database holds one workspace.</summary>
    private static async Task<(WebApplication, HttpClient, Caller)> Alone(OwnDatabase own)
    {
        var app = await TestServers.Start(own.Db);
        var admin = await New(own, "Only company");
        return (app, await Client(own.Db, app, admin), admin);
    }

    private static async Task<Caller> New(OwnDatabase own, string name)
    {
        var given = new NewWorkspace { Name = name, BaseCurrency = "EUR", Admin = new() { Name = "Ada", Email = "ada@some.test" } };
        var created = await new WorkspaceService(own.Db).Create(given, Ct);
        var admin = await Some.CallerOf(own.Db, created.Workspace.Id, created.Admin.Id);
        await new PipelineService(own.Db).Create(admin, new() { Name = "Sales" }, [new() { Name = "Qualified" }], Ct);
        return admin;
    }

    private static async Task<HttpClient> Client(Db db, WebApplication app, Caller caller)
    {
        var client = TestServers.Anonymous(app);
        var key = await new KeyService(db, RandomNumberGenerator.Fill)
            .Create(caller with { Role = Role.Admin },
                new() { Dialect = "native", Name = "test", UserId = caller.UserId, Scopes = ["*"] }, Ct);
        client.DefaultRequestHeaders.Authorization = new("Bearer", key.Token);
        return client;
    }
}
