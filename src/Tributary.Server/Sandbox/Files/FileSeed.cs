using Tributary.Core.Currencies;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Server.Commands;
using Tributary.Server.Seeding;

namespace Tributary.Server.Sandbox.Files;

/// <summary>
/// Fills a workspace with what a file says, through the engine's own verbs. What the engine refuses is said by the line that asked for it.
/// </summary>
internal sealed partial class FileSeed(Verbs verbs, SandboxWorkspace into, SeedFile file)
{
    private readonly Dictionary<string, int> owners =
        SeedFileReader.Usual.Index().ToDictionary(one => one.Item, one => one.Index, StringComparer.OrdinalIgnoreCase);

    public async Task Fill(Agenda agenda, CancellationToken ct)
    {
        await Settings(ct);
        foreach (var one in file.Users) await User(one, ct);
        foreach (var one in file.Pipelines) await Pipeline(one, ct);
        foreach (var one in file.Labels) await Label(one, ct);
        foreach (var one in file.Fields) await CustomField(one, ct);
        foreach (var one in file.LostReasons) await LostReason(one, ct);
        foreach (var one in file.ActivityTypes) await ActivityType(one, ct);
        foreach (var one in file.Organizations) await Organization(one, ct);
        foreach (var one in file.Persons) await Person(one, ct);
        foreach (var rest in unnamed) await rest();
        foreach (var one in file.Products) await Product(one, ct);
        foreach (var one in file.Leads) await Lead(one, ct);
        await Hang(file.Activities, new(), into.Admin, ct);
        foreach (var one in file.Deals)
        {
            agenda.At(one.Added is { } added ? At(added) : SandboxWorkspace.Founded, () => Deal(one, agenda, ct));
        }
        await agenda.Run(null, ct);
        var ids = into.Deals.Select(deal => deal.Id).ToList();
        into.Deals.Clear();
        into.Deals.AddRange((await verbs.Deals.FindMany(into.Admin, ids, ct)).OrderBy(deal => deal.Id));
    }

    private async Task Settings(CancellationToken ct)
    {
        if (file.Currency is { } code)
        {
            await Made(file.At, () => verbs.Workspaces.Update(into.Admin, new() { BaseCurrency = code }, ct), "currency");
        }
        if (file.Rates.Count == 0) return;
        var day = DateOnly.FromDateTime(SandboxWorkspace.Founded.UtcDateTime);
        foreach (var rate in file.Rates)
        {
            await Done(rate.At, rate.Code,
                () => verbs.Currencies.SetRates(into.Admin, [new CurrencyRate(rate.Code, day, rate.Rate, "sandbox")], ct));
        }
    }

    private async Task User(SeedUser one, CancellationToken ct)
    {
        var email = into.Credentials.Marked(one.Email);
        owners[one.Email] = into.Users.Count;
        into.Users.Add(
            await Made(one.At,
                () => verbs.Users.Create(into.Admin,
                    new() { Name = one.Name, Email = email, Role = one.Role, PasswordHash = SandboxCredentials.PasswordHash }, ct)));
    }

    private async Task Pipeline(SeedPipeline one, CancellationToken ct)
    {
        var pipeline =
            await Made(one.At,
                () => verbs.Pipelines.Create(into.Admin, new() { Name = one.Name, IsDefault = into.Pipelines.Count == 0 },
                    [.. one.Stages.Select(Stage)], ct));
        into.Pipelines.Add(pipeline);
        into.Stages.AddRange(await verbs.Pipelines.ListStages(into.Admin, pipeline.Id, ct));
    }

    private static StagePatch Stage(SeedStage stage) => new()
    {
        Name = stage.Name,
        Kind = stage.Kind,
        Probability = stage.Probability is { } probability ? probability : default(Field<decimal>),
        RottenDays = stage.RottenDays is { } days ? new(true, days) : default,
    };

