using Tributary.Core.Deals;
using Tributary.Server.Seeding;

namespace Tributary.Server.Sandbox;

/// <summary>Activities and notes of the deals: done, overdue, due on the sandbox's first day, planned.</summary>
internal static class ActivitySeed
{
    private static readonly DateOnly today = DateOnly.FromDateTime(SandboxWorkspace.Today.UtcDateTime);
    private static readonly (string Type, string Subject)[] kinds =
        [("call", "First call"), ("meeting", "Demo"), ("task", "Send offer"), ("email", "Follow up by mail")];

    public static void Plan(Verbs verbs, SandboxWorkspace into, Agenda agenda, Deal deal, int row, bool closes, CancellationToken ct)
    {
        var owner = into.As(row % 3);
        var (type, subject) = kinds[row % kinds.Length];
        if (row % 2 == 0)
        {
            agenda.At(deal.AddedAt.AddHours(1), () => verbs.Activities.Create(owner, new()
            {
                Type = type,
                Subject = subject,
                DealId = deal.Id,
                OrgId = deal.OrgId,
                PersonId = deal.PersonId,
                DueOn = closes || row % 8 == 0 ? DateOnly.FromDateTime(deal.AddedAt.UtcDateTime).AddDays(2) : today.AddDays(row % 6 - 2),
                DueTime = row % 4 == 0 ? "10:00" : null,
                DurationMinutes = row % 4 == 0 ? 30 : null,
                Done = closes || row % 8 == 0,
            }, ct));
        }
        if (row % 3 == 0)
        {
            agenda.At(deal.AddedAt.AddHours(2),
                () => verbs.Notes.Create(owner,
                    new() { Content = $"Spoke with the buyer about “{deal.Title}”.", DealId = deal.Id, PinnedToDeal = row % 6 == 0 }, ct));
        }
    }
}
