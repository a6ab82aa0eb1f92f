using Tributary.Core.Activities;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Files;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Mail;
using Tributary.Core.Notes;
using Tributary.Core.Storage;

namespace Tributary.Core.Log;

/// <summary>
/// What happened around a record, newest first: its events and the records that hang on it, merged. Each source gives the
/// keys of its newest entries, enough for the page wherever it lies; only the records of the page itself are then read, one
/// statement a kind. Records that the credential may not read are left out.
/// </summary>
public sealed class TimelineService(Db db)
{
    private const int EventsAtOnce = 500;

    /// <summary>A deal's own entries and those of its person and organization.</summary>
    public async Task<TimelinePage> OfDeal(Caller caller, long dealId, TimelineQuery query, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await OfDeal(tx, caller, dealId, query);
    }

    /// <summary>A person's own entries and what hangs on them.</summary>
    public Task<TimelinePage> OfPerson(Caller caller, long personId, TimelineQuery query, CancellationToken ct) =>
        OfContact(caller, ListSources.Persons, "persons", "person_id", personId, query, ct);

    /// <summary>An organization's own entries and what hangs on it.</summary>
    public Task<TimelinePage> OfOrganization(Caller caller, long orgId, TimelineQuery query, CancellationToken ct) =>
        OfContact(caller, ListSources.Organizations, "organizations", "org_id", orgId, query, ct);

    internal static async Task<TimelinePage> OfDeal(Tx tx, Caller caller, long dealId, TimelineQuery query)
    {
        Check(query);
        var deal = await DealService.Visible(tx, caller, await DealStore.Find(tx, dealId)) ?? throw Problem.NotFound("deal", dealId);
        var reading = new Reading(tx, caller, query);

        await reading.Events("deal", dealId, TimelineKind.DealChange, TimelineKind.DealFollower, TimelineKind.Participant);
        await reading.Contact(ListSources.Persons, "persons", deal.PersonId, TimelineKind.PersonChange, TimelineKind.PersonFollower);
        await reading.Contact(ListSources.Organizations, "organizations", deal.OrgId, TimelineKind.OrganizationChange,
            TimelineKind.OrganizationFollower);
        await reading.Hanging("deal_id", dealId);
        await reading.Mail(Condition.Equal("deal_id", dealId));
        return await reading.Page();
    }

    private async Task<TimelinePage> OfContact(Caller caller, ListSource source, string noun, string column, long id, TimelineQuery query,
        CancellationToken ct)
    {
        caller.MustRead(noun);
        Check(query);
        await using var tx = await db.Read(caller.Workspace, ct);
        var there = await ListStore.Count(tx, caller, source, new() { Condition = Condition.Equal("id", id), Scope = Scope.Any });
        if (there == 0) throw Problem.NotFound(source.Subject, id);

        var reading = new Reading(tx, caller, query);
        await reading.Events(source.Subject, id, TimelineKind.PersonChange, TimelineKind.PersonFollower, TimelineKind.OrganizationChange,
            TimelineKind.OrganizationFollower);
        await reading.Hanging(column, id);
        await reading.Mail(Condition.Test(column, Operator.Has, id));
        if (caller.MayRead("deals")) await reading.Records(TimelineKind.Deal, ListSources.Deals, Condition.Equal(column, id), "added_at");
        return await reading.Page();
    }

    private static void Check(TimelineQuery query)
    {
        var checks = new Checks();
        checks.Require(query.Limit is >= 1 and <= TimelineQuery.MaxLimit, "limit",
            $"limit is a whole number from 1 to {TimelineQuery.MaxLimit}.");
        checks.Require(query.Offset is >= 0 and <= TimelineQuery.MaxOffset, "offset",
            $"offset is a whole number from 0 to {TimelineQuery.MaxOffset}.");
        checks.Done();
    }

    /// <summary>Collects what the sources give for one page.</summary>
    private sealed class Reading(Tx tx, Caller caller, TimelineQuery query)
    {
        private readonly List<TimelineEntry> entries = [];
        private readonly int needed = query.Offset + query.Limit + 1;

        private sealed record Key
        {
            public long Id { get; init; }
            public DateTimeOffset At { get; init; }
        }

