using Tributary.Core.Deals;

namespace Tributary.Core.Insights;

/// <summary>Where a deal is, seen from a pipeline or whatever else was asked for.</summary>
internal enum Place { Absent, Elsewhere, Removed, Open, Won, Lost }

/// <summary>A deal at one moment: its place, its status wherever it is (none while absent), and its value.</summary>
internal readonly record struct Standing(Place Place, DealStatus? Status, decimal Value)
{
    /// <param name="deal">None where it was not there yet.</param>
    /// <param name="isMeant">Whether it is one of those that were asked for, apart from its status.</param>
    /// <param name="value">In the currency of the sums.</param>
    public static Standing Of(Deal? deal, bool isMeant, decimal value) => deal is null
        ? new(Place.Absent, null, 0)
        : new(PlaceOf(deal, isMeant), deal.Status, value);

    // Deals are archived when they are done with: one that was won before counts as won.
    private static Place PlaceOf(Deal deal, bool isMeant) => (isMeant, deal) switch
    {
        (false, _) => Place.Elsewhere,
        (_, { IsDeleted: true }) => Place.Removed,
        (_, { Status: DealStatus.Won }) => Place.Won,
        (_, { Status: DealStatus.Lost }) => Place.Lost,
        (_, { IsArchived: true }) => Place.Removed,
        _ => Place.Open,
    };
}

/// <summary>Deals added up one at a time, with the first of their ids.</summary>
internal sealed class MovementTally
{
    private readonly SortedSet<long> ids = [];
    private long deals;
    private decimal value;

    public MovementSum Sum => new(deals, value) { DealIds = [.. ids] };

    /// <param name="worth">In the currency of the sums.</param>
    /// <param name="id">When the ids are wanted.</param>
    public void Add(decimal worth, long? id)
    {
        (deals, value) = (deals + 1, value + worth);
        if (id is not { } deal) return;
        ids.Add(deal);
        if (ids.Count > MovementSum.MostIds) ids.Remove(ids.Max);
    }
}

/// <summary>Pure: adds up what came into the open deals of a pipeline and what went out of them. Deals are added one at a time.</summary>
internal sealed class MovementRules
{
    private static readonly MovementKind[] Kinds = Enum.GetValues<MovementKind>();
    private readonly MovementTally[] lines = [.. Kinds.Select(_ => new MovementTally())];
    private readonly MovementTally start = new();
    private readonly MovementTally end = new();

    public MovementSum Start => start.Sum;
    public MovementSum End => end.Sum;
    public IReadOnlyList<MovementLine> Lines =>
        [.. Kinds.Zip(lines, (kind, line) => new MovementLine(kind, line.Sum.Deals, line.Sum.Value) { DealIds = line.Sum.DealIds })];

    /// <param name="before">How the deal stood at the first moment.</param>
    /// <param name="after">How it stood at the second.</param>
    /// <param name="id">Its id, when the ids are wanted.</param>
    public void Add(Standing before, Standing after, long? id = null)
    {
        if (before.Place is Place.Open) start.Add(before.Value, id);
        if (after.Place is Place.Open) end.Add(after.Value, id);
        foreach (var (kind, value) in Between(before, after)) lines[(int)kind].Add(value, id);
    }

    /// <summary>
    /// The steps of one deal. One that came and went again in between is told as both when it came to be, or was won or lost in between;
    /// otherwise nobody would miss it. A deal enters and leaves with the value it has at the end.
    /// </summary>
    public static IEnumerable<(MovementKind Kind, decimal Value)> Between(Standing before, Standing after)
    {
        if (before.Place is not Place.Open && after.Place is not Place.Open && !PassedThrough(before, after)) yield break;

        if (Entry(before.Place) is { } entry) yield return (entry, after.Value);
        else if (after.Value > before.Value) yield return (MovementKind.Grown, after.Value - before.Value);
        else if (after.Value < before.Value) yield return (MovementKind.Shrunk, after.Value - before.Value);

        if (Exit(after.Place) is { } exit) yield return (exit, -after.Value);
    }

    private static bool PassedThrough(Standing before, Standing after) => after.Place switch
    {
        Place.Won or Place.Lost => before.Status != after.Status,
        Place.Removed => before.Place is Place.Absent,
        Place.Absent or Place.Elsewhere or Place.Open => false,
    };

    private static MovementKind? Entry(Place before) => before switch
    {
        Place.Absent => MovementKind.New,
        Place.Elsewhere => MovementKind.MovedIn,
        Place.Removed => MovementKind.Restored,
        Place.Won or Place.Lost => MovementKind.Reopened,
        Place.Open => null,
    };

    private static MovementKind? Exit(Place after) => after switch
    {
        Place.Won => MovementKind.Won,
        Place.Lost => MovementKind.Lost,
        Place.Removed => MovementKind.Removed,
        Place.Elsewhere => MovementKind.MovedOut,
        Place.Open or Place.Absent => null,
    };
}
