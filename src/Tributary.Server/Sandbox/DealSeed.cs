using System.Text.Json;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Server.Seeding;

namespace Tributary.Server.Sandbox;

/// <summary>The 32 deals: each is created in its pipeline's first stage, goes to its own, and may be won or lost.</summary>
internal static class DealSeed
{
    private enum Outcome { Open, Won, Lost }

    /// <summary>Stage is counted from 0 in the pipeline; person 0 works for organization 0, and so on to 7.</summary>
    private static readonly (string Title, int Contact, int Pipeline, int Stage, decimal? Value, string Currency, Outcome Outcome)[] rows =
    [
        ("Brightwater cold chain rollout", 0, 0, 0, 15_000.00m, "USD", Outcome.Open),
        ("Kestrel spare parts portal", 1, 0, 1, 42_500.00m, "EUR", Outcome.Open),
        ("Lumen fleet tracking", 2, 0, 2, 88_000.00m, "EUR", Outcome.Open),
        ("Harbour & Pine point of sale", 3, 0, 3, 9_600.00m, "GBP", Outcome.Open),
        ("Alder patient scheduling", 4, 0, 4, 120_000.00m, "USD", Outcome.Open),
        ("Quarry Street archive", 5, 0, 1, 6_250.50m, "EUR", Outcome.Won),
        ("Vantage monitoring", 6, 0, 3, 54_000.00m, "EUR", Outcome.Won),
        ("Fjordline booking engine", 7, 0, 2, 31_000.00m, "USD", Outcome.Lost),
        ("Brightwater supplier audit", 0, 0, 1, 7_800.00m, "USD", Outcome.Lost),
        ("Kestrel assembly line two", 1, 0, 4, 210_000.00m, "EUR", Outcome.Won),
        ("Lumen warehouse scanners", 2, 0, 0, 18_400.00m, "EUR", Outcome.Open),
        ("Harbour & Pine web shop", 3, 0, 2, 12_300.00m, "GBP", Outcome.Open),
        ("Alder support contract", 4, 1, 0, 24_000.00m, "USD", Outcome.Open),
        ("Quarry Street licences", 5, 1, 1, 3_900.00m, "EUR", Outcome.Open),
        ("Vantage maintenance", 6, 1, 2, 16_000.00m, "EUR", Outcome.Open),
        ("Fjordline renewal 2025", 7, 1, 2, 11_000.00m, "USD", Outcome.Won),
        ("Brightwater renewal 2025", 0, 1, 1, 8_400.00m, "USD", Outcome.Won),
        ("Kestrel service plan", 1, 1, 0, 19_500.00m, "EUR", Outcome.Lost),
        ("Lumen driver app", 2, 0, 3, 67_000.00m, "EUR", Outcome.Open), ("Harbour & Pine stock count", 3, 0, 0, null, "GBP", Outcome.Open),
        ("Alder lab integration", 4, 0, 2, 95_000.00m, "USD", Outcome.Lost),
        ("Quarry Street newsroom", 5, 0, 4, 22_000.00m, "EUR", Outcome.Won),
        ("Vantage panel sensors", 6, 0, 1, 38_750.25m, "EUR", Outcome.Open),
        ("Fjordline loyalty card", 7, 0, 0, 5_500.00m, "USD", Outcome.Open),
        ("Brightwater labels", 0, 0, 2, 4_200.00m, "USD", Outcome.Lost), ("Kestrel test bench", 1, 0, 3, 73_000.00m, "EUR", Outcome.Open),
        ("Lumen customs desk", 2, 0, 4, 46_000.00m, "EUR", Outcome.Open),
        ("Harbour & Pine renewal 2026", 3, 1, 0, 2_400.00m, "GBP", Outcome.Open),
        ("Alder second site", 4, 0, 1, 150_000.00m, "USD", Outcome.Open),
        ("Quarry Street podcast studio", 5, 0, 0, 13_700.00m, "EUR", Outcome.Open),
        ("Vantage storage pilot", 6, 0, 0, 29_000.00m, "EUR", Outcome.Open),
        ("Fjordline winter campaign", 7, 0, 0, 8_000.00m, "USD", Outcome.Open),
    ];

    private static readonly string[] reasons = ["Price too high", "Chose a competitor", "No budget", "No decision"];
    private static readonly string[] tags = ["enterprise", "pilot", "priority", "renewal", "referral"];

