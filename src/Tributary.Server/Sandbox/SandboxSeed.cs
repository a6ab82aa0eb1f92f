using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Server.Sandbox.Files;
using Tributary.Server.Seeding;

namespace Tributary.Server.Sandbox;

/// <summary>
/// Fills the sandbox through the engine's own verbs, the same every time: workspace A whole, then B, so that the first ids
/// are A's. The clock tells the fixtures' own story, from September 2025 to the morning of 5 January 2026.
/// </summary>
internal static class SandboxSeed
{
    public static async Task<IReadOnlyList<SandboxWorkspace>> Fill(Db db, MovableClock clock, FillRandom random, SeedFile? file,
        CancellationToken ct)
    {
        var verbs = new Verbs(db, random);
        var made = new List<SandboxWorkspace>();
        foreach (var credentials in new[] { SandboxCredentials.A, SandboxCredentials.B })
        {
            made.Add(await Workspace(verbs, clock, credentials, file, ct));
        }
        return made;
    }

    private static async Task<SandboxWorkspace> Workspace(Verbs verbs, MovableClock clock, SandboxCredentials credentials, SeedFile? file,
        CancellationToken ct)
    {
        clock.Put(SandboxWorkspace.Founded);
        var into = await PeopleSeed.Found(verbs, credentials, ct);
        await PeopleSeed.Credentials(verbs, into, ct);
        if (file is null)
        {
            await SettingsSeed.Fill(verbs, into, ct);
            await ContactSeed.Fill(verbs, into, ct);
            await ProductSeed.Fill(verbs, into, ct);
            await DealSeed.Fill(verbs, into, new Agenda(clock), ct);
        }
        else
        {
            await new FileSeed(verbs, into, file).Fill(new Agenda(clock), ct);
        }

        clock.Put(file is null ? SandboxWorkspace.Today : FileSeed.At(file.Today));
        into.Tags = await verbs.Tags.List(into.Admin, ct);
        into.Currencies = await verbs.Currencies.List(into.Admin, null, ct);
        return into;
    }
}
