using System.Globalization;
using System.Text.Json;
using Tributary.Core.Activities;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Core.Products;
using Tributary.Server.Seeding;

namespace Tributary.Server.Demo;

/// <summary>
/// The demo's deals: each begins somewhere in the last two years, more of them lately, waits some days in each stage, and
/// then goes on, is lost, or after the last stage won. Those whose next step would be in the future are the open ones.
/// </summary>
internal sealed class DemoDeals(Verbs verbs, DemoCompany company, Agenda agenda, Random random, DateTimeOffset now, CancellationToken ct)
{
    public const int Count = 300;
    private const double OldestDays = 730;

    private static readonly string[] activityTypes = ["call", "meeting", "email", "task"];
    private static readonly string[] tags = ["trade fair", "referral", "framework", "public sector", "key account"];
    private static readonly string[] sources = ["Inbound", "Outbound", "Referral", "Trade fair", "Partner"];

    private readonly DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);

    public void Plan()
    {
        foreach (var number in Enumerable.Range(0, Count))
        {
            var begins = Earlier(WorkingHour(now.AddDays(-OldestDays * Math.Pow(random.NextDouble(), 1.6))));
            // Every tenth is a renewal. What follows is drawn now, so that it does not hang on the order of happenings.
            var pipeline = company.Pipelines[number % 10 == 9 ? 1 : 0];
            var story = Story(company.OpenStages[pipeline.Id], begins);
            var deal = Patch(number, pipeline, company.OpenStages[pipeline.Id][0], begins);
            var seller = company.Sellers[random.Next(company.Sellers.Count)];
            var lines = random.NextDouble() < 0.4 ? Lines(deal.Currency.Value) : [];
            var note = random.NextDouble() < 0.35 ? DemoNames.Notes[random.Next(DemoNames.Notes.Length)] : null;
            var next = Next();
            agenda.At(begins, () => Begin(seller, deal, lines, note, story, next));
        }
    }

    private async Task Begin(Caller seller, DealPatch patch, IReadOnlyList<DealProductPatch> lines, string? note,
        List<(DateTimeOffset At, DealPatch? Change)> story, (int Day, string Type)? next)
    {
        var deal = await verbs.Deals.Create(seller, patch, ct);
        if (lines.Count > 0) await verbs.DealProducts.AddMany(seller, deal.Id, lines, ct);

        var last = deal.AddedAt;
        foreach (var (at, change) in story)
        {
            agenda.At(at, change is null ? () => NewActivity(seller, deal, at, null)
                : () => verbs.Deals.Update(seller, deal.Id, change, ct));
            last = at;
        }
        if (note is not null)
        {
            agenda.At(Earlier(deal.AddedAt.AddDays(1)), () => verbs.Notes.Create(seller, new() { Content = note, DealId = deal.Id }, ct));
        }
        var isOpen = story.All(step => step.Change is not { Status.IsSet: true });
        if (isOpen && next is { } plan) agenda.At(Earlier(last.AddMinutes(5)), () => NewActivity(seller, deal, now, plan));
    }

    private Task<Activity> NewActivity(Caller seller, Deal deal, DateTimeOffset at, (int Day, string Type)? plan)
    {
        var type = plan?.Type ?? activityTypes[(int)(deal.Id % activityTypes.Length)];
        return verbs.Activities.Create(seller, new()
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
            DueOn = plan is { } planned ? today.AddDays(planned.Day) : DateOnly.FromDateTime(at.UtcDateTime),
            DueTime = type is "call" or "meeting" ? $"{9 + deal.Id % 8:00}:00" : null,
            DurationMinutes = type is "meeting" ? 60 : null,
            Done = plan is null,
        }, ct);
    }

    /// <summary>The steps after the beginning, all in the past: activities that were done, moves, and perhaps an end.</summary>
    private List<(DateTimeOffset At, DealPatch? Change)> Story(IReadOnlyList<Stage> stages, DateTimeOffset begins)
    {
        var steps = new List<(DateTimeOffset, DealPatch?)>();
        var at = begins;
        for (var stage = 0; ; stage++)
        {
            var days = 2 + random.NextDouble() * 18 * (random.Next(25) == 0 ? 6 : 1);
            var next = WorkingHour(at.AddDays(days));
            if (random.Next(3) > 0 && at.AddDays(days / 2) < now) steps.Add((WorkingHour(at.AddDays(days / 2)), null));
            if (next >= now) return [.. steps.Where(step => step.Item1 < now)];

            if (random.NextDouble() < 0.16 - stage * 0.015)
            {
                var (reason, category) = LostReason();
                steps.Add((next, new() { Status = DealStatus.Lost, LostReason = reason, LossCategory = category }));
                return steps;
            }
            if (stage == stages.Count - 1)
            {
                steps.Add((next, new() { Status = DealStatus.Won, WonReason = "Best overall offer" }));
                return steps;
            }
            steps.Add((next, new() { StageId = stages[stage + 1].Id }));
            at = next;
        }
    }

    private DealPatch Patch(int number, Pipeline pipeline, Stage stage, DateTimeOffset begins)
    {
        var (organization, currency, people) = company.Customers[random.Next(company.Customers.Count)];
        var value = decimal.Round((decimal)Math.Exp(7 + random.NextDouble() * 4.3) / 50, 0) * 50;
        return new()
        {
            Title = $"{organization.Name} {DemoNames.Projects[random.Next(DemoNames.Projects.Length)]}",
            PipelineId = pipeline.Id,
            StageId = stage.Id,
            Value = DemoCompany.PriceIn(currency, value),
            Currency = currency,
            OrgId = organization.Id,
            PersonId = people.Count > 0 ? people[random.Next(people.Count)].Id : null,
            Priority = (DealPriority)random.Next(4),
            Source = sources[random.Next(sources.Length)],
            ExpectedClose = DateOnly.FromDateTime(begins.UtcDateTime).AddDays(30 + random.Next(80)),
            LabelIds = (Seq<long>)(random.Next(3) == 0 ? [company.DealLabels[random.Next(company.DealLabels.Count)]] : []),
            Tags = (Seq<string>)(random.Next(4) == 0 ? [tags[random.Next(tags.Length)]] : []),
            Custom = new CustomPatch(new Dictionary<string, JsonElement>
            {
                [company.Segment.Key] = Number(company.Segment.Options[value < 5_000 ? 0 : value < 25_000 ? 1 : 2].Id),
                [company.Seats.Key] = Number(5 + number % 40 * 5),
            }),
        };
    }

    private IReadOnlyList<DealProductPatch> Lines(string currency) => [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ =>
    {
        var product = company.Products[random.Next(company.Products.Count)];
        return new DealProductPatch
        {
            ProductId = product.Id,
            ItemPrice = product.Prices.First(price => price.Currency == currency).Price,
            Quantity = 1 + random.Next(8),
            Discount = random.Next(4) == 0 ? 10m : 0m,
        };
    })];

    /// <summary>Relative to today: overdue, due today or planned; one in fourteen was forgotten.</summary>
    private (int Day, string Type)? Next()
    {
        var type = activityTypes[random.Next(activityTypes.Length)];
        return random.Next(14) switch
        {
            0 => null,
            < 4 => (-1 - random.Next(9), type),
            < 7 => (0, type),
            _ => (1 + random.Next(14), type),
        };
    }

    private (string Reason, string Category) LostReason()
    {
        var left = random.Next(DemoNames.LostReasons.Sum(each => each.Weight));
        var found = DemoNames.LostReasons.First(each => (left -= each.Weight) < 0);
        return (found.Reason, found.Category);
    }

    /// <summary>The same day between eight and five, on Monday when it was a weekend; never in the future of the demo.</summary>
    private DateTimeOffset WorkingHour(DateTimeOffset at)
    {
        var day = new DateTimeOffset(at.UtcDateTime.Date, TimeSpan.Zero).AddHours(8).AddMinutes(random.Next(9 * 60));
        return day.DayOfWeek switch
        {
            DayOfWeek.Saturday => day.AddDays(2),
            DayOfWeek.Sunday => day.AddDays(1),
            DayOfWeek.Monday or DayOfWeek.Tuesday or DayOfWeek.Wednesday or DayOfWeek.Thursday or DayOfWeek.Friday => day,
        };
    }

    private DateTimeOffset Earlier(DateTimeOffset at) => at < now ? at : now;

    private static JsonElement Number(long number) => JsonDocument.Parse(number.ToString(CultureInfo.InvariantCulture)).RootElement;
}
