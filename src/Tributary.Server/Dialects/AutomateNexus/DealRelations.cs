using System.Globalization;
using System.Text.Json.Nodes;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.AutomateNexus;

/// <summary>The page "Deals &amp; Pipeline API": what hangs on a deal. Activities are what was planned, done, noted and mailed.</summary>
internal static class DealRelations
{
    private static readonly Seq<TimelineKind> Kinds =
        [TimelineKind.Activity, TimelineKind.PlannedActivity, TimelineKind.Note, TimelineKind.Mail];

    private static readonly Member<long> Limit = Members.Whole("limit", "500 when left out, which is also the most.", 1);
    private static readonly Member<long> Cursor =
        Members.Whole("cursor", "The meta.next_cursor of the page before.", 0, TimelineQuery.MaxOffset);

    private static readonly Wire<ActivityView> Activity = new Wire<ActivityView>("Activity")
        .Text("id", a => a.Id, nullable: false)
        .Text("type", a => a.Type, "call, email, meeting, note, or another type of the workspace.", nullable: false)
        .Text("subject", a => a.Subject)
        .Text("body", a => a.Body)
        .Id("user_id", a => a.UserUid, Ids.User.Spelled)
        .Instant("occurred_at", a => a.At, TimeStyle.IsoSeconds)
        .Instant("created_at", a => a.AddedAt, TimeStyle.IsoSeconds);

    private static readonly Wire<ActivityPage> Meta = new Wire<ActivityPage>(null)
        .Whole("limit", p => p.Limit)
        .Flag("has_more", p => p.Next is not null)
        .Text("next_cursor", p => p.Next);

    private static readonly Wire<ActivityPage> Activities =
        new Wire<ActivityPage>("ActivityList").Flag("success", _ => true).Objects("data", p => p.Rows, Activity)
        .Object("meta", p => p, Meta);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/deals/{id}/activities", "listDealActivities", ListActivities)
        {
            Tag = "Deals", Summary = "List the activities logged against a deal, newest first", Parameters = [DealRoutes.Id, Limit, Cursor],
            Answer = Activities,
            CoverageNote =
                "Calls, meetings and other activities, notes and mail; up to 500 at once, then by cursor. Members are ours, the page shows none.",
        },
        new("GET", "/deals/{id}/contacts", "listDealContacts", ListContacts)
        {
            Tag = "Deals", Summary = "List the contacts of a deal with their roles", Parameters = [DealRoutes.Id],
            Answer = DealWire.Contacts,
            CoverageNote = "Members are ours, the page shows none; roles are given in the native API.",
        },
    ];

    private static async Task<Reply> ListActivities(Call call)
    {
        var deal = await DealRoutes.Find(call);
        var (limit, offset) = (Math.Min(call.Query(Limit, TimelineQuery.MaxLimit), TimelineQuery.MaxLimit), call.Query(Cursor, 0));
        call.Checked();
        var page = await call.Service<TimelineService>()
            .OfDeal(Permissions.AroundDeals(call.Caller), deal.Id, new() { Kinds = Kinds, Limit = (int)limit, Offset = (int)offset },
                call.Ct);
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var next = page.HasMore && offset + limit <= TimelineQuery.MaxOffset
            ? (offset + limit).ToString(CultureInfo.InvariantCulture) : null;
        return Reply.Json(Activities,
            new ActivityPage([.. page.Items.Select(entry => View(entry, catalog)).OfType<ActivityView>()], limit, next));
    }

    private static async Task<Reply> ListContacts(Call call) =>
        Reply.Json(DealWire.Contacts, await DealRoutes.Contacts(call, await DealRoutes.Find(call)));

    private static ActivityView? View(TimelineEntry entry, WorkspaceCatalog catalog) => entry switch
    {
        { Activity: { } activity } =>
            new(Ids.Activity.Spell(activity.Uid), activity.Type, activity.Subject, activity.Note, catalog.User(activity.OwnerId)?.Uid,
                entry.At, activity.AddedAt),
        { Note: { } note } =>
            new(Ids.Activity.Spell(note.Uid), "note", null, note.Content, catalog.User(note.UserId)?.Uid, entry.At, note.AddedAt),
        { Mail: { } mail } =>
            new(Ids.Activity.Spell(mail.Uid), "email", mail.Subject, mail.Snippet, catalog.User(mail.UserId)?.Uid, entry.At, mail.AddedAt),
        _ => null,
    };

    private sealed record ActivityView(string Id, string Type, string? Subject, string? Body, Guid? UserUid, DateTimeOffset At,
        DateTimeOffset AddedAt);

    private sealed record ActivityPage(IReadOnlyList<ActivityView> Rows, long Limit, string? Next);
}