        public async Task Events(string subject, long id, params Seq<TimelineKind> kinds)
        {
            if (!kinds.Any(kind => query.Wants(kind))) return;
            var catalog = await tx.CatalogFor(caller);
            long? before = null;
            for (var found = 0; found < needed;)
            {
                var events = await EventStore.OfSubject(tx, subject, id, before, EventsAtOnce);
                var more = EventSight.Told(events, catalog).SelectMany(@event => TimelineRules.Entries(@event, query)).ToList();
                entries.AddRange(more);
                if (events.Count < EventsAtOnce) return;
                found += more.Count;
                before = events[^1].Id;
            }
        }

        /// <summary>The changes of a deal's person or organization, when the caller sees it.</summary>
        public async Task Contact(ListSource source, string noun, long? id, params Seq<TimelineKind> kinds)
        {
            if (id is not { } contact || !caller.MayRead(noun) || !kinds.Any(kind => query.Wants(kind))) return;
            if (await ListStore.Count(tx, caller, source, new() { Condition = Condition.Equal("id", contact), Scope = Scope.Any }) > 0)
            {
                await Events(source.Subject, contact, kinds);
            }
        }

        public async Task Hanging(string column, long id)
        {
            var here = Condition.Equal(column, id);
            if (caller.MayRead("activities"))
            {
                await Records(TimelineKind.Activity, ListSources.Activities, Condition.AllOf(here, Condition.Equal("done", true)),
                    "done_at");
                await Records(TimelineKind.PlannedActivity, ListSources.Activities, Condition.AllOf(here, Condition.Equal("done", false)),
                    "added_at");
            }
            if (caller.MayRead("notes")) await Records(TimelineKind.Note, ListSources.Notes, here, "added_at");
            if (caller.MayRead("files")) await Records(TimelineKind.File, ListSources.Files, here, "added_at");
        }

        public async Task Mail(Condition mail)
        {
            if (query.OnlyMailWithAttachments) mail = Condition.AllOf(mail, Condition.Equal("has_attachments", true));
            if (caller.MayRead("mail")) await Records(TimelineKind.Mail, ListSources.Mail, mail, "message_at");
        }

        public async Task Records(TimelineKind kind, ListSource source, Condition condition, string at)
        {
            if (!query.Wants(kind)) return;
            var asked = new ListQuery { Condition = condition, Sort = [new(at, true)], Scope = Scope.Kept };
            for (var (left, cursor) = (needed, (string?)null); left > 0;)
            {
                var page = await ListStore.Rows<Key>(tx, caller, source, $"id, {at} AS at",
                    asked with { Limit = Math.Min(left, ListQuery.MaxLimit), Cursor = cursor });
                entries.AddRange(page.Items.Select(key => new TimelineEntry { Kind = kind, At = key.At, Id = key.Id }));
                if (!page.HasMore) return;
                (left, cursor) = (left - page.Items.Count, page.NextCursor);
            }
        }

        public async Task<TimelinePage> Page()
        {
            var page = TimelineRules.Page(entries, query);
            var activities = (await Find(page, ActivityStore.FindMany, TimelineKind.Activity, TimelineKind.PlannedActivity))
                .ToDictionary(activity => activity.Id);
            var notes = (await Find(page, NoteStore.FindMany, TimelineKind.Note)).ToDictionary(note => note.Id);
            var files = (await Find(page, FileStore.FindMany, TimelineKind.File)).ToDictionary(file => file.Id);
            var mail = (await Find(page, MailStore.FindMany, TimelineKind.Mail)).ToDictionary(message => message.Id);
            var deals = (await Find(page, DealStore.FindMany, TimelineKind.Deal)).ToDictionary(deal => deal.Id);
            return page with
            {
                Items = [.. page.Items.Select(entry => entry.Kind switch
                {
                    TimelineKind.Activity or TimelineKind.PlannedActivity => entry with { Activity = activities[entry.Id] },
                    TimelineKind.Note => entry with { Note = notes[entry.Id] },
                    TimelineKind.File => entry with { File = files[entry.Id] },
                    TimelineKind.Mail => entry with { Mail = mail[entry.Id] },
                    TimelineKind.Deal => entry with { Deal = deals[entry.Id] },
                    _ => entry,
                })],
            };
        }

        private async Task<IReadOnlyList<T>> Find<T>(TimelinePage page, Func<Tx, IReadOnlyCollection<long>, Task<IReadOnlyList<T>>> find,
            params Seq<TimelineKind> kinds)
        {
            var ids = page.Items.Where(entry => kinds.Contains(entry.Kind)).Select(entry => entry.Id).ToList();
            return ids.Count == 0 ? [] : await find(tx, ids);
        }
    }
}
