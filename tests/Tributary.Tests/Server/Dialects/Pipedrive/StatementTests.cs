using Microsoft.AspNetCore.TestHost;
using Tributary.Core.Leads;
using Tributary.Core.Mail;
using Tributary.Server.Hosting;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive;

/// <summary>
/// Issue 3, "no N+1": an answer takes as many statements for many rows as for few, with all that can be shown beside them.
/// </summary>
public sealed class StatementTests
{
    private const string Everything =
        "include_labels=true&include_option_labels=true&include_fields=next_activity_id,last_activity_id,first_won_time,products_count,"
        + "files_count,notes_count,followers_count,email_messages_count,activities_count,done_activities_count,undone_activities_count,participants_count,"
        + "last_incoming_mail_time,last_outgoing_mail_time,smart_bcc_email,source_lead_id";

    private const string OfContacts =
        "include_labels=true&include_option_labels=true&include_fields=next_activity_id,last_activity_id,open_deals_count,"
        + "related_open_deals_count,closed_deals_count,email_messages_count,activities_count,files_count,notes_count,followers_count,won_deals_count,smart_bcc_email";

    [Theory, OnBothBackends]
    public async Task Rows_cost_no_statements(Backend backend)
    {
        await using var db = await Backends.Own(backend);
        var some = await Some.Workspace(db);
        await using var server = ServerHost.Build(new()
        {
            LogLevel = "None",
            RunJobs = false,
            DataFolder = Leftovers.Folder(),
        }, db, TestClock.Instance, builder => builder.WebHost.UseTestServer());
        await server.StartAsync(TestContext.Current.CancellationToken);
        var test = server.GetTestServer();
        test.PreserveExecutionContext = true;
        var client = test.CreateClient();
        client.DefaultRequestHeaders.Add("x-api-token", await TestServers.Token(some, "pipedrive"));
        var pipe = new Pipe(client, some);
        var person = (await pipe.Person("needle")).Id;
        var organization = (await pipe.Organization("needle")).Id;
        var deal = await pipe.Deal("needle", new { person_id = person, org_id = organization });

        for (var i = 0; i < 2; i++) await OneMore(pipe, deal, person, organization);
        var few = await Count();
        for (var i = 0; i < 10; i++) await OneMore(pipe, deal, person, organization);
        var many = await Count();

        Assert.Equal(few, many);
        Assert.InRange(many[$"{Pipe.Deals}?limit=500&{Everything}"], 1, 3);

        async Task<SortedDictionary<string, long>> Count()
        {
            var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
            foreach (var path in Paths(deal, person, organization, some))
            {
                // The first time the catalog and the caller may be read.
                await client.Get(path);
                var before = db.Statements;
                var (status, json) = await client.Get(path);
                Assert.True(status == 200, $"{path}: {json}");
                counts[path] = db.Statements - before;
            }
            return counts;
        }
    }

    /// <summary>
    /// One more of everything: a deal of its own with all its parts, and all that can hang on the one deal, person and organization.
    /// </summary>
    private static async Task OneMore(Pipe pipe, long deal, long person, long organization)
    {
        var admin = pipe.Workspace.Admin;
        var own = (await pipe.Person("needle")).Id;
        var theirs = (await pipe.Organization("needle")).Id;
        var another = await pipe.Deal("needle", new { person_id = own, org_id = theirs, value = 5, expected_close_date = "2026-12-24" });
        var archived = await pipe.Deal("needle", new { person_id = own, org_id = theirs, is_archived = true });
        var product = (await pipe.Post(Pipe.V2 + "/products", new { name = "needle" }, 201)).Whole("id");
        foreach (var one in new[] { deal, another })
        {
            await pipe.Post($"{Pipe.Deals}/{one}/products", new { product_id = product, item_price = 5, quantity = 1 }, 201);
            await pipe.Post($"{Pipe.V1}/deals/{one}/participants", new { person_id = one == deal ? own : person });
            await pipe.Post($"{Pipe.V1}/activities",
                new { subject = "a", type = "call", deal_id = one, person_id = own, org_id = theirs, due_date = "2026-12-09" }, 201);
            await pipe.Post($"{Pipe.V1}/notes", new { content = "n", deal_id = one, person_id = own });
            await pipe.Post($"{Pipe.V1}/files/remoteLink",
                new { item_type = "deal", item_id = one, remote_id = "r", remote_location = "googledrive" });
        }
        await pipe.Post($"{Pipe.Deals}/{deal}/installments", new { description = "i", amount = 1, billing_date = "2027-01-01" });
        await pipe.Patch($"{Pipe.Deals}/{deal}", new { title = $"needle {another}", probability = another % 100 });
        await pipe.Patch($"{Pipe.V2}/persons/{person}", new { job_title = $"{another}" });
        await pipe.Post($"{Pipe.Deals}/{deal}/followers", new { user_id = pipe.Workspace.Member.UserId }, 201);
        await pipe.Delete($"{Pipe.Deals}/{deal}/followers/{pipe.Workspace.Member.UserId}");
        await new LeadService(pipe.Workspace.Db).Create(admin, new() { Title = "needle", PersonId = own, OrgId = theirs }, default);
        await new MailService(pipe.Workspace.Db).Create(admin, new()
        {
            Subject = "m",
            Body = "b",
            DealId = deal,
            MessageAt = TestClock.Start,
            Parties = new MailParties { From = [new("a@b.test", PersonId: own)] },
        }, default);
        Assert.True(archived > 0 && organization > 0);
    }

