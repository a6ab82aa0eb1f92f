using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Core.Log;

namespace Tributary.Core.Deals;

/// <summary>What the log says about a change of a deal. Pure.</summary>
internal static class DealHistory
{
    /// <summary>
    /// Counts, positions of others, and the stamps of the write itself are not in the list: they follow from what is. DealReplay reads it
    /// back.
    /// </summary>
    private static readonly Tracked<Deal>[] Fields =
    [
        new("title", d => d.Title),
        new("value", d => d.Value),
        new("currency", d => d.Currency),
        new("pipeline_id", d => d.PipelineId),
        new("stage_id", d => d.StageId),
        new("status", d => d.Status),
        new("probability", d => d.Probability),
        new("priority", d => d.Priority),
        new("position", d => d.Position),
        new("owner_id", d => d.OwnerId),
        new("assignee_id", d => d.AssigneeId),
        new("creator_id", d => d.CreatorId),
        new("person_id", d => d.PersonId),
        new("org_id", d => d.OrgId),
        new("expected_close", d => d.ExpectedClose),
        new("next_followup_at", d => d.NextFollowupAt),
        new("won_at", d => d.WonAt),
        new("lost_at", d => d.LostAt),
        new("closed_at", d => d.ClosedAt),
        new("first_won_at", d => d.FirstWonAt),
        new("stage_changed_at", d => d.StageChangedAt),
        new("won_reason", d => d.WonReason),
        new("lost_reason", d => d.LostReason),
        new("loss_category", d => d.LossCategory),
        new("closure_notes", d => d.ClosureNotes),
        new("competitors", d => d.Competitors.Count == 0 ? null : d.Competitors),
        new("source", d => d.Source),
        new("deal_type", d => d.DealType),
        new("forecast_category", d => d.ForecastCategory),
        new("description", d => d.Description),
        new("label_ids", d => d.LabelIds.Count == 0 ? null : d.LabelIds),
        new("tag_ids", d => d.TagIds.Count == 0 ? null : d.TagIds),
        new("visible_to", d => d.VisibleTo),
        new("custom", d => d.Custom),
        new("rfp_id", d => d.RfpId),
        new("links", d => d.Links == DealLinks.None ? null : d.Links),
        new("channel", d => d.Channel),
        new("channel_id", d => d.ChannelId),
        new("number", d => d.Number),
        new("mrr", d => d.Mrr),
        new("arr", d => d.Arr),
        new("acv", d => d.Acv),
        new("archived_at", d => d.ArchivedAt),
        new("deleted_at", d => d.DeletedAt),
        new("deleted_by", d => d.DeletedBy),
    ];

    /// <summary>What a creation does not tell, because its own line does, and a later change may correct.</summary>
    private static readonly Tracked<Deal>[] Corrected = [new("added_at", d => d.AddedAt)];

    /// <summary>What a line about a deal may name, beside "custom.&lt;key&gt;".</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Fields.Concat(Corrected).Select(field => field.Field).Where(name => name != "custom"), "follower", "participant",
            "participant_role"];

    public static LogEntry Created(Deal deal, string? note, params IEnumerable<Change> more) => new()
    {
        Subject = "deal",
        SubjectId = deal.Id,
        DealId = deal.Id,
        Action = "created",
        Changes = [.. Tracked.Between(Fields, null, deal), .. more],
        ToStageId = deal.StageId,
        ToStatus = Word(deal.Status),
        Note = note,
    };

    public static LogEntry Changed(Deal before, Deal after, string? note, params IEnumerable<Change> more)
    {
        var (moved, closed) = (before.StageId != after.StageId, before.Status != after.Status);
        return new()
        {
            Subject = "deal",
            SubjectId = after.Id,
            DealId = after.Id,
            Action = Action(before, after),
            Changes = [.. Tracked.Between(Fields, before, after), .. Tracked.Between(Corrected, before, after), .. more],
            FromStageId = moved ? before.StageId : null,
            ToStageId = moved ? after.StageId : null,
            FromStatus = closed ? Word(before.Status) : null,
            ToStatus = closed ? Word(after.Status) : null,
            Note = note,
        };
    }

    /// <summary>Fields that tell of people around the deal rather than of the deal itself.</summary>
    public static bool IsPeople(string field) => field is "follower" or "participant" or "participant_role";

    /// <summary>Someone follows, takes part, or no longer does. The deal itself stays as it was, and so does its version.</summary>
    public static LogEntry People(long dealId, IEnumerable<Change> changes) => new()
    {
        Subject = "deal",
        SubjectId = dealId,
        DealId = dealId,
        Action = "updated",
        Changes = [.. changes],
    };

    /// <summary>
    /// The only line that stays when a deal and its history are purged: that it was there, by the names that others may hold.
    /// </summary>
    public static LogEntry Purged(Deal deal) => new()
    {
        Subject = "deal",
        SubjectId = deal.Id,
        Action = "purged",
        Changes = [new("uid", JsonSerializer.SerializeToElement(deal.Uid), null),
            new("number", JsonSerializer.SerializeToElement(deal.Number), null)],
    };

    public static string Word(DealStatus status) => status switch
    {
        DealStatus.Open => "open",
        DealStatus.Won => "won",
        DealStatus.Lost => "lost",
    };

    private static string Action(Deal before, Deal after) => (before, after) switch
    {
        ({ IsDeleted: false }, { IsDeleted: true }) => "deleted",
        ({ IsDeleted: true }, { IsDeleted: false }) => "restored",
        ({ IsArchived: false }, { IsArchived: true }) => "archived",
        ({ IsArchived: true }, { IsArchived: false }) => "unarchived",
        _ => "updated",
    };
}
