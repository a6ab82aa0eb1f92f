using Tributary.Tests.Server.EveryOperation;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive;

/// <summary>How both versions say no: reference §4, bodies recorded from the live API unless said otherwise.</summary>
public sealed class RefusalTests
{
    [Theory, OnBothBackends]
    public async Task Without_a_token_everything_is_401_also_paths_that_are_none(Backend backend)
    {
        var client = await TestServers.Anonymous(backend);
        foreach (var path in new[] { Pipe.Deals, Pipe.V1 + "/deals/1", "/pipedrive/api/v1/deals/1", Pipe.V2 + "/nothing" })
        {
            var (status, json) = await client.Get(path);
            Assert.Equal(401, status);
            Assert.Equal(
                """{"success":false,"error":"unauthorized access","errorCode":401,"error_info":"Please check developers.pipedrive.com"}""",
                json.GetRawText());
        }
    }

    [Theory, OnBothBackends]
    public async Task The_token_may_stand_in_the_header_or_in_the_query(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var token = pipe.Client.DefaultRequestHeaders.GetValues("x-api-token").Single();
        var anonymous = await TestServers.Anonymous(backend);

        Assert.Equal(200, (await anonymous.Get($"{Pipe.Deals}?api_token={token}")).Status);
        Assert.Equal(401, (await anonymous.Get($"{Pipe.Deals}?api_token={token}x")).Status);
        Assert.Equal(200, (await pipe.Client.Get(Pipe.Deals)).Status);
    }

    [Theory, OnBothBackends]
    public async Task What_is_not_there_is_named_and_spelled_by_version(Backend backend)
    {
        var pipe = await Pipe.Open(backend);

        var (status, v2) = await pipe.Client.Get($"{Pipe.Deals}/999999999");
        Assert.Equal((404, """{"success":false,"error":"Deal not found","code":"ERR_NOT_FOUND"}"""), (status, v2.GetRawText()));

        var (old, v1) = await pipe.Client.Get($"{Pipe.V1}/deals/999999999");
        Assert.Equal(
            (404, """{"success":false,"error":"Deal not found","error_info":"Please check developers.pipedrive.com for more information about Pipedrive API.","data":null,"additional_data":null}"""),
            (old, v1.GetRawText()));
    }

    // docs: "The OAuth scope is missing"; a key with fewer scopes is refused alike.
    [Theory, OnBothBackends]
    public async Task A_key_that_may_not_is_refused_by_the_gateway(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var id = await pipe.Deal("x");
        var reader = await pipe.As(backend, null, "deals:read");

        var (status, json) = await reader.Patch($"{Pipe.Deals}/{id}", new { title = "y" });

        Assert.Equal(
            (403, """{"success":false,"error":"Scope and URL mismatch","errorCode":403,"error_info":"Please check developers.pipedrive.com"}"""), (status, json.GetRawText()));
        Assert.Equal(200, (await reader.Get($"{Pipe.Deals}/{id}")).Status);
    }

    // specification: every GET under /deals lists deals:read (and deals:full, which is deals:write here) among its scopes.
    [Theory, OnBothBackends]
    public async Task A_key_of_deals_reads_everything_under_deals(Backend backend)
    {
        var world = await World.Make(backend);
        var dialect = world.Dialects.Single(one => one.Name == "pipedrive");
        var failures = new List<string>();
        foreach (var scope in new[] { "deals:read", "deals:write" })
        {
            var token = await TestServers.Token(world.Workspace, "pipedrive", null, scope);
            foreach (var route in dialect.Operations.Where(route => route.Method == "GET"
                && route.Path.Contains("/deals", StringComparison.Ordinal) && route.AliasOf is null))
            {
                using var request = Requests.Make(dialect, route, world);
                request.Headers.Add("x-api-token", token);
                using var response = await world.Client.SendAsync(request);
                if ((int)response.StatusCode is 403 or >= 500)
                {
                    failures.Add($"{scope} {route.Path}: {await response.Content.ReadAsStringAsync()}");
                }
            }
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    [Theory, OnBothBackends]
    public async Task Strict_reading_names_every_wrong_member_at_once(Backend backend)
    {
        var pipe = await Pipe.Open(backend);

        Assert.Equal((400, "Validation failed: label: Parameter 'label' is not allowed for this request"),
            Pipe.Refused(await pipe.Client.Post(Pipe.Deals, new { title = "x", label = 1 })));
        Assert.Equal((400, "Validation failed: user_id: Parameter 'user_id' is not allowed for this request"),
            Pipe.Refused(await pipe.Client.Get(Pipe.Deals + "?user_id=1")));
        var (_, several) = Pipe.Refused(await pipe.Client.Post(Pipe.Deals, """{"title":7,"value":"12","owner_id":"1"}"""));
        Assert.StartsWith("Validation failed: title: ", several, StringComparison.Ordinal);
        Assert.Contains("; value: value must be a number", several, StringComparison.Ordinal);
        Assert.Contains("; owner_id: owner_id must be a whole number", several, StringComparison.Ordinal);
    }

    // docs: "lost_reason: Can only be set if deal status is lost", won_time, lost_time and close_time alike.
    [Theory, OnBothBackends]
    public async Task Fields_of_the_engine_are_named_in_Pipedrives_words(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        foreach (var (field, body) in new (string, object)[]
        {
            ("won_time", new { title = "x", won_time = "2026-01-01T00:00:00Z" }),
                ("lost_time", new { title = "x", lost_time = "2026-01-01T00:00:00Z" }),
            ("close_time", new { title = "x", close_time = "2026-01-01T00:00:00Z" }),
                ("lost_reason", new { title = "x", lost_reason = "too dear" }),
            ("stage_id", new { title = "x", stage_id = 999999999 }), ("person_id", new { title = "x", person_id = 999999999 }),
            ("currency", new { title = "x", currency = "QQQ" }),
            ("probability", new { title = "x", probability = 101 }), ("label_ids", new { title = "x", label_ids = new[] { 999999999 } }),
        })
        {
            var (status, error) = Pipe.Refused(await pipe.Client.Post(Pipe.Deals, body));
            Assert.True(status == 400, $"{field}: {status}");
            Assert.StartsWith($"Validation failed: {field}: ", error, StringComparison.Ordinal);
        }
    }
}
