using Tributary.Core.Activities;
using Tributary.Core.Catalog;
using Tributary.Core.Currencies;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;
using Tributary.Core.Users;

namespace Tributary.Core.Workspaces;

/// <summary>What creating a workspace made.</summary>
public sealed record CreatedWorkspace(Workspace Workspace, User Admin);

/// <summary>The verbs of workspaces.</summary>
public sealed class WorkspaceService(Db db)
{
    private static readonly IReadOnlyList<Tracked<Workspace>> Tracks =
    [
        new("name", workspace => workspace.Name),
        new("base_currency", workspace => workspace.BaseCurrency),
        new("time_zone", workspace => workspace.TimeZone),
        new("report_rates", workspace => WorkspaceRules.Word(workspace.ReportRates)),
        new("settings", workspace => workspace.Settings),
    ];

    /// <summary>
    /// A workspace with its admin, every currency of ISO 4217 and the usual activity types; pipelines are the caller's
    /// choice. All of it or nothing.
    /// </summary>
    public async Task<CreatedWorkspace> Create(NewWorkspace given, CancellationToken ct)
    {
        await using var tx = await db.Write(await NextWorkspaceId(ct), ct);

        var workspace = WorkspaceRules.New(given, tx.Workspace, tx.NextUid(), tx.Now);
        var admin = UserRules.New(given.Admin with { Role = Role.Admin }, workspace, await tx.NextId("user_ids"), tx.NextUid(), tx.Now);

        await WorkspaceStore.Insert(tx, workspace);
        await CurrencyStore.InsertStandard(tx);
        await ActivityTypeStore.InsertStandard(tx);
        UserRules.MustFit(admin, await tx.Catalog());
        await UserStore.Insert(tx, admin, given.Admin.PasswordHash);
        await DirectoryStore.Insert(tx, DirectoryStore.Email, Folding.Fold(admin.Email), admin.Id);
        await tx.CatalogHasChanged();

        var system = Caller.System(workspace.Id);
        await EventStore.Append(tx, system, new()
        {
            Subject = "workspace",
            SubjectId = workspace.Id,
            Action = "created",
            Changes = Tracked.Between(Tracks, null, workspace),
        });
        await EventStore.Append(tx, system, new()
        {
            Subject = "user",
            SubjectId = admin.Id,
            Action = "created",
            Changes = Tracked.Between(UserHistory.Tracks, null, admin),
        });
        await tx.Commit();
        return new(workspace, admin);
    }

    public async Task<Workspace> Get(Caller caller, CancellationToken ct)
    {
        await using var tx = await db.Read(caller.Workspace, ct);
        return (await tx.Catalog()).Workspace;
    }

    public async Task<Workspace> Update(Caller caller, WorkspacePatch patch, CancellationToken ct)
    {
        caller.MustAdminister("workspace");
        await using var tx = await db.Write(caller.Workspace, ct);

        var catalog = await tx.Catalog();
        var before = catalog.Workspace;
        var after = WorkspaceRules.Apply(before, patch, catalog);
        if (after == before) return before;

        await WorkspaceStore.Update(tx, after);
        await tx.CatalogHasChanged();
        await EventStore.Append(tx, caller, new()
        {
            Subject = "workspace",
            SubjectId = after.Id,
            Action = "updated",
            Changes = Tracked.Between(Tracks, before, after),
        });
        await tx.Commit();
        return after;
    }

    /// <summary>Whether there is a workspace at all.</summary>
    public async Task<bool> HasAny(CancellationToken ct)
    {
        await using var tx = await db.ReadEverywhere(ct);
        return await WorkspaceStore.First(tx) is not null;
    }

    /// <summary>Every workspace, oldest first. For the operator's commands; no request may reach it.</summary>
    public async Task<IReadOnlyList<Workspace>> All(CancellationToken ct)
    {
        await using var tx = await db.ReadEverywhere(ct);
        return await WorkspaceStore.All(tx);
    }

    // A unit of work is bound to its workspace when it opens, so the id comes from one of its own.
    private async Task<long> NextWorkspaceId(CancellationToken ct)
    {
        await using var tx = await db.WriteEverywhere(ct);
        var id = await tx.NextId("workspace_ids");
        await tx.Commit();
        return id;
    }
}
