using Tributary.Core.Kernel;
using Tributary.Core.Leads;
using Tributary.Core.Lists;
using Tributary.Core.Notes;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>Notes (reference §11). There are no projects and no tasks to pin them to.</summary>
internal static class NoteRoutes
{
    private const string Tag = "Notes v1";

    private static readonly Member<long> Id = Members.Id("id", "The ID of the note.").InPath();
    private static readonly Member<string> Content = Members.Text("content", "HTML; at most 100 KB.", 102_400);
    private static readonly Member<Guid> LeadId = Members.Uid("lead_id", "The ID of the lead.");
    private static readonly Member<long> DealId = Loose.Id("deal_id", "").Nullable();
    private static readonly Member<long> PersonId = Loose.Id("person_id", "").Nullable();
    private static readonly Member<long> OrgId = Loose.Id("org_id", "").Nullable();
    private static readonly Member<long> UserId = Members.Id("user_id", "The author; only admins may name another.");
    private static readonly Member<DateTimeOffset> AddTime = Loose.Moment("add_time", "UTC, YYYY-MM-DD HH:MM:SS.");
    private static readonly Member<bool> PinnedToLead = Members.Flag("pinned_to_lead_flag", "");
    private static readonly Member<bool> PinnedToDeal = Members.Flag("pinned_to_deal_flag", "");
    private static readonly Member<bool> PinnedToOrg = Members.Flag("pinned_to_organization_flag", "");
    private static readonly Member<bool> PinnedToPerson = Members.Flag("pinned_to_person_flag", "");
    private static readonly Member<DateOnly> StartDate = Members.Day("start_date", "Added on this day or later.");
    private static readonly Member<DateOnly> EndDate = Members.Day("end_date", "Added on this day or earlier.");
    private static readonly Member<DateTimeOffset> UpdatedSince = Loose.Moment("updated_since", "Updated then or later.");
    private static readonly Member<Seq<SortKey>> Sort =
        Sorting.By(("id", "id"), ("user_id", "user_id"), ("deal_id", "deal_id"), ("person_id", "person_id"), ("org_id", "org_id"),
            ("content", "content"),
        ("add_time", "added_at"), ("update_time", "updated_at"));

    private static readonly Member[] Both =
        [LeadId, DealId, PersonId, OrgId, UserId, AddTime, PinnedToLead, PinnedToDeal, PinnedToOrg, PinnedToPerson];
    private static readonly (Member<long> Member, string Field)[] Anchors =
        [(Members.Id("deal_id", ""), "deal_id"), (Members.Id("person_id", ""), "person_id"), (Members.Id("org_id", ""), "org_id"),
            (Members.Id("user_id", "The author."), "user_id")];
    private static readonly (Member<bool> Member, string Field)[] Pins =
        [(PinnedToLead, "pinned_to_lead"), (PinnedToDeal, "pinned_to_deal"), (PinnedToOrg, "pinned_to_org"),
            (PinnedToPerson, "pinned_to_person")];

