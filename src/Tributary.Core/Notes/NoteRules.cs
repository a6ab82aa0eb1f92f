using System.Text;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;

namespace Tributary.Core.Notes;

/// <summary>What the rules must know beside the patch; the verb looks it up.</summary>
internal sealed record NoteContext
{
    public required WorkspaceCatalog Catalog { get; init; }
    public required Caller Caller { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>One refusal for each named record that is not there for the caller.</summary>
    public Seq<FieldError> Missing { get; init; } = [];
}

/// <summary>What may happen to a note. Pure.</summary>
internal static class NoteRules
{
    /// <summary>In bytes of UTF-8: "notes are limited to 100 KB" (Pipedrive, Notes).</summary>
    public const int MaxBytes = 100 * 1024;

    /// <summary>A new note, without ids, which storage gives.</summary>
    public static Note Create(NotePatch patch, NoteContext context)
    {
        var added = patch.AddedAt.Or(context.Now);
        var blank = new Note
        {
            Id = 0,
            Uid = default,
            Content = "",
            UserId = context.Caller.UserId,
            AddedAt = added,
            UpdatedAt = added,
            Version = 1,
        };
        return Fill(blank, patch with { Content = patch.Content.Or("") }, context) with { UpdatedAt = patch.UpdatedAt.Or(added) };
    }

    /// <returns>The same instance when nothing would change.</returns>
    public static Note Apply(Note note, NotePatch patch, NoteContext context)
    {
        Problem.MustBeAt(patch.ExpectedVersion, note.Version, "note", note.Id);
        if (note.IsDeleted && patch.Deleted is not { IsSet: true, Value: false }) throw Problem.NotFound("note", note.Id);

        var after = Fill(note, patch, context);
        return after == note ? note : after with { UpdatedAt = context.Now, UpdatedBy = context.Caller.UserId, Version = note.Version + 1 };
    }

    private static Note Fill(Note note, NotePatch patch, NoteContext context)
    {
        var checks = new Checks();
        foreach (var missing in context.Missing) checks.Fail(missing.Field, missing.Message);
        if (patch.Content.IsSet)
        {
            checks.Text("content", patch.Content.Value, MaxBytes);
            checks.Require(Encoding.UTF8.GetByteCount(patch.Content.Value ?? "") <= MaxBytes, "content",
                $"content has at most {MaxBytes} bytes.");
        }
        if (patch.UserId is { IsSet: true, Value: { } user })
        {
            checks.Require(context.Catalog.User(user) is not null, "user_id", $"No user with id {user}.");
        }

        var after = note with
        {
            Content = patch.Content.Or(note.Content),
            DealId = patch.DealId.Or(note.DealId),
            LeadId = patch.LeadId.Or(note.LeadId),
            PersonId = patch.PersonId.Or(note.PersonId),
            OrgId = patch.OrgId.Or(note.OrgId),
            UserId = patch.UserId.Or(note.UserId),
            AddedAt = patch.AddedAt.Or(note.AddedAt),
            DeletedAt = patch.Deleted.IsSet ? patch.Deleted.Value ? note.DeletedAt ?? context.Now : null : note.DeletedAt,
        };
        checks.Require(after is not { DealId: null, LeadId: null, PersonId: null, OrgId: null }, "deal_id",
            "A note belongs to a deal, a lead, a person or an organization: at least one of them.");
        after = after with
        {
            PinnedToDeal = Pinned("pinned_to_deal", patch.PinnedToDeal, note.PinnedToDeal, after.DealId),
            PinnedToLead = Pinned("pinned_to_lead", patch.PinnedToLead, note.PinnedToLead, after.LeadId),
            PinnedToPerson = Pinned("pinned_to_person", patch.PinnedToPerson, note.PinnedToPerson, after.PersonId),
            PinnedToOrg = Pinned("pinned_to_org", patch.PinnedToOrg, note.PinnedToOrg, after.OrgId),
        };
        checks.Done();
        return after;

        // A link that goes takes its pin along.
        bool Pinned(string field, Field<bool> sent, bool current, long? link)
        {
            checks.Require(sent is not { IsSet: true, Value: true } || link is not null, field,
                $"{field} needs a note that belongs to one.");
            return sent.Or(current) && link is not null;
        }
    }
}
