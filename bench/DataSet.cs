using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Search;
using Tributary.Core.Storage;
using Tributary.Core.Totals;
using Tributary.Core.Users;
using Tributary.Core.Workspaces;

namespace Tributary.Bench;

/// <summary>
/// A workspace with so many deals in one pipeline of five stages, made once and kept under artifacts/bench for the next run.
/// Four of five deals are open; a deal has an owner, a description and two tags, most have a person, persons have organizations.
/// </summary>
internal sealed record DataSet
{
    public const string NativeToken = "trib_bench_0000000000000000000000000000";
    public const string SwitchToken = "rk_live_bench_000000000000000000000000";
    public const string PipedriveToken = "be7c000000000000000000000000000000000000";

    private static readonly string[] Firsts = ["Fleet", "Cloud", "Harbour", "Solar", "Kitchen", "Clinic", "Campus", "Freight", "Studio", "Vineyard"];
    private static readonly string[] Seconds = ["renewal", "migration", "rollout", "audit", "upgrade", "licence", "retainer", "expansion", "pilot", "refit"];

    private static readonly (string Name, int ProbabilityBp)[] Columns =
        [("Qualified", 1000), ("Contact made", 2500), ("Demo scheduled", 5000), ("Proposal made", 6000), ("Negotiations started", 8000)];

    public required string Folder { get; init; }

    /// <summary>What opens it: a file, or a connection string.</summary>
    public required string Address { get; init; }
    public required bool IsPostgres { get; init; }
    public required long Workspace { get; init; }
    public required long PipelineId { get; init; }
    public required long StageId { get; init; }
    public required Guid StageUid { get; init; }

    /// <summary>Some of the deals, from all over.</summary>
    public required IReadOnlyList<long> Ids { get; init; }
    public required IReadOnlyList<Guid> Uids { get; init; }
    public required IReadOnlyList<string> Titles { get; init; }

    public Db Connect() => IsPostgres ? Db.Postgres(Address, TimeProvider.System, NewUids()) : Db.Sqlite(Address, TimeProvider.System, NewUids());

