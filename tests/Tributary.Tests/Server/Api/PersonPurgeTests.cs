using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Core.Totals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Api;

/// <summary>Who asks to be forgotten is (GDPR, article 17): docs/backup.md, "Erasing what is known of a person".</summary>
public sealed class PersonPurgeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task Nothing_of_a_purged_person_is_left_in_any_table_search_or_export(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var (some, client) = await Begin(own);
        var person = await Life(some, client);
        var (_, other) = await client.Post("/api/v1/persons",
            new { name = "Bystander", emails = new[] { new { value = "by@stander.test" } } });
        Assert.NotEmpty(await Places(own.Db));
        Assert.Contains("zyx", await Archive(client), StringComparison.OrdinalIgnoreCase);

        Assert.Equal(204, (await client.Post($"/api/v1/persons/{person}/purge")).Status);

        Assert.Empty(await Places(own.Db));
        Assert.Empty((await client.Get("/api/v1/search?term=zyxwanda")).Json.GetProperty("data").EnumerateArray());
        Assert.Empty((await client.Get("/api/v1/search?term=zq@elsewhere.test")).Json.GetProperty("data").EnumerateArray());
        Assert.DoesNotContain("zyx", await Archive(client), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("files/", await client.GetStringAsync("/api/v1/workspace/files.tar", Ct), StringComparison.Ordinal);
        Assert.Equal(404, (await client.Get($"/api/v1/persons/{person}")).Status);
        Assert.Equal(200, (await client.Get($"/api/v1/persons/{other.GetProperty("id").GetInt64()}")).Status);
        Assert.Empty(await new TotalsService(own.Db).Verify(Ct));
    }

    [Theory, OnBothBackends]
    public async Task Deals_go_on_without_the_person_and_their_history_says_so(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var (_, client) = await Begin(own);
        var person = await Person(client);
        var (_, deal) = await client.Post("/api/v1/deals", new { title = "Order 7", value = 100, person_id = person });
        var id = deal.GetProperty("id").GetInt64();

        await client.Post($"/api/v1/persons/{person}/purge");

        var (_, left) = await client.Get($"/api/v1/deals/{id}");
        Assert.Equal((JsonValueKind.Null, 100), (left.GetProperty("person_id").ValueKind, left.GetProperty("value").GetInt32()));
        var (_, history) = await client.Get($"/api/v1/deals/{id}/timeline");
        Assert.Contains("person_id", history.GetRawText(), StringComparison.Ordinal);
    }

    [Theory, OnBothBackends]
    public async Task The_log_says_who_purged_whom_without_a_word_about_them_and_once(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var (some, client) = await Begin(own);
        var person = await Person(client);

        var first = (await client.Post($"/api/v1/persons/{person}/purge")).Status;
        var second = (await client.Post($"/api/v1/persons/{person}/purge")).Status;

        var (_, log) = await client.Get($"/api/v1/events/newest?subject=person&subject_id={person}");
        var line = Assert.Single(log.GetProperty("data").EnumerateArray());
        Assert.Equal((204, 204, "purged", some.Admin.UserId, 0),
            (first, second, line.GetProperty("action").GetString(), line.GetProperty("actor_id").GetInt64(),
                line.GetProperty("changes").GetArrayLength()));
    }

    [Theory, OnBothBackends]
    public async Task Only_admins_purge_and_nobody_purges_whom_nobody_knew(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var (some, client) = await Begin(own);
        var person = await Person(client);
        using var manager = await Client(own, some, some.Manager);
        using var stranger = await Client(own, some, some.Admin, "read");

        Assert.Equal(403, (await manager.Post($"/api/v1/persons/{person}/purge")).Status);
        Assert.Equal(403, (await stranger.Post($"/api/v1/persons/{person}/purge")).Status);
        Assert.Equal(404, (await client.Post("/api/v1/persons/999999/purge")).Status);
        Assert.Equal(200, (await client.Get($"/api/v1/persons/{person}")).Status);
    }

    /// <summary>A person in as many places as the program keeps one.</summary>
    private static async Task<long> Life(SomeWorkspace some, HttpClient client)
    {
        await client.Post("/api/v1/fields", new { subject = "person", name = "Alias", type = "varchar", is_indexed = true });
        var person = await Person(client);
        var twin = await Person(client, "Zyxwanda Q. Quill");
        Assert.Equal(200, (await client.Post($"/api/v1/persons/{twin}/merge", new { survivor_id = person })).Status);
        await client.Patch($"/api/v1/persons/{person}", new { job_title = "Zyxwanda's title", notes = "Zyxwanda likes tea" });
        var (_, deal) = await client.Post("/api/v1/deals", new { title = "Order 7", value = 100, person_id = person });
        var id = deal.GetProperty("id").GetInt64();
        await client.Post("/api/v1/notes", new { content = "Zyxwanda called", person_id = person });
        await client.Post("/api/v1/notes", new { content = "A call", person_id = person, deal_id = id });
        var (made, _) = await client.Post("/api/v1/activities", new
        {
            subject = "Call",
            deal_id = id,
            person_id = person,
            participants = new[] { new { person_id = person, primary = true } },
            attendees = new[]
            {
                new { email = "ZQ@elsewhere.test", name = "Zyxwanda Quill" }, new { email = "by@stander.test", name = "Bystander" },
            },
        });
        Assert.Equal(201, made);
        var (sent, _) = await client.Post("/api/v1/mail-messages", new
        {
            subject = "Offer",
            body = "Here it is.",
            direction = "outgoing",
            deal_id = id,
            from = new[] { new { email = "ada@some.test", name = "Ada" } },
            to = new[] { new { email = "zq@elsewhere.test", name = "Zyxwanda Quill" } },
        });
        Assert.Equal(201, sent);
        using var form = new MultipartFormDataContent { { new StringContent($"{person}"), "person_id" } };
        form.Add(new ByteArrayContent("Zyxwanda's passport"u8.ToArray()), "file", "zyxwanda.txt");
        Assert.Equal(HttpStatusCode.Created, (await client.PostAsync("/api/v1/files", form, Ct)).StatusCode);
        await Delivery(some);
        return person;
    }

    private static async Task<long> Person(HttpClient client, string name = "Zyxwanda Quill")
    {
        var (status, person) = await client.Post("/api/v1/persons", new
        {
            name,
            emails = new[] { new { value = "zq@elsewhere.test" } },
            phones = new[] { new { value = "+49 170 5550199" } },
            custom = new { },
        }, ("Idempotency-Key", name));
        Assert.Equal(201, status);
        return person.GetProperty("id").GetInt64();
    }

    /// <summary>What a webhook told a receiver, and what that answered.</summary>
    private static async Task Delivery(SomeWorkspace some)
    {
        await using var tx = await some.Db.Write(some.Id, Ct);
        await tx.Run($"""
            INSERT INTO webhooks (workspace_id, id, uid, dialect, name, url, events, scopes, secret, since_event_id, failures, added_at,
                updated_at, version)
            VALUES (@Workspace, 1, @uid, 'native', '', 'https://receiver.test', {tx.Sql.Json("events")}, {tx.Sql.Json("events")}, 's', 0, 0,
                @Now, @Now, 1)
            """, new { tx.Workspace, uid = tx.NextUid(), events = "[]", tx.Now });
        await tx.Run("""
            INSERT INTO webhook_deliveries (workspace_id, id, webhook_id, message_uid, type, lane, state, attempts, run_after, request, status,
                reply, added_at)
            VALUES (@Workspace, 1, 1, @uid, 'person.created', 'person', 'sent', 1, @Now, '{"person":"zyxwanda quill"}', 200,
                'Thanks, Zyxwanda Quill', @Now)
            """, new { tx.Workspace, uid = tx.NextUid(), tx.Now });
        await tx.Commit();
    }

    /// <summary>Everything the workspace can carry away, as text.</summary>
    private static async Task<string> Archive(HttpClient client)
    {
        using var zip = new System.IO.Compression.ZipArchive(await client.GetStreamAsync("/api/v1/workspace/export.zip?format=jsonl", Ct));
        var texts = new List<string> { await client.GetStringAsync("/api/v1/persons/export.csv?scope=any", Ct) };
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            texts.Add(await reader.ReadToEndAsync(Ct));
        }
        return string.Join('\n', texts);
    }

    /// <summary>Every column of every table in which a word about the person stands.</summary>
    private static async Task<IReadOnlyList<string>> Places(Db db)
    {
        await using var tx = await db.ReadEverywhere(Ct);
        var columns = await tx.Many<string>(tx.Sql.IsPostgres
            ? """
                SELECT c.table_name || '.' || c.column_name || '.' || c.data_type
                FROM information_schema.columns c
                JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
                WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
                """
            : """
                SELECT m.name || '.' || c.name || '.' || c.type
                FROM sqlite_schema m JOIN pragma_table_info(m.name) c
                WHERE m.type = 'table'
                """, new { });
        var found = new List<string>();
        foreach (var (table, column, type) in columns.Select(each => each.Split('.')).Select(each => (each[0], each[1], each[2])))
        {
            var text = type == "bytea" ? $"encode({column}, 'escape')" : $"CAST({column} AS TEXT)";
            var values = await tx.Many<string>($"SELECT COALESCE({text}, '') FROM {table}", new { });
            if (values.Any(value => words.Any(word => value.Contains(word, StringComparison.OrdinalIgnoreCase))))
                found.Add($"{table}.{column}");
        }
        return found;
    }

    private static readonly string[] words = ["zyxwanda", "zq@elsewhere", "5550199"];

    private static async Task<(SomeWorkspace, HttpClient)> Begin(OwnDatabase own)
    {
        var some = await Some.Workspace(own.Db);
        return (some, await Client(own, some, some.Admin));
    }

    private static async Task<HttpClient> Client(OwnDatabase own, SomeWorkspace some, Caller caller, params string[] scopes)
    {
        var client = TestServers.Anonymous(await servers.GetValue(own.Db, db => TestServers.Start(db)));
        client.DefaultRequestHeaders.Authorization = new("Bearer", await TestServers.Token(some, "native", caller, scopes));
        return client;
    }

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<Db, Task<WebApplication>> servers = [];
}
