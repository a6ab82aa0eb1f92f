using Tributary.Core.Storage;

namespace Tributary.Server.Sandbox;

/// <summary>
/// A state of the sandbox to go back to: its records, its files (none when the folder is null), its time, and what is told of its fixtures.
/// </summary>
internal sealed record SandboxMoment(SqliteSnapshot Records, string? Files, DateTimeOffset Now, bool Frozen, byte[] Json) : IDisposable
{
    public void Dispose()
    {
        Records.Dispose();
        if (Files is not null) Directory.Delete(Files, recursive: true);
    }

    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from)) Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
