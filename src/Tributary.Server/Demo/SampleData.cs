using System.Security.Cryptography;
using Tributary.Core.Activities;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Pipelines;
using Tributary.Core.Storage;
using Tributary.Server.Seeding;

namespace Tributary.Server.Demo;

/// <summary>How much was added to look around with.</summary>
internal sealed record SampleReport(int Organizations, int Persons, int Deals, int Activities);

/// <summary>
/// Some months of invented selling for a workspace that has not sold yet, through the engine's verbs as anybody would use them: in the
/// default pipeline and the base currency. Its deals have a tag, by which they are found and deleted again.
/// </summary>
internal sealed class SampleData(Db db, TimeProvider clock)
{
    public const string Tag = "sample";
    private const int Seed = 20_261_121;
    private const int Customers = 16;
    private const int Deals = 36;

    private static readonly (string Name, decimal Probability)[] usual =
        [("Qualified", 10), ("Contact made", 25), ("Proposal sent", 50), ("Negotiation", 75)];
    private static readonly string[] activityTypes = ["call", "meeting", "email", "task"];

    private readonly Verbs verbs = new(db, RandomNumberGenerator.Fill);

    public async Task<SampleReport> Load(Caller caller, CancellationToken ct)
    {
        caller.MustAdminister("workspace");
        caller.MustWrite("deals");
        if ((await verbs.Deals.List(caller, new() { Limit = 1, Scope = Scope.Any }, ct)).Items.Count > 0)
        {
            throw Problem.Conflict("Sample data are for workspaces without deals, and this one has some.", "deals");
        }

        var random = new Random(Seed);
        var catalog = await new CatalogService(db).Current(caller, ct);
        var stages = await Stages(caller, ct);
        var customers = new List<(Organization Organization, Person Person)>();
        for (var number = 0; number < Customers; number++) customers.Add(await Customer(caller, number, ct));

        var activities = 0;
        for (var number = 0; number < Deals; number++)
        {
            var (organization, person) = customers[random.Next(customers.Count)];
            var deal = await verbs.Deals.Create(caller, Patch(number, organization, person, stages, catalog.Workspace.BaseCurrency, random),
                ct);
            // Every sixth was forgotten: a board shows that, too.
            if (deal.Status is not DealStatus.Open || number % 6 == 5) continue;
            await Plan(caller, deal, random.Next(-5, 12), ct);
            activities++;
        }
        return new(customers.Count, customers.Count, Deals, activities);
    }

    /// <summary>The open stages of the default pipeline; a workspace without any gets the usual ones.</summary>
    private async Task<IReadOnlyList<Stage>> Stages(Caller caller, CancellationToken ct)
    {
        var pipelines = await verbs.Pipelines.List(caller, ct);
        var pipeline = pipelines.FirstOrDefault(one => one.IsDefault) ?? (pipelines.Count > 0 ? pipelines[0] : null);
        var stages = pipeline is null ? [] : await Open(pipeline.Id);
        if (stages.Count > 0) return stages;
        var made = await verbs.Pipelines.Create(caller, new() { Name = "Sales", IsDefault = pipeline is null },
            [.. usual.Select(stage => new StagePatch { Name = stage.Name, Probability = stage.Probability, RottenDays = 21 })], ct);
        return await Open(made.Id);

        async Task<IReadOnlyList<Stage>> Open(long id) =>
            [.. (await verbs.Pipelines.ListStages(caller, id, ct)).Where(stage => stage.Kind is StageKind.Open)];
    }

    private async Task<(Organization, Person)> Customer(Caller caller, int number, CancellationToken ct)
    {
        var (company, industry) = DemoNames.Company(number);
        var (city, country, _) = DemoNames.Places[number % DemoNames.Places.Length];
        var organization = await verbs.Organizations.Create(caller,
            new()
            {
                Name = company,
                Industry = industry,
                Address =
                new PostalAddress { Value = $"{city}, {country}", Locality = city, Country = country }
            }, ct);
        var name = DemoNames.Person(number);
        var email =
            $"{name.Replace(' ', '.').ToLowerInvariant()}@{company.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant()}.example";
        return (organization, await verbs.Persons.Create(caller,
            new() { Name = name, OrgId = organization.Id, Emails = (Seq<ContactPoint>)[new(email, "work", true)] }, ct));
    }

    /// <summary>Two of three are open, along the stages; the others were won or lost in the last months.</summary>
    private DealPatch Patch(int number, Organization organization, Person person, IReadOnlyList<Stage> stages, string currency,
        Random random)
    {
        var now = clock.GetUtcNow();
        var isOpen = number % 3 > 0;
        var added = now.AddDays(-random.Next(isOpen ? 3 : 60, isOpen ? 75 : 180));
        var closed = now.AddDays(-random.Next(2, 58));
        var stage = stages[isOpen ? (int)(stages.Count * Math.Pow(random.NextDouble(), 1.4))
            : stages.Count - 1 - number % Math.Min(2, stages.Count)];
        var (reason, category, _) = DemoNames.LostReasons[number % DemoNames.LostReasons.Length];
        var patch = new DealPatch
        {
            Title = $"{organization.Name} {DemoNames.Projects[number % DemoNames.Projects.Length]}",
            StageId = stage.Id,
            Value = decimal.Round((decimal)Math.Exp(7 + random.NextDouble() * 3.6) / 50, 0) * 50,
            Currency = currency,
            OrgId = organization.Id,
            PersonId = person.Id,
            AddedAt = added,
            ExpectedClose = DateOnly.FromDateTime(now.UtcDateTime).AddDays(random.Next(-6, 80)),
            Tags = (Seq<string>)[Tag],
        };
        return isOpen ? patch with { StageChangedAt = added + (now - added) * random.NextDouble() }
            : number % 2 == 0 ? patch with { Status = DealStatus.Won, WonAt = closed }
            : patch with { Status = DealStatus.Lost, LostAt = closed, LostReason = reason, LossCategory = category };
    }

    private Task<Activity> Plan(Caller caller, Deal deal, int inDays, CancellationToken ct)
    {
        var type = activityTypes[(int)(deal.Id % activityTypes.Length)];
        return verbs.Activities.Create(caller, new()
        {
            Type = type,
            Subject = type switch
            {
                "call" => "Call the buyer",
                "meeting" => "Meeting on site",
                "email" => "Send documents",
                _ =>
                "Prepare the offer"
            },
            DealId = deal.Id,
            OrgId = deal.OrgId,
            PersonId = deal.PersonId,
            DueOn = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(inDays),
        }, ct);
    }
}
