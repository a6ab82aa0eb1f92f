using Tributary.Core.Contacts;
using Tributary.Core.Currencies;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Core.Products;
using Tributary.Core.Users;
using Tributary.Server.Seeding;

namespace Tributary.Server.Demo;

/// <summary>The demo's own company: who sells, in which pipelines, what, and to whom.</summary>
internal sealed class DemoCompany(Verbs verbs, Caller admin, Random random)
{
    private const int OrganizationCount = 84;
    private const int PersonCount = 140;

    private static readonly (string Name, decimal Probability, int RottenDays)[] sales =
        [("Qualified", 10, 21), ("Contact made", 20, 21), ("Needs defined", 40, 30), ("Demo held", 55, 30), ("Proposal sent", 70, 21),
            ("Negotiation", 85, 21)];

    private static readonly (string Name, decimal Probability, int RottenDays)[] renewals =
        [("Due", 60, 30), ("Offer sent", 75, 21), ("Agreed", 90, 14)];

    private static readonly (string Name, string Code, string Unit, decimal Price, BillingFrequency Billing)[] catalogue =
    [
        ("Gauge G2", "G2", "piece", 1_450, BillingFrequency.OneTime), ("Gauge G4", "G4", "piece", 2_900, BillingFrequency.OneTime),
        ("Controller C1", "C1", "piece", 4_800, BillingFrequency.OneTime),
        ("Gateway", "GW", "piece", 690, BillingFrequency.OneTime), ("Installation", "INST", "day", 1_100, BillingFrequency.OneTime),
        ("Training", "TRN", "day", 950, BillingFrequency.OneTime),
        ("Calibration", "CAL", "piece", 180, BillingFrequency.OneTime), ("Cloud monitoring", "MON", "month", 240, BillingFrequency.Monthly),
        ("Service contract", "SVC", "year", 3_600, BillingFrequency.Annually),
    ];

    private static readonly string[] sellers = ["Jonas Weidner", "Priya Raman", "Marc Delorme", "Sofia Lindgren", "Tom Ashworth"];
    private static readonly string[] priced = ["EUR", "GBP", "USD"];
    private static readonly string[] titles =
        ["Head of purchasing", "Plant manager", "Chief technology officer", "Quality manager", "Project lead", "Managing director"];

    public List<Caller> Sellers { get; } = [];
    public List<Pipeline> Pipelines { get; } = [];
    public Dictionary<long, IReadOnlyList<Stage>> OpenStages { get; } = [];
    public List<Product> Products { get; } = [];
    public List<(Organization Organization, string Currency, IReadOnlyList<Person> People)> Customers { get; } = [];
    public IReadOnlyList<long> DealLabels { get; private set; } = [];
    public FieldDefinition Segment { get; private set; } = null!; // Make fills these before anything reads them
    public FieldDefinition Seats { get; private set; } = null!;

    public async Task Make(DateTimeOffset founded, CancellationToken ct)
    {
        await People(ct);
        await Settings(founded, ct);
        foreach (var (name, code, unit, price, billing) in catalogue)
        {
            Products.Add(await verbs.Products.Create(admin,
                new() { Name = name, Code = code, Unit = unit, Tax = 20m, Billing = billing, Prices = PricesOf(price) }, ct));
        }
        await Contacts(ct);
    }

    public static decimal PriceIn(string currency, decimal euros) =>
        decimal.Round(currency switch { "USD" => euros * 1.1m, "GBP" => euros * 0.86m, _ => euros }, 0);

    private async Task People(CancellationToken ct)
    {
        var north = await verbs.Groups.Create(admin, "Team North", null, ct);
        var south = await verbs.Groups.Create(admin, "Team South", null, ct);
        await User("Helen Marsh", Role.Manager, north.Id);
        foreach (var (row, name) in sellers.Index()) await User(name, Role.Member, row % 2 == 0 ? north.Id : south.Id);
        // Whoever looks around signs in as the admin, who should have something to do.
        Sellers.Add(admin);

        async Task User(string name, Role role, long group)
        {
            var user =
                await verbs.Users.Create(admin,
                    new() { Name = name, Email = $"{name.Split(' ')[0].ToLowerInvariant()}@demo.example", Role = role, GroupId = group },
                    ct);
            Sellers.Add(Verbs.As(user, admin.Workspace));
        }
    }

