using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Mail;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Mail;

public sealed class MailServiceTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 19, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task What_is_written_is_what_is_read_and_its_parties_are_recognised_by_address(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some);
        var pat = await Around.Person(some, email: "Pat@Customer.test");
        var service = new MailService(some.Db);

        var message = await service.Create(some.Member, new()
        {
            DealId = deal.Id,
            Direction = MailDirection.Incoming,
            Subject = "Re: Offer",
            Body = "<p>Looks <b>good</b></p>",
            MessageAt = Morning,
            Parties = new MailParties { From = [new("pat@customer.test", "Pat")], To = [new("sales@some.test")] },
        }, Ct);

        Assert.Equal(message, await service.Get(some.Admin, message.Id, Ct));
        Assert.Equal(message, await service.Get(some.Admin, message.Uid, Ct));
        Assert.Equal((pat, null), (message.Parties.From[0].PersonId, message.Parties.To[0].PersonId));
        Assert.Equal(("Looks good", message.Id), (message.Snippet, message.ThreadId));
    }

    [Theory, OnBothBackends]
    public async Task A_deal_knows_its_last_mail_in_each_direction(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some);
        var service = new MailService(some.Db);

        var first = await service.Create(some.Admin, Mail(deal.Id, MailDirection.Incoming, Morning), Ct);
        await service.Create(some.Admin, Mail(deal.Id, MailDirection.Outgoing, Morning.AddHours(2)), Ct);
        var last =
            await service.Create(some.Admin, Mail(deal.Id, MailDirection.Incoming, Morning.AddHours(1)) with { ThreadId = first.ThreadId },
                Ct);

        Assert.Equal((3, Morning.AddHours(1), Morning.AddHours(2)), await Facts());
        await service.Delete(some.Admin, last.Id, Ct);
        Assert.Equal((2, Morning, Morning.AddHours(2)), await Facts());

        async Task<(int, DateTimeOffset?, DateTimeOffset?)> Facts()
        {
            var found = await Around.Reload(some, deal);
            return (found.MailCount, found.LastIncomingMailAt, found.LastOutgoingMailAt);
        }
    }

    [Theory, OnBothBackends]
    public async Task Flags_change_and_what_was_written_does_not(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some);
        var service = new MailService(some.Db);
        var message = await service.Create(some.Admin, Mail(deal.Id, MailDirection.Incoming, Morning) with { Body = "text" }, Ct);

        var read = await service.Update(some.Admin, message.Id, new() { IsRead = true, Subject = "Forged", Body = "Forged" }, Ct);

        Assert.Equal((true, message.Subject, "text"), (read.IsRead, read.Subject, (await service.Get(some.Admin, message.Id, Ct)).Body));
    }

    [Theory, OnBothBackends]
    public async Task Lists_leave_bodies_out_unless_asked(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some);
        var service = new MailService(some.Db);
        await service.Create(some.Admin, Mail(deal.Id, MailDirection.Incoming, Morning) with { Body = "text" }, Ct);
        var query = new ListQuery { Condition = Condition.Equal("deal_id", deal.Id), Sort = [new("message_at", true)] };

        Assert.Null(Assert.Single((await service.List(some.Admin, query, withBodies: false, Ct)).Items).Body);
        Assert.Equal("text", Assert.Single((await service.List(some.Admin, query, withBodies: true, Ct)).Items).Body);
    }

    [Theory, OnBothBackends]
    public async Task Whoever_does_not_see_the_deal_sees_nothing_of_its_mail(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some, visibleTo: 1);
        var service = new MailService(some.Db);
        var message = await service.Create(some.Admin, Mail(deal.Id, MailDirection.Incoming, Morning), Ct);

        await Around.IsNotFound(() => service.Get(some.Member, message.Id, Ct));
        await Around.IsNotFound(() => service.Get(some.Outsider, message.Id, Ct));
        Assert.Empty((await service.List(some.Member, new(), withBodies: false, Ct)).Items);
        Assert.Equal(["deal_id"],
            await Around.Refused(() => service.Create(some.Member, Mail(deal.Id, MailDirection.Incoming, Morning), Ct)));
    }

    [Theory, OnBothBackends]
    public async Task A_message_belongs_to_a_deal_or_lead_and_to_a_conversation_that_exists(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some);
        var service = new MailService(some.Db);

        Assert.Equal(["deal_id"], await Around.Refused(() => service.Create(some.Admin, new() { Subject = "x" }, Ct)));
        Assert.Equal(["thread_id"],
            await Around.Refused(() => service.Create(some.Admin,
                Mail(deal.Id, MailDirection.Incoming, Morning) with { ThreadId = 999_999_999 }, Ct)));
        Assert.Equal(["body", "subject"],
            await Around.Refused(() => service.Create(some.Admin,
                new() { DealId = deal.Id, Body = new string('€', 400_000), Subject = new string('x', 999) }, Ct)));
        Assert.Equal(["to"],
            await Around.Refused(() => service.Create(some.Admin, new() { DealId = deal.Id, Parties = new MailParties { To = [new(" ")] } },
                Ct)));
    }

    private static MailPatch Mail(long dealId, MailDirection direction, DateTimeOffset at) =>
        new() { DealId = dealId, Direction = direction, Subject = "Offer", MessageAt = at };
}
