using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.AutomateNexus;

/// <summary>The vendor's page "Tasks &amp; Activities API", as far as a public copy shows it.</summary>
public sealed class NexusTasksTests
{
    private const string Tasks = Nexus.Base + "/tasks";

    // docs: the example response of "List Tasks".
    [Theory, OnBothBackends]
    public async Task A_task_is_the_documented_object(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var deal = await nexus.Deal("Enterprise License - Acme Corp");

        var task = await nexus.Created(Tasks, new
        {
            title = "Follow up with Acme Corp",
            description = "Send proposal revision",
            priority = "high",
            type = "follow_up",
            due_date = "2026-03-25T17:00:00Z",
            related_to = new { type = "deal", id = deal },
        });

        var id = task.GetProperty("id").GetString();
        Assert.Equal(
            $$$"""{"id":"{{{id}}}","title":"Follow up with Acme Corp","description":"Send proposal revision","status":"pending","priority":"high","type":"follow_up","assignee_id":"{{{nexus.Admin}}}","assignee_name":"Ada Admin","due_date":"2026-03-25T17:00:00Z","related_to":{"type":"deal","id":"{{{deal}}}","name":"Enterprise License - Acme Corp"},"created_by":"{{{nexus.Admin}}}","created_at":"2026-11-20T09:00:00Z","completed_at":null}""",
            task.GetRawText());
        Assert.StartsWith("task_", id, StringComparison.Ordinal);
        Assert.Equal(task.GetRawText(), (await nexus.Get($"{Tasks}/{id}")).GetRawText());
    }

    [Theory, OnBothBackends]
    public async Task A_task_needs_only_a_title_and_an_update_is_partial(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var (_, contact) = await nexus.Contact("Jane");
        var task = await nexus.Created(Tasks, new { title = "Bare" });
        var path = $"{Tasks}/{task.GetProperty("id").GetString()}";

        var related =
            await nexus.Put(path, new { related_to = new { type = "contact", id = contact }, due_date = "2026-12-01", type = "call" });
        TestClock.Instance.Advance(TimeSpan.FromHours(1));
        var done = await nexus.Put(path, new { status = "completed" });
        var open = await nexus.Put(path, """{"status":"in_progress","related_to":null,"due_date":null}""");

        Assert.Equal(("pending", "medium", "todo"),
            (task.GetProperty("status").GetString(), task.GetProperty("priority").GetString(), task.GetProperty("type").GetString()));
        Assert.Equal(("Jane", "2026-12-01", "call"),
            (related.GetProperty("related_to").GetProperty("name").GetString(), related.GetProperty("due_date")
                .GetString(), related.GetProperty("type").GetString()));
        Assert.Equal(("completed", "2026-11-20T10:00:00Z"),
            (done.GetProperty("status").GetString(), done.GetProperty("completed_at").GetString()));
        Assert.Equal(("in_progress", "null", "null"),
            (open.GetProperty("status").GetString(), open.GetProperty("completed_at").GetRawText(), open.GetProperty("related_to")
                .GetRawText()));
    }

