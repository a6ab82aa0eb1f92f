using System.Text.Json;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>What happened around a deal, a person or an organization: "List updates about a deal" and the like.</summary>
internal static class FlowRoutes
{
    /// <summary>What "items" may name, and what it is here; kinds of records that there are none of give nothing.</summary>
    private static readonly (string Word, TimelineKind[] Kinds)[] Kinds =
    [
        ("call", []), ("activity", [TimelineKind.Activity]), ("plannedActivity", [TimelineKind.PlannedActivity]),
        ("change", [TimelineKind.DealChange, TimelineKind.PersonChange, TimelineKind.OrganizationChange]), ("note", [TimelineKind.Note]),
        ("deal", [TimelineKind.Deal]),
        ("file", [TimelineKind.File]), ("dealChange", [TimelineKind.DealChange]), ("personChange", [TimelineKind.PersonChange]),
        ("organizationChange", [TimelineKind.OrganizationChange]),
        ("follower", [TimelineKind.DealFollower, TimelineKind.PersonFollower, TimelineKind.OrganizationFollower]),
        ("dealFollower", [TimelineKind.DealFollower]),
        ("personFollower", [TimelineKind.PersonFollower]), ("organizationFollower", [TimelineKind.OrganizationFollower]),
        ("participant", [TimelineKind.Participant]), ("comment", []),
        ("mailMessage", [TimelineKind.Mail]), (WithAttachment, [TimelineKind.Mail]), ("invoice", []), ("document", []),
        ("marketing_campaign_stat", []), ("marketing_status_change", []),
    ];

    private const string WithAttachment = "mailMessageWithAttachment";

    private static readonly Member<bool> AllChanges = Members.Flag("all_changes", "1: changes of custom fields too.");
    private static readonly Member<Seq<string>> ItemKinds =
        Members.List("items", "The kinds of items to show, comma-separated; all when left out.",
        Members.Word("", "", [.. Kinds.Select(kind => (kind.Word, kind.Word))]), 30);

    private static readonly Many<FlowItem> Items = new(PastWire.Item);

    /// <summary>The flows and changelogs of persons and organizations; those of deals stand with the deal's past.</summary>
    public static IEnumerable<Operation> OfContacts(Anchor anchor) =>
    [
        Flow(anchor, (call, caller, id, query) => anchor == Anchor.Person
            ? call.Service<TimelineService>().OfPerson(caller, id, query, call.Ct)
            : call.Service<TimelineService>().OfOrganization(caller, id, query, call.Ct)),
        new("GET", anchor.Path("changelog"), $"get{anchor.Name}Changelog", call => Changelog(call, anchor))
        {
            Tag = anchor.Tag, Summary = $"List updates about {anchor.Noun} field values", Cost = 20,
            Parameters = [anchor.Id, .. CursorList.Parameters], Answer = Changes,
        },
    ];

    public static Operation Flow(Anchor anchor, Func<Call, Caller, long, TimelineQuery, Task<TimelinePage>> read) =>
        new("GET", anchor.Path("flow"), $"get{anchor.Name}Updates", call => List(call, anchor, read))
        {
            Tag = anchor.Tag,
            Summary = $"List updates about {anchor.Article}",
            Cost = 40,
            Parameters = [anchor.Id, .. Paging.Parameters, AllChanges, ItemKinds],
            Answer = Items,
            CoverageNote = "There are no calls, comments, invoices, documents and campaigns to show.",
        };

    public static Task<TimelinePage> OfDeal(Call call, Caller caller, long id, TimelineQuery query) =>
        call.Service<TimelineService>().OfDeal(caller, id, query, call.Ct);

    private static readonly Many<LoggedChange> Changes = new(PastWire.ContactChange);

    private static async Task<Reply> Changelog(Call call, Anchor anchor)
    {
        var id = call.Path(anchor.Id, anchor.Noun);
        var (cursor, limit) = CursorList.Read(call);
        call.Checked();
        var page = await call.Service<ContactService>().Changelog(call.Caller, anchor.Noun, id, V1Words.Unspoken, cursor, limit, call.Ct);
        return Changes.Page(page.Items, page.NextCursor);
    }

