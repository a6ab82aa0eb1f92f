using Tributary.Core.Kernel;

namespace Tributary.Server.Sandbox.Files;

/// <summary>Activities and notes, and what they hang on.</summary>
internal sealed partial class FileSeed
{
    /// <summary>What activities and notes stand at.</summary>
    private sealed record Anchor(long? DealId = null, long? LeadId = null, long? PersonId = null, long? OrgId = null);

    private async Task Hang(IEnumerable<SeedActivity> activities, Anchor at, Caller owner, CancellationToken ct)
    {
        foreach (var one in activities)
        {
            await Made(one.At, () => verbs.Activities.Create(one.Owner is null ? owner : As(one.Owner), new()
            {
                Type = one.Type is { } type ? activityTypes.GetValueOrDefault(type, type) : default(Field<string>),
                Subject = one.Subject is { } subject ? subject : default(Field<string>),
                DueOn = one.Due,
                DueTime = one.Time,
                DurationMinutes = one.Minutes,
                Note = Given(one.Note),
                Done = one.Done,
                DealId = at.DealId,
                LeadId = at.LeadId,
                PersonId = at.PersonId,
                OrgId = at.OrgId,
            }, ct));
        }
    }

    private async Task Hang(SeedMore more, Anchor at, Caller owner, CancellationToken ct)
    {
        await Hang(more.Activities, at, owner, ct);
        foreach (var one in more.Notes)
        {
            // A note hangs on one record; the deal's stands in the past of its people too.
            await Made(one.At, () => verbs.Notes.Create(one.Owner is null ? owner : As(one.Owner), new()
            {
                Content = one.Text,
                DealId = at.DealId,
                LeadId = at.LeadId,
                PersonId = at.DealId is null ? at.PersonId : null,
                OrgId = at is { DealId: null, PersonId: null } ? at.OrgId : null,
                PinnedToDeal = one.IsPinned && at.DealId is not null,
                PinnedToLead = one.IsPinned && at.LeadId is not null,
                PinnedToPerson = one.IsPinned && at is { DealId: null, PersonId: not null },
                PinnedToOrg = one.IsPinned && at is { DealId: null, PersonId: null, OrgId: not null },
            }, ct));
        }
    }
}
