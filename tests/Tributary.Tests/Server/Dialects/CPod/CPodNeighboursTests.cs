using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.CPod;

/// <summary>Reference §4.6: Account, Contact and Activity as far as a deal needs them.</summary>
public sealed class CPodNeighboursTests
{
    private const string Crm = "/cpod/api/v1/crm";

    [Theory, OnBothBackends]
    public async Task Accounts_and_contacts_live_as_deals_do(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);

        var (made, account) = await desk.Client.Post($"{Crm}/accounts", new { name = "Acme", industry = "Robots", tags = new[] { "big" } });
        var (born, contact) = await desk.Client.Post($"{Crm}/contacts",
            new
            {
                first_name = "Ann",
                last_name = "Lee",
                email = "ann@acme.test",
                account_id = account.Text("id"),
                decision_role = "champion"
            });
        var deal = await desk.Create(new { account_id = account.Text("id"), primary_contact_id = contact.Text("id") });
        var (patched, changed) = await desk.Client.Patch($"{Crm}/accounts/{account.Text("id")}",
            new { website = "acme.test", version = 1 });
        var (stale, conflict) = await desk.Client.Patch($"{Crm}/contacts/{contact.Text("id")}", new { phone = "+491" },
            ("If-Match", "\"9\""));
        var (_, found) = await desk.Client.Get($"{Crm}/contacts?account_id={account.Text("id")}&search=ANN@");
        var (deleted, _) = await desk.Client.Delete($"{Crm}/contacts/{contact.Text("id")}");
        var (gone, error) = await desk.Client.Get($"{Crm}/contacts/{contact.Text("id")}");

        Assert.Equal((201, 201, 200, 409, 204, 404), (made, born, patched, stale, deleted, gone));
        Assert.Equal(("Ann Lee", account.Text("id")), (contact.Text("name"), contact.Text("account_id")));
        Assert.Equal((account.Text("id"), contact.Text("id")), (deal.Text("account_id"), deal.Text("primary_contact_id")));
        Assert.Equal(("acme.test", "2"), (changed.Text("website"), changed.Raw("version")));
        Assert.Equal("1", conflict.Raw("current_version"));
        Assert.Equal("1", found.Raw("total"));
        Assert.Equal("Contact not found", error.Text("detail"));
        Assert.Equal(contact.Text("id"), (await desk.Get(deal)).Text("primary_contact_id")); // a deal still names who is gone
        Assert.Equal(200, (await desk.Client.Patch(CPodDesk.Path(deal), (await desk.Get(deal)).GetRawText())).Status);
    }

    [Theory, OnBothBackends]
    public async Task An_account_needs_a_name_and_refuses_what_it_does_not_know(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);

        var (missing, error) = await desk.Client.Post($"{Crm}/accounts", new { });
        var (unknown, _) = await desk.Client.Post($"{Crm}/accounts", new { name = "x", colour = "red" });
        var (foreign, _) = await desk.Client.Get($"{Crm}/accounts/con-x");

        Assert.Equal((422, 422, 404), (missing, unknown, foreign));
        Assert.Equal(("body.name", "missing"), (Assert.Single(CPodDesk.Places(error)), error.GetProperty("detail")[0].Text("type")));
    }

    // "list/get/create only; at least one of account/deal/contact id"
    [Theory, OnBothBackends]
    public async Task An_activity_belongs_to_an_account_a_deal_or_a_contact(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);
        var deal = await desk.Create(new { name = "Busy" });

        var (made, activity) = await desk.Client.Post($"{Crm}/activities",
            new { type = "meeting", subject = "Kick-off", deal_id = deal.Text("id"), due_date = "2026-11-25" });
        var (lonely, error) = await desk.Client.Post($"{Crm}/activities", new { subject = "Nothing" });
        var (wrong, _) = await desk.Client.Post($"{Crm}/activities", new { deal_id = Guid.Empty });
        var (_, list) = await desk.Client.Get($"{Crm}/activities?deal_id={deal.Text("id")}&due_date_gte=2026-11-25");
        var (got, one) = await desk.Client.Get($"{Crm}/activities/{activity.Text("id")}");
        var (change, _) = await desk.Client.Patch($"{Crm}/activities/{activity.Text("id")}", new { subject = "x" });

        Assert.Equal((201, 422, 422, 200, 405), (made, lonely, wrong, got, change));
        Assert.Equal(["body.deal_id"], CPodDesk.Places(error));
        Assert.Equal((deal.Text("id"), "2026-11-25T00:00:00Z", "open"), (one.Text("deal_id"), one.Text("due_date"), one.Text("status")));
        Assert.Equal("1", list.Raw("total"));
    }
}