    private async Task Deal(SeedDeal one, Agenda agenda, CancellationToken ct)
    {
        var pipeline = into.Pipelines.First(pipeline => pipeline.Name == one.Pipeline);
        var stage = into.StagesOf(pipeline).First(stage => stage.Kind is StageKind.Open && (one.Stage is null || stage.Name == one.Stage));
        var owner = As(one.Owner);
        var deal = await Made(one.At, () => verbs.Deals.Create(owner, new()
        {
            Title = one.Title,
            PipelineId = pipeline.Id,
            StageId = stage.Id,
            Value = one.Value,
            // The three usual people came before the file was looked at, and deal in dollars.
            Currency = (one.Currency ?? file.Currency) is { } currency ? currency : default(Field<string>),
            OrgId = Organization(one.Organization),
            PersonId = Person(one.Person),
            ExpectedClose = one.ExpectedClose,
            Probability = one.Probability,
            Priority = one.Priority is { } priority ? priority : default(Field<DealPriority>),
            Source = Given(one.Source),
            Tags = (Seq<string>)[.. one.Tags],
            LabelIds = Labels("deal", one.More),
            Custom = Custom("deal", one.More),
        }, ct));
        into.Deals.Add(deal);
        await Gather(owner, deal, one, ct);
        await Sell(owner, deal, one, ct);
        await PayInParts(owner, deal, one, ct);
        await Hang(one.More, new(DealId: deal.Id, OrgId: deal.OrgId, PersonId: deal.PersonId), owner, ct);
        var end = At(file.Today);
        if (one.Status != "open")
        {
            var usual = (one.Added is { } added ? At(added) : SandboxWorkspace.Founded).AddDays(9);
            var closed = one.Closed is { } day ? At(day).AddHours(1) : usual;
            agenda.At(closed < end ? closed : end, () => Done(one.At, null, () => verbs.Deals.Update(owner, deal.Id, new()
            {
                Status = one.Status == "won" ? DealStatus.Won : DealStatus.Lost,
                WonReason = Given(one.WonReason),
                LostReason = Given(one.LostReason),
                LossCategory = Given(one.LossCategory),
            }, ct)));
        }
        if (one.IsArchived)
        {
            agenda.At(end, () => Done(one.At, "archived", () => verbs.Deals.Update(owner, deal.Id, new() { Archived = true }, ct)));
        }
    }

    private async Task Gather(Caller owner, Deal deal, SeedDeal one, CancellationToken ct)
    {
        foreach (var follower in one.More.Followers)
        {
            await Made(one.At, () => verbs.Deals.Follow(owner, deal.Id, into.Users[owners[follower]].Id, ct), "followers");
        }
        foreach (var person in one.Participants)
        {
            await Made(person.At, () => verbs.Deals.AddContact(owner, deal.Id, Person(person.Person)!.Value, person.Role, ct));
        }
    }

    private async Task Lead(SeedLead one, CancellationToken ct)
    {
        var made = await Made(one.At, () => verbs.Leads.Create(As(one.Owner), new()
        {
            Title = one.Title,
            Value = one.Value,
            Currency = (one.Currency ?? file.Currency) is { } currency ? currency : default(Field<string>),
            OrgId = Organization(one.Organization),
            PersonId = Person(one.Person),
            ExpectedClose = one.ExpectedClose,
            LabelIds = Labels("lead", one.More),
            Custom = Custom("deal", one.More),
        }, ct));
        await Hang(one.More, new(LeadId: made.Id), As(one.Owner), ct);
    }

    private Caller As(string? owner) => into.As(owner is null ? 0 : owners[owner]);

    /// <summary>The working day begins when the workspace was founded: at nine.</summary>
    public static DateTimeOffset At(DateOnly day) =>
        new(day.ToDateTime(TimeOnly.FromTimeSpan(SandboxWorkspace.Founded.TimeOfDay)), TimeSpan.Zero);

    private static Field<string?> Given(string? text) => text is null ? default : new(true, text);

    private static async Task Done(SeedPlace at, string? member, Func<Task> work) => await Made(at, async () =>
    {
        await work();
        return true;
    }, member);

    private static async Task<T> Made<T>(SeedPlace at, Func<Task<T>> make, string? member = null)
    {
        try
        {
            return await make();
        }
        catch (ProblemException refused)
        {
            throw new SettingsException(refused.Problem.Fields.Count == 0
                ? [at.Say(member, refused.Message)]
                : [.. refused.Problem.Fields.Select(field => at.Say(member ?? field.Field, field.Message))]);
        }
    }
}