    private async Task Settings(DateTimeOffset founded, CancellationToken ct)
    {
        foreach (var (name, stages) in new[] { ("New business", sales), ("Renewals", renewals) })
        {
            var pipeline = await verbs.Pipelines.Create(admin, new() { Name = name, IsDefault = Pipelines.Count == 0 },
                [.. stages.Select(stage => new StagePatch { Name = stage.Name, Probability = stage.Probability,
                    RottenDays = stage.RottenDays })], ct);
            Pipelines.Add(pipeline);
            OpenStages[pipeline.Id] = [.. (await verbs.Pipelines.ListStages(admin, pipeline.Id, ct))
                .Where(stage => stage.Kind is StageKind.Open)];
        }
        var labels = new List<long>();
        foreach (var (name, color) in new[] { ("Hot", "red"), ("Warm", "yellow"), ("Cold", "blue") })
        {
            labels.Add((await verbs.Labels.Create(admin, new() { Subject = "deal", Name = name, Color = color }, ct)).Id);
        }
        DealLabels = labels;
        foreach (var (subject, name, color) in new[] { ("person", "Decision maker", "purple"), ("organization", "Customer", "green"),
            ("organization", "Prospect", "gray") })
        {
            await verbs.Labels.Create(admin, new() { Subject = subject, Name = name, Color = color }, ct);
        }
        foreach (var (reason, category, _) in DemoNames.LostReasons)
        {
            await verbs.LostReasons.Create(admin, new() { Name = reason, Category = category }, ct);
        }
        var day = DateOnly.FromDateTime(founded.UtcDateTime);
        await verbs.Currencies.SetRates(admin, [new CurrencyRate("USD", day, 0.91m, "demo"), new CurrencyRate("GBP", day, 1.16m, "demo")],
            ct);
        Segment =
            await verbs.Fields.Create(admin,
                new() { Subject = "deal", Name = "Segment", Type = FieldType.Enum, Options = [new("Small"), new("Medium"), new("Large")] },
                ct);
        Seats = await verbs.Fields.Create(admin, new() { Subject = "deal", Name = "Measuring points", Type = FieldType.Double }, ct);
        await verbs.Fields.Create(admin, new() { Subject = "deal", Name = "Contract end", Type = FieldType.Date }, ct);
        await verbs.Fields.Create(admin, new() { Subject = "organization", Name = "Supplier number", Type = FieldType.Varchar }, ct);
        await verbs.Fields.Create(admin,
            new()
            {
                Subject = "person",
                Name = "Language",
                Type = FieldType.Enum,
                Options = [new("English"), new("German"), new("French")]
            }, ct);
    }

    private async Task Contacts(CancellationToken ct)
    {
        var made = new List<(Organization Organization, string Currency, List<Person> People)>();
        foreach (var number in Enumerable.Range(0, OrganizationCount))
        {
            var (name, industry) = DemoNames.Company(number);
            var (city, country, currency) = DemoNames.Places[random.Next(DemoNames.Places.Length)];
            var organization = await verbs.Organizations.Create(Sellers[number % Sellers.Count], new()
            {
                Name = name,
                Industry = industry,
                EmployeeCount = random.Next(2, 90) * 10,
                Website = $"https://{Domain(name)}",
                Address = new PostalAddress { Value = $"{city}, {country}", Locality = city, Country = country },
            }, ct);
            made.Add((organization, currency, []));
        }
        foreach (var number in Enumerable.Range(0, PersonCount))
        {
            var (organization, _, people) = made[number % made.Count];
            var name = DemoNames.Person(number);
            people.Add(await verbs.Persons.Create(Sellers[number % Sellers.Count], new()
            {
                Name = name,
                OrgId = organization.Id,
                JobTitle = titles[random.Next(titles.Length)],
                Emails = (Seq<ContactPoint>)[new($"{name.Replace(' ', '.').ToLowerInvariant()}@{Domain(organization.Name)}", "work", true)],
                Phones = (Seq<ContactPoint>)[new($"+49 30 555 {number:000}", "work", true)],
            }, ct));
        }
        Customers.AddRange(made.Select(each => (each.Organization, each.Currency, (IReadOnlyList<Person>)each.People)));
    }

    private static string Domain(string company) => $"{company.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant()}.example";

    private static Seq<ProductPrice> PricesOf(decimal euros) =>
        [.. priced.Select(currency => new ProductPrice { Currency = currency, Price = PriceIn(currency, euros),
            Cost = PriceIn(currency, euros * 0.45m) })];
}