    // docs: assignee_id, status, priority, type, due_before, due_after, related_to_type, related_to_id, sort.
    [Theory, OnBothBackends]
    public async Task Every_filter_narrows(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var (_, contact) = await nexus.Contact("Jane");
        var deal = await nexus.Deal("Deal");
        await nexus.Created(Tasks,
            new { title = "A", priority = "low", due_date = "2026-12-01", related_to = new { type = "deal", id = deal } });
        TestClock.Instance.Advance(TimeSpan.FromMinutes(1));
        await nexus.Created(Tasks,
            new
            {
                title = "B",
                priority = "urgent",
                type = "meeting",
                due_date = "2026-12-02T10:00:00Z",
                related_to = new { type = "contact", id = contact },
                assignee_id = (string?)null
            });
        TestClock.Instance.Advance(TimeSpan.FromMinutes(1));
        await nexus.Created(Tasks, new { title = "C", status = "cancelled" });

        async Task Finds(string query, params string[] expected)
        {
            var (status, json) = await nexus.Client.Get($"{Tasks}?{query}");
            Assert.True(status == 200, $"{query}: {json}");
            Assert.Equal(expected, json.GetProperty("data").EnumerateArray().Select(task => task.GetProperty("title").GetString()));
        }

        await Finds("", "C", "B", "A");
        await Finds($"assignee_id={nexus.Admin}", "C", "A");
        await Finds("status=pending", "B", "A");
        await Finds("status=cancelled", "C");
        await Finds("priority=urgent", "B");
        await Finds("type=meeting", "B");
        await Finds("type=todo", "C", "A");
        await Finds("due_before=2026-12-01", "A");
        await Finds("due_after=2026-12-02", "B");
        await Finds("related_to_type=deal", "A");
        await Finds($"related_to_type=contact&related_to_id={contact}", "B");
        await Finds($"related_to_id={deal}", "A");
        await Finds("related_to_type=project");
        await Finds("sort=due_date&limit=2", "A", "B");
        await Finds("sort=-priority&limit=1", "B");
    }

    [Theory, OnBothBackends]
    public async Task A_deleted_task_is_gone_and_others_tasks_are_not_there(Backend backend)
    {
        var (nexus, other) = (await Nexus.Open(backend), await Nexus.Open(backend));
        var id = (await nexus.Created(Tasks, new { title = "Gone" })).GetProperty("id").GetString();

        Assert.Equal(404, (await other.Client.Get($"{Tasks}/{id}")).Status);
        Assert.Equal(404, (await other.Client.Put($"{Tasks}/{id}", new { title = "x" })).Status);
        Assert.Equal(404, (await other.Client.Delete($"{Tasks}/{id}")).Status);
        Assert.Equal(200, (await nexus.Client.Delete($"{Tasks}/{id}")).Status);
        Assert.Equal(404, (await nexus.Client.Get($"{Tasks}/{id}")).Status);
        Assert.Equal(404, (await nexus.Client.Delete($"{Tasks}/{id}")).Status);
    }

    [Theory, OnBothBackends]
    public async Task What_is_wrong_is_422_and_named(Backend backend)
    {
        var (nexus, other) = (await Nexus.Open(backend), await Nexus.Open(backend));
        var foreign = await other.Deal("Foreign");
        (string Field, string Body)[] cases =
        [
            ("title", "{}"), ("title", """{"title":""}"""), ("priority", """{"title":"x","priority":"highest"}"""),
            ("type", """{"title":"x","type":"lunch"}"""), ("status", """{"title":"x","status":"open"}"""),
            ("due_date", """{"title":"x","due_date":"tomorrow"}"""), ("assignee_id", """{"title":"x","assignee_id":"usr_1"}"""),
            ("related_to", """{"title":"x","related_to":"deal_1"}"""),
            ("related_to.type", """{"title":"x","related_to":{"type":"project","id":"x"}}"""),
            ("related_to.id", $$$"""{"title":"x","related_to":{"type":"deal","id":"{{{foreign}}}"}}"""),
            ("related_to.id", """{"title":"x","related_to":{"type":"contact","id":"con_1"}}"""),
        ];
        foreach (var (field, body) in cases)
        {
            var (status, json) = await nexus.Client.Post(Tasks, body);
            Assert.True(status == 422, $"{body} was answered {status}");
            Assert.Equal(field, json.GetProperty("error").GetProperty("details")[0].GetProperty("field").GetString());
        }
        foreach (var query in (string[])["status=open", "priority=1", "type=lunch", "due_before=x", "assignee_id=1", "related_to_type=lead",
            "related_to_type=deal&related_to_id=con_1", "sort=title"])
        {
            Assert.Equal(422, (await nexus.Client.Get($"{Tasks}?{query}")).Status);
        }
    }
}