    private static async Task<Reply> List(Call call, Anchor anchor, Func<Call, Caller, long, TimelineQuery, Task<TimelinePage>> read)
    {
        var id = call.Path(anchor.Id, anchor.Noun);
        var query = Paging.Read(call);
        var (all, items) = (call.Query(AllChanges, false), call.Query(ItemKinds, []));
        call.Checked();
        var asked = new TimelineQuery
        {
            Kinds = items.Count == 0 ? null : [.. Kinds.Where(kind => items.Contains(kind.Word)).SelectMany(kind => kind.Kinds).Distinct()],
            WithCustomFields = all,
            Without = V1Words.Unspoken,
            OnlyMailWithAttachments = items.Contains(WithAttachment) && !items.Contains("mailMessage"),
            Offset = Math.Min(query.Offset ?? 0, TimelineQuery.MaxOffset),
            Limit = query.Limit,
        };
        var now = call.Service<TimeProvider>().GetUtcNow();
        var page = await read(call, anchor.Around(call), id, asked);
        var names = await Named.Of(call, FlowItem.NamesOf(page.Items));
        return Items.Page([.. page.Items.Select(entry => new FlowItem(entry, names, call.BaseUrl, call.Caller.UserId, now))], query,
            page.HasMore, names.Related(page.Items.Select(entry => entry.Event?.ActorId)));
    }
}

/// <summary>One entry of the flow, with the records it names.</summary>
internal sealed record FlowItem(TimelineEntry Entry, Named Names, string BaseUrl, long? Reader, DateTimeOffset Now)
{
    public static Names NamesOf(IReadOnlyList<TimelineEntry> entries)
    {
        var all = new[]
        {
            ActivityView.NamesOf([.. entries.Select(entry => entry.Activity).OfType<Core.Activities.Activity>()]),
            NoteView.NamesOf([.. entries.Select(entry => entry.Note).OfType<Core.Notes.Note>()]),
            FileView.NamesOf([.. entries.Select(entry => entry.File).OfType<Core.Files.StoredFile>()]),
            MailView.NamesOf([.. entries.Select(entry => entry.Mail).OfType<Core.Mail.MailMessage>()]),
            DealView.NamesOf([.. entries.Select(entry => entry.Deal).OfType<Core.Deals.Deal>()]),
        };
        return new()
        {
            Deals = all.SelectMany(names => names.Deals),
            Persons = all.SelectMany(names => names.Persons)
                .Concat(entries.Where(entry => entry.Kind is TimelineKind.Participant).Select(Person)),
            Organizations = all.SelectMany(names => names.Organizations),
            Leads = all.SelectMany(names => names.Leads),
            Products = all.SelectMany(names => names.Products),
            Activities = all.SelectMany(names => names.Activities),
        };
    }

    /// <summary>Whom a change of participants or followers is about.</summary>
    public static long? Person(TimelineEntry entry) =>
        (entry.Change?.New ?? entry.Change?.Old) is { ValueKind: JsonValueKind.Number } id ? id.GetInt64() : null;

    /// <summary>Of a change: a number of its own, also where an event has several (singer's tap-pipedrive keeps changes by it).</summary>
    public long Id => checked(Entry.Id * 1000 + Entry.Part);

    public string Object => Entry.Kind switch
    {
        TimelineKind.Activity => "activity",
        TimelineKind.PlannedActivity => "plannedActivity",
        TimelineKind.Note => "note",
        TimelineKind.File => "file",
        TimelineKind.Mail => Entry.Mail!.HasAttachments ? "mailMessageWithAttachment" : "mailMessage",
        TimelineKind.Deal => "deal",
        TimelineKind.DealChange => "dealChange",
        TimelineKind.PersonChange => "personChange",
        TimelineKind.OrganizationChange => "organizationChange",
        TimelineKind.DealFollower => "dealFollower",
        TimelineKind.PersonFollower => "personFollower",
        TimelineKind.OrganizationFollower => "organizationFollower",
        TimelineKind.Participant => "participant",
    };

    public void WriteData(Utf8JsonWriter json)
    {
        switch (Entry)
        {
            case { Activity: { } activity }:
                ActivityWire.Activity.Write(json, new(activity, Names));
                break;
            case { Note: { } note }:
                NoteWire.Note.Write(json, new(note, Names, Reader));
                break;
            case { File: { } file }:
                FileWire.File.Write(json, new(file, Names, BaseUrl));
                break;
            case { Mail: { } mail }:
                MailWire.Message.Write(json, new(mail, Names));
                break;
            case { Deal: { } deal }:
                DealWire.Plain.Write(json, new(deal, Names, Now));
                break;
            case
            {
                Kind: TimelineKind.Participant or TimelineKind.DealFollower or TimelineKind.PersonFollower
                or TimelineKind.OrganizationFollower
            }:
                PastWire.People.Write(json, this);
                break;
            default:
                PastWire.FieldChange.Write(json, this);
                break;
        }
    }
}
