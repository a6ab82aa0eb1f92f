using System.Text.Json;
using Tributary.Core.Activities;
using Tributary.Core.Leads;
using Tributary.Core.Mail;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V1;

/// <summary>
/// What hangs on persons, organizations, products and leads in v1, and who follows them (the specification of v1 and of January 2026).
/// </summary>
public sealed class AroundContactTests
{
    private const string V1 = Pipe.V1;
    private static readonly System.Globalization.CultureInfo Invariant = System.Globalization.CultureInfo.InvariantCulture;

    // "Lists deals associated with an organization": its own, its persons', unless only_primary_association; "deals where a product is
    // attached to".
    [Theory, OnBothBackends]
    public async Task Deals_are_listed_by_whom_and_what_they_are_with(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var organization = await pipe.Organization("Neverland");
        var person = await pipe.Post($"{V1}/persons", new { name = "Peter Pan", org_id = organization.Id }, 201);
        var product = await pipe.Post($"{V1}/products", new { name = "Dust", prices = new[] { new { currency = "EUR", price = 5 } } }, 201);
        var (own, theirs, lost) =
            (await pipe.Deal("own", new { org_id = organization.Id }), await pipe.Deal("theirs",
                new { person_id = person.Whole("id") }), await pipe.Deal("lost", new { org_id = organization.Id, status = "lost" }));
        await pipe.Post($"{V1}/deals/{own}/participants", new { person_id = person.Whole("id") });
        await pipe.Post($"{V1}/deals/{theirs}/products", new { product_id = product.Whole("id"), item_price = 5, quantity = 1 });

        Assert.Equal([own, theirs], (await pipe.Get($"{V1}/persons/{person.Whole("id")}/deals?sort=id ASC")).Ids());
        Assert.Equal([own, theirs, lost], (await pipe.Get($"{V1}/organizations/{organization.Id}/deals?sort=id ASC")).Ids());
        Assert.Equal([own, lost], (await pipe.Get($"{V1}/organizations/{organization.Id}/deals?sort=id ASC&only_primary_association=1"))
            .Ids());
        Assert.Equal([lost], (await pipe.Get($"{V1}/organizations/{organization.Id}/deals?status=lost")).Ids());
        Assert.Equal([theirs], (await pipe.Get($"{V1}/products/{product.Whole("id")}/deals")).Ids());
        Assert.Equal([person.Whole("id")], (await pipe.Get($"{V1}/organizations/{organization.Id}/persons")).Ids());
        Assert.Equal(404, (await pipe.Client.Get($"{V1}/organizations/999999999/deals")).Status);
    }

    [Theory, OnBothBackends]
    public async Task Followers_are_counted_told_and_see_what_they_follow(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var member = await pipe.As(backend, pipe.Workspace.Member);
        var person = (await pipe.Post($"{V1}/persons", new { name = "Hidden", visible_to = 1 }, 201)).Whole("id");
        var path = $"{V1}/persons/{person}";
        var hidden = (await member.Get(path)).Status;

        var follower = await pipe.Post($"{path}/followers", new { user_id = pipe.Workspace.Member.UserId });
        var seen = (await member.Get(path)).Status;
        var listed = Pipe.Data(await member.Get($"{V1}/persons")).Ids();
        var permitted = (await pipe.Get($"{path}/permittedUsers")).EnumerateArray().Select(id => id.GetInt64()).ToList();
        var counted = (await pipe.Get(path)).Whole("followers_count");
        await pipe.Delete($"{path}/followers/{pipe.Workspace.Member.UserId}");

        Assert.Equal((404, 200, 404), (hidden, seen, (await member.Get(path)).Status));
        Assert.Equal((pipe.Workspace.Member.UserId, person), (follower.Whole("user_id"), follower.Whole("person_id")));
        Assert.Contains(person, listed);
        Assert.Contains(pipe.Workspace.Member.UserId!.Value, permitted);
        Assert.Equal((1, 0), (counted, (await pipe.Get(path)).Whole("followers_count")));
        var log = await pipe.Get($"{Pipe.V2}/persons/{person}/followers/changelog");
        Assert.Equal(["removed", "added"], log.EnumerateArray().Select(change => change.Text("action")));
        Assert.Equal(404, (await pipe.Client.Delete($"{path}/followers/{pipe.Workspace.Member.UserId}")).Status);
        Assert.Equal(400, (await pipe.Client.Post($"{path}/followers", new { user_id = 999999999 })).Status);
    }

