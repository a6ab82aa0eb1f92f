using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Core.Log;

namespace Tributary.Core.Deals;

/// <summary>One field of a deal that changed, with who changed it and by which way.</summary>
public sealed record DealChange
{
    public required long EventId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The deal it was then: another one when that deal was merged into this.</summary>
    public required long DealId { get; init; }

    /// <summary>"created", "updated", "deleted", "merged", …: what the whole change did.</summary>
    public required string Action { get; init; }
    public required string Field { get; init; }
    public JsonElement? Old { get; init; }
    public JsonElement? New { get; init; }
    public string? Note { get; init; }
    public long? ActorId { get; init; }
    public required string Dialect { get; init; }
    public string? UserAgent { get; init; }
    public bool IsBulk { get; init; }
}

/// <summary>Someone began or ceased to follow a record, or to take part in a deal.</summary>
public sealed record DealPeopleChange(bool Added, long SubjectId, long? ActorId, DateTimeOffset At);

/// <summary>One change of where a deal stands: of its stage, its status or both.</summary>
public sealed record DealMove
{
    public required long DealId { get; init; }
    public required long FromStageId { get; init; }
    public required long ToStageId { get; init; }
    public required DealStatus FromStatus { get; init; }
    public required DealStatus ToStatus { get; init; }
    public required DateTimeOffset At { get; init; }
    public long? ActorId { get; init; }
    public string? Note { get; init; }
}

/// <summary>A deal's stay in one stage.</summary>
public sealed record StageStay
{
    public required long DealId { get; init; }

    /// <summary>None for the stage it was created in.</summary>
    public long? FromStageId { get; init; }
    public string? FromStage { get; init; }
    public required long StageId { get; init; }
    public required string Stage { get; init; }
    public required DateTimeOffset EnteredAt { get; init; }
    public long? EnteredBy { get; init; }
    public string? Note { get; init; }

    /// <summary>When it moved on or was closed; none while it is there.</summary>
    public DateTimeOffset? LeftAt { get; init; }
    public required TimeSpan Duration { get; init; }
}

/// <summary>What the log says of a deal's way through its stages. Pure.</summary>
internal static class DealPast
{
    /// <param name="lines">The lines of one deal that name a stage or a status, oldest first; the first one is its creation.</param>
    public static IEnumerable<DealMove> Moves(IEnumerable<LogEvent> lines)
    {
        (long Stage, DealStatus Status)? place = null;
        foreach (var line in lines)
        {
            if ((line.FromStageId ?? place?.Stage ?? line.ToStageId) is not { } stage) continue;
            var from = (Stage: stage, Status: Status(line.FromStatus) ?? place?.Status ?? Status(line.ToStatus) ?? DealStatus.Open);
            var to = (Stage: line.ToStageId ?? from.Stage, Status: Status(line.ToStatus) ?? from.Status);
            var isFirst = place is null && line.Action == "created";
            place = to;
            if (isFirst || from == to) continue;
            yield return new()
            {
                DealId = line.SubjectId,
                FromStageId = from.Stage,
                ToStageId = to.Stage,
                FromStatus = from.Status,
                ToStatus = to.Status,
                At = line.At,
                ActorId = line.ActorId,
                Note = line.Note,
            };
        }
    }

    private static DealStatus? Status(string? word) => word switch
    {
        "open" => DealStatus.Open,
        "won" => DealStatus.Won,
        "lost" => DealStatus.Lost,
        _ => null,
    };
}
