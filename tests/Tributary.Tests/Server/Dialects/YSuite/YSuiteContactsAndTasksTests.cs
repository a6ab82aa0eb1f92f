using System.Text.Json;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.YSuite;

/// <summary>The vendor's pages "Contacts" and "Tasks" (reference §1.3).</summary>
public sealed class YSuiteContactsAndTasksTests
{
    private const string Contacts = YSuite.Base + "/contacts";
    private const string Tasks = YSuite.Base + "/tasks";

    // docs: POST → "New contact has been created successfully." with cstid and cstname; contact_parent of an individual is a business.
    [Theory, OnBothBackends]
    public async Task Individuals_and_businesses_are_contacts_of_one_list(Backend backend)
    {
        var ysuite = await YSuite.Open(backend);

        var (status, created) = await ysuite.Client.Post(Contacts, new
        {
            cstname = "Sarah Stone",
            contact_type = 1,
            cstemail = "sarah@acme.test",
            cstmobile = "+1 555",
            cstaddress = "1 Road",
            ct_taxnumber = "T1",
            cstnotes = "VIP",
            contact_parent = ysuite.Company,
        });
        var id = created.GetProperty("data").GetProperty("cstid").GetInt64();
        var contact = await ysuite.Get($"{Contacts}/{id}");
        var businesses = await ysuite.Get($"{Contacts}?type=2");
        var found = await ysuite.Get($"{Contacts}?search=SARAH");

        Assert.Equal(200, status);
        Assert.Equal(
            $$$"""{"success":true,"message":"New contact has been created successfully.","data":{"cstid":{{{id}}},"cstname":"Sarah Stone"}}""", created.GetRawText());
        Assert.Equal(
            $$"""{"cstid":{{id}},"cstname":"Sarah Stone","contact_type":1,"cstemail":"sarah@acme.test","cstmobile":"+1 555","cstaddress":"1 Road","ct_taxnumber":"T1","cstnotes":"VIP","contact_parent":{{ysuite.Company}},"cst_tag_id":[],"cstcreated_on":"2026-11-20T09:00:00Z"}""",
            contact.GetRawText());
        Assert.Equal(ysuite.Company, Assert.Single(businesses.GetProperty("data").EnumerateArray()).GetProperty("cstid").GetInt64());
        Assert.Equal(id, Assert.Single(found.GetProperty("data").EnumerateArray()).GetProperty("cstid").GetInt64());
        Assert.Equal(2, (await ysuite.Get(Contacts)).GetProperty("total_records").GetInt32());
    }

    [Theory, OnBothBackends]
    public async Task Contacts_are_updated_and_deleted_and_others_are_not_found(Backend backend)
    {
        var (ysuite, other) = (await YSuite.Open(backend), await YSuite.Open(backend));
        var path = $"{Contacts}/{ysuite.Company}";

        Assert.Equal(400, (await other.Client.Get(path)).Status);
        Assert.Equal(400, (await other.Client.Put(path, new { cstname = "Stolen", contact_type = 2 })).Status);
        Assert.Equal(400, (await other.Client.Delete(path)).Status);
        await ysuite.Put(path, new { cstname = "Acme Ltd", contact_type = 2, cstemail = "info@acme.test" });
        var (switched, errors) = await ysuite.Client.Put(path, new { cstname = "Acme", contact_type = 1 });
        var renamed = await ysuite.Get(path);

        Assert.Equal(("Acme Ltd", "info@acme.test"),
            (renamed.GetProperty("cstname").GetString(), renamed.GetProperty("cstemail").GetString()));
        Assert.Equal(422, switched);
        Assert.True(errors.GetProperty("errors").TryGetProperty("contact_type", out _));
        Assert.Equal(200, (await ysuite.Client.Delete(path)).Status);
        var (gone, json) = await ysuite.Client.Get(path);
        Assert.Equal((400, """{"success":false,"message":"Contact not found"}"""), (gone, json.GetRawText()));
    }