    [Theory, OnBothBackends]
    public async Task Mail_is_counted_and_listed_for_those_it_is_from_and_to(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var organization = await pipe.Organization("Neverland");
        var person = (await pipe.Post($"{V1}/persons", new { name = "Wendy", email = "wendy@star.test", org_id = organization.Id }, 201))
            .Whole("id");
        var deal = await pipe.Deal("x");
        var at = TestClock.Start.AddHours(-2);
        foreach (var (subject, direction, hour) in new[] { ("one", MailDirection.Incoming, 0), ("two", MailDirection.Outgoing, 1) })
        {
            await new MailService(pipe.Workspace.Db).Create(pipe.Workspace.Admin, new()
            {
                Subject = subject,
                DealId = deal,
                Direction = direction,
                MessageAt = at.AddHours(hour),
                Parties = new MailParties { From = [new("Wendy@Star.test")], To = [new("someone@else.test")] },
            }, default);
        }

        foreach (var path in new[] { $"{V1}/persons/{person}", $"{V1}/organizations/{organization.Id}" })
        {
            Assert.Equal(2, (await pipe.Get(path)).Whole("email_messages_count"));
            Assert.Equal(["two", "one"], (await pipe.Get($"{path}/mailMessages")).EnumerateArray()
                .Select(item => item.GetProperty("data").Text("subject")));
            Assert.Equal(2, (await pipe.Get($"{path}/flow?items=mailMessage")).GetArrayLength());
        }
        Assert.Equal("2026-11-20 07:00:00", (await pipe.Get($"{V1}/persons/{person}")).Text("last_incoming_mail_time"));
    }

    [Theory, OnBothBackends]
    public async Task The_changes_of_a_person_are_told_by_v1s_keys(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var person = (await pipe.Post($"{V1}/persons", new { name = "Wendy" }, 201)).Whole("id");
        await pipe.Put($"{V1}/persons/{person}", new { email = "wendy@star.test", name = "Wendy Darling" });
        var deal = await pipe.Deal("with Wendy", new { person_id = person });

        var changelog = await pipe.Get($"{V1}/persons/{person}/changelog");
        var flow = await pipe.Get($"{V1}/persons/{person}/flow");

        Assert.Contains("email", changelog.EnumerateArray().Select(change => change.Text("field_key")));
        Assert.Contains(changelog.EnumerateArray(), change =>
            (change.Text("field_key"), change.Text("old_value"), change.Text("new_value")) == ("name", "Wendy", "Wendy Darling"));
        Assert.Contains(flow.EnumerateArray(), item => item.Text("object") == "deal" && item.GetProperty("data").Whole("id") == deal);
        Assert.Contains(flow.EnumerateArray(), item => item.Text("object") == "personChange"
            && item.GetProperty("data").Text("field_key") == "name");
    }

    [Theory, OnBothBackends]
    public async Task Two_persons_become_one_and_several_are_deleted_at_once(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (gone, stays, other) = (await pipe.Person("Gone"), await pipe.Person("Stays"), await pipe.Person("Other"));

        var merged = await pipe.Put($"{V1}/persons/{gone.Id}/merge", new { merge_with_id = stays.Id });
        var deleted = await pipe.Delete($"{V1}/persons?ids={stays.Id},{other.Id},999999999");

        Assert.Equal((stays.Id, gone.Id, JsonValueKind.Number),
            (merged.Whole("id"), merged.Whole("merge_what_id"), merged.GetProperty("owner_id").ValueKind));
        Assert.Equal([stays.Id, other.Id], deleted.GetProperty("id").EnumerateArray().Select(id => id.GetInt64()));
        Assert.Empty((await pipe.Get($"{V1}/persons")).EnumerateArray());
    }

