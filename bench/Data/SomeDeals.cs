using Tributary.Core.Activities;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;

namespace Tributary.Bench.Data;

/// <summary>The records of a workspace, each a pure function of its place in the row: who makes the set again gets the same.</summary>
internal sealed class SomeDeals(DataShape shape, long owner, long pipeline, IReadOnlyList<long> stages, IReadOnlyList<long> tags)
{
    private static readonly string[] Firsts =
        ["Fleet", "Cloud", "Harbour", "Solar", "Kitchen", "Clinic", "Campus", "Freight", "Studio", "Vineyard"];
    private static readonly string[] Seconds =
        ["renewal", "migration", "rollout", "audit", "upgrade", "licence", "retainer", "expansion", "pilot", "refit"];

    // The deals of a set came within two years, or one a minute where they are few.
    private readonly double step = Math.Min(60, TimeSpan.FromDays(730).TotalSeconds / shape.Deals);

    public static IReadOnlyList<string> TagNames { get; } = [.. Firsts.Select(name => name.ToLowerInvariant())];

    public DateTimeOffset AddedAt(int n) => MakersClock.End.AddMilliseconds(-Math.Round(step * (shape.Deals - 1 - n)) * 1000);

    public Organization Organization(int n, DateTimeOffset now) => new()
    {
        Id = 0,
        Uid = default,
        Name = Text($"{Firsts[n % 10]} Works {n + 1}"),
        OwnerId = owner,
        VisibleTo = 7,
        AddedAt = now,
        AddedBy = owner,
        UpdatedAt = now,
        Version = 1,
    };

    public Person Person(int n, long organization, DateTimeOffset now) => new()
    {
        Id = 0,
        Uid = default,
        Name = Text($"Kim {Seconds[n % 10]} {n + 1}"),
        FirstName = "Kim",
        LastName = Text($"{Seconds[n % 10]} {n + 1}"),
        OrgId = organization,
        OwnerId = owner,
        VisibleTo = 7,
        Emails = [new(Text($"kim{n + 1}@bench.test"), "work", true)],
        AddedAt = now,
        AddedBy = owner,
        UpdatedAt = now,
        Version = 1,
    };

    /// <summary>
    /// Four of five deals are open; a deal has an owner, a description and two tags, most have a person, a third have something to be done.
    /// </summary>
    /// <param name="n">Its place in the set, oldest first.</param>
    /// <param name="firstPerson">The id of the first of the set's persons; the others follow.</param>
    /// <param name="activityId">Of what is to be done, when something is.</param>
    public Deal Deal(int n, long firstPerson, long? activityId)
    {
        var mixed = Mixed(n);
        var added = AddedAt(n);
        var status = (mixed % 10) switch { 0 => DealStatus.Won, 1 => DealStatus.Lost, _ => DealStatus.Open };
        var closed = added.AddDays(1) is var day && day < MakersClock.End ? day : MakersClock.End;
        return new()
        {
            Id = 0,
            Uid = default,
            Number = "",
            Title = Text($"{Firsts[mixed % 10]} {Seconds[mixed / 10 % 10]} {n}"),
            Value = mixed % 90_000 + 250.5m,
            Currency = mixed % 7 == 0 ? "USD" : "EUR",
            PipelineId = pipeline,
            StageId = stages[n % stages.Count],
            Status = status,
            Priority = (DealPriority)(mixed % 4),
            OwnerId = owner,
            CreatorId = owner,
            PersonId = mixed % 5 == 0 ? null : firstPerson + mixed % shape.Persons,
            ExpectedClose = DateOnly.FromDateTime(added.UtcDateTime).AddDays(30),
            ClosedAt = status is DealStatus.Open ? null : closed,
            WonAt = status is DealStatus.Won ? closed : null,
            FirstWonAt = status is DealStatus.Won ? closed : null,
            LostAt = status is DealStatus.Lost ? closed : null,
            Description = $"Asked for a {Seconds[mixed / 10 % 10]} of what they have, beginning next quarter.",
            TagIds = [tags[mixed % 10], tags[(mixed + 3) % 10]],
            VisibleTo = 7,
            Origin = "API",
            Provenance = "api",
            SourceType = "api",
            ActivitiesCount = activityId is null ? 0 : 1,
            NextActivityId = activityId,
            NextActivityOn = activityId is null ? null : DueOn(mixed),
            TouchedAt = added,
            AddedAt = added,
            UpdatedAt = added,
            Version = 1,
        };
    }

    public static bool HasActivity(int n) => n % 3 == 0;

    public Activity Activity(int n, long id, Guid uid, long deal) => new()
    {
        Id = id,
        Uid = uid,
        Type = "call",
        Subject = "Call about the next step",
        DealId = deal,
        OwnerId = owner,
        CreatorId = owner,
        DueOn = DueOn(Mixed(n)),
        Status = ActivityStatus.Open,
        Done = false,
        AddedAt = AddedAt(n),
        UpdatedAt = AddedAt(n),
        Version = 1,
    };

    private static DateOnly DueOn(int mixed) => DateOnly.FromDateTime(MakersClock.End.UtcDateTime).AddDays(mixed % 21 - 10);

    // Deterministic, and without a step that would put all of one kind into one stage.
    private static int Mixed(int n) => (int)((uint)n * 2654435761u >> 8);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
