using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Server.Sandbox;
using Tributary.Server.Sandbox.Files;
using Tributary.Server.Seeding;
using Tributary.Tests.Support;
using Tributary.Tests.Walls;

namespace Tributary.Tests.Server.Sandbox;

/// <summary>The state as a file of fixtures, and back (docs/sandbox.md, "The state as a file").</summary>
public sealed class SeedStateTests(SandboxTests.Running running) : IClassFixture<SandboxTests.Running>, IAsyncLifetime
{
    private readonly HttpClient client = running.Client;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await client.Post("/_sandbox/reset");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory, OnBothBackends]
    public async Task What_a_filled_workspace_writes_fills_one_that_writes_the_same(Backend backend)
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Sources.Root, "docs", "sandbox.md"), Ct);
        var example = page.Split("```yaml\n")[1].Split("```")[0];

        foreach (var file in new[] { null, SeedFileReader.Parse("example.yaml", example), SeedFileReader.Parse("odd.yaml", Odd) })
        {
            var (first, _) = await Filled(backend, file);
            var (second, _) = await Filled(backend, SeedFileReader.Parse("first.yaml", first));

            Assert.Equal(first, second);
        }
    }

    [Theory, OnBothBackends]
    public void Whoever_follows_takes_part_and_is_reached_comes_back_however_many_there_are(Backend backend) =>
        Properties.ForAll(Crowds.ToArbitrary(), tries: 4, made =>
        {
            var file = SeedFileReader.Parse("made.yaml", SeedFileWriter.Write(made));
            var (first, _) = Filled(backend, file).GetAwaiter().GetResult();
            var (second, _) = Filled(backend, SeedFileReader.Parse("first.yaml", first)).GetAwaiter().GetResult();

            Assert.Equal(first, second);
            Assert.Equal(Said(file), Said(SeedFileReader.Parse("second.yaml", second)));
            return true;
        });

    /// <summary>All of a file that says who has to do with what, in words that can be compared.</summary>
    private static IEnumerable<string> Said(SeedFile file) =>
        file.Persons.SelectMany(person => person.Emails.Concat(person.Phones).Concat(person.Messengers)
                .Select(point => $"{person.Name} {point.Value} {point.Label} {point.IsPrimary}")
                .Append($"{person.Name} {person.Email} {person.Phone} {Together(person.More)}"))
            .Concat(file.Deals.SelectMany(deal => deal.Participants.Select(one => $"{deal.Title} {one.Person} {one.Role}")
                .Concat(deal.Installments.Select(part => $"{deal.Title} {part.Description} {part.Amount} {part.BillingOn}"))
                .Append($"{deal.Title} {Together(deal.More)}")));

    private static string Together(SeedMore more) => string.Join(' ', more.Followers.Order(StringComparer.Ordinal));

    private static readonly string[] Crew = ["manager", "seller"];

    private static Gen<IReadOnlyList<SeedPoint>> Points(string of) =>
        from labels in Gen.ListOf(Gen.Elements<string?>(null, "home", "mobile")).Select(all => all.Take(4).ToList())
        from primary in Gen.Choose(0, 4)
            // Of one the first is the primary, and "work" alone is the short word.
        select (IReadOnlyList<SeedPoint>)[.. labels.Index().Select(one =>
            new SeedPoint(SeedPlace.Nowhere, $"{one.Index}{of}", one.Item, one.Index > 0 && one.Index == primary))];

    /// <summary>Three persons reached in any number of ways, and two deals that any of them take part in.</summary>
    private static Gen<SeedFile> Crowds =>
        from persons in Gen.ArrayOf(
            from emails in Points("@crowd.test")
            from phones in Points("55")
            from messengers in Points(" in chat")
            from followers in Gen.SubListOf(Crew)
            select (Emails: emails, Phones: phones, Messengers: messengers, Followers: followers), 3)
        from deals in Gen.ArrayOf(
            from present in Gen.SubListOf("A", "B", "C")
            from role in Gen.Elements([null, .. DealService.Roles])
            from followers in Gen.SubListOf(Crew)
            from parts in Gen.Choose(0, 3)
            select (Present: present, Role: role, Followers: followers, Parts: parts), 2)
        select new SeedFile
        {
            At = SeedPlace.Nowhere,
            Pipelines = [new(SeedPlace.Nowhere, "P", [new(SeedPlace.Nowhere, "A", 0, null, null)])],
            Products = [new(SeedPlace.Nowhere, "Anvil", new([], [])) { Prices = [new("USD", 90)] }],
            Persons = [.. persons.Index().Select(one => new SeedPerson(SeedPlace.Nowhere, "ABC"[one.Index].ToString(),
                new([], []) { Followers = [.. one.Item.Followers] })
            {
                Emails = one.Item.Emails,
                Phones = one.Item.Phones,
                Messengers = one.Item.Messengers,
            })],
            Deals = [.. deals.Index().Select(one => new SeedDeal(SeedPlace.Nowhere, $"Deal {one.Index}",
                new([], []) { Followers = [.. one.Item.Followers] })
            {
                Pipeline = "P",
                Participants = [.. one.Item.Present.Select(name => new SeedParticipant(SeedPlace.Nowhere, name, one.Item.Role))],
                Products = [new(SeedPlace.Nowhere, "Anvil")],
                Installments = [.. Enumerable.Range(1, one.Item.Parts).Select(part =>
                    new SeedInstallment(SeedPlace.Nowhere, $"Part {part}", part * 1.5m, new DateOnly(2026, 4, 30).AddDays(-part)))],
            })],
        };

    [Theory, OnBothBackends]
    public async Task Both_workspaces_write_the_same_file(Backend backend)
    {
        var (a, b) = await Filled(backend, SeedFileReader.Parse("odd.yaml", Odd));

        Assert.Equal(a, b);
        Assert.Contains("email: zoe@odd.test", a, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_written_since_is_in_the_file_and_comes_back_with_it()
    {
        await Native(HttpMethod.Post, "/api/v1/deals", """{"title":"Later: \"quoted\"\nand two lines","value":12.34,"currency":"EUR"}""");
        await Native(HttpMethod.Patch, "/api/v1/deals/1", """{"status":"won"}""");
        await Native(HttpMethod.Delete, "/api/v1/deals/2", null);
        await Native(HttpMethod.Post, "/api/v1/organizations", """{"name":"Kestrel Robotics"}""");

        var file = await Seed();
        var put = await Put(file);
        var again = await Seed();
        var (_, deals) = await Native(HttpMethod.Get, "/api/v1/deals?limit=100", null);
        var titles = deals.GetProperty("data").EnumerateArray().Select(deal => deal.GetProperty("title").GetString()).ToList();

        Assert.Equal(HttpStatusCode.OK, put.Status);
        Assert.Equal(file, again);
        Assert.Equal(32, titles.Count);
        Assert.Contains("Later: \"quoted\"\nand two lines", titles);
        Assert.DoesNotContain("Kestrel spare parts portal", titles);
        // Two of one name cannot be told apart in a file.
        Assert.Contains("name: Kestrel Robotics (2)", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refill_tells_its_own_fixtures_and_a_reset_those_of_the_beginning()
    {
        var (_, before) = await client.Get("/_sandbox");
        await Put("""
            today: 2026-03-02
            pipelines:
              - {name: Projects, stages: [{name: Asked}]}
            deals:
              - {title: Only one, pipeline: Projects, added: 2026-02-27}
            """);

        var (_, refilled) = await client.Get("/_sandbox");
        var (_, clock) = await client.Get("/_sandbox/clock");
        await client.Post("/_sandbox/reset");
        var (_, after) = await client.Get("/_sandbox");

        Assert.Equal("Only one",
            Assert.Single(refilled.GetProperty("workspaces")[0].GetProperty("deals").EnumerateArray()).GetProperty("title").GetString());
        Assert.Equal("2026-03-02T09:00:00.000Z", clock.GetProperty("now").GetString());
        Assert.Equal(before.GetRawText(), after.GetRawText());
    }

    [Theory]
    [InlineData("deals: [", "seed.yaml:2: is not YAML here")]
    [InlineData("pipelines:\n  - {name: P, stages: [{name: A}]}\ndeals:\n  - title: One\n    pipeline: P\n    value: much\n",
        "seed.yaml:6: deals[0].value: must be a number such as 1250.50, not \"much\".")]
    [InlineData("pipelines:\n  - {name: P, stages: [{name: A}]}\ndeals:\n  - title: One\n    pipeline: P\n    currency: XXQ\n",
        "seed.yaml:6: deals[0].currency: ")]
    [InlineData("today: 1999-01-01", "seed.yaml:1: today: must be from 2025-09-01 to 2399-12-31.")]
    public async Task A_file_that_is_wrong_is_refused_by_line_and_member_and_replaces_nothing(string file, string told)
    {
        var before = await Seed();

        var (status, body) = await Put(file);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        var message = Assert.Single(System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("errors").EnumerateArray())
            .GetProperty("message").GetString();
        Assert.StartsWith(told, message, StringComparison.Ordinal);
        Assert.Equal(before, await Seed());
    }

    [Fact]
    public void Any_text_that_is_written_is_read_as_it_was() =>
        Properties.ForAll(ArbMap.Default.GeneratorFor<string>().Where(IsText).ToArbitrary(), text =>
        {
            var written = SeedFileWriter.Write(new()
            {
                At = SeedPlace.Nowhere,
                Deals = [new(SeedPlace.Nowhere, text, new([], [])) { Pipeline = "P", Tags = [text] }],
                Pipelines = [new(SeedPlace.Nowhere, "P", [new(SeedPlace.Nowhere, "A", 0, null, null)])],
            });
            var read = SeedFileReader.Parse("f.yaml", written).Deals[0];
            return (read.Title, read.Tags[0]) == (text, text);
        });

    /// <summary>References in both directions, names that YAML would take for something else, two users, terms of sale.</summary>
    private const string Odd = """
        today: 2026-04-01
        currency: EUR
        rates: {USD: 0.91234567, GBP: 1.1}
        users:
          - {name: Zoe, email: zoe@odd.test, role: manager}
          - {name: Max, email: max@odd.test}
        pipelines:
          - name: "Yes: no"
            stages: [{name: "null", probability: 12.5}, {name: "12", rotten_days: 3}, {name: Lost!, kind: lost}, {name: Won!, kind: won}]
          - {name: Second, stages: [{name: A}]}
        labels: [{name: Hot, color: red}, {name: Cold}, {name: Hot, subject: person}]
        fields:
          - {name: Knows, subject: organization, type: people}
          - {name: Boss, subject: person, type: people}
          - {name: Seen, type: timerange}
          - {name: Choices, type: set, options: [Z, A]}
          - {name: Score, type: double}
          - {name: Keeper, type: user}
        lost_reasons: [{name: Too late, category: timing}, {name: Other}]
        activity_types: [{name: Site visit, icon: lunch}]
        organizations:
          - {name: Acme, employees: 12, address: "1 Dock Road, Portland", custom: {Knows: Ann}, followers: [zoe@odd.test, seller]}
        persons:
          - {name: Ann, organization: Acme, owner: max@odd.test, labels: [Hot], custom: {Boss: Bob}, phone: "+1 555"}
          - {name: Bob, activities: [{type: Site visit, subject: "- look", owner: admin}],
             emails: [{value: bob@home.test}, {value: bob@odd.test, label: work, primary: true}],
             phones: [{value: "+43 1", label: home}], messengers: [{value: bob, label: skype}], followers: [manager]}
        products:
          - {name: Care, tax: 20, billing: monthly, cycles: 12, prices: {EUR: 20.5, USD: 22}}
          - {name: Anvil, owner: seller, prices: {EUR: 90, USD: 95}, variations: [{name: Heavy, prices: {EUR: 99.9999}}],
             followers: [admin]}
        leads:
          - {title: Maybe, person: Ann, owner: seller, notes: [{text: "<b>Hi</b>\n\n there ", owner: manager}]}
        deals:
          - title: "  spaced  "
            pipeline: "Yes: no"
            stage: "12"
            currency: USD
            owner: seller
            organization: Acme
            priority: urgent
            source: "#1"
            probability: 33.33
            tags: [b, a]
            labels: [Cold, Hot]
            custom: {Seen: {value: "09:00:00", until: "10:30:00"}, Choices: [A, Z], Score: 0.125, Keeper: zoe@odd.test}
            products:
              - {product: Care, quantity: 2.5, discount: 3, discount_type: amount, tax: 7, tax_method: exclusive}
              - {product: Anvil, variation: Heavy, price: 80, billing: weekly, cycles: 4, enabled: false}
              - {product: Anvil}
            discounts: [{description: Friends, amount: 10}, {description: "- off", amount: 5.5, type: amount}]
            notes: [{text: "null", pinned: true}, {text: "~"}]
          - title: In parts
            pipeline: Second
            owner: max@odd.test
            person: Ann
            followers: [seller, admin]
            participants: [{person: Bob}, {person: Ann, role: champion}]
            products: [{product: Anvil}, {product: Care, enabled: false}]
            installments:
              - {description: "50%", amount: 45, billing_on: 2026-05-01}
              - {description: The rest, amount: 45.25, billing_on: 2026-04-15}
          - {title: "2026-01-01", pipeline: Second, status: won, won_reason: Price, added: 2026-03-01, closed: 2026-03-01, value: 0}
          - {title: Gone, pipeline: Second, status: lost, lost_reason: Too late, loss_category: timing, archived: true,
             closed: 2026-04-01}
          - {title: Kept, pipeline: Second, archived: true, added: 2025-09-01}
        activities:
          - {subject: Alone, due: 2026-05-01, time: "08:15", minutes: 45, note: "a: b", owner: manager}
          - {type: call, subject: Done, done: true}
        """;

    /// <summary>What both workspaces of a newly filled database write.</summary>
    private static async Task<(string A, string B)> Filled(Backend backend, SeedFile? file)
    {
        var clock = new MovableClock(SandboxWorkspace.Founded);
        var random = SeededRandom.Of(1);
        await using var db = backend is Backend.Sqlite
            ? Db.Sqlite(Path.Combine(Leftovers.Folder(), "seed.db"), clock, new(clock, random), SqliteUse.Throwaway)
            : Db.Postgres(await Backends.NewPostgres(), clock, new(clock, random));
        await Migrator.Run(db, Ct);
        var made = await SandboxSeed.Fill(db, clock, random, file, Ct);
        var texts = new List<string>();
        foreach (var one in made)
        {
            texts.Add(SeedFileWriter.Write(
                await SeedExport.Of(new(db, random), Caller.System(one.Workspace.Id), one.Credentials.Unmarked, Ct)));
        }
        return (texts[0], texts[1]);
    }

    // Half a pair of surrogates is no text, and a zero the engine refuses.
    private static bool IsText(string? text) => text is { Length: > 0 }
        && !text.Contains('\0', StringComparison.Ordinal) && text == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private async Task<string> Seed() => await client.GetStringAsync("/_sandbox/seed", Ct);

    private async Task<(HttpStatusCode Status, string Body)> Put(string file)
    {
        using var answer = await client.PutAsync("/_sandbox/seed", new StringContent(file, Encoding.UTF8, "application/yaml"), Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    private Task<(int Status, System.Text.Json.JsonElement Json)> Native(HttpMethod method, string path, string? body) =>
        client.Ask(method, path, body, ("Authorization", "Bearer trib_sandbox_admin"));
}