    private static IEnumerable<string> Paths(long deal, long person, long organization, SomeWorkspace some)
    {
        string[] v2 =
        [
            $"deals?limit=500&{Everything}",
            $"deals/archived?limit=500&{Everything[(Everything.IndexOf("include_fields", StringComparison.Ordinal))..]}",
            $"deals/{deal}?{Everything}", "deals/search?term=needle&include_fields=deal.cc_email&limit=500",
            $"deals/products?deal_ids={deal}&limit=500",
            $"deals/{deal}/products?limit=500", $"deals/installments?deal_ids={deal}", $"deals/{deal}/followers",
            $"deals/{deal}/followers/changelog",
            $"persons?limit=500&{OfContacts}", $"organizations?limit=500&{OfContacts}", "products?limit=500",
            "activities?include_fields=attendees&limit=500",
            "persons/search?term=needle", "organizations/search?term=needle", "products/search?term=needle", "leads/search?term=needle",
            "itemSearch?term=needle&search_for_related_items=true", "itemSearch/field?term=needle&entity_type=person&field=name",
            "dealFields",
        ];
        string[] v1 =
        [
            "deals?limit=500", "deals/archived", "deals/collection?limit=500", "deals/search?term=needle", "deals/summary",
            "deals/summary/archived",
            "deals/timeline?start_date=2026-11-01&interval=month&amount=3&field_key=add_time&totals_convert_currency=default_currency",
            "deals/timeline/archived?start_date=2026-11-01&interval=month&amount=3&field_key=add_time", $"deals/{deal}",
            $"deals/{deal}/changelog?limit=500",
            $"deals/{deal}/flow?limit=500&all_changes=1", $"deals/{deal}/participants", $"deals/{deal}/participantsChangelog",
            $"deals/{deal}/persons",
            $"deals/{deal}/activities", $"deals/{deal}/files", $"deals/{deal}/mailMessages?include_body=1",
            $"deals/{deal}/products?include_product_data=1",
            $"deals/{deal}/followers", $"deals/{deal}/permittedUsers", "persons?limit=500", "persons/collection", "organizations?limit=500",
            "organizations/collection", "products?limit=500&get_summary=1", "activities?user_id=0&limit=500", "activities/collection",
            "notes?limit=500", "files",
            "leads", $"persons/{person}/flow", $"persons/{person}/changelog", $"persons/{person}/deals", $"persons/{person}/products",
            $"organizations/{organization}/flow", $"organizations/{organization}/deals", $"organizations/{organization}/persons",
            $"pipelines/{some.PipelineId}/deals?everyone=1&get_summary=1", $"stages/{some.Stages[0]}/deals?everyone=1",
            $"pipelines/{some.PipelineId}/conversion_statistics?start_date=2026-01-01&end_date=2026-12-31",
            $"pipelines/{some.PipelineId}/movement_statistics?start_date=2026-01-01&end_date=2026-12-31",
            "recents?since_timestamp=2026-01-01%2000:00:00&limit=500", "itemSearch?term=needle",
        ];
        return [.. v2.Select(path => $"{Pipe.V2}/{path}"), .. v1.Select(path => $"{Pipe.V1}/{path}")];
    }
}
