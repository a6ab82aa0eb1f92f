using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Tributary.Server.Api.Deals;
using Tributary.Server.Hosting;
using Tributary.Tests.Support;
using Tributary.Tests.Walls;

namespace Tributary.Tests.Server.Dialects;

/// <summary>
/// Issue 4, point 5: one deal as each dialect would return it, with what each cannot say; and the written table, held to the truth.
/// </summary>
public sealed class LensTests
{
    /// <summary>
    /// Pipedrive's v1 tells how old a deal is and how long it was in its stages, which change with every second, and averages over the
    /// pipeline's deals.
    /// </summary>
    private static readonly string[] ofNoField = ["age", "stay_in_pipeline_stages", "average_time_to_won", "average_stage_progress"];

    [Theory, OnBothBackends]
    public async Task A_lens_shows_what_each_dialects_own_clients_are_answered(Backend backend)
    {
        var speakers = await Speakers.Of(backend);
        var id = await Rich(speakers);

        var lens = await speakers.Lens(id);

        Assert.Equal(["AutomateNexus", "Pipedrive v1", "Pipedrive v2", "Switch", "YSuite", "cPod"],
            lens.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, (dialect, path, answer, _, _, _)) in lens)
        {
            var (status, own) = await speakers.Clients[dialect].Get(path);
            Assert.True(status == 200 && JsonNode.DeepEquals(answer, Speakers.Object(own)), $"{name}\n{answer}\n{own}");
        }
    }

    /// <summary>
    /// Each row changes one thing through our own API; every dialect must change where the mapping says, and nowhere else.
    /// </summary>
    [Theory, OnBothBackends]
    public async Task Each_dialect_changes_where_the_mapping_says_and_nowhere_else(Backend backend)
    {
        var speakers = await Speakers.Of(backend);
        var id = await Rich(speakers);

        var wrong = new List<string>();
        foreach (var (field, change) in await Changes(speakers))
        {
            var (before, seen) = (await speakers.Deal(id), await speakers.Lens(id));
            TestClock.Instance.Advance(TimeSpan.FromSeconds(1));
            var (status, answer) = await speakers.Native.Patch($"/api/v1/deals/{id}", change);
            Assert.True(status == 200, $"{field}: {answer}");
            var changed = Changed(before, await speakers.Deal(id)).ToList();
            Assert.Contains(field, changed);
            foreach (var (name, now) in await speakers.Lens(id))
            {
                var told = Changed(seen[name].Deal, now.Deal).Select(member => Member(member)).ToHashSet();
                var may = changed.SelectMany(one => Members(now.Says, one)).ToHashSet();
                if (told.Except(may).Except(ofNoField).ToList() is { Count: > 0 } more)
                {
                    wrong.Add($"{name} also told {field} as {string.Join(", ", more)}");
                }
                if (now.Says.ContainsKey(field) && !told.Overlaps(Members(now.Says, field))) wrong.Add($"{name} did not tell {field}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>Lists read only the members that they show (<c>DealMembers</c>), as does who asks for one deal.</summary>
    [Theory, OnBothBackends]
    public async Task A_list_shows_of_a_deal_what_the_deal_alone_shows(Backend backend)
    {
        var speakers = await Speakers.Of(backend);
        var id = await Rich(speakers);
        (string Name, string Path)[] lists =
        [
            ("AutomateNexus", "/automatenexus/v1/deals"), ("Pipedrive v2", "/pipedrive/api/v2/deals"),
            ("Switch", "/switch/api/v1/deals?status=all"), ("YSuite", "/ysuite/v1/deals"), ("cPod", "/cpod/api/v1/crm/deals"),
        ];

        foreach (var (field, change) in (await Changes(speakers)).SkipLast(1)) // the last one takes it out of lists
        {
            await speakers.Native.Patch($"/api/v1/deals/{id}", change);
            var lens = await speakers.Lens(id);
            foreach (var (name, path) in lists)
            {
                var (_, page) = await speakers.Clients[lens[name].Dialect].Get(path);
                var rows =
                    page.GetProperty("data") is { ValueKind: System.Text.Json.JsonValueKind.Object } inner ? inner.GetProperty("data")
                    : page.GetProperty("data");
                foreach (var (member, listed) in Speakers.Object(Assert.Single(rows.EnumerateArray())))
                {
                    Assert.True(JsonNode.DeepEquals(lens[name].Deal[member], listed),
                        $"{name} lists {member} as {listed?.ToJsonString()} after a change of {field}; alone it is {lens[name].Deal[member]?.ToJsonString()}");
                }
            }
        }
    }

    /// <summary>Who changes a deal reads it whole; who asks for it reads what is shown (<c>DealMembers</c>). YSuite answers no deal to a
    /// change.</summary>
    [Theory, OnBothBackends]
    public async Task A_deal_is_shown_as_whoever_changes_it_is_answered(Backend backend)
    {
        var speakers = await Speakers.Of(backend);
        var id = await Rich(speakers);
        (string Name, HttpMethod Method, object Body)[] same =
        [
            ("AutomateNexus", HttpMethod.Put, new { title = "Renamed" }), ("Pipedrive v2", HttpMethod.Patch, new { title = "Renamed" }),
            ("Switch", HttpMethod.Patch, new { name = "Renamed" }), ("cPod", HttpMethod.Patch, new { name = "Renamed" }),
        ];

        foreach (var (field, change) in (await Changes(speakers)).SkipLast(1)) // archived deals cannot be changed
        {
            await speakers.Native.Patch($"/api/v1/deals/{id}", change);
            foreach (var (name, (dialect, path, _, shown, _, _)) in await speakers.Lens(id))
            {
                if (same.FirstOrDefault(one => one.Name == name) is not { Name: not null } put) continue;
                using var request = new HttpRequestMessage(put.Method, path) { Content = JsonContent.Create(put.Body) };
                using var answer = await speakers.Clients[dialect].SendAsync(request, TestContext.Current.CancellationToken);
                var answered = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
                Assert.True(JsonNode.DeepEquals(answered["data"] as JsonObject ?? answered, shown),
                    $"{name} after a change of {field}\n{answered}\n{shown}");
            }
        }
    }

    [Theory, OnBothBackends]
    public async Task A_field_that_is_asked_for_alone_is_as_the_whole_deal_shows_it(Backend backend)
    {
        const string all = "person,organization,contacts,followers,products,activities,notes,stage,pipeline,owner";
        var speakers = await Speakers.Of(backend);
        var id = await Rich(speakers);
        foreach (var (_, change) in (await Changes(speakers)).SkipLast(1)) await speakers.Native.Patch($"/api/v1/deals/{id}", change);
        var (_, whole) = await speakers.Native.Get($"/api/v1/deals/{id}?include={all}");

        foreach (var (field, value) in Speakers.Object(whole))
        {
            var asked = all.Split(',').Contains(field) ? $"fields=id&include={field}" : $"fields={field}";
            var (_, one) = await speakers.Native.Get($"/api/v1/deals/{id}?{asked}");
            var (_, list) = await speakers.Native.Get($"/api/v1/deals?{asked}");

            Assert.True(JsonNode.DeepEquals(value, Speakers.Object(one)[field]), $"{field}: {one}");
            Assert.True(JsonNode.DeepEquals(value, Speakers.Object(list.GetProperty("data")[0])[field]), $"{field}: {list}");
        }
    }

    [Fact]
    public async Task The_table_of_fields_in_docs_is_the_mapping_of_the_dialects()
    {
        var dialects = (await TestServers.Of(Backend.Sqlite)).Services.GetServices<IDialect>();
        var lenses = dialects.SelectMany(dialect => dialect.Lenses).ToList();
        var file = Path.Combine(Sources.Root, "docs", "dialects", "mapping.md");

        var table = Table(lenses);

        Assert.All(lenses, lens => Assert.Empty(lens.Says.Select(one => one.Field).Except(LensRoutes.Fields)));
        Assert.True((await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Contains(table, StringComparison.Ordinal),
            $"{file} must have:\n{table}");
    }

    private static string Table(IReadOnlyList<DealLens> lenses)
    {
        var text =
            new StringBuilder(
                $"| Field | {string.Join(" | ", lenses.Select(lens => lens.Name))} |\n|---|{string.Concat(lenses.Select(_ => "---|"))}\n");
        foreach (var field in LensRoutes.Fields)
        {
            text.Append($"| `{field}` | {string.Join(" | ", lenses.Select(lens => Cell(lens, field)))} |\n");
        }
        return text.ToString();
    }

    private static string Cell(DealLens lens, string field)
    {
        var members = lens.Says.FirstOrDefault(one => one.Field == field).Members;
        if (members is null) return "–";
        var note = lens.Notes.FirstOrDefault(one => one.Field == field).Note;
        return $"`{members.Replace(",", "`, `", StringComparison.Ordinal)}`{(note is null ? "" : $" ({note})")}";
    }

    private static async Task<IReadOnlyList<(string Field, object Change)>> Changes(Speakers speakers)
    {
        var some = speakers.Workspace;
        var (_, other) = await speakers.Native.Post("/api/v1/persons", new { name = "Olga Other" });
        var (_, company) = await speakers.Native.Post("/api/v1/organizations", new { name = "Other Ltd" });
        var (_, label) = await speakers.Native.Post("/api/v1/labels", new { subject = "deal", name = "Hot" });
        return
        [
            ("title", new { title = "Renamed" }), ("value", new { value = 77.25 }), ("currency", new { currency = "USD" }),
            ("stage_id", new { stage_id = some.Stages[1] }),
            ("probability", new { probability = 33 }), ("priority", new { priority = "urgent" }), ("position", new { position = 42.5 }),
            ("owner_id", new { owner_id = some.Manager.UserId }),
            ("assignee_id", new { assignee_id = some.Member.UserId }),
            ("person_id", new { person_id = other.GetProperty("id").GetInt64() }),
            ("org_id", new { org_id = company.GetProperty("id").GetInt64() }),
            ("expected_close", new { expected_close = "2027-01-31" }),
            ("next_followup_at", new { next_followup_at = "2026-12-24T08:00:00Z" }), ("closure_notes", new { closure_notes = "Over" }),
            ("competitors", new { competitors = new[] { "Rival" } }), ("source", new { source = "Fair" }),
            ("deal_type", new { deal_type = "renewal" }), ("forecast_category", new { forecast_category = "commit" }),
            ("description", new { description = "Long" }), ("label_ids", new { label_ids = new[] { label.GetProperty("id").GetInt64() } }),
            ("tags", new { tags = new[] { "new" } }),
            ("visible_to", new { visible_to = 3 }), ("rfp_id", new { rfp_id = "rfp-2" }), ("number", new { number = "X-1" }),
            ("custom", new { custom = new { region = "south" } }),
            ("links", new { links = new { quotes = new[] { "q2" }, proposals = new[] { "p2" }, tasks = new[] { "t2" },
                attachments = new[] { "a2" } } }),
            ("status", new { status = "lost", lost_reason = "Price", loss_category = "price" }),
            ("lost_reason", new { lost_reason = "Time" }), ("loss_category", new { loss_category = "timing" }),
            ("status", new { status = "won", won_reason = "Best" }), ("won_reason", new { won_reason = "Cheapest" }),
            ("won_at", new { won_at = "2026-11-01T08:00:00Z" }), ("archived_at", new { archived = true }),
        ];
    }

    private static async Task<long> Rich(Speakers speakers)
    {
        await speakers.Native.Post("/api/v1/fields", new { subject = "deal", name = "Region", type = "varchar" });
        var (_, person) = await speakers.Native.Post("/api/v1/persons",
            new { name = "Pat Person", emails = new[] { new { value = "pat@some.test" } } });
        var (_, company) = await speakers.Native.Post("/api/v1/organizations", new { name = "Some Ltd" });
        await speakers.Native.Post("/api/v1/currencies", new { code = "USD" });
        var (status, deal) = await speakers.Native.Post("/api/v1/deals", new
        {
            title = "Fleet",
            value = 1234.5,
            currency = "EUR",
            stage_id = speakers.Workspace.Stages[0],
            probability = 20,
            person_id = person.GetProperty("id").GetInt64(),
            org_id = company.GetProperty("id").GetInt64(),
            expected_close = "2026-12-31",
            competitors = new[] { "Them" },
            source = "Referral",
            description = "Words",
            tags = new[] { "a", "b" },
            custom = new { region = "north" },
            links = new { quotes = new[] { "q" }, proposals = new[] { "p" }, tasks = new[] { "t" }, attachments = new[] { "a" } },
            rfp_id = "rfp-1",
        });
        Assert.True(status == 201, deal.ToString());
        return deal.GetProperty("id").GetInt64();
    }

    private static IEnumerable<string> Changed(JsonObject before, JsonObject after) =>
        before.Select(member => member.Key).Union(after.Select(member => member.Key))
        .Where(name => !JsonNode.DeepEquals(before[name], after[name]));

    private static string[] Members(JsonObject says, string field) =>
        says[field] is { } members ? members.GetValue<string>().Split(',') : [];

    // Pipedrive's v1 has custom fields among the others, under keys of 40 hexadecimal digits.
    private static string Member(string name) => name.Length >= 40 && name[..40].All(char.IsAsciiHexDigitLower) ? "<40 hex>" : name;
}