    [Theory, OnBothBackends]
    public async Task What_is_wrong_with_a_contact_is_422_under_its_field(Backend backend)
    {
        var ysuite = await YSuite.Open(backend);
        (string Field, object Body)[] cases =
        [
            ("cstname", new { contact_type = 2 }), ("contact_type", new { cstname = "x" }),
            ("contact_type", new { cstname = "x", contact_type = 3 }),
            ("cstname", new { cstname = new string('x', 101), contact_type = 1 }),
            ("cstemail", new { cstname = "x", contact_type = 1, cstemail = "nobody" }),
            ("cstaddress", new { cstname = "x", contact_type = 1, cstaddress = new string('x', 256) }),
            ("ct_taxnumber", new { cstname = "x", contact_type = 1, ct_taxnumber = new string('x', 51) }),
            ("cstnotes", new { cstname = "x", contact_type = 1, cstnotes = new string('x', 2001) }),
            ("cst_tag_id", new { cstname = "x", contact_type = 1, cst_tag_id = new[] { 999999 } }),
        ];
        foreach (var (field, body) in cases)
        {
            var (status, json) = await ysuite.Client.Post(Contacts, body);
            Assert.True(status == 422, $"{JsonSerializer.Serialize(body)} was answered {status}");
            Assert.True(json.GetProperty("errors").TryGetProperty(field, out _), $"{field}: {json}");
        }
        var (parent, wrong) = await ysuite.Client.Post(Contacts, new { cstname = "x", contact_type = 1, contact_parent = 999999 });
        Assert.True(parent == 422 && wrong.GetProperty("errors").TryGetProperty("contact_parent", out _), wrong.ToString());
        Assert.Equal(422, (await ysuite.Client.Get($"{Contacts}?type=3")).Status);
    }

    // docs: the example of "List tasks"; priority default 2, status default 0.
    [Theory, OnBothBackends]
    public async Task A_task_is_the_documented_object(Backend backend)
    {
        var ysuite = await YSuite.Open(backend);
        var deal = await ysuite.Deal("Deal");

        var (status, created) = await ysuite.Client.Post(Tasks,
            new
            {
                title = "Follow up with Sarah",
                start_datetime = "2026-07-15T10:00:00",
                end_datetime = "2026-07-15T11:00:00",
                deal_id = deal,
                cstid = ysuite.Company
            });
        var id = created.GetProperty("data").GetProperty("activity_id").GetInt64();
        var task = await ysuite.Get($"{Tasks}/{id}");

        Assert.Equal(200, status);
        Assert.Equal(
            $$"""{"activity_id":{{id}},"title":"Follow up with Sarah","activity_type":"Task","description":null,"start_datetime":"2026-07-15T10:00:00","end_datetime":"2026-07-15T11:00:00","deal_id":{{deal}},"cstid":{{ysuite.Company}},"status":0,"priority":2,"assigned_user_id":{{ysuite.Workspace.Admin.UserId}},"created_on":"2026-11-20T09:00:00Z"}""",
            task.GetRawText());
    }

    // docs: search, status, priority, assigned_user_id, due_date_from, due_date_to, sortBy, sortOrder.
    [Theory, OnBothBackends]
    public async Task Every_filter_of_tasks_narrows(Backend backend)
    {
        var ysuite = await YSuite.Open(backend);
        var deal = await ysuite.Deal("Deal");
        await Create(new { title = "Alpha", start_datetime = "2026-07-15T10:00:00", deal_id = deal, priority = 4 });
        await Create(new
        {
            title = "Beta",
            start_datetime = "2026-07-16T10:00:00",
            cstid = ysuite.Company,
            status = 2,
            assigned_user_id = ysuite.Workspace.Member.UserId
        });

        await Finds("", "Beta", "Alpha");
        await Finds("search=alph", "Alpha");
        await Finds("status=2", "Beta");
        await Finds("priority=4", "Alpha");
        await Finds($"assigned_user_id={ysuite.Workspace.Member.UserId}", "Beta");
        await Finds("due_date_from=2026-07-16", "Beta");
        await Finds("due_date_to=2026-07-15", "Alpha");
        await Finds($"deal_id={deal}", "Alpha");
        await Finds($"cstid={ysuite.Company}", "Beta");
        await Finds("sortBy=start_datetime&sortOrder=asc", "Alpha", "Beta");
        Assert.Equal(422, (await ysuite.Client.Get($"{Tasks}?status=5")).Status);
        Assert.Equal(422, (await ysuite.Client.Get($"{Tasks}?sortBy=colour")).Status);

        async Task Create(object body) => Assert.Equal(200, (await ysuite.Client.Post(Tasks, body)).Status);

        async Task Finds(string query, params string[] expected) =>
            Assert.Equal(expected, (await ysuite.Get($"{Tasks}?{query}")).GetProperty("data").EnumerateArray()
                .Select(task => task.GetProperty("title").GetString()));
    }

