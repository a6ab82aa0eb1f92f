using Tributary.Core.Automations;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Automations;

public sealed class AutomationServiceTests
{
    private const string High = """[{"do": "set_field", "field": "priority", "value": "high"}]""";

    private static CancellationToken Ct => CancellationToken.None;

    [Theory, OnBothBackends]
    public async Task Admins_and_managers_make_them_and_members_only_look(Backend backend)
    {
        var flows = await Flows.In(backend);

        var made = await flows.Service.Create(flows.Some.Manager, Flows.Patch("""{"on": "won"}""", High), Ct);

        Assert.Equal(made.Id, (await flows.Service.Get(flows.Some.Member, made.Id, Ct)).Id);
        Assert.Equal(ProblemCode.Forbidden,
            (await Assert.ThrowsAsync<ProblemException>(() =>
                flows.Service.Create(flows.Some.Member, Flows.Patch("""{"on": "won"}""", High), Ct))).Problem.Code);
        Assert.Equal(ProblemCode.Forbidden,
            (await Assert.ThrowsAsync<ProblemException>(() => flows.Service.Delete(flows.Some.Member, made.Id, Ct))).Problem.Code);
        await Around.IsNotFound(() => flows.Service.Get(flows.Some.Outsider, made.Id, Ct));
    }

    [Theory, OnBothBackends]
    public async Task Runs_are_shown_to_who_sees_the_deal_in_pages(Backend backend)
    {
        var flows = await Flows.In(backend);
        var automation = await flows.Make("""{"on": "created"}""", High);
        for (var i = 0; i < 3; i++)
        {
            await flows.Deals.Create(flows.Some.Admin, new() { Title = $"Deal {i}", VisibleTo = i == 1 ? 1 : 7 }, Ct);
        }
        await flows.Settle();

        var first = await flows.Service.Runs(flows.Some.Admin, automation.Id, new() { Limit = 2 }, Ct);
        var second = await flows.Service.Runs(flows.Some.Admin, automation.Id, new() { Limit = 2, Cursor = first.NextCursor }, Ct);
        var seen = await flows.Service.Runs(flows.Some.Member, automation.Id, new(), Ct);

        Assert.Equal((2, 1, false, 2), (first.Items.Count, second.Items.Count, second.HasMore, seen.Items.Count));
        await Around.IsNotFound(() => flows.Service.Run(flows.Some.Member, automation.Id, first.Items[1].Id, Ct));
    }

    [Theory, OnBothBackends]
    public async Task What_is_wrong_with_an_automation_is_named_at_once(Backend backend)
    {
        var flows = await Flows.In(backend);
        var patch = Flows.Patch("""{"on": "stage_changed", "stage_id": 999999999}""", """
            [{"do": "create_activity", "subject": " ", "activity_type": "dance", "due_time": "25:00"}, {"do": "explode"}, {"do": "move", "stage_id": "seven"}, {"do": "set_field", "field": "version", "value": 3},
             {"do": "set_field", "field": "priority", "value": "very"}, {"do": "set_field", "field": "title", "in_days": 3}, {"do": "assign", "user_id": 1, "whom": 2}, {"do": "tag"}, {"do": "call_webhook", "webhook_id": 5}]
            """);

        var wrong =
            await Around.Refused(() => flows.Service.Create(flows.Some.Admin,
                patch with { Name = "", Filter = Condition.Equal("colour", "red") }, Ct));

        string[] expected =
        [
            "actions.0.activity_type", "actions.0.due_time", "actions.0.subject", "actions.1.do", "actions.2.stage_id", "actions.6.whom",
            "actions.3.field", "actions.4.value", "actions.5.in_days", "actions.7.add", "actions.8.webhook_id", "filter", "name",
            "trigger.stage_id",
        ];
        Assert.Equal(expected.Order(), wrong.Order());
    }

    // A tag has a name of 1 to 100 characters (docs/automations.md), so that no action names one that could not be made.
    [Theory, OnBothBackends]
    public async Task A_tag_that_could_not_be_made_is_refused_before_it_is_to_be(Backend backend)
    {
        var flows = await Flows.In(backend);

        var wrong = await Around.Refused(() => flows.Make("""{"on": "won"}""", Tags(new('a', 101), new('b', 101))));
        var made = await flows.Make("""{"on": "won"}""", Tags($" {new('a', 100)} ", new('b', 100)));

        Assert.Equal(["actions.0.add", "actions.0.remove"], wrong.Order());
        Assert.Equal(new AutomationAction.Tag([new('a', 100)], [new('b', 100)]), Assert.Single(made.Actions));

        static string Tags(string add, string remove) => $$"""[{"do": "tag", "add": ["{{add}}"], "remove": ["{{remove}}"]}]""";
    }

    [Theory, OnBothBackends]
    public async Task A_field_is_named_by_slug_and_kept_by_key(Backend backend)
    {
        var flows = await Flows.In(backend);
        var field = await new FieldService(flows.Some.Db)
            .Create(flows.Some.Admin, new() { Subject = "deal", Name = "Renewal day", Type = FieldType.Date }, Ct);

        var automation = await flows.Make($$"""{"on": "date_reached", "field": "custom.{{field.Slug}}", "days": 1}""", High);

        Assert.Equal($"custom.{field.Key}", automation.Trigger.Field);
        Assert.Equal(automation, await flows.Service.Get(flows.Some.Admin, automation.Id, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_version_that_is_not_the_current_one_changes_nothing(Backend backend)
    {
        var flows = await Flows.In(backend);
        var automation = await flows.Make("""{"on": "won"}""", High);

        var renamed = await flows.Service.Update(flows.Some.Admin, automation.Id, new() { Name = "Renamed", ExpectedVersion = 1 }, Ct);
        var stale =
            await Assert.ThrowsAsync<ProblemException>(() =>
                flows.Service.Update(flows.Some.Admin, automation.Id, new() { Name = "Again", ExpectedVersion = 1 }, Ct));

        Assert.Equal((2L, ProblemCode.Stale), (renamed.Version, stale.Problem.Code));
    }
}
