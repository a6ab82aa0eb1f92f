using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;

namespace Tributary.Server.Sandbox.Files;

/// <summary>
/// What a sandbox begins with instead of its usual fixtures, as somebody wrote it down (docs/sandbox.md, "Fixtures of your own").
/// References are names; each was found when the file was read.
/// </summary>
internal sealed record SeedFile
{
    public required SeedPlace At { get; init; }
    public string? Currency { get; init; }
    public IReadOnlyList<SeedRate> Rates { get; init; } = [];
    public IReadOnlyList<SeedUser> Users { get; init; } = [];
    public IReadOnlyList<SeedPipeline> Pipelines { get; init; } = [];
    public IReadOnlyList<SeedOrganization> Organizations { get; init; } = [];
    public IReadOnlyList<SeedPerson> Persons { get; init; } = [];
    public IReadOnlyList<SeedDeal> Deals { get; init; } = [];
}

internal sealed record SeedRate(SeedPlace At, string Code, decimal Rate);

internal sealed record SeedUser(SeedPlace At, string Name, string Email, Role Role);

internal sealed record SeedPipeline(SeedPlace At, string Name, IReadOnlyList<SeedStage> Stages);

internal sealed record SeedStage(SeedPlace At, string Name, StageKind Kind, decimal? Probability, int? RottenDays);

internal sealed record SeedOrganization(SeedPlace At, string Name, string? Industry, string? Website, string? Owner);

internal sealed record SeedPerson(SeedPlace At, string Name, string? Organization, string? Email, string? Phone, string? JobTitle,
    string? Owner);

internal sealed record SeedDeal(SeedPlace At, string Title)
{
    public required string Pipeline { get; init; }

    /// <summary>None: the pipeline's first.</summary>
    public string? Stage { get; init; }
    public string Status { get; init; } = "open";
    public decimal? Value { get; init; }
    public string? Currency { get; init; }
    public string? Owner { get; init; }
    public string? Organization { get; init; }
    public string? Person { get; init; }
    public DateOnly? ExpectedClose { get; init; }
    public string? LostReason { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>None: the day the workspace was founded.</summary>
    public DateOnly? Added { get; init; }

    /// <summary>None: nine days after it was added, or the morning the sandbox begins.</summary>
    public DateOnly? Closed { get; init; }
}

/// <summary>Where in the file something stands: "deals[3]", line 42, with the lines of its members.</summary>
internal sealed record SeedPlace(string File, string Path, long Line, IReadOnlyDictionary<string, long> Members)
{
    /// <summary>"fixtures.yaml:42: deals[3].stage: …".</summary>
    public string Say(string? member, string message) =>
        $"{File}:{(member is not null && Members.TryGetValue(member, out var line) ? line : Line)}: {(Path.Length == 0 ? member : member is null ? Path : $"{Path}.{member}")}: {message}";
}
