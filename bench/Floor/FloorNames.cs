using Tributary.Core.Kernel;

namespace Tributary.Bench.Floor;

/// <summary>A stage with what the dialects make of it.</summary>
internal sealed record FloorStage(long Id, Guid Uid, string Name, long Position, int ProbabilityBp, string Kind)
{
    public string AutomateNexusId { get; } = "stage_" + UidText.ToBase32(Uid);
    public string Word { get; } = Slug.Of(Name, 255);
}

internal sealed record FloorPipeline(long Id, Guid Uid, string Name)
{
    public string AutomateNexusId { get; } = "pipe_" + UidText.ToBase32(Uid);
}

internal sealed record FloorUser(long Id, Guid Uid, string Name, string Email)
{
    public string AutomateNexusId { get; } = "usr_" + UidText.ToBase32(Uid);
    public string CPodId { get; } = $"usr-{Uid:D}";
}

/// <summary>What a floor may know without reading it each time: the small tables.</summary>
internal static class FloorNames
{
    private static readonly Dictionary<Guid, long> StageIds = [];

    public static bool IsPostgres { get; private set; }
    public static Dictionary<long, string> Tags { get; } = [];
    public static Dictionary<long, FloorStage> Stages { get; } = [];
    public static Dictionary<long, FloorPipeline> Pipelines { get; } = [];
    public static Dictionary<long, FloorUser> Users { get; } = [];
    public static Dictionary<string, long> Currencies { get; } = [];
    public static FloorStage Won { get; private set; } = null!;
    public static FloorStage Lost { get; private set; } = null!;
    public static Guid Workspace { get; private set; }

    public static long StageOf(Guid uid) => StageIds[uid];

    public static async Task Load(FloorSession session)
    {
        IsPostgres = session.IsPostgres;
        await session.Read("tags", 1L, (ref row) => Tags.TryAdd(row.Whole(), row.Text()));
        await session.Read("stages", 1L, (ref row) =>
        {
            var stage = new FloorStage(row.Whole(), row.Uid(), row.Text(), row.Whole(), row.SmallOrNone() ?? 10_000, row.Text());
            Stages[stage.Id] = stage;
            StageIds[stage.Uid] = stage.Id;
            if (stage.Kind == "won") Won = stage;
            if (stage.Kind == "lost") Lost = stage;
            return true;
        });
        await session.Read("pipelines", 1L, (ref row) =>
        {
            var pipeline = new FloorPipeline(row.Whole(), row.Uid(), row.Text());
            return Pipelines.TryAdd(pipeline.Id, pipeline);
        });
        await session.Read("users", 1L, (ref row) =>
        {
            var user = new FloorUser(row.Whole(), row.Uid(), row.Text(), row.Text());
            return Users.TryAdd(user.Id, user);
        });
        await session.Read("currencies", 1L, (ref row) => Currencies.TryAdd(row.Text(), row.Whole()));
        await session.Read("workspace", 1L, (ref row) =>
        {
            Workspace = row.Uid();
            return true;
        });
    }
}
