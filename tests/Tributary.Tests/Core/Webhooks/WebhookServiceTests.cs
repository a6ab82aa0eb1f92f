using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Webhooks;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Webhooks;

public sealed class WebhookServiceTests
{
    private static CancellationToken Ct => CancellationToken.None;

    [Theory, OnBothBackends]
    public async Task Only_admins_have_to_do_with_webhooks_and_nobody_with_anothers(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var hook = await hooks.Hook("deal.won");

        Assert.Equal(ProblemCode.Forbidden,
            (await Assert.ThrowsAsync<ProblemException>(() => hooks.Service.List(hooks.Some.Manager, Ct))).Problem.Code);
        Assert.Equal(ProblemCode.Forbidden,
            (await Assert.ThrowsAsync<ProblemException>(() => hooks.Service.Delete(hooks.Some.Member, hook.Id, null, Ct))).Problem.Code);
        await Around.IsNotFound(() => hooks.Service.Get(hooks.Some.Outsider, hook.Id, Ct));
        await Around.IsNotFound(() => hooks.Service.Get(hooks.Some.Admin with { Dialect = "automatenexus" }, hook.Id, Ct));
    }

    [Theory, OnBothBackends]
    public async Task What_is_wrong_with_a_webhook_is_named_at_once(Backend backend)
    {
        var hooks = await Hooks.In(backend);

        var wrong =
            await Around.Refused(() => hooks.Service.Create(hooks.Some.Admin,
                new() { Url = "http://plain.test/", Events = (Seq<string>)["deal.exploded"], Secret = "short" }, Ct));

        Assert.Equal(["url", "events", "secret"], wrong);
    }

    [Theory, OnBothBackends]
    public async Task Who_cannot_read_deals_cannot_listen_to_them(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var narrow = hooks.Some.Admin with { Scopes = ["webhooks:write"] };

        var refusal =
            await Assert.ThrowsAsync<ProblemException>(() =>
                hooks.Service.Create(narrow, new() { Url = "https://receiver.test/", Events = (Seq<string>)["deal.won"] }, Ct));

        Assert.Equal(ProblemCode.Forbidden, refusal.Problem.Code);
    }

    [Theory, OnBothBackends]
    public async Task The_log_tells_of_a_webhook_but_not_its_secret(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var created = await hooks.Service.Create(hooks.Some.Admin, new() { Url = "https://receiver.test/", Events = (Seq<string>)["*"] },
            Ct);
        var rotated = await hooks.Service.Rotate(hooks.Some.Admin, created.Webhook.Id, Ct);
        await hooks.Service.Delete(hooks.Some.Admin, created.Webhook.Id, null, Ct);

        await Settled.Log(hooks.Some);
        var page = await new EventService(hooks.Some.Db).After(hooks.Some.Admin, LogPosition.Start, new() { Subject = "webhook" }, 10, Ct);

        Assert.Equal(["created", "updated", "deleted"], page.Events.Select(line => line.Action));
        Assert.DoesNotContain(page.Events.SelectMany(line => line.Changes),
            change => $"{change.Old}{change.New}".Contains("whsec_", StringComparison.Ordinal));
        Assert.StartsWith("whsec_", rotated.Secret, StringComparison.Ordinal);
        await Around.IsNotFound(() => hooks.Service.Get(hooks.Some.Admin, created.Webhook.Id, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_test_tells_of_nothing_and_arrives_like_the_rest(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var hook = await hooks.Hook("deal.won");

        await hooks.Service.Test(hooks.Some.Admin, hook.Id, Ct);
        await hooks.Rounds(hook);

        var errand = Assert.Single(hooks.Sent);
        Assert.Equal((WebhookRules.TestType, null, null), (errand.Delivery.Type, errand.Line, errand.Deal));
    }

    [Theory, OnBothBackends]
    public async Task The_log_of_deliveries_is_read_in_pages(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var hook = await hooks.Hook("deal.created");
        for (var i = 0; i < 3; i++) await hooks.Service.Test(hooks.Some.Admin, hook.Id, Ct);

        var first = await hooks.Service.Deliveries(hooks.Some.Admin, hook.Id, null, null, 2, Ct);
        var second = await hooks.Service.Deliveries(hooks.Some.Admin, hook.Id, null, first.NextCursor, 2, Ct);

        Assert.Equal((2, true, 1, false), (first.Items.Count, first.HasMore, second.Items.Count, second.HasMore));
        Assert.True(first.Items[1].Id > second.Items[0].Id);
    }
}
