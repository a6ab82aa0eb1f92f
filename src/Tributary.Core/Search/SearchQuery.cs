using Tributary.Core.Deals;
using Tributary.Core.Kernel;

namespace Tributary.Core.Search;

/// <summary>What to find: a text that occurs in any searchable value, without regard to case and accents.</summary>
public sealed record SearchQuery
{
    public const int MaxLimit = 500;

    /// <summary>The kinds of records that can be found.</summary>
    public static IReadOnlyList<string> Searchable => SearchRules.Subjects;

    public required string Term { get; init; }

    /// <summary>"deal", "person", "organization", "product", "lead"; none means all that the caller may read.</summary>
    public Seq<string> Subjects { get; init; } = [];

    /// <summary>
    /// Where to look: "title", "number", "description", "notes", "custom", "name", "email", "phone", "address", "code"; none means
    /// everywhere.
    /// </summary>
    public Seq<string> Fields { get; init; } = [];

    /// <summary>The whole value must be the term, still without regard to case and accents.</summary>
    public bool Exact { get; init; }

    /// <summary>Of deals, leads and persons: only those of a person (for deals: anyone taking part), or of an organization.</summary>
    public long? PersonId { get; init; }
    public long? OrgId { get; init; }

    /// <summary>Of deals only.</summary>
    public DealStatus? Status { get; init; }
    public int Limit { get; init; } = 100;
    public string? Cursor { get; init; }
}

/// <summary>A value in which the term was found.</summary>
/// <param name="SourceId">The note, or the field definition of a custom value; 0 when the field has one value only.</param>
public sealed record SearchMatch(string Field, long SourceId);

/// <summary>A record that was found, and where; <paramref name="Score"/> is higher for better matches.</summary>
public sealed record SearchHit(string Subject, long Id, decimal Score, Seq<SearchMatch> Matches);
