using Tributary.Core.Kernel;
using Tributary.Core.Users;
using Tributary.Server.Seeding;

namespace Tributary.Server.Sandbox;

/// <summary>The workspace, the three people in it, and what they sign in with.</summary>
internal static class PeopleSeed
{
    public static async Task<SandboxWorkspace> Found(Verbs verbs, SandboxCredentials credentials, CancellationToken ct)
    {
        var (workspace, admin) = await verbs.Workspaces.Create(
            new()
            {
                Name = $"Sandbox {credentials.Key.ToUpperInvariant()}",
                BaseCurrency = "USD",
                Admin = Person(credentials, "Ada Admin", "admin", Role.Admin)
            }, ct);
        var into = new SandboxWorkspace(credentials, workspace, admin);
        into.Users.Add(await verbs.Users.Create(into.Admin, Person(credentials, "Sam Seller", "seller", Role.Member), ct));
        into.Users.Add(await verbs.Users.Create(into.Admin, Person(credentials, "Mia Manager", "manager", Role.Manager), ct));
        return into;
    }

    public static async Task Credentials(Verbs verbs, SandboxWorkspace into, CancellationToken ct)
    {
        var known = into.Credentials;
        await Key("native", "admin", 0, known.NativeAdmin);
        await Key("native", "reader", 0, known.NativeReader, scope: "read");
        await Key("pipedrive", "admin", 0, known.PipedriveAdmin);
        await Key("pipedrive", "seller", 1, known.PipedriveUser);
        await Key("automatenexus", "full", 0, known.AutomateNexusFull);
        await Key("automatenexus", "readonly", 0, known.AutomateNexusReadonly, scope: "read");
        await Key("switch", "full", 0, known.SwitchFull);
        await Key("switch", "readonly", 0, known.SwitchReadonly, scope: "deals:read");
        await Key("ysuite", "pair", 0, known.YSuiteAccess, known.YSuiteSecret);
        var revoked = await Key("ysuite", "revoked", 0, known.YSuiteRevoked, known.YSuiteSecret);
        await verbs.Keys.Revoke(into.Admin, revoked, ct);
        await verbs.Apps.Create(into.Admin, new() { Name = "Sandbox app", ClientId = known.CPodApp, ClientSecret = known.CPodSecret }, ct);
        await verbs.Apps.Create(into.Admin,
            new() { Name = "Second sandbox app", ClientId = known.CPodApp2, ClientSecret = known.CPodSecret2 }, ct);

        async Task<long> Key(string dialect, string name, int user, string token, string? secret = null, string scope = "*") =>
            (await verbs.Keys.Create(into.Admin,
            new() { Dialect = dialect, Name = name, UserId = into.Users[user].Id, Scopes = [scope], Token = token, Secret = secret },
            ct)).Key.Id;
    }

    private static NewUser Person(SandboxCredentials credentials, string name, string address, Role role) =>
        new() { Name = name, Email = credentials.Email(address), Role = role, PasswordHash = SandboxCredentials.PasswordHash };
}
