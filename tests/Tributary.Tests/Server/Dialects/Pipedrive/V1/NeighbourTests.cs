using System.Net.Http.Headers;
using System.Text.Json;
using Tributary.Core.Fields;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V1;

/// <summary>What stands around deals in v1 (reference §11, the specification of v1).</summary>
public sealed class NeighbourTests
{
    [Theory, OnBothBackends]
    public async Task The_caller_is_a_user_of_a_company(Backend backend)
    {
        var pipe = await Pipe.Open(backend);

        var me = await pipe.Get($"{Pipe.V1}/users/me");
        var users = (await pipe.Get($"{Pipe.V1}/users")).EnumerateArray().ToList();
        var found = await pipe.Get($"{Pipe.V1}/users/find?term=sam");

        Assert.Equal((pipe.Workspace.Admin.UserId, true, "Some company"),
            (me.GetProperty("id").GetInt64(), me.GetProperty("is_you").GetBoolean(), me.GetProperty("company_name").GetString()));
        Assert.Equal(3, users.Count);
        Assert.Equal(["Sam Seller"], found.EnumerateArray().Select(user => user.GetProperty("name").GetString()));
        Assert.Equal(404, (await pipe.Client.Get($"{Pipe.V1}/users/999999999")).Status);
        Assert.Equal(100, (await pipe.Get($"{Pipe.V1}/userSettings")).GetProperty("list_limit").GetInt32());
        Assert.Equal("EUR", (await pipe.Get($"{Pipe.V1}/currencies?term=eur"))[0].GetProperty("code").GetString());
    }

    [Theory, OnBothBackends]
    public async Task A_note_is_pinned_changed_listed_and_deleted(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var deal = await pipe.Deal("Deal title");

        var note = await pipe.Post($"{Pipe.V1}/notes", new { content = "<b>abc</b>", deal_id = $"{deal}", pinned_to_deal_flag = 1 });
        var changed = await pipe.Put($"{Pipe.V1}/notes/{note.GetProperty("id")}", new { content = "def" });
        var pinned = await pipe.Get($"{Pipe.V1}/notes?deal_id={deal}&pinned_to_deal_flag=1&sort=add_time DESC");
        var (homeless, refused) = await pipe.Client.Post($"{Pipe.V1}/notes", new { content = "x" });
        var (_, gone) = await pipe.Client.Delete($"{Pipe.V1}/notes/{note.GetProperty("id")}");

        Assert.Equal(("Deal title", true, "<b>abc</b>"),
            (note.GetProperty("deal").GetProperty("title").GetString(), note.GetProperty("pinned_to_deal_flag")
                .GetBoolean(), note.GetProperty("content").GetString()));
        Assert.True(note.GetProperty("user").GetProperty("is_you").GetBoolean());
        Assert.Equal("def", changed.GetProperty("content").GetString());
        Assert.Single(pinned.EnumerateArray());
        Assert.Equal((400, true), (homeless, refused.GetProperty("error").GetString()!.Contains("deal_id", StringComparison.Ordinal)));
        Assert.Equal("""{"success":true,"data":true}""", gone.GetRawText());
    }

    [Theory, OnBothBackends]
    public async Task A_file_is_uploaded_named_and_fetched_again(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var deal = await pipe.Deal("nice deal");
        using var form = new MultipartFormDataContent { { new StringContent($"{deal}"), "deal_id" } };
        form.Add(new ByteArrayContent("hello"u8.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain") } }, "file",
            "hello.txt");

        using var response = await pipe.Client.PostAsync(new Uri($"{Pipe.V1}/files", UriKind.Relative), form);
        var file = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("data");
        var path = $"{Pipe.V1}/files/{file.GetProperty("id")}";
        using var named = await pipe.Client.PutAsync(new Uri(path, UriKind.Relative),
            new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "greeting.txt" }));
        var bytes = await pipe.Client.GetByteArrayAsync(new Uri($"{path}/download", UriKind.Relative));
        var link = await pipe.Post($"{Pipe.V1}/files/remoteLink",
            new { item_type = "deal", item_id = deal, remote_id = "1gzyh6", remote_location = "googledrive" });

