using Tributary.Core.Storage;

namespace Tributary.Server.Sandbox;

/// <summary>
/// A filled sandbox beside the program, from which the next ones are copied: filling takes a second or two, copying
/// a few milliseconds. Publishing makes it. Its name holds the identity of the build, so that no other build believes it.
/// </summary>
internal sealed record SandboxTemplate(string Database, string Json)
{
    public const int Seed = 1;

    /// <summary>None when it was not made for this build, or for this seed.</summary>
    public static SandboxTemplate? Find(int seed)
    {
        var template = Of(AppContext.BaseDirectory);
        return seed == Seed && File.Exists(template.Database) && File.Exists(template.Json) ? template : null;
    }

    public static async Task<SandboxTemplate> Make(string folder, CancellationToken ct)
    {
        var template = Of(folder);
        File.Delete(template.Database);
        await using var sandbox = await SandboxDatabase.Fill(Seed, frozen: true, null, ct);
        Backup.Write(sandbox.Path, template.Database, ct);
        await File.WriteAllBytesAsync(template.Json, sandbox.Json, ct);
        return template;
    }

    private static SandboxTemplate Of(string folder)
    {
        var build =
            $"{typeof(Db).Module.ModuleVersionId.ToString("N")[..8]}{typeof(SandboxTemplate).Module.ModuleVersionId.ToString("N")[..8]}";
        return new(Path.Combine(folder, $"sandbox-{build}.db"), Path.Combine(folder, $"sandbox-{build}.json"));
    }
}
