using Tributary.Core.Leads;
using Tributary.Core.Notes;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>A note with the names of what it hangs on, seen by a user.</summary>
internal sealed record NoteView(Note Note, Named Names, long? Reader)
{
    public static async Task<IReadOnlyList<NoteView>> Of(Call call, IReadOnlyList<Note> notes)
    {
        var names = await Named.Of(call, NamesOf(notes));
        return [.. notes.Select(note => new NoteView(note, names, call.Caller.UserId))];
    }

    public static Names NamesOf(IReadOnlyList<Note> notes) => new()
    {
        Deals = notes.Select(note => note.DealId),
        Persons = notes.Select(note => note.PersonId),
        Organizations = notes.Select(note => note.OrgId),
        Leads = notes.Select(note => note.LeadId),
    };

    public Lead? Lead => Names.Lead(Note.LeadId);
}

/// <summary>The note of v1 (reference §11, "Notes").</summary>
internal static class NoteWire
{
    private static readonly Wire<string> Titled = new Wire<string>(null).Text("title", title => title, nullable: false);
    private static readonly Wire<string> Called = new Wire<string>(null).Text("name", name => name, nullable: false);

    private static readonly Wire<NoteView> Author = new Wire<NoteView>(null)
        .Text("email", n => n.Names.User(n.Note.UserId)!.Email, nullable: false)
        .Text("icon_url", _ => null)
        .Flag("is_you", n => n.Note.UserId == n.Reader)
        .Text("name", n => n.Names.User(n.Note.UserId)!.Name, nullable: false);

    public static readonly Wire<NoteView> Note = new Wire<NoteView>("NoteV1")
        .Whole("id", n => n.Note.Id)
        .Flag("active_flag", n => !n.Note.IsDeleted)
        .Instant("add_time", n => n.Note.AddedAt, Spell.V1Time)
        .Text("content", n => n.Note.Content, nullable: false)
        .Object("deal", n => n.Names.Deal(n.Note.DealId)?.Title, Titled)
        .Object("lead", n => n.Lead?.Title, Titled)
        .Uid("lead_id", n => n.Lead?.Uid)
        .Whole("deal_id", n => n.Note.DealId)
        .Whole("last_update_user_id", n => n.Note.UpdatedBy)
        .Whole("org_id", n => n.Note.OrgId)
        .Object("organization", n => n.Names.Organization(n.Note.OrgId)?.Organization.Name, Called)
        .Object("person", n => n.Names.Person(n.Note.PersonId)?.Name, Called)
        .Whole("person_id", n => n.Note.PersonId)
        .Whole("project_id", _ => (long?)null)
        .Flag("pinned_to_lead_flag", n => n.Note.PinnedToLead)
        .Flag("pinned_to_deal_flag", n => n.Note.PinnedToDeal)
        .Flag("pinned_to_organization_flag", n => n.Note.PinnedToOrg)
        .Flag("pinned_to_person_flag", n => n.Note.PinnedToPerson)
        .Flag("pinned_to_project_flag", _ => false)
        .Instant("update_time", n => n.Note.UpdatedAt, Spell.V1Time)
        .Object("user", n => n.Names.User(n.Note.UserId) is null ? null : n, Author)
        .Whole("user_id", n => n.Note.UserId);
}
