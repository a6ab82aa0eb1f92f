using System.Collections.Concurrent;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Storage;
using Tributary.Core.Users;
using Tributary.Core.Workspaces;

namespace Tributary.Tests.Support;

/// <summary>A workspace of one test's own: an admin, a manager and a member, a pipeline, and someone who must see none of it.</summary>
public sealed record SomeWorkspace
{
    public required Db Db { get; init; }
    public required Workspace Workspace { get; init; }
    public required Caller Admin { get; init; }
    public required Caller Manager { get; init; }
    public required Caller Member { get; init; }

    /// <summary>The admin of another workspace.</summary>
    public required Caller Outsider { get; init; }

    /// <summary>"Sales": Qualified 10 %, Demo 50 %, Proposal 80 %, Won, Lost.</summary>
    public required long PipelineId { get; init; }

    /// <summary>The three open stages, left to right.</summary>
    public required Seq<long> Stages { get; init; }
    public required long WonStage { get; init; }
    public required long LostStage { get; init; }

    public long Id => Workspace.Id;
}

/// <summary>Valid things to test with; a test names only what it is about.</summary>
public static class Some
{
    private static readonly ConcurrentDictionary<Db, Lazy<Task<Caller>>> outsiders = new();

    public static async Task<SomeWorkspace> Workspace(Backend backend) => await Workspace(await Backends.Open(backend));

    public static async Task<SomeWorkspace> Workspace(Db db)
    {
        var given = new NewWorkspace { Name = "Some company", BaseCurrency = "EUR", Admin = Ada };
        var created = await new WorkspaceService(db).Create(given, CancellationToken.None);
        var (pipeline, stages) = await Pipeline(db, created.Workspace.Id);
        return new()
        {
            Db = db,
            Workspace = created.Workspace,
            Admin = await CallerOf(db, created.Workspace.Id, created.Admin.Id),
            Manager = await User(db, created.Workspace.Id, "Mia Manager", Role.Manager),
            Member = await User(db, created.Workspace.Id, "Sam Seller", Role.Member),
            Outsider = await outsiders.GetOrAdd(db, _ => new(() => NewOutsider(db))).Value,
            PipelineId = pipeline,
            Stages = [.. stages.Take(3)],
            WonStage = stages[3],
            LostStage = stages[4],
        };
    }

    /// <summary>One more user of the workspace, as a caller with every scope.</summary>
    public static async Task<Caller> User(Db db, long workspace, string name, Role role = Role.Member, long? groupId = null)
    {
        var email = $"{name.ToLowerInvariant().Replace(' ', '.')}@some.test";
        var given = new NewUser { Name = name, Email = email, Role = role, GroupId = groupId };
        var user = await new UserService(db).Create(Caller.System(workspace), given, CancellationToken.None);
        return await CallerOf(db, workspace, user.Id);
    }

    public static async Task<Caller> CallerOf(Db db, long workspace, long userId)
    {
        await using var tx = await db.Read(workspace, CancellationToken.None);
        return CallerRules.Of(await tx.Catalog(), userId, "native", ["*"])!;
    }

    private static NewUser Ada => new() { Name = "Ada Admin", Email = "ada.admin@some.test" };

    private static async Task<Caller> NewOutsider(Db db)
    {
        var created = await new WorkspaceService(db).Create(new() { Name = "Another company", Admin = Ada }, CancellationToken.None);
        return await CallerOf(db, created.Workspace.Id, created.Admin.Id);
    }

    private static async Task<(long Pipeline, IReadOnlyList<long> Stages)> Pipeline(Db db, long workspace)
    {
        await using var tx = await db.Write(workspace, CancellationToken.None);
        var pipeline = await tx.NextId("pipeline_ids");
        await tx.Run("""
            INSERT INTO pipelines (workspace_id, id, uid, name, position, is_default, uses_probability, added_at, updated_at, version)
            VALUES (@Workspace, @pipeline, @uid, 'Sales', 1, @yes, @yes, @Now, @Now, 1)
            """, new { tx.Workspace, pipeline, uid = tx.NextUid(), yes = true, tx.Now });

        var stages = new List<long>();
        foreach (var (name, kind, probability) in SalesStages)
        {
            var stage = await tx.NextId("stage_ids");
            await tx.Run("""
                INSERT INTO stages (workspace_id, id, uid, pipeline_id, name, position, kind, probability_bp, added_at, updated_at, version)
                VALUES (@Workspace, @stage, @uid, @pipeline, @name, @position, @kind, @probability, @Now, @Now, 1)
                """, new { tx.Workspace, stage, uid = tx.NextUid(), pipeline, name, position = stages.Count + 1, kind, probability, tx.Now });
            stages.Add(stage);
        }
        await tx.CatalogHasChanged();
        await tx.Commit();
        return (pipeline, stages);
    }

    private static readonly IReadOnlyList<(string Name, string Kind, long Probability)> SalesStages =
        [("Qualified", "open", 1000), ("Demo", "open", 5000), ("Proposal", "open", 8000), ("Won", "won", 10000), ("Lost", "lost", 0)];
}
