using Tributary.Core.Activities;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Notes;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.AutomateNexus;

/// <summary>Pipelines, and what hangs on a deal.</summary>
public sealed class NexusRelationsTests
{
    // docs: the example of "List Pipelines".
    [Theory, OnBothBackends]
    public async Task Pipelines_are_listed_with_their_stages(Backend backend)
    {
        var nexus = await Nexus.Open(backend);

        var (_, json) = await nexus.Client.Get($"{Nexus.Base}/pipelines");

        Assert.Equal(
            $$$"""{"success":true,"data":[{"id":"{{{nexus.Pipeline}}}","name":"Sales","stages":[{"id":"{{{nexus.Stage(0)}}}","name":"Qualified","position":1,"probability":10},{"id":"{{{nexus.Stage(1)}}}","name":"Demo","position":2,"probability":50},{"id":"{{{nexus.Stage(2)}}}","name":"Proposal","position":3,"probability":80}],"is_default":true}]}""",
            json.GetRawText());
    }

    // docs: "Returns the stages for a specific pipeline with their positions, probabilities, and deal counts."
    [Theory, OnBothBackends]
    public async Task A_pipelines_stages_count_their_deals(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        await nexus.Deal("One");
        var won = await nexus.Deal("Two");
        await nexus.Deal("Three", new { stage_id = nexus.Stage(1) });
        await nexus.Put($"{Nexus.Deals}/{won}", new { status = "won" });

        var stages = await nexus.Get($"{Nexus.Base}/pipelines/{nexus.Pipeline}/stages");

        Assert.Equal($$"""{"id":"{{nexus.Stage(0)}}","name":"Qualified","position":1,"probability":10,"deal_count":2}""",
            stages[0].GetRawText());
        Assert.Equal([2, 1, 0], stages.EnumerateArray().Select(stage => stage.GetProperty("deal_count").GetInt32()));
    }

    // docs: "Returns all activities logged against a deal."; reference: newest first, these members.
    [Theory, OnBothBackends]
    public async Task Activities_of_a_deal_are_what_was_planned_done_and_noted_newest_first(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var id = await nexus.Deal("Busy");
        var uid = Nexus.Uid(id);
        var (db, admin) = (nexus.Workspace.Db, nexus.Workspace.Admin);
        var deal = await new DealService(db).Get(admin, uid, default);
        await new ActivityService(db)
            .Create(admin, new() { Type = "call", Subject = "Ring", Note = "no answer", DealId = deal.Id, Done = true }, default);
        TestClock.Instance.Advance(TimeSpan.FromMinutes(5));
        await new NoteService(db).Create(admin, new() { Content = "Likes blue", DealId = deal.Id }, default);

        var activities = await nexus.Get($"{Nexus.Deals}/{id}/activities");

        Assert.Equal(["note", "call"], activities.EnumerateArray().Select(activity => activity.GetProperty("type").GetString()));
        Assert.Equal(["id", "type", "subject", "body", "user_id", "occurred_at", "created_at"],
            activities[1].EnumerateObject().Select(member => member.Name));
        Assert.Equal(("Ring", "no answer", nexus.Admin),
            (activities[1].GetProperty("subject").GetString(), activities[1].GetProperty("body")
                .GetString(), activities[1].GetProperty("user_id").GetString()));
        Assert.Equal("2026-11-20T09:05:00Z", activities[0].GetProperty("occurred_at").GetString());
    }

    [Theory, OnBothBackends]
    public async Task Activities_come_in_pages_when_asked(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var id = await nexus.Deal("Noted");
        var uid = Nexus.Uid(id);
        var deal = await new DealService(nexus.Workspace.Db).Get(nexus.Workspace.Admin, uid, default);
        for (var n = 1; n <= 3; n++)
        {
            await new NoteService(nexus.Workspace.Db)
                .Create(nexus.Workspace.Admin, new() { Content = $"Note {n}", DealId = deal.Id }, default);
            TestClock.Instance.Advance(TimeSpan.FromMinutes(5));
        }

        var (_, first) = await nexus.Client.Get($"{Nexus.Deals}/{id}/activities?limit=2");
        var (_, second) =
            await nexus.Client.Get($"{Nexus.Deals}/{id}/activities?limit=2&cursor={first.GetProperty("meta").GetProperty("next_cursor")}");
        var (wrong, _) = await nexus.Client.Get($"{Nexus.Deals}/{id}/activities?cursor=elsewhere");

        Assert.Equal(["Note 3", "Note 2"], first.GetProperty("data").EnumerateArray().Select(note => note.GetProperty("body").GetString()));
        Assert.Equal(["Note 1"], second.GetProperty("data").EnumerateArray().Select(note => note.GetProperty("body").GetString()));
        Assert.False(second.GetProperty("meta").GetProperty("has_more").GetBoolean());
        Assert.Equal(400, wrong);
    }

    // docs: "Returns all contacts associated with a deal, including their roles"; reference: the primary contact first.
    [Theory, OnBothBackends]
    public async Task Contacts_of_a_deal_have_roles_and_the_primary_one_is_first(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var (champion, championId) = await nexus.Contact("Cem Champion");
        var (_, primaryId) = await nexus.Contact("Pia Primary", "pia@example.com");
        var id = await nexus.Deal("People");
        var uid = Nexus.Uid(id);
        var deals = new DealService(nexus.Workspace.Db);
        await deals.AddContact(nexus.Workspace.Admin, (await deals.Get(nexus.Workspace.Admin, uid, default)).Id, champion.Id, "champion",
            default);
        await nexus.Put($"{Nexus.Deals}/{id}", new { contact_id = primaryId });

        var (_, json) = await nexus.Client.Get($"{Nexus.Deals}/{id}/contacts");

        Assert.Equal(
            $$$"""{"success":true,"data":[{"id":"{{{primaryId}}}","name":"Pia Primary","email":"pia@example.com","role":null,"is_primary":true},{"id":"{{{championId}}}","name":"Cem Champion","email":null,"role":"champion","is_primary":false}]}""",
            json.GetRawText());
    }
}
