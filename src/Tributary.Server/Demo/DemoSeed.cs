using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Core.Users;
using Tributary.Core.Workspaces;
using Tributary.Server.Seeding;

namespace Tributary.Server.Demo;

/// <summary>Fills an empty database with a company that looks as if it had sold for two years up to this morning.</summary>
internal static class DemoSeed
{
    public const string AdminEmail = "admin@demo.example";

    private const int Seed = 20_261_120;

    /// <param name="clock">The clock of <paramref name="db"/>; it travels through the two years.</param>
    /// <param name="progress">Told how much is done of how much is known to do.</param>
    public static async Task<CreatedWorkspace> Fill(Db db, MovableClock clock, FillRandom secrets, string? passwordHash, DateTimeOffset now,
        Action<int, int>? progress, CancellationToken ct)
    {
        var random = new Random(Seed);
        var verbs = new Verbs(db, secrets);
        var founded = now.AddDays(-740);
        clock.Put(founded);
        var created = await verbs.Workspaces.Create(
            new()
            {
                Name = "Halden Instruments (demo)",
                BaseCurrency = "EUR",
                Admin = new() { Name = "Demo Admin", Email = AdminEmail, Role = Role.Admin, PasswordHash = passwordHash }
            }, ct);
        var company = new DemoCompany(verbs, Verbs.As(created.Admin, created.Workspace.Id), random);
        await company.Make(founded, ct);

        var agenda = new Agenda(clock);
        new DemoDeals(verbs, company, agenda, random, now, ct).Plan();
        var done = 0;
        await agenda.Run(() => progress?.Invoke(++done, done + agenda.Count), ct);
        clock.Put(now);
        return created;
    }
}
