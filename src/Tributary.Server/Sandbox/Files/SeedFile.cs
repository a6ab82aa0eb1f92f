using System.Text.Json.Nodes;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Core.Products;

namespace Tributary.Server.Sandbox.Files;

/// <summary>
/// What a sandbox begins with instead of its usual fixtures, as somebody wrote it down (docs/sandbox.md, "Fixtures of your own").
/// References are names; each was found when the file was read.
/// </summary>
internal sealed record SeedFile
{
    public required SeedPlace At { get; init; }

    /// <summary>The day on which the sandbox begins to serve, and the last one on which anything in the file may have happened.</summary>
    public DateOnly Today { get; init; } = UsualToday;
    public string? Currency { get; init; }
    public IReadOnlyList<SeedRate> Rates { get; init; } = [];
    public IReadOnlyList<SeedUser> Users { get; init; } = [];
    public IReadOnlyList<SeedPipeline> Pipelines { get; init; } = [];
    public IReadOnlyList<SeedLabel> Labels { get; init; } = [];
    public IReadOnlyList<SeedField> Fields { get; init; } = [];
    public IReadOnlyList<SeedLostReason> LostReasons { get; init; } = [];
    public IReadOnlyList<SeedActivityType> ActivityTypes { get; init; } = [];
    public IReadOnlyList<SeedOrganization> Organizations { get; init; } = [];
    public IReadOnlyList<SeedPerson> Persons { get; init; } = [];
    public IReadOnlyList<SeedProduct> Products { get; init; } = [];
    public IReadOnlyList<SeedLead> Leads { get; init; } = [];
    public IReadOnlyList<SeedDeal> Deals { get; init; } = [];

    /// <summary>Those that stand at no record.</summary>
    public IReadOnlyList<SeedActivity> Activities { get; init; } = [];

    public static DateOnly UsualToday { get; } = DateOnly.FromDateTime(SandboxWorkspace.Today.UtcDateTime);
}

internal sealed record SeedRate(SeedPlace At, string Code, decimal Rate);

internal sealed record SeedUser(SeedPlace At, string Name, string Email, Role Role);

internal sealed record SeedPipeline(SeedPlace At, string Name, IReadOnlyList<SeedStage> Stages);

internal sealed record SeedStage(SeedPlace At, string Name, StageKind Kind, decimal? Probability, int? RottenDays);

internal sealed record SeedLabel(SeedPlace At, string Name, string Subject, string? Color);

internal sealed record SeedField(SeedPlace At, string Name, string Subject, FieldType Type, IReadOnlyList<string> Options, string? Group);

internal sealed record SeedLostReason(SeedPlace At, string Name, string? Category);

/// <summary>One of the workspace's own, beside the usual ones; activities name it.</summary>
internal sealed record SeedActivityType(SeedPlace At, string Name, string? Icon);

internal sealed record SeedOrganization(SeedPlace At, string Name, SeedMore More)
{
    public string? Industry { get; init; }
    public string? Website { get; init; }
    public int? Employees { get; init; }
    public string? Address { get; init; }
    public string? Owner { get; init; }
}

internal sealed record SeedPerson(SeedPlace At, string Name, SeedMore More)
{
    public string? Organization { get; init; }
    public string? JobTitle { get; init; }
    public string? Owner { get; init; }

    /// <summary>The one at work, when there is no other.</summary>
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public IReadOnlyList<SeedPoint> Emails { get; init; } = [];
    public IReadOnlyList<SeedPoint> Phones { get; init; } = [];
    public IReadOnlyList<SeedPoint> Messengers { get; init; } = [];
}

/// <summary>One of several ways to reach a person. Of those of a kind the first is the primary when none says so.</summary>
internal sealed record SeedPoint(SeedPlace At, string Value, string? Label, bool IsPrimary);

internal sealed record SeedProduct(SeedPlace At, string Name, SeedMore More)
{
    public string? Code { get; init; }
    public string? Category { get; init; }
    public string? Unit { get; init; }
    public string? Description { get; init; }
    public decimal? Tax { get; init; }
    public BillingFrequency Billing { get; init; }
    public int? Cycles { get; init; }
    public string? Owner { get; init; }
    public IReadOnlyList<SeedPrice> Prices { get; init; } = [];
    public IReadOnlyList<SeedVariation> Variations { get; init; } = [];
}

internal sealed record SeedPrice(string Currency, decimal Amount);

internal sealed record SeedVariation(SeedPlace At, string Name, IReadOnlyList<SeedPrice> Prices);

