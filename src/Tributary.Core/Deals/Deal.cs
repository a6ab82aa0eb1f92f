using Tributary.Core.Fields;
using Tributary.Core.Kernel;

namespace Tributary.Core.Deals;

public enum DealStatus { Open, Won, Lost }

public enum DealPriority { Low, Medium, High, Urgent }

/// <summary>
/// A sale, as the engine sees it: the union of what the dialects know. They rename and reshape it; none of them adds to it.
/// </summary>
public sealed record Deal
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }

    /// <summary>"DEAL-2026-00417": unique in the workspace, counted per year of creation.</summary>
    public required string Number { get; init; }
    public required string Title { get; init; }

    /// <summary>Exact to four decimals; none is not the same as zero.</summary>
    public decimal? Value
    {
        get => Amount(ValueUnits);
        init => ValueUnits = Units(value);
    }

    /// <summary>ISO 4217, also when there is no value yet.</summary>
    public required string Currency { get; init; }
    public required long PipelineId { get; init; }

    /// <summary>An open stage of the pipeline; a closed deal keeps the stage it was closed in.</summary>
    public required long StageId { get; init; }
    public required DealStatus Status { get; init; }

    /// <summary>Percent, 0 to 100; none means "as the stage says".</summary>
    public decimal? Probability
    {
        get => ProbabilityBp / 100m;
        init => ProbabilityBp = value is { } percent ? (int)decimal.Round(percent * 100, MidpointRounding.ToEven) : null;
    }
    public required DealPriority Priority { get; init; }

    /// <summary>Order within the stage, rising downwards; may be a fraction, so that a deal can go between two others.</summary>
    public decimal Position
    {
        get => Money.ToAmount(PositionUnits);
        init => PositionUnits = Money.ToUnits(value);
    }
    public long? OwnerId { get; init; }
    public long? AssigneeId { get; init; }
    public long? CreatorId { get; init; }
    public long? PersonId { get; init; }
    public long? OrgId { get; init; }

    /// <summary>A day on the seller's calendar, not a moment: it has no time zone to be wrong in.</summary>
    public DateOnly? ExpectedClose { get; init; }
    public DateTimeOffset? NextFollowupAt { get; init; }
    public DateTimeOffset? WonAt { get; init; }
    public DateTimeOffset? LostAt { get; init; }

    /// <summary>When it was won or lost; none while open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Set by the first win and kept for good.</summary>
    public DateTimeOffset? FirstWonAt { get; init; }

    /// <summary>None until the first move.</summary>
    public DateTimeOffset? StageChangedAt { get; init; }
    public string? WonReason { get; init; }
    public string? LostReason { get; init; }
    public string? LossCategory { get; init; }
    public string? ClosureNotes { get; init; }
    public Seq<string> Competitors { get; init; } = [];
    public string? Source { get; init; }
    public string? DealType { get; init; }
    public string? ForecastCategory { get; init; }
    public string? Description { get; init; }
    public Seq<long> LabelIds { get; init; } = [];
    public Seq<long> TagIds { get; init; } = [];

    /// <summary>1 owner and followers, 3 the owner's group, 5 that group and those below it, 7 everyone.</summary>
    public required int VisibleTo { get; init; }
    public CustomValues Custom { get; init; } = CustomValues.None;
    public string? RfpId { get; init; }
    public DealLinks Links { get; init; } = DealLinks.None;

    /// <summary>How the deal came to be: "API", "Import", "ManuallyCreated", "LeadConversion", …</summary>
    public required string Origin { get; init; }
    public string? OriginId { get; init; }
    public long? Channel { get; init; }
    public string? ChannelId { get; init; }
    public Guid? SourceLeadId { get; init; }

    /// <summary>The provenance tag of the first write, and where that write came from: frontend, backend, server, system or api.</summary>
    public required string Provenance { get; init; }
    public required string SourceType { get; init; }

    /// <summary>The app that made it, when an app did; such deals are hidden from other apps.</summary>
    public long? AppId { get; init; }

    /// <summary>Monthly and yearly recurring revenue and annual contract value, computed from products; none without products.</summary>
    public decimal? Mrr { get => Amount(MrrUnits); init => MrrUnits = Units(value); }
    public decimal? Arr { get => Amount(ArrUnits); init => ArrUnits = Units(value); }
    public decimal? Acv { get => Amount(AcvUnits); init => AcvUnits = Units(value); }

    public DealFacts Facts => new()
    {
        Products = ProductsCount,
        Files = FilesCount,
        Notes = NotesCount,
        Followers = FollowersCount,
        Participants = ParticipantsCount,
        Activities = ActivitiesCount,
        DoneActivities = DoneActivitiesCount,
        MailMessages = MailCount,
        NextActivityId = NextActivityId,
        NextActivityOn = NextActivityOn,
        NextActivityTime = NextActivityTime,
        LastActivityId = LastActivityId,
        LastActivityOn = LastActivityOn,
        LastIncomingMailAt = LastIncomingMailAt,
        LastOutgoingMailAt = LastOutgoingMailAt,
        TouchedAt = TouchedAt,
    };

    public required DateTimeOffset AddedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public long? UpdatedBy { get; init; }
    public DateTimeOffset? ArchivedAt { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
    public long? DeletedBy { get; init; }
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Grows by one with each change of the deal itself. A writer who read an older version is refused.</summary>
    public required long Version { get; init; }

    public bool IsArchived => ArchivedAt is not null;

    /// <summary>Nobody named it: its number stands in (<see cref="TitlePolicy.NumberStandsIn"/>).</summary>
    public bool IsNameless => Title == Number;
    public bool IsDeleted => DeletedAt is not null;

    internal long? ValueUnits { get; init; }
    internal int? ProbabilityBp { get; init; }
    internal long PositionUnits { get; init; }
    internal long? MrrUnits { get; init; }
    internal long? ArrUnits { get; init; }
    internal long? AcvUnits { get; init; }

    // Kept by the writes of what hangs on the deal (DealStore.RefreshFacts); they do not raise the version.
    internal int ProductsCount { get; init; }
    internal int FilesCount { get; init; }
    internal int NotesCount { get; init; }
    internal int FollowersCount { get; init; }
    internal int ParticipantsCount { get; init; }
    internal int ActivitiesCount { get; init; }
    internal int DoneActivitiesCount { get; init; }
    internal int MailCount { get; init; }
    internal long? NextActivityId { get; init; }
    internal DateOnly? NextActivityOn { get; init; }
    internal string? NextActivityTime { get; init; }
    internal long? LastActivityId { get; init; }
    internal DateOnly? LastActivityOn { get; init; }
    internal DateTimeOffset? LastIncomingMailAt { get; init; }
    internal DateTimeOffset? LastOutgoingMailAt { get; init; }
    internal DateTimeOffset TouchedAt { get; init; }

    private static decimal? Amount(long? units) => units is { } known ? Money.ToAmount(known) : null;

    private static long? Units(decimal? amount) => amount is { } known ? Money.ToUnits(known) : null;
}

