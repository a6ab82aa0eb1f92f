using Tributary.Core.Deals;
using Tributary.Core.Insights;
using Tributary.Core.Log;
using Tributary.Tests.Core.Deals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Insights;

public sealed class MovementRulesTests
{
    // A deal worth 100 before and 120 after, wherever it was.
    [Theory]
    [InlineData("open", "open", "Grown +20")]
    [InlineData("absent", "open", "New +120")]
    [InlineData("elsewhere", "open", "MovedIn +120")]
    [InlineData("removed", "open", "Restored +120")]
    [InlineData("won", "open", "Reopened +120")]
    [InlineData("lost", "open", "Reopened +120")]
    [InlineData("open", "won", "Grown +20, Won -120")]
    [InlineData("open", "lost", "Grown +20, Lost -120")]
    [InlineData("open", "removed", "Grown +20, Removed -120")]
    [InlineData("open", "elsewhere", "Grown +20, MovedOut -120")]
    [InlineData("absent", "won", "New +120, Won -120")] // created and won in between
    [InlineData("absent", "removed", "New +120, Removed -120")]
    [InlineData("elsewhere", "won", "MovedIn +120, Won -120")]
    [InlineData("lost", "won", "Reopened +120, Won -120")]
    [InlineData("removed", "lost", "Restored +120, Lost -120")]
    [InlineData("won", "won", "")]
    [InlineData("won elsewhere", "won", "")] // its owner changed after it was won
    [InlineData("won", "elsewhere", "")]
    [InlineData("won", "removed", "")]
    [InlineData("removed", "elsewhere", "")]
    [InlineData("absent", "elsewhere", "")]
    [InlineData("absent", "absent", "")]
    public void A_deal_is_told_by_where_it_was_and_where_it_is(string before, string after, string steps)
    {
        var told = MovementRules.Between(Standing(before, 100), Standing(after, 120));

        Assert.Equal(steps, string.Join(", ", told.Select(step => $"{step.Kind} {(step.Value > 0 ? "+" : "")}{step.Value:0}")));
    }

    [Fact]
    public void A_deal_is_in_the_place_that_its_state_says()
    {
        var (open, won) = (DealDesk.Deal(), DealDesk.Won());

        Assert.Equal(Place.Open, PlaceOf(open));
        Assert.Equal(Place.Elsewhere, PlaceOf(open, isMeant: false));
        Assert.Equal(Place.Removed, PlaceOf(open with { DeletedAt = DealDesk.Now }));
        Assert.Equal(Place.Removed, PlaceOf(open with { ArchivedAt = DealDesk.Now }));
        Assert.Equal(Place.Won, PlaceOf(won with { ArchivedAt = DealDesk.Now }));
        Assert.Equal(Place.Removed, PlaceOf(won with { DeletedAt = DealDesk.Now }));
        Assert.Equal(Place.Lost, PlaceOf(DealDesk.Lost()));
        Assert.Equal(Place.Absent, PlaceOf(null));

        static Place PlaceOf(Deal? deal, bool isMeant = true) => StandingOf(deal, isMeant).Place;
    }

    [Fact]
    public void The_start_and_all_that_came_and_went_make_the_end() =>
    Properties.ForAll<(byte Before, byte After, short Was, short Is)[]>(given =>
    {
        var rules = new MovementRules();
        // No deal that was there is absent later: purged ones are not told of at all.
        foreach (var (before, after, was, @is) in given)
        {
            rules.Add(Standing(Names[before % Names.Length], was), Standing(Names[after % (Names.Length - 1)], @is));
        }

        var came =
            rules.Lines.Where(line => line.Kind is MovementKind.New or MovementKind.MovedIn or MovementKind.Reopened
                or MovementKind.Restored).Sum(line => line.Deals);
        var went =
            rules.Lines.Where(line => line.Kind is MovementKind.Won or MovementKind.Lost or MovementKind.MovedOut or MovementKind.Removed)
            .Sum(line => line.Deals);
        return rules.Start.Value + rules.Lines.Sum(line => line.Value) == rules.End.Value
            && rules.Start.Deals + came - went == rules.End.Deals;
    });

    // Each state is made by the rules from the one before, and its line of the log by the history.
    [Fact]
    public void A_deal_undone_to_a_moment_is_what_it_was() => Properties.ForAll<(byte What, byte How)[]>(given =>
    {
        var states = new List<Deal> { DealDesk.Deal() };
        var lines = new List<LogEvent> { Line(DealHistory.Created(states[0], null), states[0].AddedAt) };
        foreach (var (what, how) in given)
        {
            var (before, at) = (states[^1], DealDesk.Now.AddHours(states.Count));
            if (before.IsDeleted && (what % 6 != 5 || how % 2 == 0) || before.IsArchived && what % 6 is not (3 or 5)) continue;
            DealPatch patch = (what % 6) switch
            {
                0 => new() { Value = how },
                1 => new() { StageId = how % 2 == 0 ? 12 : 21 },
                2 => new() { Status = (DealStatus)(how % 3) },
                3 => new() { Archived = how % 2 == 0 },
                4 => new() { ExpectedClose = DateOnly.FromDateTime(at.UtcDateTime).AddDays(how) },
                _ => new() { Deleted = how % 2 == 0 },
            };
            var after = DealDesk.Apply(before, patch, at);
            if (ReferenceEquals(after, before)) continue;
            lines.Add(Line(DealHistory.Changed(before, after, null), at));
            states.Add(after);
        }
        var moments = states.Select((_, i) => i == 0 ? states[0].AddedAt : lines[i].At).Reverse().ToArray();

        var undone = DealReplay.At(states[^1], Enumerable.Reverse(lines), moments);

        return undone.Reverse().Zip(states).All(pair => Told(pair.First!) == Told(pair.Second))
            && DealReplay.At(states[^1], Enumerable.Reverse(lines), states[0].AddedAt.AddTicks(-1))[0] is null;

        static Deal Told(Deal deal) => deal with { UpdatedAt = default, UpdatedBy = null, TouchedAt = default };
    });

    private static readonly string[] Names = ["elsewhere", "removed", "open", "won", "lost", "won elsewhere", "absent"];

    private static Standing Standing(string name, decimal value) => name switch
    {
        "absent" => new(Place.Absent, null, 0),
        "elsewhere" => new(Place.Elsewhere, DealStatus.Open, value),
        "won elsewhere" => new(Place.Elsewhere, DealStatus.Won, value),
        "removed" => new(Place.Removed, DealStatus.Open, value),
        "open" => new(Place.Open, DealStatus.Open, value),
        "won" => new(Place.Won, DealStatus.Won, value),
        _ => new(Place.Lost, DealStatus.Lost, value),
    };

    private static Standing StandingOf(Deal? deal, bool isMeant) => Tributary.Core.Insights.Standing.Of(deal, isMeant, 1);

    private static LogEvent Line(LogEntry entry, DateTimeOffset at) => new()
    {
        Id = 1,
        Tx = 1,
        Uid = Guid.Empty,
        At = at,
        Subject = entry.Subject,
        SubjectId = entry.SubjectId,
        Action = entry.Action,
        Changes = [.. entry.Changes],
        Dialect = "native",
    };
}
