using Tributary.Core.Products;

namespace Tributary.Core.Import;

/// <summary>What a row of any kind may state: where it came from, the ids it goes by, and what every record has.</summary>
public sealed record ImportedBasics
{
    public required long Line { get; init; }
    public string? ExternalId { get; init; }
    public long? Id { get; init; }
    public Guid? Uid { get; init; }
    public string? Owner { get; init; }
    public DateTimeOffset? AddedAt { get; init; }
    public string? Description { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyDictionary<string, string> Custom { get; init; } = new Dictionary<string, string>();
}

/// <summary>A deal as its row states it; names are text that the import has yet to find or create.</summary>
public sealed record ImportedDeal
{
    public required ImportedBasics Basics { get; init; }
    public required string Title { get; init; }
    public decimal? Value { get; init; }
    public string? Currency { get; init; }
    public string? Pipeline { get; init; }
    public string? Stage { get; init; }
    public required ImportedStatus Status { get; init; }
    public decimal? Probability { get; init; }
    public string? Organization { get; init; }
    public string? Person { get; init; }
    public string? PersonEmail { get; init; }
    public string? Product { get; init; }
    public DateOnly? ExpectedClose { get; init; }

    /// <summary>When it was won or lost; null on open deals, and on closed ones whose row does not say.</summary>
    public DateTimeOffset? ClosedAt { get; init; }
    public string? WonReason { get; init; }
    public string? LostReason { get; init; }
    public string? Source { get; init; }
    public string? DealType { get; init; }
}

/// <summary>An organization as its row states it.</summary>
public sealed record ImportedOrganization
{
    public required ImportedBasics Basics { get; init; }
    public required string Name { get; init; }
    public string? Industry { get; init; }
    public decimal? AnnualRevenue { get; init; }
    public string? Currency { get; init; }
    public long? Employees { get; init; }
    public string? Address { get; init; }
    public string? Website { get; init; }
    public string? Phone { get; init; }
    public string? Parent { get; init; }
}

/// <summary>A person as its row states it.</summary>
public sealed record ImportedPerson
{
    public required ImportedBasics Basics { get; init; }
    public required string Name { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? Organization { get; init; }
    public string? JobTitle { get; init; }
}

/// <summary>A product as its row states it.</summary>
public sealed record ImportedProduct
{
    public required ImportedBasics Basics { get; init; }
    public required string Name { get; init; }
    public string? Code { get; init; }
    public string? Category { get; init; }
    public decimal? Price { get; init; }
    public string? Currency { get; init; }
    public string? Unit { get; init; }
    public decimal? Tax { get; init; }
    public bool? Active { get; init; }

    /// <summary>By currency, from columns that say theirs in the header.</summary>
    public IReadOnlyDictionary<string, decimal> Prices { get; init; } = new Dictionary<string, decimal>();
    public BillingFrequency? Billing { get; init; }
    public long? Cycles { get; init; }
}

/// <summary>A user as its row states it.</summary>
public sealed record ImportedUser
{
    public required ImportedBasics Basics { get; init; }
    public required string Name { get; init; }
    public string? Email { get; init; }
    public string? Role { get; init; }
    public string? Manager { get; init; }
    public string? Team { get; init; }
    public bool? Active { get; init; }
}
