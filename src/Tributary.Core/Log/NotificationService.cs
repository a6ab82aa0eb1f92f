using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Log;

/// <summary>
/// What somebody should know of what others did lately. Nothing is stored for it: it is read from the log, as they see it now.
/// </summary>
public sealed class NotificationService(Db db)
{
    /// <summary>So many lines of the log are looked at; who was away for longer reads on in their activities and deals.</summary>
    private const int LookedAt = 1_000;
    private const int Most = 50;
    private static readonly TimeSpan lately = TimeSpan.FromDays(14);

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Notification>> Newest(Caller caller, CancellationToken ct)
    {
        caller.MustRead("events");
        await using var tx = await db.Read(caller.Workspace, ct);
        var catalog = await tx.Catalog();
        if (caller.UserId is not { } user || catalog.User(user) is not { } known) return [];
        var found = new List<Notification>();
        foreach (var @event in await EventStore.Before(tx, LogPosition.End, new() { Since = tx.Now - lately }, LookedAt))
        {
            if (NotificationRules.KindOf(@event, user, known.Name) is { } kind) found.Add(new(kind, @event));
        }
        var visible = (await EventSight.Visible(tx, caller, [.. found.Select(one => one.Event)])).Select(@event => @event.Id).ToHashSet();
        return [.. found.Where(one => visible.Contains(one.Event.Id)).Take(Most)];
    }
}
