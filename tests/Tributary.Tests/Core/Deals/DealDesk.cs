using Tributary.Core.Catalog;
using Tributary.Core.Currencies;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Labels;
using Tributary.Core.Pipelines;
using Tributary.Core.Users;

namespace Tributary.Tests.Core.Deals;

/// <summary>
/// A workspace in memory for the pure rules. Pipeline 1: stages 11, 12, 13, won 18, lost 19. Pipeline 2: stages 21, 22, won 28,
/// lost 29; pipeline 3 is deleted (stage 31), pipeline 4 has no open stage. Users 1 (admin) to 3; 9 has left.
/// </summary>
internal static class DealDesk
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    public const string BudgetKey = "da39a3ee5e6b4b0d3255bfef95601890afd80709";

    public static readonly Caller Caller = new() { Workspace = 1, UserId = 1, Role = Role.Admin, Scopes = ["*"], Dialect = "native" };

    public static readonly WorkspaceCatalog Catalog = With([]);

    /// <summary>
    /// The same workspace with what some stages ask of the deals that enter them, and with a custom field "budget" of deals.
    /// </summary>
    public static WorkspaceCatalog With(params (long Stage, StageEntry Entry)[] entries) => new(
        new() { Id = 1, Uid = Guid.Empty, Name = "Desk", BaseCurrency = "EUR", TimeZone = "UTC", AddedAt = Now }, 1,
        [Pipeline(1, isDefault: true), Pipeline(2), Pipeline(3) with { DeletedAt = Now }, Pipeline(4)],
        [
            .. new[]
            {
                Stage(1, 11), Stage(1, 12), Stage(1, 13), Stage(1, 17) with { DeletedAt = Now }, Stage(1, 18, StageKind.Won),
                Stage(1, 19, StageKind.Lost),
                Stage(2, 22), Stage(2, 21), Stage(2, 28, StageKind.Won), Stage(2, 29, StageKind.Lost), Stage(3, 31),
                Stage(4, 48, StageKind.Won),
            }.Select(stage => stage with { Entry = entries.FirstOrDefault(each => each.Stage == stage.Id).Entry ?? StageEntry.Free }),
        ],
        [User(1, "EUR"), User(2, "USD"), User(3, "EUR"), User(9, "EUR") with { IsActive = false }],
        [], [Label(51), Label(52), Label(53) with { DeletedAt = Now }, Label(54) with { Subject = "person" }],
        [new() { Id = 61, Uid = Guid.Empty, Name = "hot", AddedAt = Now }], [Budget], [Currency(1, "EUR"), Currency(2, "USD")], [], []);

    public static Deal Create(DealPatch patch, Caller? caller = null, WorkspaceCatalog? catalog = null) =>
        DealRules.Create(patch with { Title = patch.Title.Or("A deal") }, Context(patch, CustomValues.None, Now, caller, catalog));

    public static Deal Apply(Deal deal, DealPatch patch, DateTimeOffset? now = null, Caller? caller = null,
        WorkspaceCatalog? catalog = null) =>
        DealRules.Apply(deal, patch, Context(patch, deal.Custom, now ?? Now.AddHours(1), caller, catalog));

    /// <summary>A deal in stage 11 with an id, as storage would have given it.</summary>
    public static Deal Deal(DealPatch? patch = null) => Create(patch ?? new()) with { Id = 7, Number = "DEAL-2026-00007" };

    public static Deal Won() => Apply(Deal(), new() { Status = DealStatus.Won });

    public static Deal Lost() => Apply(Deal(), new() { Status = DealStatus.Lost, LostReason = "Price" });

    /// <summary>The names of the fields that a refusal is about.</summary>
    public static IReadOnlyList<string> Refused(Action act) =>
        [.. Assert.Throws<ProblemException>(act).Problem.Fields.Select(field => field.Field)];

    public static ProblemCode Code(Action act) => Assert.Throws<ProblemException>(act).Problem.Code;

    private static DealContext Context(DealPatch patch, CustomValues current, DateTimeOffset now, Caller? caller,
        WorkspaceCatalog? catalog) => new()
        {
            Catalog = catalog ?? Catalog,
            Caller = caller ?? Caller,
            Now = now,
            Custom = patch.Custom.IsSet ? current.With(patch.Custom.Value.Values) : current,
        };

    private static FieldDefinition Budget => new()
    {
        Id = 71,
        Uid = Guid.Empty,
        Subject = "deal",
        Key = BudgetKey,
        Slug = "budget",
        Name = "Budget",
        Type = FieldType.Double,
        Position = 1,
        AddedAt = Now,
        UpdatedAt = Now,
        Version = 1,
    };

    private static Pipeline Pipeline(long id, bool isDefault = false) => new()
    {
        Id = id,
        Uid = Guid.Empty,
        Name = $"Pipeline {id}",
        Position = id,
        IsDefault = isDefault,
        UsesProbability = true,
        AddedAt = Now,
        UpdatedAt = Now,
        Version = 1,
    };

    private static Stage Stage(long pipeline, long id, StageKind kind = StageKind.Open) => new()
    {
        Id = id,
        Uid = Guid.Empty,
        PipelineId = pipeline,
        Name = $"Stage {id}",
        Position = id % 10,
        Kind = kind,
        ProbabilityBp = 1000,
        AddedAt = Now,
        UpdatedAt = Now,
        Version = 1,
    };

    private static User User(long id, string currency) => new()
    {
        Id = id,
        Uid = new(checked((int)id), 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]),
        Name = $"User {id}",
        Email = $"user{id}@desk.test",
        Role = id == 1 ? Role.Admin : Role.Member,
        Locale = "en",
        TimeZone = "UTC",
        DefaultCurrency = currency,
        IsActive = true,
        AddedAt = Now,
        UpdatedAt = Now,
        Version = 1,
    };

    private static Label Label(long id) => new()
    {
        Id = id,
        Uid = Guid.Empty,
        Subject = "deal",
        Name = $"Label {id}",
        Color = "red",
        Position = id,
        AddedAt = Now,
        UpdatedAt = Now,
        Version = 1,
    };

    private static Currency Currency(long id, string code) =>
        new() { Id = id, Uid = Guid.Empty, Code = code, Name = code, Symbol = code, Decimals = 2, IsActive = true, IsCustom = false };
}
