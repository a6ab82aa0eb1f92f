using Tributary.Core.Notes;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Notes;

internal static class NoteRoutes
{
    private static readonly Listing<Note> Notes = new("note", NoteWire.Note, "-added_at")
    {
        Filters =
        [
            RecordFilters.Deal, RecordFilters.Lead, RecordFilters.Person, RecordFilters.Org, RecordFilters.User,
            .. new[] { "deal", "lead", "person", "org" }.Select(
                record => ListFilter.Equal(Members.Flag($"pinned_to_{record}", "Notes pinned there, or those that are not."))),
            .. RecordFilters.Times,
        ],
    };

    private static readonly RecordRoutes<Note, NotePatch, Note> Life = new("Note", "Notes", "/notes", "a note")
    {
        Tag = "Notes",
        Wire = NoteWire.Note,
        Listing = Notes,
        New = NoteBody.New,
        Patch = NoteBody.Patch,
        Read = NoteBody.Read,
        Identity = note => (note.Id, note.Version),
        Show = (call, notes, include) => Task.FromResult(notes),
        List = (call, query) => call.Service<NoteService>().List(call.Caller, query, call.Ct),
        Get = (call, id) => call.Service<NoteService>().Get(call.Caller, id, call.Ct),
        Create = (call, patch) => call.Service<NoteService>().Create(call.Caller, patch, call.Ct),
        Update = (call, id, patch) => call.Service<NoteService>().Update(call.Caller, id, patch, call.Ct),
        Deletion = (deleted, version) => new() { Deleted = deleted, ExpectedVersion = version },
    };

    public static readonly IReadOnlyList<Operation> All = [.. Life.All()];
}
