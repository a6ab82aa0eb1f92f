using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Deals;

// A deal's past. All of it is read from the log, which is the only history.
public sealed partial class DealService
{
    /// <summary>What changed on the deal, field by field, newest first; also on deals that were merged into it.</summary>
    public Task<Page<DealChange>> Changelog(Caller caller, long id, string? cursor, int limit, CancellationToken ct) =>
        Changelog(caller, id, [], cursor, limit, ct);

    /// <param name="caller">Who asks.</param>
    /// <param name="id">The deal.</param>
    /// <param name="without">Fields whose changes are not told, because whoever asks has no word for them.</param>
    /// <param name="cursor">Where an earlier page ended.</param>
    /// <param name="limit">How many changes at once.</param>
    /// <param name="ct">Stops reading.</param>
    public Task<Page<DealChange>> Changelog(Caller caller, long id, Seq<string> without, string? cursor, int limit, CancellationToken ct) =>
        History(caller, id, "changelog", cursor, limit,
            (line, change) => line.Subject == "deal" && !DealHistory.IsPeople(change.Field) && !without.Contains(change.Field), ct);

    public Task<Page<DealPeopleChange>> FollowersChangelog(Caller caller, long id, string? cursor, int limit, CancellationToken ct) =>
        People(caller, id, "follower", cursor, limit, ct);

    public Task<Page<DealPeopleChange>> ParticipantsChangelog(Caller caller, long id, string? cursor, int limit, CancellationToken ct) =>
        People(caller, id, "participant", cursor, limit, ct);

    /// <summary>
    /// Everything that happened to the deal and to what hangs on it, newest first. Goes on before the id of the last event.
    /// </summary>
    public async Task<IReadOnlyList<LogEvent>> Flow(Caller caller, long id, long? before, int limit, CancellationToken ct)
    {
        ChangePages.MustBePage(limit);
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        await Live(tx, caller, id);
        return EventSight.Told(await EventStore.OfDeal(tx, id, before, limit), await tx.CatalogFor(caller));
    }

    /// <summary>The stages that deals have been in, oldest first per deal; deals the caller does not see have none.</summary>
    public async Task<ILookup<long, StageStay>> StageHistory(Caller caller, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        var deals = await VisibleOnes(tx, caller, ids);
        var catalog = await tx.Catalog();
        var lines = (deals.Count == 0 ? [] : await EventStore.Moves(tx, [.. deals.Select(deal => deal.Id)]))
            .ToLookup(line => line.SubjectId);
        return deals.SelectMany(deal => Stays(deal, lines[deal.Id], catalog, tx.Now)).ToLookup(stay => stay.DealId);
    }

    /// <summary>
    /// Every move, closing and reopening of deals, oldest first per deal; deals the caller does not see have none. One statement.
    /// </summary>
    public async Task<ILookup<long, DealMove>> Moves(Caller caller, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        var deals = await VisibleOnes(tx, caller, ids);
        var lines = deals.Count == 0 ? [] : await EventStore.Moves(tx, [.. deals.Select(deal => deal.Id)]);
        return lines.GroupBy(line => line.SubjectId).SelectMany(DealPast.Moves).ToLookup(move => move.DealId);
    }

    /// <summary>
    /// The deal as it stood at a moment. Not found when it was not there yet, also for a caller who may not see what it is now.
    /// </summary>
    public async Task<Deal> AsOf(Caller caller, long id, DateTimeOffset instant, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        var deal = await Visible(tx, caller, await DealStore.Find(tx, id)) ?? throw Problem.NotFound("deal", id);
        if (instant < deal.AddedAt) throw Problem.NotFound("deal", id);

        var (undone, before) = (false, (long?)null);
        while (true)
        {
            var lines = await EventStore.OfSubject(tx, "deal", id, before, ChangePages.MaxLimit);
            foreach (var line in lines)
            {
                // An imported deal was there before the line that says so; people's lines carry no stamps of the deal.
                var isLast = line.At <= instant && DealReplay.ChangesDeal(line) || line.Action == "created";
                if (isLast) return undone ? DealReplay.Signed(deal, line) : deal;
                if (line.At <= instant) continue;
                deal = DealReplay.Undo(deal, line);
                undone = true;
            }
            if (lines.Count < ChangePages.MaxLimit) return deal;
            before = lines[^1].Id;
        }
    }

    private async Task<Page<DealPeopleChange>> People(Caller caller, long id, string field, string? cursor, int limit, CancellationToken ct)
    {
        var page = await History(caller, id, field, cursor, limit, (line, change) => line.Subject == "deal" && change.Field == field, ct);
        return page.Select(change => new DealPeopleChange(change.New is not null, (change.New ?? change.Old)!.Value.GetInt64(),
            change.ActorId, change.At));
    }

    private async Task<Page<DealChange>> History(Caller caller, long id, string list, string? cursor, int limit,
        Func<LogEvent, Change, bool> wanted, CancellationToken ct)
    {
        ChangePages.MustBePage(limit);
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        await Live(tx, caller, id);

        var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"deals/{id}/{list}");
        var page = await ChangePages.Of(tx, caller, name, cursor, limit, (before, most) => EventStore.OfDeal(tx, id, before, most), wanted);
        return page.Select(one => Shown(one.Event, one.Change));
    }

    private static DealChange Shown(LogEvent line, Change change) => new()
    {
        EventId = line.Id,
        At = line.At,
        DealId = line.SubjectId,
        Action = line.Action,
        Field = change.Field,
        Old = change.Old,
        New = change.New,
        Note = line.Note,
        ActorId = line.ActorId,
        Dialect = line.Dialect,
        UserAgent = line.UserAgent,
        IsBulk = line.IsBulk,
    };

    private static IEnumerable<StageStay> Stays(Deal deal, IEnumerable<LogEvent> moves, WorkspaceCatalog catalog, DateTimeOffset now)
    {
        var lines = moves.Where(line => line.ToStageId is not null).ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var entered = line.FromStageId is null && deal.AddedAt < line.At ? deal.AddedAt : line.At;
            var left = i + 1 < lines.Count ? lines[i + 1].At : deal.ClosedAt >= entered ? deal.ClosedAt : null;
            yield return new()
            {
                DealId = deal.Id,
                FromStageId = line.FromStageId,
                FromStage = line.FromStageId is { } from ? catalog.Stage(from)?.Name : null,
                StageId = line.ToStageId!.Value,
                Stage = catalog.Stage(line.ToStageId.Value)?.Name ?? "",
                EnteredAt = entered,
                EnteredBy = line.ActorId,
                Note = line.Note,
                LeftAt = left,
                Duration = (left ?? now) - entered,
            };
        }
    }
}