    public static async Task<DataSet> Open(string backend, int deals, CancellationToken ct)
    {
        var isPostgres = backend is "postgres";
        var schema = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Migrator.Scripts().Select(script => script.Text)))))[..8];
        var name = $"tributary_bench_{deals}_{schema}";
        var folder = Path.Combine(Child.Root, "artifacts", "bench", name);
        Directory.CreateDirectory(folder);
        var address = isPostgres ? await PostgresAddress(name, ct) : Path.Combine(folder, "tributary.db");
        await using var db = isPostgres ? Db.Postgres(address, TimeProvider.System, NewUids()) : Db.Sqlite(address, TimeProvider.System, NewUids());
        await Migrator.Run(db, ct);
        var workspace = await Workspaces(db, ct) is [var only, ..] ? only : await Fill(db, deals, ct);

        await using var tx = await db.Read(workspace, ct);
        var stage = (await tx.Catalog()).Stages[0];
        var some = await tx.Many<SomeDeal>("SELECT id, uid, title FROM deals WHERE workspace_id = @Workspace AND id % @step = 0 ORDER BY id LIMIT 1000", new { tx.Workspace, step = Math.Max(1, deals / 1000) });
        return new()
        {
            Folder = folder,
            Address = address,
            IsPostgres = isPostgres,
            Workspace = workspace,
            PipelineId = stage.PipelineId,
            StageId = stage.Id,
            StageUid = stage.Uid,
            Ids = [.. some.Select(deal => deal.Id)],
            Uids = [.. some.Select(deal => deal.Uid)],
            Titles = [.. some.Select(deal => deal.Title)],
        };
    }

    private static UidSource NewUids() => new(TimeProvider.System, RandomNumberGenerator.Fill);

    private static async Task<IReadOnlyList<long>> Workspaces(Db db, CancellationToken ct)
    {
        await using var tx = await db.ReadEverywhere(ct);
        return [.. (await WorkspaceStore.All(tx)).Select(workspace => workspace.Id)];
    }

    /// <param name="anew">Throws away what is there.</param>
    public static async Task<string> PostgresAddress(string name, CancellationToken ct, bool anew = false)
    {
        var server = Environment.GetEnvironmentVariable("TRIBUTARY_TEST_POSTGRES") ?? "Host=127.0.0.1;Username=tributary;Password=tributary;Database=postgres";
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync(ct);
        if (anew)
        {
            await using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", connection);
            await drop.ExecuteNonQueryAsync(ct);
        }
        await using var there = new NpgsqlCommand($"SELECT COUNT(*) FROM pg_database WHERE datname = '{name}'", connection);
        if ((long)(await there.ExecuteScalarAsync(ct))! == 0)
        {
            await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
            await create.ExecuteNonQueryAsync(ct);
        }
        return new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 40 }.ToString();
    }

    private static async Task<long> Fill(Db db, int deals, CancellationToken ct)
    {
        Console.Error.WriteLine($"making {deals} deals on {db.Backend}");
        var created = await new WorkspaceService(db).Create(new() { Name = "Bench", BaseCurrency = "EUR", Admin = new() { Name = "Ada Admin", Email = "ada@bench.test", Role = Role.Admin } }, ct);
        var workspace = created.Workspace.Id;
        var caller = Caller.System(workspace) with { UserId = created.Admin.Id };
        var keys = new KeyService(db, RandomNumberGenerator.Fill);
        await keys.Create(caller, new() { Dialect = "native", Name = "bench", Token = NativeToken }, ct);
        await keys.Create(caller, new() { Dialect = "switch", Name = "bench", Token = SwitchToken }, ct);
        await keys.Create(caller, new() { Dialect = "pipedrive", Name = "bench", Token = PipedriveToken }, ct);

        await using (var tx = await db.Write(workspace, ct, mayTakeLong: true))
        {
            var (pipeline, stages) = await Pipeline(tx);
            var tags = new List<long>();
            foreach (var name in Firsts) tags.Add(await Tag(tx, name.ToLowerInvariant()));
            await tx.CatalogHasChanged();
            var persons = await People(tx, created.Admin.Id, Math.Max(10, deals / 10));
            var numbers = await tx.NextIds("deal_ids", deals);
            for (var n = 0; n < deals; n++)
            {
                var deal = Deal(tx, n, deals, numbers[n], pipeline, stages, tags, persons, created.Admin.Id);
                await DealStore.Insert(tx, deal);
                await SearchStore.Put(tx, "deal", deal.Id, "title", 0, deal.Title);
                await SearchStore.Put(tx, "deal", deal.Id, "number", 0, deal.Number);
                await SearchStore.Put(tx, "deal", deal.Id, "description", 0, deal.Description);
            }
            await DealStore.NeverGiveOutNumber(tx, tx.Now.Year, deals);
            if (tx.Sql.IsPostgres) await tx.Run("ANALYZE deals", new { });
            await tx.Commit();
        }
        await new TotalsService(db).Repair(ct);
        return workspace;
    }

    private static Deal Deal(Tx tx, int n, int deals, long id, long pipeline, List<long> stages, List<long> tags, List<long> persons, long owner)
    {
        // Deterministic, and without a step that would put all of one kind into one stage.
        var mixed = (int)((uint)n * 2654435761u >> 8);
        var added = tx.Now.AddSeconds(-60L * (deals - n));
        var status = (mixed % 10) switch { 0 => DealStatus.Won, 1 => DealStatus.Lost, _ => DealStatus.Open };
        return new()
        {
            Id = id,
            Uid = tx.NextUid(),
            Number = $"DEAL-{tx.Now.Year}-{n + 1:00000}",
            Title = $"{Firsts[mixed % 10]} {Seconds[mixed / 10 % 10]} {n}",
            Value = mixed % 90_000 + 250.5m,
            Currency = mixed % 7 == 0 ? "USD" : "EUR",
            PipelineId = pipeline,
            StageId = stages[n % stages.Count],
            Status = status,
            Priority = (DealPriority)(mixed % 4),
            Position = n / stages.Count,
            OwnerId = owner,
            CreatorId = owner,
            PersonId = mixed % 5 == 0 ? null : persons[mixed % persons.Count],
            ExpectedClose = DateOnly.FromDateTime(added.UtcDateTime).AddDays(30),
            ClosedAt = status is DealStatus.Open ? null : added.AddDays(1),
            WonAt = status is DealStatus.Won ? added.AddDays(1) : null,
            LostAt = status is DealStatus.Lost ? added.AddDays(1) : null,
            Description = $"Asked for a {Seconds[mixed / 10 % 10]} of what they have, beginning next quarter.",
            TagIds = [tags[mixed % 10], tags[(mixed + 3) % 10]],
            VisibleTo = 7,
            Origin = "API",
            Provenance = "api",
            SourceType = "api",
            NextActivityOn = n % 3 == 0 ? DateOnly.FromDateTime(tx.Now.UtcDateTime).AddDays(mixed % 21 - 10) : null,
            TouchedAt = added,
            AddedAt = added,
            UpdatedAt = added,
            Version = 1,
        };
    }

    private static async Task<(long Pipeline, List<long> Stages)> Pipeline(Tx tx)
    {
        var pipeline = await tx.NextId("pipeline_ids");
        await tx.Run("""
            INSERT INTO pipelines (workspace_id, id, uid, name, position, is_default, uses_probability, added_at, updated_at, version)
            VALUES (@Workspace, @pipeline, @uid, 'Sales', 1, @yes, @yes, @Now, @Now, 1)
            """, new { tx.Workspace, pipeline, uid = tx.NextUid(), yes = true, tx.Now });
        var stages = new List<long>();
        foreach (var (name, probability) in Columns)
        {
            var stage = await tx.NextId("stage_ids");
            await tx.Run("""
                INSERT INTO stages (workspace_id, id, uid, pipeline_id, name, position, kind, probability_bp, added_at, updated_at, version)
                VALUES (@Workspace, @stage, @uid, @pipeline, @name, @position, 'open', @probability, @Now, @Now, 1)
                """, new { tx.Workspace, stage, uid = tx.NextUid(), pipeline, name, position = stages.Count + 1, probability, tx.Now });
            stages.Add(stage);
        }
        return (pipeline, stages);
    }

    private static async Task<long> Tag(Tx tx, string name)
    {
        var id = await tx.NextId("tag_ids");
        await tx.Run("INSERT INTO tags (workspace_id, id, uid, name, added_at) VALUES (@Workspace, @id, @uid, @name, @Now)", new { tx.Workspace, id, uid = tx.NextUid(), name, tx.Now });
        return id;
    }

    private static async Task<List<long>> People(Tx tx, long owner, int count)
    {
        var organizations = await tx.NextIds("contact_ids", Math.Max(1, count / 4));
        foreach (var id in organizations)
        {
            await OrganizationStore.Insert(tx, new() { Id = id, Uid = tx.NextUid(), Name = $"{Firsts[id % 10]} Works {id}", OwnerId = owner, VisibleTo = 7, AddedAt = tx.Now, UpdatedAt = tx.Now, Version = 1 });
        }
        var persons = await tx.NextIds("contact_ids", count);
        foreach (var id in persons)
        {
            await PersonStore.Insert(tx, new()
            {
                Id = id,
                Uid = tx.NextUid(),
                Name = $"Kim {Seconds[id % 10]} {id}",
                OrgId = organizations[(int)(id % organizations.Count)],
                OwnerId = owner,
                VisibleTo = 7,
                Emails = [new($"kim{id}@bench.test", "work", true)],
                AddedAt = tx.Now,
                UpdatedAt = tx.Now,
                Version = 1,
            });
        }
        return [.. persons];
    }

    private sealed record SomeDeal
    {
        public long Id { get; init; }
        public Guid Uid { get; init; }
        public required string Title { get; init; }
    }
}
