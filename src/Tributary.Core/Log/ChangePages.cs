using System.Globalization;
using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Log;

/// <summary>One change of one field, with the event that brought it.</summary>
public sealed record LoggedChange(LogEvent Event, Change Change);

/// <summary>The changes of a history, newest first, page by page. An event may hold several: a page may end between two of them.</summary>
internal static class ChangePages
{
    public const int MaxLimit = 500;

    /// <param name="tx">Where to read.</param>
    /// <param name="caller">Who reads; changes of fields that they do not see are left out.</param>
    /// <param name="list">Which list it is; a cursor is good for one.</param>
    /// <param name="cursor">Where an earlier page ended.</param>
    /// <param name="limit">How many changes at once.</param>
    /// <param name="lines">The newest events before an id, at most so many.</param>
    /// <param name="wanted">Which changes are told.</param>
    public static async Task<Page<LoggedChange>> Of(Tx tx, Caller caller, string list, string? cursor, int limit,
        Func<long?, int, Task<IReadOnlyList<LogEvent>>> lines, Func<LogEvent, Change, bool> wanted)
    {
        MustBePage(limit);
        var (eventId, skip) = HistoryCursor.Open(tx.Db.Cursors, tx.Workspace, list, cursor);
        var items = new List<LoggedChange>();
        var before = eventId == long.MaxValue ? (long?)null : eventId + 1;
        while (true)
        {
            var all = await lines(before, MaxLimit);
            var found = EventSight.Told(all, await tx.CatalogFor(caller));
            foreach (var line in found)
            {
                for (var index = line.Id == eventId ? skip : 0; index < line.Changes.Count; index++)
                {
                    if (!wanted(line, line.Changes[index])) continue;
                    if (items.Count == limit)
                    {
                        return new(items, HistoryCursor.Seal(tx.Db.Cursors, tx.Workspace, list, line.Id, index), true, null);
                    }
                    items.Add(new(line, line.Changes[index]));
                }
            }
            if (all.Count < MaxLimit) return new(items, null, false, null);
            before = all[^1].Id;
        }
    }

    /// <summary>The changes of one record itself, as its log has them.</summary>
    public static Task<Page<LoggedChange>> OfRecord(Tx tx, Caller caller, string subject, long id, string list, string? cursor, int limit,
        Func<Change, bool> wanted) =>
        Of(tx, caller, string.Create(CultureInfo.InvariantCulture, $"{subject}s/{id}/{list}"), cursor, limit,
            (before, most) => EventStore.OfSubject(tx, subject, id, before, most), (_, change) => wanted(change));

    public static void MustBePage(int limit)
    {
        if (limit is < 1 or > MaxLimit) throw Problem.Invalid("limit", $"limit must be a whole number from 1 to {MaxLimit}.");
    }
}

/// <summary>Where a page of a history goes on: a place inside one line of the log. It is sealed, so nobody can make one up.</summary>
internal static class HistoryCursor
{
    public static string Seal(CursorSigner signer, long workspace, string list, long eventId, int index) =>
        signer.Seal(JsonSerializer.SerializeToUtf8Bytes(new object[] { workspace, list, eventId, index }));

    public static (long EventId, int Index) Open(CursorSigner signer, long workspace, string list, string? cursor)
    {
        if (cursor is null) return (long.MaxValue, 0);
        if (signer.TryOpen(cursor, out var payload))
        {
            using var document = JsonDocument.Parse(payload);
            var parts = document.RootElement;
            if (parts.GetArrayLength() == 4 && parts[0].GetInt64() == workspace && parts[1].ValueKind is JsonValueKind.String
                && parts[1].GetString() == list)
            {
                return (parts[2].GetInt64(), parts[3].GetInt32());
            }
        }
        throw Problem.Invalid("cursor", "cursor must be one that this list gave.");
    }
}