internal sealed record SeedLead(SeedPlace At, string Title, SeedMore More)
{
    public decimal? Value { get; init; }
    public string? Currency { get; init; }
    public string? Owner { get; init; }
    public string? Organization { get; init; }
    public string? Person { get; init; }
    public DateOnly? ExpectedClose { get; init; }
}

/// <summary>What a deal sells. Without a price it is the product's own in the deal's currency.</summary>
internal sealed record SeedLine(SeedPlace At, string Product)
{
    public string? Variation { get; init; }
    public decimal Quantity { get; init; } = 1;
    public decimal? Price { get; init; }
    public decimal? Discount { get; init; }
    public DiscountType DiscountType { get; init; }

    /// <summary>None: what the product says. So are the method, the billing and the cycles.</summary>
    public decimal? Tax { get; init; }
    public TaxMethod? TaxMethod { get; init; }
    public BillingFrequency? Billing { get; init; }
    public int? Cycles { get; init; }
    public bool IsEnabled { get; init; } = true;
}

/// <summary>A discount on the whole deal.</summary>
internal sealed record SeedDiscount(SeedPlace At, string Description, decimal Amount, DiscountType Type);

/// <summary>A part of what a deal is paid in.</summary>
internal sealed record SeedInstallment(SeedPlace At, string Description, decimal? Amount, DateOnly? BillingOn);

/// <summary>Someone on the buying side, and the part they play; the deal's own person too when they play one.</summary>
internal sealed record SeedParticipant(SeedPlace At, string Person, string? Role);

internal sealed record SeedActivity(SeedPlace At, string? Type, string? Subject)
{
    public DateOnly? Due { get; init; }
    public string? Time { get; init; }
    public int? Minutes { get; init; }
    public bool Done { get; init; }
    public string? Note { get; init; }
    public string? Owner { get; init; }
}

internal sealed record SeedNote(SeedPlace At, string Text, bool IsPinned, string? Owner);

/// <summary>What any record may have: labels and fields of the file by their names, and what hangs on it.</summary>
internal sealed record SeedMore(IReadOnlyList<string> Labels, IReadOnlyList<SeedValue> Custom)
{
    public IReadOnlyList<SeedActivity> Activities { get; init; } = [];
    public IReadOnlyList<SeedNote> Notes { get; init; } = [];

    /// <summary>Beside the owner, who follows a deal anyway. Leads have none.</summary>
    public IReadOnlyList<string> Followers { get; init; } = [];
}

/// <summary>A value as it is written: a text, a list of texts, or members.</summary>
internal sealed record SeedValue(SeedPlace At, string Field, JsonNode? Written);

internal sealed record SeedDeal(SeedPlace At, string Title, SeedMore More)
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
    public decimal? Probability { get; init; }
    public DealPriority? Priority { get; init; }
    public string? Source { get; init; }
    public string? WonReason { get; init; }
    public string? LostReason { get; init; }
    public string? LossCategory { get; init; }
    public bool IsArchived { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<SeedLine> Products { get; init; } = [];
    public IReadOnlyList<SeedDiscount> Discounts { get; init; } = [];
    public IReadOnlyList<SeedInstallment> Installments { get; init; } = [];
    public IReadOnlyList<SeedParticipant> Participants { get; init; } = [];

    /// <summary>None: the day the workspace was founded.</summary>
    public DateOnly? Added { get; init; }

    /// <summary>None: nine days after it was added, or the morning the sandbox begins.</summary>
    public DateOnly? Closed { get; init; }
}

/// <summary>Where in the file something stands: "deals[3]", line 42, with the lines of its members.</summary>
internal sealed record SeedPlace(string File, string Path, long Line, IReadOnlyDictionary<string, long> Members)
{
    /// <summary>Of what was not read from a file.</summary>
    public static readonly SeedPlace Nowhere = new("", "", 0, new Dictionary<string, long>());

    /// <summary>"fixtures.yaml:42: deals[3].stage: …".</summary>
    public string Say(string? member, string message) =>
        $"{File}:{LineOf(member)}: {(Path.Length == 0 ? member : member is null ? Path : $"{Path}.{member}")}: {message}";

    // The engine names parts of a member too: "custom.region" stands where "custom" begins.
    private long LineOf(string? member) =>
        member is not null && (Members.TryGetValue(member, out var line) || Members.TryGetValue(member.Split('.')[0], out line))
            ? line : Line;
}
