using Tributary.Core.Kernel;
using Tributary.Core.Lists;

namespace Tributary.Core.Notes;

/// <summary>Something written down about a deal, lead, person or organization, or several of them.</summary>
public sealed record Note
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }

    /// <summary>HTML exactly as the client gave it. It is never executed or rendered here: whoever shows it must sanitise it.</summary>
    public required string Content { get; init; }
    public long? DealId { get; init; }
    public long? LeadId { get; init; }
    public long? PersonId { get; init; }
    public long? OrgId { get; init; }

    /// <summary>Its author.</summary>
    public long? UserId { get; init; }
    public bool PinnedToDeal { get; init; }
    public bool PinnedToLead { get; init; }
    public bool PinnedToPerson { get; init; }
    public bool PinnedToOrg { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public long? UpdatedBy { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
    public required long Version { get; init; }

    public bool IsDeleted => DeletedAt is not null;

    internal Anchors Anchors => new(DealId, LeadId, PersonId, OrgId);
}

/// <summary>What a caller says about a note, new or existing. Left out keeps what is there, or takes the default.</summary>
public sealed record NotePatch
{
    /// <summary>When set, the change is refused as stale unless the note has this version.</summary>
    public long? ExpectedVersion { get; init; }

    public Field<string> Content { get; init; }
    public Field<long?> DealId { get; init; }
    public Field<long?> LeadId { get; init; }
    public Field<long?> PersonId { get; init; }
    public Field<long?> OrgId { get; init; }
    public Field<long?> UserId { get; init; }
    public Field<bool> PinnedToDeal { get; init; }
    public Field<bool> PinnedToLead { get; init; }
    public Field<bool> PinnedToPerson { get; init; }
    public Field<bool> PinnedToOrg { get; init; }
    public Field<DateTimeOffset> AddedAt { get; init; }
    public Field<bool> Deleted { get; init; }

    /// <summary>For imports: the ids that other systems already hold. Taken ones are a conflict.</summary>
    public Field<long> Id { get; init; }
    public Field<Guid> Uid { get; init; }
    public Field<DateTimeOffset> UpdatedAt { get; init; }
}
