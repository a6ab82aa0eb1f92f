using Tributary.Core.Jobs;
using Tributary.Core.Leads;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V2;

/// <summary>"Convert a deal to a lead (BETA)" and "Get Deal conversion status (BETA)": reference §9.9.</summary>
public sealed class DealConversionTests
{
    private const string NotFound =
        """{"success":false,"error":"Entity was not found","error_info":"Object was not found.","data":null,"additional_data":null}""";

    [Theory, OnBothBackends]
    public async Task A_deal_becomes_a_lead_in_the_background(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var id = await pipe.Deal("x", new { person_id = (await pipe.Person("Pat")).Id });

        var (asked, json) = await pipe.Client.Post($"{Pipe.Deals}/{id}/convert/lead");
        var conversion = json.GetProperty("data").Text("conversion_id");
        var before = await pipe.Client.Get($"{Pipe.Deals}/{id}/convert/status/{conversion}");
        await new JobService(pipe.Workspace.Db).Step(pipe.Workspace.Id, default);
        var after = await pipe.Client.Get($"{Pipe.Deals}/{id}/convert/status/{conversion}");

        Assert.Equal((200, $$$"""{"success":true,"data":{"conversion_id":"{{{conversion}}}"},"additional_data":null}"""),
            (asked, json.GetRawText()));
        Assert.Equal($$$"""{"success":true,"data":{"conversion_id":"{{{conversion}}}","status":"not_started"},"additional_data":null}""",
            before.Json.GetRawText());
        var lead = Assert.Single((await new LeadService(pipe.Workspace.Db).List(pipe.Workspace.Admin, new(), default)).Items);
        Assert.Equal(
            $$$"""{"success":true,"data":{"lead_id":"{{{lead.Uid}}}","conversion_id":"{{{conversion}}}","status":"completed"},"additional_data":null}""", after.Json.GetRawText());
        Assert.Equal([id], (await pipe.Get($"{Pipe.Deals}?status=deleted"))
            .Ids()); // "If the conversion is successful, the deal is marked as deleted."
    }

    [Theory, OnBothBackends]
    public async Task A_deal_that_names_nobody_is_rejected(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var id = await pipe.Deal("x");

        var conversion = (await pipe.Client.Post($"{Pipe.Deals}/{id}/convert/lead")).Json.GetProperty("data").Text("conversion_id");
        await new JobService(pipe.Workspace.Db).Step(pipe.Workspace.Id, default);

        Assert.Equal("rejected", (await pipe.Get($"{Pipe.Deals}/{id}/convert/status/{conversion}")).Text("status"));
        Assert.Equal(200, (await pipe.Client.Get($"{Pipe.Deals}/{id}")).Status);
    }

    // specification: the 404 of both operations.
    [Theory, OnBothBackends]
    public async Task What_is_not_there_is_an_entity_that_was_not_found(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var id = await pipe.Deal("x");
        foreach (var answer in new[]
        {
            await pipe.Client.Post($"{Pipe.Deals}/999999999/convert/lead"),
            await pipe.Client.Get($"{Pipe.Deals}/{id}/convert/status/{Guid.Empty}"),
            await pipe.Client.Get($"{Pipe.Deals}/{id}/convert/status/1"),
            await pipe.Client.Get($"{Pipe.Deals}/999999999/convert/status/{Guid.Empty}"),
        })
        {
            Assert.Equal((404, NotFound), (answer.Status, answer.Json.GetRawText()));
        }
    }
}
