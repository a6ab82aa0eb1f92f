using System.Text.Json;
using Tributary.Core.Storage;

namespace Tributary.Core.Backups;

/// <summary>
/// Where backups wait to be downloaded. Names are uids that we made; a backup is there once what describes it is, which is written last.
/// </summary>
public sealed class BackupFolder(string root)
{
    private readonly string root = Path.GetFullPath(root);

    /// <summary>Newest first.</summary>
    internal IReadOnlyList<KeptBackup> All() => !Directory.Exists(root) ? [] :
        [.. Directory.EnumerateFiles(root, "*.json").Select(Described).OfType<KeptBackup>().Where(kept => File.Exists(PathOf(kept.Uid)))
            .OrderByDescending(kept => kept.MadeAt)];

    internal KeptBackup? Find(Guid uid) => All().FirstOrDefault(kept => kept.Uid == uid);

    internal string PathOf(Guid uid) => Path.Combine(root, $"{uid:N}.db");

    /// <summary>Makes room for a backup of that name; what an attempt that was cut off left behind goes.</summary>
    internal void Prepare(Guid uid)
    {
        // Whoever may read the data folder may read this; others on the machine may not.
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(root);
        else Directory.CreateDirectory(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Delete(uid);
    }

    internal KeptBackup Keep(Guid uid, DateTimeOffset madeAt, BackupReport report)
    {
        var kept = new KeptBackup { Uid = uid, MadeAt = madeAt, Bytes = new FileInfo(PathOf(uid)).Length, Holds = report };
        File.WriteAllText(DescriptionOf(uid), JsonSerializer.Serialize(kept, Documents.Options));
        return kept;
    }

    internal void Delete(Guid uid)
    {
        if (!Directory.Exists(root)) return;
        File.Delete(DescriptionOf(uid));
        File.Delete(PathOf(uid));
    }

    private string DescriptionOf(Guid uid) => Path.Combine(root, $"{uid:N}.json");

    private static KeptBackup? Described(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<KeptBackup>(File.ReadAllText(path), Documents.Options);
        }
        catch (Exception error) when (error is JsonException or FileNotFoundException)
        {
            // Cut off while it was written, or just deleted: no backup either way.
            return null;
        }
    }
}