/// <summary>References to records of other systems; kept as given and never followed.</summary>
public sealed record DealLinks
{
    public static readonly DealLinks None = new();

    public Seq<string> Quotes { get; init; } = [];
    public Seq<string> Proposals { get; init; } = [];
    public Seq<string> Tasks { get; init; } = [];
    public Seq<string> Attachments { get; init; } = [];
}

/// <summary>Counts and dates of what hangs on a deal, kept with the writes so that reading them costs nothing.</summary>
public sealed record DealFacts
{
    public required int Products { get; init; }
    public required int Files { get; init; }
    public required int Notes { get; init; }
    public required int Followers { get; init; }
    public required int Participants { get; init; }
    public required int Activities { get; init; }
    public required int DoneActivities { get; init; }
    public required int MailMessages { get; init; }

    /// <summary>The earliest activity that is not done; "HH:mm" or none for all day.</summary>
    public long? NextActivityId { get; init; }
    public DateOnly? NextActivityOn { get; init; }
    public string? NextActivityTime { get; init; }

    /// <summary>The latest activity that is done.</summary>
    public long? LastActivityId { get; init; }
    public DateOnly? LastActivityOn { get; init; }
    public DateTimeOffset? LastIncomingMailAt { get; init; }
    public DateTimeOffset? LastOutgoingMailAt { get; init; }

    /// <summary>The last change of the deal or of anything on it; rotting counts from here.</summary>
    public required DateTimeOffset TouchedAt { get; init; }
}
