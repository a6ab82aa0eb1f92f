using Tributary.Core.Fields;
using Tributary.Core.Kernel;

namespace Tributary.Core.Leads;

/// <summary>Interest that is not a deal yet: someone, perhaps an amount, no stage.</summary>
public sealed record Lead
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }
    public required string Title { get; init; }
    public decimal? Value
    {
        get => ValueUnits is { } units ? Money.ToAmount(units) : null;
        init => ValueUnits = value is { } amount ? Money.ToUnits(amount) : null;
    }

    /// <summary>ISO 4217, also when there is no value yet.</summary>
    public required string Currency { get; init; }
    public long? OwnerId { get; init; }
    public long? CreatorId { get; init; }

    /// <summary>At least one of person and organization is there.</summary>
    public long? PersonId { get; init; }
    public long? OrgId { get; init; }
    public DateOnly? ExpectedClose { get; init; }
    public Seq<long> LabelIds { get; init; } = [];

    /// <summary>1 the owner, 3 the owner's group, 5 that group and those below it, 7 everyone.</summary>
    public required int VisibleTo { get; init; }
    public bool WasSeen { get; init; }

    /// <summary>How the lead came to be: "API", "Import", "ManuallyCreated", "Deal", …</summary>
    public required string Origin { get; init; }
    public string? OriginId { get; init; }
    public long? Channel { get; init; }
    public string? ChannelId { get; init; }

    /// <summary>The deal it was made from, when it was.</summary>
    public long? SourceDealId { get; init; }

    /// <summary>Values of the custom fields of deals.</summary>
    public CustomValues Custom { get; init; } = CustomValues.None;
    public required DateTimeOffset AddedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public long? UpdatedBy { get; init; }
    public DateTimeOffset? ArchivedAt { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
    public long? DeletedBy { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public required long Version { get; init; }

    public bool IsArchived => ArchivedAt is not null;
    public bool IsDeleted => DeletedAt is not null;

    internal long? ValueUnits { get; init; }
}

/// <summary>What a caller says about a lead, new or existing. Left out keeps what is there, or takes the default.</summary>
public sealed record LeadPatch
{
    /// <summary>When set, the change is refused as stale unless the lead has this version.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>Kept in the log with the change.</summary>
    public string? Note { get; init; }
    public Field<string> Title { get; init; }
    public Field<decimal?> Value { get; init; }
    public Field<string> Currency { get; init; }
    public Field<long?> OwnerId { get; init; }
    public Field<long?> PersonId { get; init; }
    public Field<long?> OrgId { get; init; }
    public Field<DateOnly?> ExpectedClose { get; init; }
    public Field<Seq<long>> LabelIds { get; init; }
    public Field<int> VisibleTo { get; init; }
    public Field<bool> WasSeen { get; init; }
    public Field<long?> Channel { get; init; }
    public Field<string?> ChannelId { get; init; }
    public Field<CustomPatch> Custom { get; init; }
    public Field<bool> Archived { get; init; }
    public Field<bool> Deleted { get; init; }

    // Creation only.
    public Field<string> Origin { get; init; }
    public Field<string?> OriginId { get; init; }
    public Field<long?> SourceDealId { get; init; }
    public Field<long?> CreatorId { get; init; }
    public Field<DateTimeOffset> AddedAt { get; init; }
    public Field<DateTimeOffset> UpdatedAt { get; init; }

    /// <summary>For imports: the ids that other systems already hold. Taken ones are a conflict.</summary>
    public Field<long> Id { get; init; }
    public Field<Guid> Uid { get; init; }
}
