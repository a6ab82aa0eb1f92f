using System.Security.Cryptography;
using Tributary.Bench.Data;
using Tributary.Bench.Floor;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Bench;

/// <summary>
/// A workspace (or many) with so many deals in one pipeline of five stages, made once and kept for the next run (<see cref="DataHome"/>).
/// Four of five deals are open; a deal has an owner, a description and two tags, most have a person, persons have organizations.
/// </summary>
internal sealed record DataSet
{
    public const string NativeToken = "trib_bench_0000000000000000000000000000";
    public const string SwitchToken = "rk_live_bench_000000000000000000000000";
    public const string PipedriveToken = "be7c000000000000000000000000000000000000";
    public const string AutomateNexusToken = "anx_bench_0000000000000000000000000000";
    public const string YSuiteToken = "ysuite_bench_access_0000000000000000000";
    public const string YSuiteSecret = "ysuite_bench_secret_0000000000000000000";
    public const string CPodClient = "app_bench_0000000000000000000000000000";
    public const string CPodSecret = "cpod_bench_secret_000000000000000000000";

    public required string Folder { get; init; }

    /// <summary>What opens it: a file, or a connection string.</summary>
    public required string Address { get; init; }
    public required bool IsPostgres { get; init; }
    public required int Deals { get; init; }
    public required long Workspace { get; init; }
    public required long PipelineId { get; init; }
    public required long StageId { get; init; }
    public required Guid StageUid { get; init; }
    public required string StageName { get; init; }

    /// <summary>Some of the deals, from all over.</summary>
    public required IReadOnlyList<long> Ids { get; init; }
    public required IReadOnlyList<Guid> Uids { get; init; }
    public required IReadOnlyList<string> Titles { get; init; }

    /// <summary>The native key of a workspace; the other dialects' keys are the first workspace's.</summary>
    public static string NativeTokenOf(int workspace) => $"trib_bench_{workspace - 1:D28}";

    public Db Connect() => Open(Address, IsPostgres);

    public static Task<DataSet> Open(string backend, int deals, CancellationToken ct) => Open(backend, new DataShape(1, deals), ct);

    /// <summary>The set, made first where it is not there yet.</summary>
    public static async Task<DataSet> Open(string backend, DataShape shape, CancellationToken ct)
    {
        var isPostgres = backend is "postgres";
        var (folder, address) = await DataHome.Find(shape, isPostgres, ct);
        return await At(folder, address, shape.Deals, ct);
    }

    /// <summary>A set that is there, by its place.</summary>
    public static async Task<DataSet> At(string folder, string address, int deals, CancellationToken ct)
    {
        var isPostgres = FloorSession.IsServer(address);
        await using var db = Open(address, isPostgres);
        const long workspace = 1;
        await using var tx = await db.Read(workspace, ct);
        var stage = (await tx.Catalog()).Stages[0];
        var some =
            await tx.Many<SomeDeal>(
                "SELECT id, uid, title FROM deals WHERE workspace_id = @Workspace AND id % @step = 0 ORDER BY id LIMIT 1000",
                new { tx.Workspace, step = Math.Max(1, deals / 1000) });
        return new()
        {
            Folder = folder,
            Address = address,
            IsPostgres = isPostgres,
            Deals = deals,
            Workspace = workspace,
            PipelineId = stage.PipelineId,
            StageId = stage.Id,
            StageUid = stage.Uid,
            StageName = stage.Name,
            Ids = [.. some.Select(deal => deal.Id)],
            Uids = [.. some.Select(deal => deal.Uid)],
            Titles = [.. some.Select(deal => deal.Title)],
        };
    }

    /// <summary>The same rows in a database of their own, to be written to.</summary>
    public async Task<DataSet> Copy(CancellationToken ct)
    {
        var (folder, address) = await DataHome.Copy(Address, IsPostgres, ct);
        return this with { Folder = folder, Address = address };
    }

    private static Db Open(string address, bool isPostgres)
    {
        var uids = new UidSource(TimeProvider.System, RandomNumberGenerator.Fill);
        return isPostgres ? Db.Postgres(address, TimeProvider.System, uids) : Db.Sqlite(address, TimeProvider.System, uids);
    }

    private sealed record SomeDeal
    {
        public long Id { get; init; }
        public Guid Uid { get; init; }
        public required string Title { get; init; }
    }
}
