using Tributary.Core.Fields;
using Tributary.Core.Kernel;

namespace Tributary.Core.Contacts;

/// <summary>Someone on the buying side. Their id is never the id of an organization.</summary>
public sealed record Person
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }

    /// <summary>Never blank; made of first and last name when only they were given.</summary>
    public required string Name { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public long? OrgId { get; init; }
    public long? OwnerId { get; init; }

    /// <summary>1 the owner, 3 the owner's group, 5 that group and those below it, 7 everyone.</summary>
    public required int VisibleTo { get; init; }
    public Seq<ContactPoint> Emails { get; init; } = [];
    public Seq<ContactPoint> Phones { get; init; } = [];
    public Seq<ContactPoint> Im { get; init; } = [];
    public PostalAddress? Address { get; init; }
    public DateOnly? Birthday { get; init; }
    public string? JobTitle { get; init; }
    public string? Notes { get; init; }
    public string? Status { get; init; }
    public string? Source { get; init; }
    public string? TaxNumber { get; init; }
    public string? MarketingStatus { get; init; }
    public long? EngagementScore { get; init; }
    public string? DecisionRole { get; init; }
    public Seq<long> LabelIds { get; init; } = [];
    public Seq<long> TagIds { get; init; } = [];
    public CustomValues Custom { get; init; } = CustomValues.None;
    public required DateTimeOffset AddedAt { get; init; }
    public long? AddedBy { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public long? UpdatedBy { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
    public long? DeletedBy { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public required long Version { get; init; }

    public bool IsDeleted => DeletedAt is not null;

    /// <summary>The primary address and number; none when there is none at all.</summary>
    public string? Email => Emails.Primary();
    public string? Phone => Phones.Primary();
}

/// <summary>What a caller says about a person, new or existing. Left out keeps what is there, or takes the default.</summary>
public sealed record PersonPatch
{
    /// <summary>When set, the change is refused as stale unless the person has this version.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>Without first and last name beside it, it is parted at its first space.</summary>
    public Field<string> Name { get; init; }
    public Field<string?> FirstName { get; init; }
    public Field<string?> LastName { get; init; }
    public Field<long?> OrgId { get; init; }
    public Field<long?> OwnerId { get; init; }
    public Field<int> VisibleTo { get; init; }

    /// <summary>The whole list. Blank values are dropped; without a primary the first becomes it.</summary>
    public Field<Seq<ContactPoint>> Emails { get; init; }
    public Field<Seq<ContactPoint>> Phones { get; init; }
    public Field<Seq<ContactPoint>> Im { get; init; }
    public Field<PostalAddress?> Address { get; init; }
    public Field<DateOnly?> Birthday { get; init; }
    public Field<string?> JobTitle { get; init; }
    public Field<string?> Notes { get; init; }
    public Field<string?> Status { get; init; }
    public Field<string?> Source { get; init; }
    public Field<string?> TaxNumber { get; init; }
    public Field<string?> MarketingStatus { get; init; }
    public Field<long?> EngagementScore { get; init; }
    public Field<string?> DecisionRole { get; init; }
    public Field<Seq<long>> LabelIds { get; init; }

    /// <summary>By id; unknown ids are refused. <see cref="Tags"/> goes first when both are sent.</summary>
    public Field<Seq<long>> TagIds { get; init; }

    /// <summary>By name; unknown names become tags.</summary>
    public Field<Seq<string>> Tags { get; init; }
    public Field<CustomPatch> Custom { get; init; }
    public Field<bool> Deleted { get; init; }

    // Creation only.
    public Field<DateTimeOffset> AddedAt { get; init; }
    public Field<DateTimeOffset> UpdatedAt { get; init; }

    /// <summary>For imports: the ids that other systems already hold. Taken ones are a conflict.</summary>
    public Field<long> Id { get; init; }
    public Field<Guid> Uid { get; init; }
}
