using System.Text.Json;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Api;

/// <summary>What only deals can do over our own API: their people, products, past, places, and many at once.</summary>
public sealed class DealPartsRoutesTests
{
    [Theory, OnBothBackends]
    public async Task Related_records_come_with_a_list_when_they_are_asked_for(Backend backend)
    {
        var (client, workspace) = await Begin(backend);
        var org = await Id(client.Post("/api/v1/organizations", new { name = "Acme" }));
        var person = await Id(client.Post("/api/v1/persons", new { name = "Ann", org_id = org }));
        var deal = await Id(client.Post("/api/v1/deals", new { title = "Fleet", person_id = person, org_id = org }));
        await client.Post("/api/v1/notes", new { content = "Hello", deal_id = deal });
        await client.Post("/api/v1/activities", new { subject = "Call", deal_id = deal });

        var (status, list) =
            await client.Get(
                "/api/v1/deals?include=person,organization,contacts,followers,products,activities,notes,stage,pipeline,owner&fields=id");
        var (_, plain) = await client.Get($"/api/v1/deals/{deal}");
        var (wrong, problem) = await client.Get($"/api/v1/deals/{deal}?include=everything");

        var row = list.GetProperty("data")[0];
        Assert.Equal(200, status);
        Assert.Equal(["id", "person", "organization", "contacts", "followers", "products", "activities", "notes", "stage", "pipeline",
            "owner"], row.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("Ann", "Acme", "Ann", "Qualified", "Sales", "Ada Admin"),
            (Text(row, "person", "name"), Text(row, "organization", "name"), row.GetProperty("contacts")[0].GetProperty("name").GetString(),
            Text(row, "stage", "name"), Text(row, "pipeline", "name"), Text(row, "owner", "name")));
        Assert.Equal(("Call", "Hello", workspace.Admin.UserId),
            (row.GetProperty("activities")[0].GetProperty("subject").GetString(), row.GetProperty("notes")[0].GetProperty("content")
                .GetString(),
            row.GetProperty("followers")[0].GetProperty("user_id").GetInt64()));
        Assert.False(plain.TryGetProperty("person", out _));
        Assert.Equal((422, "include"), (wrong, problem.GetProperty("errors")[0].GetProperty("field").GetString()));
    }

    [Theory, OnBothBackends]
    public async Task Simple_parameters_narrow_the_list(Backend backend)
    {
        var (client, workspace) = await Begin(backend);
        var one =
            await Id(
                client.Post("/api/v1/deals",
                    new
                    {
                        title = "Fleet pilot",
                        tags = new[] { "fleet" },
                        stage_id = workspace.Stages[1],
                        expected_close = "2026-12-24"
                    }));
        var two =
            await Id(client.Post("/api/v1/deals", new { title = "Office chairs", status = "won", owner_id = workspace.Member.UserId }));

        Assert.Equal([one], await Ids(client, $"stage_id={workspace.Stages[1]}"));
        Assert.Equal([two], await Ids(client, "status=won"));
        Assert.Equal([two], await Ids(client, $"owner_id={workspace.Member.UserId}"));
        Assert.Equal([one], await Ids(client, "tag=fleet"));
        Assert.Equal([one], await Ids(client, "search=PILOT"));
        Assert.Equal([one], await Ids(client, "expected_close_from=2026-12-24&expected_close_to=2026-12-24"));
        Assert.Equal([one, two], (await Ids(client, "added_since=2026-11-20T09:00:00Z")).Order());
        Assert.Empty(await Ids(client, "updated_since=2030-01-01T00:00:00Z"));
    }

