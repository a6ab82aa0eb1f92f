using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Core.Users;

namespace Tributary.Core.Import;

/// <summary>
/// Users of a file. One that has the address already, or the name when the row has no address, is the one meant. A team
/// becomes a visibility group; under it, each manager's people become a group, in which the manager is too.
/// </summary>
internal sealed class UserImport(ImportContext context) : IImportKind<ImportedUser>
{
    private readonly HashSet<long> loaded = [];

    public string Subject => "user";

    public string Ids => "user_ids";

    public RowRead<ImportedUser> Read(ImportRow row) => context.Reader.User(row);

    public ImportedBasics BasicsOf(ImportedUser record) => record.Basics;

    public long? ByName(ImportedUser record) => context.Names.Of(ImportNoun.Users)
        .Find(record.Email ?? record.Name, record.Email is null ? "name" : "email");

    public Task Prepare(Tx tx, IReadOnlyList<string> stages) => Task.CompletedTask;

    public bool Has(long id) => loaded.Contains(id);

    public Task Foresee(Tx tx, IReadOnlyList<ImportedUser> records) => Task.CompletedTask;

    public async Task Load(Tx tx, IReadOnlyCollection<long> ids)
    {
        var catalog = await tx.Catalog();
        loaded.UnionWith(ids.Where(id => catalog.User(id) is not null));
    }

    public void Forget() => loaded.Clear();

    public async Task<long> Create(Tx tx, ImportedUser record)
    {
        if (record.Basics.Id is not null || record.Basics.Uid is not null)
        {
            context.Tally.Warn("ids of users are given by Tributary; those of the file are left out", record.Basics.Line);
        }
        var group = await Group(tx, record);
        var id = await context.Names.NewUser(tx, record.Name, RoleOf(record) ?? Role.Member, group, record.Email);
        loaded.Add(id);
        if (record.Active == false) await UserService.Update(tx, context.Caller, id, new() { IsActive = false });
        var book = context.Names.Of(ImportNoun.Users);
        book.Add(id, record.Name);
        if (record.Email is { } email) book.Add(id, email);
        return id;
    }

    public async Task<RowOutcome> Update(Tx tx, long id, ImportedUser record)
    {
        var before = (await tx.Catalog()).User(id)!;
        var patch = new UserPatch { Name = record.Name };
        if (record.Email is { } email) patch = patch with { Email = email };
        if (RoleOf(record) is { } role) patch = patch with { Role = role };
        if (await Group(tx, record) is { } group) patch = patch with { GroupId = group };
        if (record.Active is { } active) patch = patch with { IsActive = active };
        var after = await UserService.Update(tx, context.Caller, id, patch);
        return after == before ? RowOutcome.Unchanged : RowOutcome.Updated;
    }

    private Role? RoleOf(ImportedUser record)
    {
        if (record.Role is not { } word) return null;
        if (Enum.TryParse<Role>(word, ignoreCase: true, out var role) && Enum.IsDefined(role)) return role;
        context.Tally.Warn("role left out: it is none of admin, manager, member", record.Basics.Line);
        return null;
    }

    private async Task<long?> Group(Tx tx, ImportedUser record)
    {
        var team = record.Team is { } name ? await GroupOf(tx, name, null) : (long?)null;
        if (record.Manager is not { } manager) return team;

        var own = await GroupOf(tx, $"Team {manager}", team);
        await context.Names.Resolve(ImportNoun.Users, manager, "manager", record.Basics.Line,
            written => context.Names.NewUser(tx, written, Role.Manager, own));
        return own;
    }

    private async Task<long> GroupOf(Tx tx, string name, long? parent)
    {
        var folded = Folding.Fold(name);
        var known = (await tx.Catalog()).Groups.FirstOrDefault(group => Folding.Fold(group.Name) == folded);
        return known?.Id ?? (await GroupService.Create(tx, context.Caller, name, parent)).Id;
    }
}
