using Tributary.Core.Fields;
using Tributary.Core.Kernel;

namespace Tributary.Core.Deals;

/// <summary>What happens when the named stage belongs to another pipeline than the deal.</summary>
public enum StagePolicy
{
    /// <summary>The deal goes along: its pipeline follows the stage, and a contradicting pipeline is ignored (Pipedrive).</summary>
    PipelineFollows,

    /// <summary>Refused, unless the same patch moves the deal to that pipeline (AutomateNexus, Switch, YSuite).</summary>
    SamePipeline,
}

/// <summary>What becomes of a deal's own probability when the caller says nothing about it.</summary>
public enum ProbabilityPolicy
{
    /// <summary>Nothing (Pipedrive, Switch, YSuite).</summary>
    Stays,

    /// <summary>A win makes it 100, a loss 0 (cPod).</summary>
    FollowsOutcome,

    /// <summary>The same, and a move or a reopening gives way to the stage's probability (AutomateNexus).</summary>
    FollowsStage,
}

/// <summary>What closing a deal asks for.</summary>
public enum ClosingPolicy
{
    Free,

    /// <summary>A deal that ends up lost has a reason and a category (cPod: "both required when stage=closed_lost").</summary>
    LossIsExplained,
}

/// <summary>What becomes of a deal that nobody named.</summary>
public enum TitlePolicy
{
    Required,

    /// <summary>Its number is its title, until someone names it (cPod: no business field is required).</summary>
    NumberStandsIn,
}

/// <summary>What a caller says about a deal, new or existing. Left out keeps what is there, or takes the default.</summary>
public sealed record DealPatch
{
    public StagePolicy StagePolicy { get; init; }
    public ProbabilityPolicy ProbabilityPolicy { get; init; }
    public ClosingPolicy ClosingPolicy { get; init; }
    public TitlePolicy TitlePolicy { get; init; }

    /// <summary>When set, the change is refused as stale unless the deal has this version.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>Kept in the log with the change, such as the note of a stage move.</summary>
    public string? Note { get; init; }

    /// <summary>A move that this patch makes is recorded as any other and starts no automation.</summary>
    public bool QuietMove { get; init; }

    public Field<string> Title { get; init; }
    public Field<decimal?> Value { get; init; }
    public Field<string> Currency { get; init; }
    public Field<long> PipelineId { get; init; }
    public Field<long> StageId { get; init; }
    public Field<DealStatus> Status { get; init; }
    public Field<decimal?> Probability { get; init; }
    public Field<DealPriority> Priority { get; init; }
    public Field<decimal> Position { get; init; }
    public Field<long?> OwnerId { get; init; }
    public Field<long?> AssigneeId { get; init; }
    public Field<long?> PersonId { get; init; }
    public Field<long?> OrgId { get; init; }

    /// <summary>
    /// All persons who take part, instead of those who do. The deal's own person stays one of them; whoever stays keeps their role.
    /// </summary>
    public Field<Seq<long>> ContactIds { get; init; }
    public Field<DateOnly?> ExpectedClose { get; init; }
    public Field<DateTimeOffset?> NextFollowupAt { get; init; }
    public Field<DateTimeOffset?> WonAt { get; init; }
    public Field<DateTimeOffset?> LostAt { get; init; }
    public Field<DateTimeOffset?> ClosedAt { get; init; }
    public Field<DateTimeOffset?> StageChangedAt { get; init; }
    public Field<string?> WonReason { get; init; }
    public Field<string?> LostReason { get; init; }
    public Field<string?> LossCategory { get; init; }
    public Field<string?> ClosureNotes { get; init; }
    public Field<Seq<string>> Competitors { get; init; }
    public Field<string?> Source { get; init; }
    public Field<string?> DealType { get; init; }
    public Field<string?> ForecastCategory { get; init; }
    public Field<string?> Description { get; init; }
    public Field<Seq<long>> LabelIds { get; init; }

    /// <summary>By id; unknown ids are refused. <see cref="Tags"/> goes first when both are sent.</summary>
    public Field<Seq<long>> TagIds { get; init; }

    /// <summary>By name; unknown names become tags.</summary>
    public Field<Seq<string>> Tags { get; init; }
    public Field<int> VisibleTo { get; init; }

    /// <summary>
    /// Field key → value in the engine's spelling (FieldValues.cs), JSON null to clear. Keys that are left out keep their value.
    /// </summary>
    public Field<CustomPatch> Custom { get; init; }
    public Field<string?> RfpId { get; init; }
    public Field<Seq<string>> Quotes { get; init; }
    public Field<Seq<string>> Proposals { get; init; }
    public Field<Seq<string>> Tasks { get; init; }
    public Field<Seq<string>> Attachments { get; init; }
    public Field<long?> Channel { get; init; }
    public Field<string?> ChannelId { get; init; }
    public Field<bool> Archived { get; init; }
    public Field<DateTimeOffset> ArchivedAt { get; init; }
    public Field<bool> Deleted { get; init; }
    public Field<string> Number { get; init; }

    /// <summary>When it came to be, where that is not when it was first written here. Its number keeps the year it has.</summary>
    public Field<DateTimeOffset> AddedAt { get; init; }

    /// <summary>The time of the change itself; alone it changes nothing.</summary>
    public Field<DateTimeOffset> UpdatedAt { get; init; }

    // Creation only.
    public Field<string> Origin { get; init; }
    public Field<string?> OriginId { get; init; }
    public Field<Guid?> SourceLeadId { get; init; }
    public Field<string> Provenance { get; init; }
    public Field<string> SourceType { get; init; }
    public Field<long?> CreatorId { get; init; }

    /// <summary>For imports: the ids that other systems already hold. Taken ones are a conflict.</summary>
    public Field<long> Id { get; init; }
    public Field<Guid> Uid { get; init; }
}