    [Theory, OnBothBackends]
    public async Task A_card_that_is_dropped_finds_its_place(Backend backend)
    {
        var (client, workspace) = await Begin(backend);
        var first = await Id(client.Post("/api/v1/deals", new { title = "one", stage_id = workspace.Stages[1] }));
        var second = await Id(client.Post("/api/v1/deals", new { title = "two", stage_id = workspace.Stages[1] }));
        var card = await Id(client.Post("/api/v1/deals", new { title = "card" }));

        var (status, moved) = await client.Post($"/api/v1/deals/{card}/move", new { stage_id = workspace.Stages[1], before_id = second });
        var (wrong, problem) = await client.Post($"/api/v1/deals/{card}/move", new { before_id = second, place = 1 });
        var (stale, _) = await client.Post($"/api/v1/deals/{card}/move", new { place = 1 }, ("If-Match", "\"1\""));

        Assert.Equal((200, 422, 412), (status, wrong, stale));
        Assert.Equal([first, card, second], await Ids(client, $"stage_id={workspace.Stages[1]}&sort=position"));
        Assert.Equal(workspace.Stages[1], moved.GetProperty("stage_id").GetInt64());
        Assert.Equal("before_id", problem.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    // Design §8: "batch create/update/delete (up to 1,000, per-item results)".
    [Theory, OnBothBackends]
    public async Task Each_item_of_a_batch_is_answered_at_its_index(Backend backend)
    {
        var (client, _) = await Begin(backend);
        var (kept, gone) =
            (await Id(client.Post("/api/v1/deals", new { title = "kept" })), await Id(
                client.Post("/api/v1/deals", new { title = "gone" })));
        object[] items =
        [
            new { operation = "create", deal = new { title = "new" } },
            new { operation = "create", deal = new { title = "", value = "x" } },
            new { operation = "update", id = kept, deal = new { value = 7 } },
            new { operation = "update", id = kept, version = 1, deal = new { value = 8 } }, new { operation = "delete", id = gone },
            new { operation = "delete" },
        ];

        var (status, mixed) = await client.Post("/api/v1/deals/batch", new { items });
        var results = mixed.GetProperty("data");

        Assert.Equal(200, status);
        Assert.Equal([201, 422, 200, 412, 204, 422], results.EnumerateArray().Select(result => result.GetProperty("status").GetInt32()));
        Assert.Equal(Enumerable.Range(0, 6), results.EnumerateArray().Select(result => result.GetProperty("index").GetInt32()));
        Assert.Equal(["deal.title", "deal.value"], results[1].GetProperty("problem").GetProperty("errors").EnumerateArray()
            .Select(error => error.GetProperty("field").GetString()));
        Assert.Equal(kept, results[2].GetProperty("id").GetInt64());
        Assert.Equal(2, (await Ids(client, "sort=id")).Count);
    }

    // ui.md §5.3: "bulk edit with preview ("312 will change, 5 refused: stage rule") → progress → Undo".
    [Theory, OnBothBackends]
    public async Task A_dry_run_says_what_would_become_of_each_item_and_stores_nothing(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, some);
        var (_, deal) = await client.Post("/api/v1/deals", new { title = "Cranes", value = 5 });
        var id = deal.GetProperty("id").GetInt64();
        var items = new object[]
        {
            new { operation = "update", id, deal = new { value = 7 } },
            new { operation = "update", id, deal = new { title = " " } },
            new { operation = "delete", id },
        };

        var (status, tried) = await client.Post("/api/v1/deals/batch", new { items, dry_run = true });
        var (_, after) = await client.Get($"/api/v1/deals/{id}");

        Assert.Equal(200, status);
        Assert.Equal([200, 422, 204], tried.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("status").GetInt32()));
        Assert.True(tried.GetProperty("data")[0].GetProperty("version").GetInt64() > deal.GetProperty("version").GetInt64());
        Assert.Equal((5, deal.GetProperty("version").GetInt64()),
            (after.GetProperty("value").GetDecimal(), after.GetProperty("version").GetInt64()));
    }

    [Theory, OnBothBackends]
    public async Task A_batch_restores_what_was_deleted(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, some);
        var (_, deal) = await client.Post("/api/v1/deals", new { title = "Cranes" });
        var id = deal.GetProperty("id").GetInt64();
        await client.Post("/api/v1/deals/batch", new { items = new object[] { new { operation = "delete", id } } });

        var (_, restored) = await client.Post("/api/v1/deals/batch", new { items = new object[] { new { operation = "restore", id } } });
        var (_, after) = await client.Get($"/api/v1/deals/{id}");

