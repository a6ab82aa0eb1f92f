using Tributary.Core.Fields;
using Tributary.Core.Kernel;

namespace Tributary.Core.Contacts;

/// <summary>A company or another body that buys. Its id is never the id of a person.</summary>
public sealed record Organization
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }
    public required string Name { get; init; }
    public long? OwnerId { get; init; }

    /// <summary>1 the owner, 3 the owner's group, 5 that group and those below it, 7 everyone.</summary>
    public required int VisibleTo { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? Website { get; init; }
    public string? Linkedin { get; init; }
    public string? Industry { get; init; }

    /// <summary>In the workspace's base currency.</summary>
    public decimal? AnnualRevenue
    {
        get => AnnualRevenueUnits is { } units ? Money.ToAmount(units) : null;
        init => AnnualRevenueUnits = value is { } amount ? Money.ToUnits(amount) : null;
    }
    public long? EmployeeCount { get; init; }
    public string? TaxNumber { get; init; }
    public PostalAddress? Address { get; init; }
    public string? Notes { get; init; }
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

    internal long? AnnualRevenueUnits { get; init; }
}

/// <summary>What a caller says about an organization, new or existing. Left out keeps what is there, or takes the default.</summary>
public sealed record OrganizationPatch
{
    /// <summary>When set, the change is refused as stale unless the organization has this version.</summary>
    public long? ExpectedVersion { get; init; }
    public Field<string> Name { get; init; }
    public Field<long?> OwnerId { get; init; }
    public Field<int> VisibleTo { get; init; }
    public Field<string?> Email { get; init; }
    public Field<string?> Phone { get; init; }
    public Field<string?> Website { get; init; }
    public Field<string?> Linkedin { get; init; }
    public Field<string?> Industry { get; init; }
    public Field<decimal?> AnnualRevenue { get; init; }
    public Field<long?> EmployeeCount { get; init; }
    public Field<string?> TaxNumber { get; init; }
    public Field<PostalAddress?> Address { get; init; }
    public Field<string?> Notes { get; init; }
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