    public static async Task Fill(Verbs verbs, SandboxWorkspace into, Agenda agenda, CancellationToken ct)
    {
        // 32 × 91 hours reach from the founding to the last days of December.
        foreach (var row in Enumerable.Range(0, rows.Length))
        {
            agenda.At(SandboxWorkspace.Founded.AddHours(91 * row), () => Begin(verbs, into, agenda, row, ct));
        }
        await agenda.Run(null, ct);
        var ids = into.Deals.Select(deal => deal.Id).ToList();
        into.Deals.Clear();
        into.Deals.AddRange((await verbs.Deals.FindMany(into.Admin, ids, ct)).OrderBy(deal => deal.Id));
    }

    private static async Task Begin(Verbs verbs, SandboxWorkspace into, Agenda agenda, int row, CancellationToken ct)
    {
        var (title, contact, place, stage, value, currency, outcome) = rows[row];
        var pipeline = into.Pipelines[place];
        var stages = into.StagesOf(pipeline).Where(each => each.Kind is StageKind.Open).ToList();
        var owner = into.As(row % 3);
        var added = SandboxWorkspace.Founded.AddHours(91 * row);
        var deal = await verbs.Deals.Create(owner, new()
        {
            Title = title,
            PipelineId = pipeline.Id,
            StageId = stages[0].Id,
            Value = value,
            Currency = currency,
            OrgId = into.Organizations[contact].Id,
            PersonId = into.Persons[contact].Id,
            Priority = (DealPriority)(row % 4),
            Source = row % 2 == 0 ? "inbound" : "outbound",
            ExpectedClose = DateOnly.FromDateTime(added.UtcDateTime).AddDays(60),
            LabelIds = (Seq<long>)(row % 3 == 0 ? [into.Labels[row / 3 % 3].Id] : []),
            Tags = (Seq<string>)(row % 4 == 0 ? [tags[row / 4 % 5]] : []),
            Custom = row == 0 ? EveryField(into) : default(Field<CustomPatch>),
        }, ct);
        into.Deals.Add(deal);

        if (row is 5 or 14 or 25 or 30) await ProductSeed.Sell(verbs, owner, into, deal.Id, row, ct);
        if (row % 5 == 0) await verbs.Deals.Follow(owner, deal.Id, into.Users[(row + 1) % 3].Id, ct);
        if (contact is 1 or 2 or 4 && row < 5)
        {
            await verbs.Deals.AddContact(owner, deal.Id, into.Persons[contact == 4 ? 10 : contact + 7].Id, "champion", ct);
        }
        if (stage > 0) agenda.At(added.AddDays(4), () => verbs.Deals.Update(owner, deal.Id, new() { StageId = stages[stage].Id }, ct));
        if (outcome is Outcome.Won)
        {
            agenda.At(added.AddDays(9),
                () => verbs.Deals.Update(owner, deal.Id, new() { Status = DealStatus.Won, WonReason = "Best fit" }, ct));
        }
        if (outcome is Outcome.Lost)
        {
            agenda.At(added.AddDays(9),
                () => verbs.Deals.Update(owner, deal.Id,
                    new() { Status = DealStatus.Lost, LostReason = reasons[row % 4], LossCategory = row % 4 == 0 ? "price" : "other" },
                    ct));
        }
        ActivitySeed.Plan(verbs, into, agenda, deal, row, outcome is not Outcome.Open, ct);
    }

    /// <summary>A value in every custom field, in the engine's spelling.</summary>
    private static CustomPatch EveryField(SandboxWorkspace into) =>
        new(into.Fields.ToDictionary(field => field.Key, field => JsonDocument.Parse(field.Type switch
        {
            FieldType.Varchar => "\"PO-2025-0042\"",
            FieldType.VarcharAuto => "\"North\"",
            FieldType.Text => "\"Cold chain from farm to shelf, with alarms.\"",
            FieldType.Double => "25",
            FieldType.Monetary => """{"value": 16000, "currency": "USD"}""",
            FieldType.Date => "\"2026-02-01\"",
            FieldType.DateRange => """{"value": "2026-01-12", "until": "2026-01-30"}""",
            FieldType.Time => """{"value": "10:30:00"}""",
            FieldType.TimeRange => """{"value": "09:00:00", "until": "17:00:00"}""",
            FieldType.Set => $"[{field.Options[0].Id}, {field.Options[1].Id}]",
            FieldType.Enum => Text(field.Options[1].Id),
            FieldType.User => Text(into.Users[1].Id),
            FieldType.Org => Text(into.Organizations[2].Id),
            FieldType.People => Text(into.Persons[0].Id),
            FieldType.Phone => "\"+1 555 0199\"",
            FieldType.Address => """{"value": "1 Dock Road, Portland"}""",
        }).RootElement));

    private static string Text(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