    // "next_activity_id", "source_deal_id"; "the users permitted to access a lead"; "the list of lead sources is fixed".
    [Theory, OnBothBackends]
    public async Task A_lead_shows_what_is_next_and_who_may_see_it(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var person = await pipe.Person("Wendy");
        var lead = (await pipe.Post($"{V1}/leads", new { title = "Warm", person_id = person.Id, visible_to = "1" }, 201)).Text("id");
        var row = await new LeadService(pipe.Workspace.Db).Get(pipe.Workspace.Admin, Guid.Parse(lead!), default);
        var activities = new ActivityService(pipe.Workspace.Db);
        await activities.Create(pipe.Workspace.Admin,
            new() { Subject = "later", Type = "call", LeadId = row.Id, DueOn = new DateOnly(2026, 12, 2) }, default);
        var next = await activities.Create(pipe.Workspace.Admin,
            new() { Subject = "next", Type = "call", LeadId = row.Id, DueOn = new DateOnly(2026, 12, 1) }, default);

        var shown = await pipe.Get($"{V1}/leads/{lead}");
        var permitted = (await pipe.Get($"{V1}/leads/{lead}/permittedUsers")).EnumerateArray().Select(id => id.GetInt64()).ToList();

        Assert.Equal((next.Id, JsonValueKind.Null), (shown.Whole("next_activity_id"), shown.GetProperty("source_deal_id").ValueKind));
        Assert.Contains(pipe.Workspace.Admin.UserId!.Value, permitted);
        Assert.DoesNotContain(pipe.Workspace.Member.UserId!.Value, permitted);
        Assert.Contains("API", (await pipe.Get($"{V1}/leadSources")).EnumerateArray().Select(source => source.Text("name")));
    }

    // "Whether to include a summary of the pipeline in the additional_data"; per_stages_converted only with totals_convert_currency.
    [Theory, OnBothBackends]
    public async Task A_pipelines_deals_are_summed_up_by_stage(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (first, second) = (pipe.Workspace.Stages[0], pipe.Workspace.Stages[1]);
        foreach (var (stage, value) in new[] { (first, 100), (first, 20), (second, 7) })
        {
            await pipe.Deal("x", new { stage_id = stage, value });
        }
        await pipe.Deal("won", new { stage_id = first, value = 1000, status = "won" });

        var plain =
            (await pipe.Client.Get($"{V1}/pipelines/{pipe.Workspace.PipelineId}/deals?get_summary=1&limit=1")).Json.GetProperty(
                "additional_data").GetProperty("deals_summary");
        var converted =
            (await pipe.Client.Get(
                $"{V1}/pipelines/{pipe.Workspace.PipelineId}/deals?get_summary=1&everyone=1&totals_convert_currency=default_currency")).Json.GetProperty("additional_data").GetProperty("deals_summary");

        var stages = plain.GetProperty("per_stages");
        Assert.Equal((2, 120m),
            (stages.GetProperty(first.ToString(Invariant)).GetProperty("EUR").Whole("count"), stages.GetProperty(first.ToString(Invariant))
                .GetProperty("EUR").Number("value")));
        Assert.Equal((3, 3, 127m),
            (plain.Whole("total_count"), plain.GetProperty("per_currency").Whole("EUR"), plain.GetProperty("per_currency_full")
                .GetProperty("EUR").Number("value")));
        Assert.False(plain.TryGetProperty("per_stages_converted", out _));
        Assert.Equal(7m, converted.GetProperty("per_stages_converted").GetProperty(second.ToString(Invariant)).Number("value"));
    }
}
