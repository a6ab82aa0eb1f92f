using FsCheck;
using FsCheck.Fluent;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Deals;

public sealed class DealPastTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task The_changelog_tells_field_by_field_newest_first_in_pages(Backend backend) // P 9.6
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal(new() { Title = "One" });
        for (var n = 2; n < 6; n++) await some.Deals().Update(some.Admin, deal.Id, new() { Title = $"Title {n}", Value = n }, Ct);

        var whole = (await some.Deals().Changelog(some.Admin, deal.Id, null, 500, Ct)).Items;
        var paged = new List<DealChange>();
        string? cursor = null;
        do
        {
            var page = await some.Deals().Changelog(some.Admin, deal.Id, cursor, 3, Ct);
            paged.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(whole.Select(change => (change.EventId, change.Field)), paged.Select(change => (change.EventId, change.Field)));
        Assert.Equal(["title", "value", "title", "value"], whole.Take(4).Select(change => change.Field));
        Assert.Equal(("Title 4", "Title 5"), (whole[0].Old!.Value.GetString(), whole[0].New!.Value.GetString()));
        Assert.DoesNotContain(whole, change => change.Field == "follower");
        Assert.Equal(ProblemCode.Invalid, await SomeDeals.Code(() => some.Deals().Changelog(some.Admin, deal.Id, "nonsense", 3, Ct)));
        Assert.Equal(ProblemCode.Invalid, await SomeDeals.Code(() => some.Deals().Changelog(some.Admin, deal.Id, null, 0, Ct)));
    }

    [Theory, OnBothBackends]
    public async Task A_cursor_of_one_list_opens_no_other(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (deal, other) = (await some.Deal(), await some.Deal());
        var cursor = (await some.Deals().Changelog(some.Admin, deal.Id, null, 1, Ct)).NextCursor;

        Assert.Equal(ProblemCode.Invalid, await SomeDeals.Code(() => some.Deals().Changelog(some.Admin, other.Id, cursor, 1, Ct)));
        Assert.Equal(ProblemCode.Invalid, await SomeDeals.Code(() => some.Deals().FollowersChangelog(some.Admin, deal.Id, cursor, 1, Ct)));
    }

    [Theory, OnBothBackends]
    public async Task Stage_history_has_names_and_durations(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal();
        TestClock.Instance.Advance(TimeSpan.FromHours(2));
        await some.Deals().Update(some.Member, deal.Id, new() { StageId = some.Stages[1], Note = "Keen" }, Ct);
        TestClock.Instance.Advance(TimeSpan.FromHours(3));
        await some.Deals().Update(some.Admin, deal.Id, new() { Status = DealStatus.Won }, Ct);
        TestClock.Instance.Advance(TimeSpan.FromHours(4));

        var stays = (await some.Deals().StageHistory(some.Admin, [deal.Id], Ct))[deal.Id].ToList();

        Assert.Equal([(null, "Qualified", TimeSpan.FromHours(2)), ("Qualified", "Demo", TimeSpan.FromHours(3))],
            stays.Select(stay => (stay.FromStage, stay.Stage, stay.Duration)));
        Assert.Equal((some.Member.UserId, "Keen"), (stays[1].EnteredBy, stays[1].Note));
    }

    [Theory, OnBothBackends]
    public async Task A_deal_can_be_seen_as_it_stood(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var states =
            new List<Deal> { await some.Deal(new() { Value = 5, PersonId = await some.Person(), Tags = (Seq<string>)["a"],
                Quotes = (Seq<string>)["q"] }) };
        foreach (var patch in new DealPatch[]
        {
            new() { StageId = some.Stages[2], Value = new(true, null) },
            new() { Status = DealStatus.Lost, LostReason = "Price", Tags = (Seq<string>)[] },
            new() { Status = DealStatus.Won, OwnerId = some.Member.UserId, PersonId = new(true, null), Attachments = (Seq<string>)["x"] },
            new() { Archived = true },
            new() { Archived = false, ExpectedClose = new DateOnly(2027, 1, 1), NextFollowupAt = TestClock.Start },
            new() { Deleted = true },
            new() { Deleted = false },
        })
        {
            TestClock.Instance.Advance(TimeSpan.FromHours(1));
            states.Add(await some.Deals().Update(some.Admin, states[0].Id, patch, Ct));
        }

        for (var hour = 0; hour < states.Count; hour++)
        {
            Assert.Equal(states[hour], await some.Deals()
                .AsOf(some.Admin, states[0].Id, TestClock.Start.AddHours(hour).AddMinutes(30), Ct));
        }
        Assert.Equal(ProblemCode.NotFound,
            await SomeDeals.Code(() => some.Deals().AsOf(some.Admin, states[0].Id, TestClock.Start.AddMinutes(-1), Ct)));
    }

    // Pipedrive, "Update a deal": add_time is among what can be changed.
    [Theory, OnBothBackends]
    public async Task When_a_deal_came_to_be_can_be_corrected(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal();
        var earlier = TestClock.Start.AddDays(-40);
        TestClock.Instance.Advance(TimeSpan.FromHours(1));

        var after = await some.Deals().Update(some.Admin, deal.Id, new() { AddedAt = earlier }, Ct);

        Assert.Equal((earlier, TestClock.Start.AddHours(1), deal.Number), (after.AddedAt, after.UpdatedAt, after.Number));
        Assert.Equal(after, await some.Deals().Get(some.Admin, deal.Id, Ct));
        var change = (await some.Deals().Changelog(some.Admin, deal.Id, null, 1, Ct)).Items[0];
        Assert.Equal(("added_at", "2026-11-20T09:00:00.000Z", "2026-10-11T09:00:00.000Z"),
            (change.Field, change.Old!.Value.GetString(), change.New!.Value.GetString()));
        Assert.Equal(deal, await some.Deals().AsOf(some.Admin, deal.Id, TestClock.Start.AddMinutes(1), Ct));
    }

    [Fact]
    public void Any_changes_keep_the_invariants_and_undone_give_back_the_created_deal() // design §3, §4
    {
        Properties.ForAll(Gen.ListOf(Patches).ToArbitrary(), patches =>
        {
            var created = DealDesk.Deal();
            var deal = created;
            var lines = new List<LogEvent> { Line(DealHistory.Created(created, null), DealDesk.Now) };
            var now = DealDesk.Now;
            foreach (var patch in patches)
            {
                now = now.AddHours(1);
                Deal after;
                try
                {
                    after = DealDesk.Apply(deal, patch, now);
                }
                catch (ProblemException)
                {
                    continue;
                }
                if (ReferenceEquals(after, deal)) continue;
                if (after.Version != deal.Version + 1 || !Holds(after)) return false;
                var entry = DealHistory.Changed(deal, after, null);
                if (entry.Changes.Count == 0) return false;
                lines.Add(Line(entry, now));
                deal = after;
            }

            for (var i = lines.Count - 1; i > 0; i--) deal = DealReplay.Undo(deal, lines[i]);
            return lines.Count == 1 ? deal == created : DealReplay.Signed(deal, lines[0]) == created;
        });
    }

    private static bool Holds(Deal deal) =>
        deal.ClosedAt is not null == deal.Status is not DealStatus.Open
        && deal.WonAt is not null == deal.Status is DealStatus.Won
        && deal.LostAt is not null == deal.Status is DealStatus.Lost
        && (deal.LostReason is null || deal.Status is DealStatus.Lost)
        && (deal.WonReason is null || deal.Status is DealStatus.Won)
        && (deal.Status is not DealStatus.Won || deal.FirstWonAt is not null)
        && deal.DeletedAt is null == deal.DeletedBy is null
        && DealDesk.Catalog.Stage(deal.StageId)!.PipelineId == deal.PipelineId;

    private static Gen<DealPatch> Patches => Gen.OneOf(
        Gen.Choose(-100, 100).Select(days => new DealPatch { AddedAt = DealDesk.Now.AddDays(days) }),
        Gen.Elements(DealStatus.Open, DealStatus.Won, DealStatus.Lost).Select(status => new DealPatch { Status = status }),
        Gen.Elements("Price", "Timing")
            .Select(reason => new DealPatch { Status = DealStatus.Lost, LostReason = reason, LossCategory = "other" }),
        Gen.Elements("Price", null).Select(reason => new DealPatch { LostReason = reason }),
        Gen.Elements(11L, 12L, 13L, 18L, 19L, 21L, 22L, 28L, 99L).Select(stage => new DealPatch { StageId = stage }),
        Gen.Elements(1L, 2L, 3L).Select(pipeline => new DealPatch { PipelineId = pipeline }),
        Gen.Elements(0.00005m, 1m, 12.34m, -5m).Select(value => new DealPatch { Value = value, Currency = value > 2 ? "USD" : "EUR" }),
        Gen.Elements<decimal?>(null, 0, 33.333m, 100).Select(percent => new DealPatch { Probability = percent }),
        Gen.Elements<long?>(null, 1, 2).Select(user => new DealPatch { OwnerId = user, AssigneeId = user }),
        Gen.Elements(true, false).Select(archived => new DealPatch { Archived = archived }),
        Gen.Elements(true, false).Select(deleted => new DealPatch { Deleted = deleted }),
        Gen.Elements<Seq<long>>([], [51], [52, 51])
            .Select(labels => new DealPatch
            {
                LabelIds = labels,
                Competitors = labels.Count == 0 ? (Seq<string>)[] : (Seq<string>)["Them"]
            }),
        Gen.Elements(0, 1, 50)
            .Select(days => new DealPatch { Status = DealStatus.Won, WonAt = DealDesk.Now.AddDays(-days), WonReason = "Fit" }),
        Gen.Elements(1, 3, 5, 7)
            .Select(visibleTo => new DealPatch
            {
                VisibleTo = visibleTo,
                ExpectedClose = new DateOnly(2026, 12, visibleTo),
                Description = $"To {visibleTo}"
            }));

    private static LogEvent Line(LogEntry entry, DateTimeOffset at) => new()
    {
        Id = 1,
        Tx = 1,
        Uid = default,
        At = at,
        Subject = entry.Subject,
        SubjectId = entry.SubjectId,
        Action = entry.Action,
        Changes = [.. entry.Changes],
        ActorId = 1,
        Dialect = "native",
    };

    [Theory, OnBothBackends]
    public async Task Moves_are_every_change_of_stage_or_status_and_not_the_creation(
        Backend backend) // C: "append … per change; create adds none"
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal();
        var untouched = await some.Deal();

        await some.Deals().Update(some.Admin, deal.Id, new() { StageId = some.Stages[1], Note = "called" }, Ct);
        await some.Deals().Update(some.Admin, deal.Id, new() { Title = "Renamed" }, Ct);
        await some.Deals().Update(some.Admin, deal.Id, new() { Status = DealStatus.Won }, Ct);
        await some.Deals().Update(some.Admin, deal.Id, new() { Status = DealStatus.Open, StageId = some.Stages[2] }, Ct);

        var moves = await some.Deals().Moves(some.Admin, [deal.Id, untouched.Id], Ct);
        Assert.Equal(
            [
                (some.Stages[0], some.Stages[1], DealStatus.Open, DealStatus.Open, "called"),
                (some.Stages[1], some.Stages[1], DealStatus.Open, DealStatus.Won, null),
                (some.Stages[1], some.Stages[2], DealStatus.Won, DealStatus.Open, null),
            ],
            moves[deal.Id].Select(move => (move.FromStageId, move.ToStageId, move.FromStatus, move.ToStatus, move.Note)));
        Assert.Empty(moves[untouched.Id]);
        Assert.Empty(await some.Deals().Moves(some.Outsider, [deal.Id], Ct));
    }
}
