using Tributary.Core.Filters;
using Tributary.Core.Lists;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V2;

/// <summary>"Get all deals" and "Get all archived deals".</summary>
public sealed class DealListTests
{
    [Theory, OnBothBackends]
    public async Task Every_parameter_narrows(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (person, organization) = (await pipe.Person("Pat"), await pipe.Organization("Acme"));
        var plain = await pipe.Deal("plain");
        TestClock.Instance.Advance(TimeSpan.FromHours(1));
        var full = await pipe.Deal("full", new
        {
            owner_id = pipe.Workspace.Member.UserId,
            person_id = person.Id,
            org_id = organization.Id,
            stage_id = pipe.Workspace.Stages[1]
        });

        async Task Finds(string query, params long[] expected) => Assert.Equal(expected, (await pipe.Get($"{Pipe.Deals}?{query}")).Ids());

        await Finds("", plain, full);
        await Finds($"ids={full},999999999", full);
        await Finds($"ids={full}&ids={plain}", plain, full);
        await Finds($"owner_id={pipe.Workspace.Member.UserId}", full);
        await Finds($"person_id={person.Id}", full);
        await Finds($"org_id={organization.Id}", full);
        await Finds($"pipeline_id={pipe.Workspace.PipelineId}", plain, full);
        await Finds($"stage_id={pipe.Workspace.Stages[0]}", plain);
        await Finds("updated_since=2026-11-20T10:00:00Z", full);
        await Finds("updated_until=2026-11-20T10:00:00Z", plain);
        await Finds("sort_by=add_time&sort_direction=desc", full, plain);
        await Finds("sort_by=update_time", plain, full);
        await Finds("sort_by=id&sort_direction=desc&limit=1", full);
        foreach (var query in new[] { "sort_by=title", "sort_direction=up", "status=all", "limit=501", "limit=0",
            "updated_since=2026-11-20", "updated_since=2026-11-20T10:00:00.5Z", "cursor=x", "owner_id=me", "page=2" })
        {
            var (status, error) = Pipe.Refused(await pipe.Client.Get($"{Pipe.Deals}?{query}"));
            Assert.True(status == 400, query);
            Assert.Contains(query.Split('=')[0], error, StringComparison.Ordinal);
        }
    }

    // page: "If omitted, all not deleted deals are returned. If set to deleted, deals that have been deleted up to 30 days ago will be
    // included. Multiple statuses…"
    [Theory, OnBothBackends]
    public async Task Statuses_are_a_list_and_deleted_is_one_of_them(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (open, won, lost, gone) = (await pipe.Deal("open"), await pipe.Deal("won", new { status = "won" }),
            await pipe.Deal("lost", new { status = "lost" }), await pipe.Deal("gone", new { status = "won" }));
        await pipe.Delete($"{Pipe.Deals}/{gone}");

        async Task Finds(string query, params long[] expected) => Assert.Equal(expected, (await pipe.Get($"{Pipe.Deals}?{query}")).Ids());

        await Finds("", open, won, lost);
        await Finds("status=open,lost", open, lost);
        await Finds("status=won", won);
        await Finds("status=deleted", gone);
        await Finds("status=open,won,lost,deleted", open, won, lost, gone);
        TestClock.Instance.Advance(TimeSpan.FromDays(31));
        await Finds("status=deleted");
    }

    // docs, "Archive": archived deals leave the list and appear in the archived one.
    [Theory, OnBothBackends]
    public async Task Archived_deals_have_a_list_of_their_own(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (live, kept, gone) = (await pipe.Deal("live"), await pipe.Deal("archived", new { is_archived = true, status = "lost" }),
            await pipe.Deal("both", new { is_archived = true }));
        await pipe.Delete($"{Pipe.Deals}/{gone}");

        Assert.Equal([live], (await pipe.Get(Pipe.Deals)).Ids());
        Assert.Equal([kept], (await pipe.Get($"{Pipe.Deals}/archived")).Ids());
        Assert.Equal([kept], (await pipe.Get($"{Pipe.Deals}/archived?status=lost&ids={kept},{live}")).Ids());
        Assert.Equal([gone], (await pipe.Get($"{Pipe.Deals}/archived?status=deleted")).Ids());
        Assert.Empty((await pipe.Get($"{Pipe.Deals}?status=deleted")).Ids());
        Assert.Equal(400, (await pipe.Client.Get($"{Pipe.Deals}/archived?include_labels=true")).Status);
    }

    // page: "If filter_id is provided, this is ignored", of ids, owner_id, person_id, org_id, pipeline_id, stage_id and status.
    [Theory, OnBothBackends]
    public async Task A_filter_replaces_the_other_selections(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (small, large) = (await pipe.Deal("small", new { value = 10 }), await pipe.Deal("large", new { value = 1000, status = "won" }));
        var filter = await new FilterService(pipe.Workspace.Db).Create(pipe.Workspace.Admin,
            new() { Subject = "deal", Name = "Large", Condition = Condition.Test("value", Operator.AtLeast, 100m) }, default);

        Assert.Equal([large],
            (await pipe.Get(
                $"{Pipe.Deals}?filter_id={filter.Id}&ids={small}&owner_id=999&person_id=999&org_id=999&pipeline_id=999&stage_id=999&status=lost")).Ids());
        Assert.Empty((await pipe.Get($"{Pipe.Deals}?filter_id={filter.Id}&updated_since=2026-12-01T00:00:00Z")).Ids());
        Assert.Equal((404, "Filter not found"), Pipe.Refused(await pipe.Client.Get($"{Pipe.Deals}?filter_id=999999999")));
    }

    [Theory, OnBothBackends]
    public async Task A_cursor_leads_through_all_pages(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var ids = new List<long>();
        for (var i = 0; i < 7; i++) ids.Add(await pipe.Deal($"{i}"));

        var seen = new List<long>();
        string? cursor = null;
        do
        {
            var (_, json) =
                await pipe.Client.Get(
                    $"{Pipe.Deals}?limit=3&sort_by=update_time&sort_direction=desc{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(json.GetProperty("data").Ids());
            cursor = json.GetProperty("additional_data").Text("next_cursor");
        }
        while (cursor is not null);

        Assert.Equal(ids.OrderDescending(), seen);
    }
}
