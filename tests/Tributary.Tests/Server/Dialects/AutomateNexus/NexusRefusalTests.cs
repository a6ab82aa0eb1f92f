using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.AutomateNexus;

/// <summary>Who may do what, and how no is said (reference §2.1, §2.4).</summary>
public sealed class NexusRefusalTests
{
    [Theory, OnBothBackends]
    public async Task A_call_without_a_good_key_is_401(Backend backend)
    {
        var anonymous = await TestServers.Anonymous(backend);

        var (missing, json) = await anonymous.Get(Nexus.Deals);
        var (wrong, _) = await anonymous.Get(Nexus.Deals, ("Authorization", "Bearer anx_nobody"));

        Assert.Equal((401, 401), (missing, wrong));
        Assert.False(json.GetProperty("success").GetBoolean());
        Assert.Equal("UNAUTHORIZED", json.GetProperty("error").GetProperty("code").GetString());
    }

    // docs: "Read Only — Read access to all resources, no modifications allowed."; reference: 403 before anything else is looked at.
    [Theory, OnBothBackends]
    public async Task A_read_only_key_reads_everything_and_writes_nothing(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var deal = await nexus.Deal("Mine");
        var reader = await nexus.With(backend, "read");

        foreach (var path in (string[])["/deals", $"/deals/{deal}", $"/deals/{deal}/activities", $"/deals/{deal}/contacts", "/pipelines",
            $"/pipelines/{nexus.Pipeline}/stages", "/contacts", "/tasks"])
        {
            Assert.Equal(200, (await reader.Get(Nexus.Base + path)).Status);
        }
        var (create, json) = await reader.Post(Nexus.Deals, new { });
        Assert.Equal((403, "FORBIDDEN"), (create, json.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal(403, (await reader.Put($"{Nexus.Deals}/{deal}", new { title = "x" })).Status);
        Assert.Equal(403, (await reader.Put($"{Nexus.Deals}/{deal}/stage", new { stage_id = nexus.Stage(1) })).Status);
        Assert.Equal(403, (await reader.Delete($"{Nexus.Deals}/{deal}")).Status);
        Assert.Equal(403, (await reader.Post($"{Nexus.Base}/contacts", new { first_name = "x" })).Status);
        Assert.Equal(403, (await reader.Post($"{Nexus.Base}/tasks", new { title = "x" })).Status);
    }

    // docs: "Custom — Granular permissions for specific resource types."
    [Theory, OnBothBackends]
    public async Task A_custom_key_has_the_resource_types_it_names(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var deal = await nexus.Deal("Mine");
        var deals = await nexus.With(backend, "deals:write");
        var contacts = await nexus.With(backend, "contacts:write");
        var tasks = await nexus.With(backend, "tasks:read");

        Assert.Equal(200, (await deals.Put($"{Nexus.Deals}/{deal}", new { title = "Renamed" })).Status);
        Assert.Equal(200, (await deals.Get($"{Nexus.Base}/pipelines")).Status);
        Assert.Equal(200, (await deals.Get($"{Nexus.Deals}/{deal}/activities")).Status);
        Assert.Equal(403, (await deals.Get($"{Nexus.Base}/contacts")).Status);
        Assert.Equal(403, (await deals.Get($"{Nexus.Base}/tasks")).Status);
        Assert.Equal(201, (await contacts.Post($"{Nexus.Base}/contacts", new { first_name = "Jane", company = "Acme" })).Status);
        var (status, refused) = await contacts.Get(Nexus.Deals);
        Assert.Equal((403, "deals:read"),
            (status, refused.GetProperty("error").GetProperty("details")[0].GetProperty("message").GetString()));
        Assert.Equal(200, (await tasks.Get($"{Nexus.Base}/tasks")).Status);
        Assert.Equal(403, (await tasks.Post($"{Nexus.Base}/tasks", new { title = "x" })).Status);
    }

    // reference §2.4 row by row; docs, troubleshooting: "Value must be a number, not a string."
    [Theory, OnBothBackends]
    public async Task What_is_wrong_with_a_body_is_422_and_named(Backend backend)
    {
        var (nexus, other) = (await Nexus.Open(backend), await Nexus.Open(backend));
        var (_, foreign) = await other.Contact("Foreign");
        var deal = await nexus.Deal("Refusals");
        (string Field, string Body)[] cases =
        [
            ("title", """{"title":null}"""), ("title", """{"title":"  "}"""), ("title", """{"title":7}"""),
            ("title", $$"""{"title":"{{new string('x', 256)}}"}"""), ("title", """{"title":"\ud800"}"""),
            ("value", """{"value":"$50,000"}"""), ("value", """{"value":"50000"}"""), ("value", """{"value":1e40}"""),
            ("value", """{"value":true}"""), ("value", """{"value":1e15}"""),
            ("currency", """{"currency":"EURO"}"""), ("currency", """{"currency":null}"""), ("currency", """{"currency":"QQQ"}"""),
            ("probability", """{"probability":101}"""), ("probability", """{"probability":-1}"""),
            ("probability", """{"probability":"60"}"""), ("probability", """{"probability":60.5}"""),
            ("expected_close_date", """{"expected_close_date":"2026-04-15T00:00:00Z"}"""),
            ("expected_close_date", """{"expected_close_date":"2026-02-30"}"""),
            ("expected_close_date", """{"expected_close_date":20260415}"""),
            ("contact_id", $$"""{"contact_id":"{{foreign}}"}"""), ("contact_id", """{"contact_id":"con_1"}"""),
            ("contact_id", """{"contact_id":7}"""),
            ("owner_id", """{"owner_id":"usr_1"}"""), ("owner_id", $$"""{"owner_id":"{{other.Admin}}"}"""),
            ("pipeline_id", $$"""{"pipeline_id":"{{other.Pipeline}}"}"""), ("pipeline_id", """{"pipeline_id":null}"""),
            ("stage_id", """{"stage_id":null}"""), ("stage_id", """{"stage_id":3}"""), ("status", """{"status":"closed"}"""),
            ("status", """{"status":null}"""),
            ("won_reason", """{"won_reason":"early"}"""), ("lost_reason", """{"status":"won","lost_reason":"no"}"""),
            ("tags", """{"tags":"hot"}"""), ("tags", """{"tags":[1]}"""), ("tags", """{"tags":[null]}"""),
            ("custom_fields", """{"custom_fields":[]}"""), ("custom_fields", """{"custom_fields":null}"""),
        ];

        foreach (var (field, body) in cases)
        {
            var (status, json) = await nexus.Client.Put($"{Nexus.Deals}/{deal}", body);
            Assert.True(status == 422, $"{body} was answered {status}: {json}");
            Assert.Equal("VALIDATION_ERROR", json.GetProperty("error").GetProperty("code").GetString());
            Assert.Equal(field, json.GetProperty("error").GetProperty("details")[0].GetProperty("field").GetString());
        }
        Assert.Equal(["Refusals"], await nexus.Titles("status=open"));
    }

    [Theory, OnBothBackends]
    public async Task A_new_deal_names_all_that_is_missing_and_a_stage_nobody_has_is_an_invalid_stage(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var deal = await nexus.Deal("x");

        var (missing, all) = await nexus.Client.Post(Nexus.Deals, new { value = "1" });
        var (noStage, required) = await nexus.Client.Put($"{Nexus.Deals}/{deal}/stage", new { });
        var (badStage, invalid) = await nexus.Client.Put($"{Nexus.Deals}/{deal}/stage", new { stage_id = "stage_999" });

        Assert.Equal((422, 422, 422), (missing, noStage, badStage));
        Assert.Equal(["value", "title", "pipeline_id"],
            all.GetProperty("error").GetProperty("details").EnumerateArray().Select(detail => detail.GetProperty("field").GetString()));
        Assert.Equal("VALIDATION_ERROR", required.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("INVALID_STAGE", invalid.GetProperty("error").GetProperty("code").GetString());
    }

    [Theory, OnBothBackends]
    public async Task What_is_no_JSON_object_is_400(Backend backend)
    {
        var nexus = await Nexus.Open(backend);

        foreach (var body in (string[])["{", "[]", "7", """{"title":"a","title":"b"}"""])
        {
            var (status, json) = await nexus.Client.Post(Nexus.Deals, body);
            Assert.True(status == 400, $"{body} was answered {status}");
            Assert.Equal("BAD_REQUEST", json.GetProperty("error").GetProperty("code").GetString());
        }
    }

    // reference: cross-workspace id → 404; a wrong prefix or text is no id.
    [Theory, OnBothBackends]
    public async Task Ids_that_name_nothing_here_are_404(Backend backend)
    {
        var (nexus, other) = (await Nexus.Open(backend), await Nexus.Open(backend));
        var deal = await nexus.Deal("Secret");

        foreach (var id in (string[])[deal, "deal_xyz789", nexus.Pipeline, deal["deal_".Length..], "7"])
        {
            Assert.Equal(404, (await other.Client.Get($"{Nexus.Deals}/{id}")).Status);
            Assert.Equal(404, (await other.Client.Put($"{Nexus.Deals}/{id}", new { title = "Stolen" })).Status);
            Assert.Equal(404, (await other.Client.Put($"{Nexus.Deals}/{id}/stage", new { stage_id = other.Stage(0) })).Status);
            Assert.Equal(404, (await other.Client.Delete($"{Nexus.Deals}/{id}")).Status);
            Assert.Equal(404, (await other.Client.Get($"{Nexus.Deals}/{id}/activities")).Status);
            Assert.Equal(404, (await other.Client.Get($"{Nexus.Deals}/{id}/contacts")).Status);
        }
        var (_, json) = await other.Client.Get($"{Nexus.Deals}/{deal}");
        Assert.Equal("NOT_FOUND", json.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(404, (await other.Client.Get($"{Nexus.Base}/pipelines/{nexus.Pipeline}/stages")).Status);
        Assert.Equal(404, (await other.Client.Get($"{Nexus.Base}/nothing")).Status);
        var (method, wrong) = await nexus.Client.Patch($"{Nexus.Deals}/{deal}", new { });
        Assert.Equal((405, "METHOD_NOT_ALLOWED"), (method, wrong.GetProperty("error").GetProperty("code").GetString()));
    }

    // reference §2.1: X-RateLimit-Limit/Remaining/Reset.
    [Theory, OnBothBackends]
    public async Task Every_answer_says_how_many_requests_are_left(Backend backend)
    {
        var nexus = await Nexus.Open(backend);

        using var answer = await nexus.Client.GetAsync(Nexus.Deals, TestContext.Current.CancellationToken);
        using var refusal = await nexus.Client.GetAsync($"{Nexus.Deals}/deal_1", TestContext.Current.CancellationToken);

        Assert.Equal(("10000", "9999"), (Header(answer, "X-RateLimit-Limit"), Header(answer, "X-RateLimit-Remaining")));
        Assert.Equal("9998", Header(refusal, "X-RateLimit-Remaining"));
        Assert.InRange(int.Parse(Header(refusal, "X-RateLimit-Reset"), System.Globalization.CultureInfo.InvariantCulture), 1, 10);
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();
}