    private static readonly Many<NoteView> Notes = new(NoteWire.Note);
    private static readonly One<NoteView> One = new(NoteWire.Note);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/notes", "getNotes", List)
        {
            Tag = Tag, Summary = "Get all notes", Cost = 20, Answer = Notes, CoverageNote = "There are no projects and tasks.",
            Parameters = [LeadId, .. Anchors.Select(one => one.Member), .. Paging.Parameters, Sort, StartDate, EndDate, UpdatedSince,
                .. Pins.Select(pin => pin.Member)],
        },
        new("POST", "/notes", "addNote", Create)
        {
            Tag = Tag, Summary = "Add a note", Cost = 10, Body = new("NewNoteV1", [Content.Required(), .. Both]), Answer = One,
        },
        new("GET", "/notes/{id}", "getNote", Get) { Tag = Tag, Summary = "Get one note", Cost = 2, Parameters = [Id], Answer = One },
        new("PUT", "/notes/{id}", "updateNote", Update)
        {
            Tag = Tag, Summary = "Update a note", Cost = 10, Parameters = [Id], Body = new("NoteChangesV1", [Content, .. Both]),
            Answer = One,
        },
        new("DELETE", "/notes/{id}", "deleteNote", Delete)
        {
            Tag = Tag, Summary = "Delete a note", Cost = 6, Parameters = [Id], Answer = Answers.Done,
        },
    ];

    private static async Task<Reply> List(Call call)
    {
        call.Caller.MustRead("notes");
        var query = Paging.Read(call) with { Sort = call.Query(Sort, []) };
        foreach (var (member, field) in Anchors)
        {
            query = call.Query(member) is { IsSet: true, Value: var id } ? query.And(Condition.Equal(field, id)) : query;
        }
        foreach (var (member, field) in Pins)
        {
            query = call.Query(member) is { IsSet: true, Value: var pinned } ? query.And(Condition.Equal(field, pinned)) : query;
        }
        if (call.Query(StartDate) is { IsSet: true, Value: var first })
        {
            query = query.And(Condition.Test("added_at", Operator.AtLeast, first));
        }
        if (call.Query(EndDate) is { IsSet: true, Value: var last }) query = query.And(Condition.Test("added_at", Operator.AtMost, last));
        if (call.Query(UpdatedSince) is { IsSet: true, Value: var since })
        {
            query = query.And(Condition.Test("updated_at", Operator.AtLeast, since));
        }
        var lead = call.Query(LeadId);
        call.Checked();
        if (lead.IsSet) query = query.And(Condition.Equal("lead_id", await LeadOf(call, lead.Value) ?? 0));
        var page = await call.Service<NoteService>().List(call.Caller, query, call.Ct);
        return Notes.Page(await NoteView.Of(call, page.Items), query, page.HasMore);
    }

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustWrite("notes");
        return await Shown(call, await call.Service<NoteService>().Create(call.Caller, await Read(call, isNew: true), call.Ct));
    }

    private static async Task<Reply> Get(Call call) => await Shown(call, await Find(call));

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustWrite("notes");
        var note = await Find(call);
        return await Shown(call, await call.Service<NoteService>().Update(call.Caller, note.Id, await Read(call, isNew: false), call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        await call.Service<NoteService>().Delete(call.Caller, call.Path(Id, "note"), call.Ct);
        return Answers.Flagged.Reply(true);
    }

    private static async Task<Note> Find(Call call)
    {
        var id = call.Path(Id, "note");
        return await call.Service<NoteService>().Get(call.Caller, id, call.Ct) is { IsDeleted: false } note ? note
            : throw Problem.NotFound("note", id);
    }

    private static async Task<Reply> Shown(Call call, Note note) => One.Reply((await NoteView.Of(call, [note]))[0]);

    private static async Task<NotePatch> Read(Call call, bool isNew)
    {
        var (patch, lead) = await call.Read(body => (new NotePatch
        {
            Content = body.Get(Content),
            DealId = body.Clearable(DealId).As(Loose.None),
            PersonId = body.Clearable(PersonId).As(Loose.None),
            OrgId = body.Clearable(OrgId).As(Loose.None),
            UserId = body.Get(UserId).As(id => (long?)id),
            AddedAt = body.Get(AddTime),
            PinnedToLead = body.Get(PinnedToLead),
            PinnedToDeal = body.Get(PinnedToDeal),
            PinnedToOrg = body.Get(PinnedToOrg),
            PinnedToPerson = body.Get(PinnedToPerson),
        }, body.Clearable(LeadId)));
        if (patch.UserId is { IsSet: true, Value: { } author } && author != call.Caller.UserId && !call.Caller.IsAdmin)
        {
            throw Problem.Forbidden("Only an admin can change the author.");
        }
        if (lead.IsSet) patch = patch with
        {
            LeadId = new(true, lead.Value is { } uid ? await LeadOf(call, uid)
                ?? throw Problem.Invalid("lead_id", "lead_id must be a lead of this company.") : null),
        };
        var hangs = patch.DealId.Or(null) ?? patch.PersonId.Or(null) ?? patch.OrgId.Or(null) ?? patch.LeadId.Or(null);
        // "This property is required unless one of (deal_id/person_id/org_id/project_id) is specified."
        if (isNew && hangs is null) throw Problem.Invalid("deal_id", "deal_id, lead_id, person_id or org_id must be given.");
        return patch;
    }

    /// <summary>The engine's id of a lead, when the caller sees it.</summary>
    public static async Task<long?> LeadOf(Call call, Guid uid)
    {
        var query = new ListQuery { Condition = Condition.Equal("uid", uid), Scope = Scope.Kept, Limit = 1 };
        return (await call.Service<LeadService>().List(call.Caller with { Scopes = ["read"] }, query, call.Ct)).Items is [var lead]
            ? lead.Id : null;
    }
}