        Assert.Equal(200, restored.GetProperty("data")[0].GetProperty("status").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, after.GetProperty("deleted_at").ValueKind);
    }

    [Theory, OnBothBackends]
    public async Task An_atomic_batch_with_one_refusal_stores_nothing(Backend backend)
    {
        var (client, _) = await Begin(backend);

        var (_, byMember) = await client.Post("/api/v1/deals/batch",
            new
            {
                atomic = true,
                items = new object[] { new { operation = "create", deal = new { title = "a" } },
                    new { operation = "create", deal = new { } } }
            });
        var (_, byRule) = await client.Post("/api/v1/deals/batch",
            new
            {
                atomic = true,
                items = new object[] { new { operation = "create", deal = new { title = "a" } },
                    new { operation = "create", deal = new { title = " " } } }
            });

        foreach (var answer in new[] { byMember, byRule })
        {
            Assert.Equal([424, 422], answer.GetProperty("data").EnumerateArray().Select(result => result.GetProperty("status").GetInt32()));
        }
        Assert.Empty(await Ids(client, "scope=any"));
    }

    [Theory, OnBothBackends]
    public async Task Contacts_and_followers_come_and_go(Backend backend)
    {
        var (client, workspace) = await Begin(backend);
        var (ann, bob) =
            (await Id(client.Post("/api/v1/persons", new { name = "Ann" })), await Id(
                client.Post("/api/v1/persons", new { name = "Bob" })));
        var deal = $"/api/v1/deals/{await Id(client.Post("/api/v1/deals", new { title = "Fleet", person_id = ann }))}";

        var (added, contact) = await client.Post(deal + "/contacts", new { person_id = bob, role = "champion" });
        var (changed, other) = await client.Patch($"{deal}/contacts/{bob}", new { role = (string?)null });
        var (wrong, _) = await client.Post(deal + "/contacts", new { person_id = bob, role = "boss" });
        var (_, contacts) = await client.Get(deal + "/contacts");
        var (removed, _) = await client.Delete($"{deal}/contacts/{bob}");
        var (followed, _) = await client.Post(deal + "/followers", new { user_id = workspace.Member.UserId });
        var (_, followers) = await client.Get(deal + "/followers");
        var (left, _) = await client.Delete($"{deal}/followers/{workspace.Member.UserId}");
        var (_, permitted) = await client.Get(deal + "/permitted-users");
        var (_, log) = await client.Get(deal + "/contacts/changelog");

        Assert.Equal((201, 200, 422, 204, 201, 204), (added, changed, wrong, removed, followed, left));
        Assert.Equal(("champion", "Bob", JsonValueKind.Null),
            (contact.GetProperty("role").GetString(), contact.GetProperty("name").GetString(), other.GetProperty("role").ValueKind));
        Assert.Equal([true, false], contacts.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("primary").GetBoolean()));
        Assert.Equal(2, followers.GetProperty("data").GetArrayLength());
        Assert.Equal(3, permitted.GetProperty("data").GetArrayLength());
        Assert.Equal(["removed", "added", "added"], log.GetProperty("data").EnumerateArray()
            .Select(row => row.GetProperty("action").GetString()));
    }

    [Theory, OnBothBackends]
    public async Task The_past_of_a_deal_can_be_read(Backend backend)
    {
        var (client, workspace) = await Begin(backend);
        var id = await Id(client.Post("/api/v1/deals", new { title = "Fleet" }));
        TestClock.Instance.Advance(TimeSpan.FromHours(2));
        await client.Patch($"/api/v1/deals/{id}", new { title = "Fleet II", stage_id = workspace.Stages[1], note = "Second meeting" });

        var (_, changes) = await client.Get($"/api/v1/deals/{id}/changelog?limit=1");
        var (_, stays) = await client.Get($"/api/v1/deals/{id}/stage-history");
        var (_, timeline) = await client.Get($"/api/v1/deals/{id}/timeline?kinds=deal_change");
        var (_, then) = await client.Get($"/api/v1/deals/{id}?as_of=2026-11-20T10:00:00Z");
        var (before, _) = await client.Get($"/api/v1/deals/{id}?as_of=2020-01-01T00:00:00Z");

        Assert.True(changes.GetProperty("has_more").GetBoolean());
        Assert.Equal([7200L, 0L], stays.GetProperty("data").EnumerateArray().Select(stay => stay.GetProperty("seconds").GetInt64()));
        Assert.Equal("Second meeting", stays.GetProperty("data")[1].GetProperty("note").GetString());
        Assert.All(timeline.GetProperty("data").EnumerateArray(),
            entry => Assert.Equal("deal_change", entry.GetProperty("kind").GetString()));
        Assert.Equal(("Fleet", 404), (then.GetProperty("title").GetString(), before));
    }

    [Theory, OnBothBackends]
    public async Task Deals_merge_double_leave_and_come_back(Backend backend)
    {
        var (client, _) = await Begin(backend);
        var (one, two) =
            (await Id(client.Post("/api/v1/deals", new { title = "one", value = 5 })), await Id(
                client.Post("/api/v1/deals", new { title = "two" })));

        var (doubled, copy) = await client.Post($"/api/v1/deals/{one}/duplicate");
        var (merged, survivor) = await client.Post($"/api/v1/deals/{one}/merge", new { survivor_id = two });
        var (archived, _) = await client.Post($"/api/v1/deals/{two}/archive");
        var (refused, _) = await client.Patch($"/api/v1/deals/{two}", new { title = "three" });
        var (back, _) = await client.Post($"/api/v1/deals/{two}/unarchive");
        var (purged, _) = await client.Post($"/api/v1/deals/{two}/purge");
        var (gone, _) = await client.Get($"/api/v1/deals/{two}");

        Assert.Equal((201, 200, 200, 409, 200, 204, 404), (doubled, merged, archived, refused, back, purged, gone));
        Assert.Equal((5m, 5m), (copy.GetProperty("value").GetDecimal(), survivor.GetProperty("value").GetDecimal()));
    }

    private static async Task<(HttpClient, SomeWorkspace)> Begin(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        return (await TestServers.Native(backend, workspace), workspace);
    }

    private static async Task<long> Id(Task<(int Status, JsonElement Json)> created) => (await created).Json.GetProperty("id").GetInt64();

    private static async Task<IReadOnlyList<long>> Ids(HttpClient client, string query)
    {
        var (status, list) = await client.Get("/api/v1/deals?" + query);
        Assert.Equal(200, status);
        return [.. list.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("id").GetInt64())];
    }

    private static string? Text(JsonElement row, string member, string inner) => row.GetProperty(member).GetProperty(inner).GetString();
}