        Assert.Equal((200, "nice deal", 5),
            ((int)response.StatusCode, file.GetProperty("deal_name").GetString(), file.GetProperty("file_size").GetInt32()));
        Assert.Equal("greeting.txt", (await pipe.Get(path)).GetProperty("name").GetString());
        Assert.Equal("hello"u8.ToArray(), bytes);
        Assert.Equal(("1gzyh6", "googledrive"),
            (link.GetProperty("remote_id").GetString(), link.GetProperty("remote_location").GetString()));
        Assert.Equal(2, (await pipe.Get($"{Pipe.V1}/deals/{deal}/files")).GetArrayLength());
        Assert.Equal(file.GetProperty("id").GetInt64(), (await pipe.Delete(path)).GetProperty("id").GetInt64());
    }

    // As n8n's node sends it.
    [Theory, OnBothBackends]
    public async Task A_file_may_come_before_what_it_hangs_on(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var deal = await pipe.Deal("nice deal");
        var bytes = new byte[200_000];
        Array.Fill(bytes, (byte)'x');
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", "many.txt" },
            { new StringContent($"{deal}"), "deal_id" } };

        using var response = await pipe.Client.PostAsync(new Uri($"{Pipe.V1}/files", UriKind.Relative), form);
        var file = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("data");

        Assert.Equal((200, deal, 200_000),
            ((int)response.StatusCode, file.GetProperty("deal_id").GetInt64(), file.GetProperty("file_size").GetInt32()));
        Assert.Equal(bytes,
            await pipe.Client.GetByteArrayAsync(new Uri($"{Pipe.V1}/files/{file.GetProperty("id")}/download", UriKind.Relative)));
    }

    [Theory, OnBothBackends]
    public async Task An_upload_that_is_cut_off_leaves_no_file(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        using var form = new StringContent("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhel");
        form.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");

        using var response = await pipe.Client.PostAsync(new Uri($"{Pipe.V1}/files", UriKind.Relative), form);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Empty((await pipe.Get($"{Pipe.V1}/files")).EnumerateArray());
    }

    // Leads: UUIDs, {"amount","currency"}, milliseconds, label ids as UUIDs; a lead has a person or an organization.
    [Theory, OnBothBackends]
    public async Task A_lead_and_its_labels_are_kept(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var person = await pipe.Person("Jane Doe");
        var label = await pipe.Post($"{Pipe.V1}/leadLabels", new { name = "Hot", color = "red" });

        var lead = await pipe.Post($"{Pipe.V1}/leads",
            new
            {
                title = "Jane Doe Lead",
                person_id = person.Id,
                label_ids = new[] { label.GetProperty("id").GetString() },
                value = new { amount = 999, currency = "EUR" }
            }, 201);
        var path = $"{Pipe.V1}/leads/{lead.GetProperty("id").GetString()}";
        var archived = await pipe.Patch(path, new { is_archived = true, value = (object?)null });
        var (nobody, _) = await pipe.Client.Post($"{Pipe.V1}/leads", new { title = "x" });

        Assert.Equal((999m, "EUR"),
            (lead.GetProperty("value").GetProperty("amount").GetDecimal(), lead.GetProperty("value").GetProperty("currency").GetString()));
        Assert.Equal(label.GetProperty("id").GetString(), lead.GetProperty("label_ids")[0].GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", lead.GetProperty("add_time").GetString()!);
        Assert.Equal((true, JsonValueKind.Null),
            (archived.GetProperty("is_archived").GetBoolean(), archived.GetProperty("value").ValueKind));
        Assert.Empty((await pipe.Get($"{Pipe.V1}/leads")).EnumerateArray());
        Assert.Single((await pipe.Get($"{Pipe.V1}/leads/archived")).EnumerateArray());
        Assert.Equal(400, nobody);
        await pipe.Delete(path);
        Assert.Equal(404, (await pipe.Client.Get(path)).Status);
    }

    [Theory, OnBothBackends]
    public async Task Pipelines_and_stages_are_kept_in_v1s_words(Backend backend)
    {
        var pipe = await Pipe.Open(backend);

        var pipeline = await pipe.Post($"{Pipe.V1}/pipelines", new { name = "Renewals", deal_probability = 1 });
        var stage = await pipe.Post($"{Pipe.V1}/stages",
            new
            {
                name = "First",
                pipeline_id = pipeline.GetProperty("id").GetInt64(),
                deal_probability = 40,
                rotten_flag = true,
                rotten_days = 7
            });
        var calm = await pipe.Put($"{Pipe.V1}/stages/{stage.GetProperty("id")}", new { rotten_flag = false });
        await pipe.Deal("mine", new { stage_id = stage.GetProperty("id").GetInt64() });
        await pipe.Deal("theirs", new { stage_id = stage.GetProperty("id").GetInt64(), owner_id = pipe.Workspace.Member.UserId });

        Assert.Equal((40m, true, 7, "Renewals"),
            (stage.GetProperty("deal_probability").GetDecimal(), stage.GetProperty("rotten_flag")
                .GetBoolean(), stage.GetProperty("rotten_days").GetInt32(), stage.GetProperty("pipeline_name").GetString()));
        Assert.Equal((false, JsonValueKind.Null),
            (calm.GetProperty("rotten_flag").GetBoolean(), calm.GetProperty("rotten_days").ValueKind));
        Assert.Equal(["First"], (await pipe.Get($"{Pipe.V1}/stages?pipeline_id={pipeline.GetProperty("id")}")).EnumerateArray()
            .Select(one => one.GetProperty("name").GetString()));
        // "If no parameters are provided open deals owned by the authorized user will be returned."
        Assert.Equal(1, (await pipe.Get($"{Pipe.V1}/stages/{stage.GetProperty("id")}/deals")).GetArrayLength());
        Assert.Equal(2, (await pipe.Get($"{Pipe.V1}/pipelines/{pipeline.GetProperty("id")}/deals?everyone=1")).GetArrayLength());
        Assert.Contains("call", (await pipe.Get($"{Pipe.V1}/activityTypes")).EnumerateArray()
            .Select(type => type.GetProperty("key_string").GetString()));
    }

    // dealFields: numbers and keys; edit_flag says custom; all active options must be supplied in a change.
    // specification of v1: options_deleted, subfields, is_subfield.
    [Theory, OnBothBackends]
    public async Task A_field_shows_its_companions_and_the_options_that_went(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var kind = await pipe.Post($"{Pipe.V1}/dealFields",
            new { name = "Kind", field_type = "enum", options = new[] { new { label = "New" }, new { label = "Old" } } });
        var budget = await pipe.Post($"{Pipe.V1}/dealFields", new { name = "Budget", field_type = "monetary" });
        var kept = kind.GetProperty("options")[0];

        var changed = await pipe.Put($"{Pipe.V1}/dealFields/{kind.Whole("id")}",
            new { options = new[] { new { id = kept.Whole("id"), label = "New" } } });
        var currency = (await pipe.Get($"{Pipe.V1}/dealFields?limit=500")).EnumerateArray()
            .Single(field => field.Text("key") == "currency");

        Assert.Equal(["Old"], changed.GetProperty("options_deleted").EnumerateArray().Select(option => option.Text("label")));
        Assert.Equal(budget.Text("key") + "_currency", budget.GetProperty("subfields")[0].Text("key"));
        Assert.Equal((true, false), (currency.Flag("is_subfield"), budget.Flag("is_subfield")));
    }

    [Theory, OnBothBackends]
    public async Task Deal_fields_are_listed_and_custom_ones_changed(Backend backend)
    {
        var pipe = await Pipe.Open(backend);

        var field = await pipe.Post($"{Pipe.V1}/dealFields",
            new { name = "Customer Type", field_type = "enum", options = new[] { new { label = "Private" }, new { label = "Company" } } });
        var path = $"{Pipe.V1}/dealFields/{field.GetProperty("id")}";
        var (first, second) = (field.GetProperty("options")[0], field.GetProperty("options")[1]);
        var changed =
            await pipe.Put(path,
                new
                {
                    name = "Type",
                    options = new object[] { new { id = first.GetProperty("id").GetInt64(), label = "Person" },
                        new { label = "Government" } }
                });
        var all = (await pipe.Get($"{Pipe.V1}/dealFields?limit=500")).EnumerateArray()
            .ToDictionary(one => one.GetProperty("key").GetString()!);

        Assert.Matches("^[0-9a-f]{40}$", field.GetProperty("key").GetString()!);
        Assert.Equal(["Person", "Government"], changed.GetProperty("options").EnumerateArray()
            .Select(option => option.GetProperty("label").GetString()));
        Assert.DoesNotContain(second.GetProperty("id").GetInt64(),
            changed.GetProperty("options").EnumerateArray().Select(option => option.GetProperty("id").GetInt64()));
        Assert.Equal((false, true),
            (all["title"].GetProperty("edit_flag").GetBoolean(), all[field.GetProperty("key").GetString()!].GetProperty("edit_flag")
                .GetBoolean()));
        Assert.Equal(403, (await pipe.Client.Delete($"{Pipe.V1}/dealFields/{all["title"].GetProperty("id")}")).Status);
        Assert.Equal(field.GetProperty("id").GetInt64(), (await pipe.Delete(path)).GetProperty("id").GetInt64());
    }
}
