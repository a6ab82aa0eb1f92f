using System.Text;
using System.Text.Json;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Notes;
using Tributary.Core.Webhooks;
using Tributary.Tests.Server.Webhooks;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V1;

/// <summary>Webhooks: reference §13, the specification of v1 for the resource.</summary>
public sealed class WebhookTests
{
    private const string Webhooks = Pipe.V1 + "/webhooks";

    private static CancellationToken Ct => CancellationToken.None;

    [Theory, OnBothBackends]
    public async Task A_webhook_is_made_listed_and_deleted(Backend backend)
    {
        var pipe = await Pipe.Open(backend);

        var (created, made) = await pipe.Client.Post(Webhooks, Asked("change", "deal"));
        var (_, listed) = await pipe.Client.Get(Webhooks);
        var id = made.GetProperty("data").GetProperty("id").GetInt64();
        var (deleted, gone) = await pipe.Client.Delete($"{Webhooks}/{id}");
        var (missing, notFound) = await pipe.Client.Delete($"{Webhooks}/{id}");

        Assert.Equal((201, "ok"), (created, made.GetProperty("status").GetString()));
        var shown = listed.GetProperty("data")[0];
        Assert.Equal(("change", "deal", "2.0", "bot", 1),
            (shown.GetProperty("event_action").GetString(), shown.GetProperty("event_object").GetString(), shown.GetProperty("version")
                .GetString(),
            shown.GetProperty("http_auth_user").GetString(), shown.GetProperty("is_active").GetInt32()));
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("http_auth_password").ValueKind);
        Assert.Equal((200, """{"status":"ok","success":true}"""), (deleted, gone.GetRawText()));
        Assert.Equal((404, """{"status":"error","success":false,"errors":{"id":["not found"]}}"""), (missing, notFound.GetRawText()));
    }

    // The specification requires a name; n8n's trigger, in wide use, sends none.
    [Theory, OnBothBackends]
    public async Task A_webhook_without_a_name_is_named_after_its_event(Backend backend)
    {
        var pipe = await Pipe.Open(backend);

        var (status, made) = await pipe.Client.Post(Webhooks,
            new { event_action = "change", event_object = "deal", subscription_url = "https://receiver.test/hook" });

        Assert.Equal((201, "change.deal"), (status, made.GetProperty("data").GetProperty("name").GetString()));
    }

    // The specification: {"status":"error","success":false,"errors":{"subscription_url":["…"]}}.
    [Theory, OnBothBackends]
    public async Task What_is_wrong_stands_under_its_member(Backend backend)
    {
        var pipe = await Pipe.Open(backend);

        var (status, json) = await pipe.Client.Post(Webhooks,
            new { subscription_url = "ftp://nowhere", event_action = "create", event_object = "deal", name = "x" });
        var (unknown, _) = await pipe.Client.Post(Webhooks,
            new { subscription_url = "https://receiver.test", event_action = "explode", event_object = "deal", name = "x" });
        var (mine, _) = await (await pipe.As(backend, pipe.Workspace.Member)).Post(Webhooks, Asked("*", "*"));

        Assert.Equal((400, "error"), (status, json.GetProperty("status").GetString()));
        var wrong = Assert.Single(json.GetProperty("errors").GetProperty("subscription_url").EnumerateArray()).GetString();
        Assert.StartsWith("subscription_url must be an absolute address", wrong, StringComparison.Ordinal);
        Assert.Equal((400, 403), (unknown, mine));
        Assert.Empty((await pipe.Get(Webhooks)).EnumerateArray());
    }

    // Payload 2.0: meta, data as v2 shows the deal, previous with the changed keys only; HTTP Basic.
    [Theory, OnBothBackends]
    public async Task A_change_of_a_deal_is_told_in_payload_2(Backend backend)
    {
        using var line = await WebhookLine.Open(backend);
        await using var receiver = await Receiver.Start();
        var hook = await Hook(line, receiver, "*", "deal", user: "bot", password: "sesame");
        var deals = new DealService(line.Some.Db);

        var deal = await deals.Create(line.Some.Admin, new() { Title = "New", Value = 5 }, Ct);
        await deals.Update(line.Some.Admin, deal.Id, new() { Title = "Newer" }, Ct);
        await deals.Delete(line.Some.Admin, deal.Id, Ct);
        await line.Round(hook);

        var told = receiver.Had.Select(had => JsonDocument.Parse(had.Body).RootElement).ToList();
        Assert.Equal(["create", "change", "delete"], told.Select(one => one.GetProperty("meta").GetProperty("action").GetString()));
        var meta = told[1].GetProperty("meta");
        Assert.Equal(("deal", $"{deal.Id}", "2.0", $"{hook.Webhook.Id}", 1),
            (meta.GetProperty("entity").GetString(), meta.GetProperty("entity_id").GetString(), meta.GetProperty("version").GetString(),
            meta.GetProperty("webhook_id").GetString(), meta.GetProperty("attempt").GetInt32()));
        Assert.Equal(JsonValueKind.Null, told[0].GetProperty("previous").ValueKind);
        Assert.Equal(("Newer", "New"),
            (told[1].GetProperty("data").GetProperty("title").GetString(), told[1].GetProperty("previous").GetProperty("title")
                .GetString()));
        Assert.False(told[1].GetProperty("previous").TryGetProperty("value", out _));
        Assert.Equal(JsonValueKind.Null, told[2].GetProperty("data").ValueKind);
        Assert.Equal("Newer", told[2].GetProperty("previous").GetProperty("title").GetString());
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("bot:sesame")), receiver.Had[0].Headers["Authorization"]);
    }

    // Reference §13: "A merge sends a delete (its meta carries merged_to_id) and a change."
    [Theory, OnBothBackends]
    public async Task A_merge_is_told_as_a_change_and_a_deletion(Backend backend)
    {
        using var line = await WebhookLine.Open(backend);
        await using var receiver = await Receiver.Start();
        var deals = new DealService(line.Some.Db);
        var (gone, stays) =
            (await deals.Create(line.Some.Admin, new() { Title = "Gone" }, Ct), await deals.Create(line.Some.Admin,
                new() { Title = "Stays" }, Ct));
        var hook = await Hook(line, receiver, "*", "deal");

        await deals.Merge(line.Some.Admin, gone.Id, stays.Id, Ct);
        await line.Round(hook);

        var told = receiver.Had.Select(had => JsonDocument.Parse(had.Body).RootElement.GetProperty("meta"))
            .ToDictionary(meta => meta.GetProperty("action").GetString()!);
        Assert.Equal(["change", "delete"], told.Keys.Order());
        Assert.Equal($"{stays.Id}", told["change"].GetProperty("entity_id").GetString());
        Assert.Equal(($"{gone.Id}", $"{stays.Id}"),
            (told["delete"].GetProperty("entity_id").GetString(), told["delete"].GetProperty("merged_to_id").GetString()));
    }

    [Theory, OnBothBackends]
    public async Task Other_records_are_told_as_their_pages_show_them(Backend backend)
    {
        using var line = await WebhookLine.Open(backend);
        await using var receiver = await Receiver.Start();
        var hook = await Hook(line, receiver, "*", "*");
        var persons = new PersonService(line.Some.Db);

        var person = await persons.Create(line.Some.Admin, new() { Name = "Peter" }, Ct);
        await persons.Update(line.Some.Admin, person.Id, new() { JobTitle = "Pilot" }, Ct);
        await new NoteService(line.Some.Db).Create(line.Some.Admin, new() { Content = "flew", PersonId = person.Id }, Ct);
        await line.Round(hook);

        var told = receiver.Had.Select(had => JsonDocument.Parse(had.Body).RootElement).ToList();
        var change = told.Single(one => one.GetProperty("meta").GetProperty("action").GetString() == "change");
        Assert.Equal("Pilot", change.GetProperty("data").GetProperty("job_title").GetString());
        Assert.Equal(JsonValueKind.Null, change.GetProperty("previous").GetProperty("job_title").ValueKind);
        Assert.Equal("flew", told.Single(one => one.GetProperty("meta").GetProperty("entity").GetString() == "note").GetProperty("data")
            .GetProperty("content").GetString());
    }

    // Payload 1.0: {"v":1,"event":"updated.deal","meta","current":{…v1 deal, plain ids…},"previous","retry":0}.
    [Theory, OnBothBackends]
    public async Task Version_1_is_told_as_it_was(Backend backend)
    {
        using var line = await WebhookLine.Open(backend);
        await using var receiver = await Receiver.Start();
        var hook = await Hook(line, receiver, "*", "deal", version: "1.0");
        var deals = new DealService(line.Some.Db);

        var deal = await deals.Create(line.Some.Admin, new() { Title = "New" }, Ct);
        await deals.Update(line.Some.Admin, deal.Id, new() { Title = "Newer" }, Ct);
        await line.Round(hook);

        var told = JsonDocument.Parse(receiver.Had[1].Body).RootElement;
        Assert.Equal((1, "updated.deal", 0),
            (told.GetProperty("v").GetInt32(), told.GetProperty("event").GetString(), told.GetProperty("retry").GetInt32()));
        Assert.Equal(("Newer", "New"),
            (told.GetProperty("current").GetProperty("title").GetString(), told.GetProperty("previous").GetProperty("title").GetString()));
        Assert.Equal(line.Some.Admin.UserId, told.GetProperty("current").GetProperty("user_id").GetInt64());
        Assert.Equal("added.deal", JsonDocument.Parse(receiver.Had[0].Body).RootElement.GetProperty("event").GetString());
    }

    // "user_id: the ID of the user that this webhook will be authorized with."
    [Theory, OnBothBackends]
    public async Task A_webhook_of_a_user_hears_only_of_what_they_see(Backend backend)
    {
        using var line = await WebhookLine.Open(backend);
        await using var receiver = await Receiver.Start();
        var hook = await Hook(line, receiver, "create", "deal", asUser: line.Some.Member.UserId);
        var deals = new DealService(line.Some.Db);

        await deals.Create(line.Some.Admin, new() { Title = "Secret", VisibleTo = 1 }, Ct);
        await deals.Create(line.Some.Admin, new() { Title = "Open", VisibleTo = 7 }, Ct);
        await line.Round(hook);

        Assert.Equal(["Open"],
            receiver.Had.Select(had => JsonDocument.Parse(had.Body).RootElement.GetProperty("data").GetProperty("title").GetString()));
    }

    private static object Asked(string action, string noun) =>
        new
        {
            subscription_url = "https://receiver.test/hook",
            event_action = action,
            event_object = noun,
            name = "Mine",
            http_auth_user = "bot",
            http_auth_password = "sesame"
        };

    // The receiver is on this machine and speaks plain http, which only the service takes; what the route makes of a request is in the
    // patch.
    private static Task<CreatedWebhook> Hook(WebhookLine line, Receiver receiver, string action, string noun, string? user = null,
        string? password = null, string version = "2.0", long? asUser = null) =>
        line.Service.Create(line.Some.Admin with { Dialect = "pipedrive" },
            Tributary.Server.Dialects.Pipedrive.V1.WebhookRoutes.Patch(receiver.Url, "Mine", new(action, noun, version, user), password)
                with
            { AsUserId = asUser }, Ct);
}