    // docs: title ≤150 and start_datetime are required, and at least one of deal_id and cstid.
    [Theory, OnBothBackends]
    public async Task What_is_wrong_with_a_task_is_422_under_its_field(Backend backend)
    {
        var ysuite = await YSuite.Open(backend);
        var deal = await ysuite.Deal("Deal");
        const string start = "2026-07-15T10:00:00";
        (string Field, object Body)[] cases =
        [
            ("title", new { start_datetime = start, deal_id = deal }),
            ("title", new { title = new string('x', 151), start_datetime = start, deal_id = deal }),
            ("start_datetime", new { title = "x", deal_id = deal }),
            ("start_datetime", new { title = "x", start_datetime = "2026-07-15T10:00:00Z", deal_id = deal }),
            ("deal_id", new { title = "x", start_datetime = start }),
            ("deal_id", new { title = "x", start_datetime = start, deal_id = 999999 }),
            ("cstid", new { title = "x", start_datetime = start, cstid = 999999 }),
            ("status", new { title = "x", start_datetime = start, deal_id = deal, status = 5 }),
            ("priority", new { title = "x", start_datetime = start, deal_id = deal, priority = 9 }),
            ("end_datetime", new { title = "x", start_datetime = start, end_datetime = "2026-07-15T09:00:00", deal_id = deal }),
            ("assigned_user_id", new { title = "x", start_datetime = start, deal_id = deal, assigned_user_id = 999999 }),
        ];
        foreach (var (field, body) in cases)
        {
            var (status, json) = await ysuite.Client.Post(Tasks, body);
            Assert.True(status == 422, $"{JsonSerializer.Serialize(body)} was answered {status}");
            Assert.True(json.GetProperty("errors").TryGetProperty(field, out _), $"{field}: {json}");
        }
    }

    [Theory, OnBothBackends]
    public async Task Tasks_are_updated_and_deleted_and_others_are_not_found(Backend backend)
    {
        var (ysuite, other) = (await YSuite.Open(backend), await YSuite.Open(backend));
        var deal = await ysuite.Deal("Deal");
        var (_, created) = await ysuite.Client.Post(Tasks, new { title = "x", start_datetime = "2026-07-15T10:00:00", deal_id = deal });
        var path = $"{Tasks}/{created.GetProperty("data").GetProperty("activity_id")}";

        Assert.Equal(400, (await other.Client.Get(path)).Status);
        Assert.Equal(400, (await other.Client.Delete(path)).Status);
        await ysuite.Put(path, new { title = "y", start_datetime = "2026-07-15T10:00:00", status = 2 });
        var done = await ysuite.Get(path);
        Assert.Equal(("y", 2, deal),
            (done.GetProperty("title").GetString(), done.GetProperty("status").GetInt32(), done.GetProperty("deal_id").GetInt64()));
        Assert.Equal(200, (await ysuite.Client.Delete(path)).Status);
        var (gone, json) = await ysuite.Client.Get(path);
        Assert.Equal((400, """{"success":false,"message":"Task not found"}"""), (gone, json.GetRawText()));
    }
}
