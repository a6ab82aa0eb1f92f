using Tributary.Core.Storage;

namespace Tributary.Core.Backups;

/// <summary>A backup that was made in the app: complete, checked, and on the server's disk until newer ones take its place.</summary>
public sealed record KeptBackup
{
    public required Guid Uid { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required long Bytes { get; init; }

    /// <summary>What the check found in it.</summary>
    public required BackupReport Holds { get; init; }
}

/// <summary>What the app can do about backups of this server: the backups there are, or why there are none.</summary>
public sealed record BackupShelf(string? Refusal, IReadOnlyList<KeptBackup> Backups);
