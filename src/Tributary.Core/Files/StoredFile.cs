using Tributary.Core.Kernel;
using Tributary.Core.Lists;

namespace Tributary.Core.Files;

/// <summary>A file that hangs on a deal or another record: what is known about it. Its bytes are in the <see cref="FileFolder"/>.</summary>
public sealed record StoredFile
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }

    /// <summary>As the client named it; it is shown and offered for downloads, and never becomes part of a path here.</summary>
    public required string Name { get; init; }
    public string? Description { get; init; }

    /// <summary>From a closed list (<see cref="ContentTypes"/>), by name and first bytes; nothing a browser would execute.</summary>
    public required string ContentType { get; init; }
    public required long SizeBytes { get; init; }

    /// <summary>In hexadecimal; none for what is kept elsewhere.</summary>
    public string? Sha256 { get; init; }

    /// <summary>"local/…" for what is kept here; any other is a client's own key, kept as given and never opened.</summary>
    public required string StorageKey { get; init; }

    /// <summary>Where a client keeps it: "s3", "googledrive", …</summary>
    public string? RemoteLocation { get; init; }
    public long? DealId { get; init; }
    public long? LeadId { get; init; }
    public long? PersonId { get; init; }
    public long? OrgId { get; init; }
    public long? ProductId { get; init; }
    public long? ActivityId { get; init; }
    public long? UserId { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public long? UpdatedBy { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
    public required long Version { get; init; }

    public bool IsDeleted => DeletedAt is not null;

    /// <summary>Whether its bytes are kept here; otherwise the client keeps them and only their key is known.</summary>
    public bool IsLocal => StorageKey.StartsWith(FileRules.Local, StringComparison.Ordinal);

    /// <summary>The name of the bytes on disk; only of local files.</summary>
    internal Guid ContentUid => Guid.ParseExact(StorageKey.AsSpan(StorageKey.Length - 32), "N");

    internal Anchors Anchors => new(DealId, LeadId, PersonId, OrgId, ProductId);
}

/// <summary>What a caller says about a file, new or existing. Left out keeps what is there, or takes the default.</summary>
public sealed record FilePatch
{
    /// <summary>When set, the change is refused as stale unless the file has this version.</summary>
    public long? ExpectedVersion { get; init; }

    public Field<string> Name { get; init; }
    public Field<string?> Description { get; init; }
    public Field<long?> DealId { get; init; }
    public Field<long?> LeadId { get; init; }
    public Field<long?> PersonId { get; init; }
    public Field<long?> OrgId { get; init; }
    public Field<long?> ProductId { get; init; }

    /// <summary>A new file that names nothing else takes over what the activity hangs on.</summary>
    public Field<long?> ActivityId { get; init; }
    public Field<bool> Deleted { get; init; }

    // Of a file that is kept elsewhere; creation only.
    public Field<string> StorageKey { get; init; }
    public Field<string?> RemoteLocation { get; init; }
    public Field<long> SizeBytes { get; init; }

    /// <summary>For imports: the ids that other systems already hold. Taken ones are a conflict.</summary>
    public Field<long> Id { get; init; }
    public Field<Guid> Uid { get; init; }
    public Field<long?> UserId { get; init; }
    public Field<DateTimeOffset> AddedAt { get; init; }
    public Field<DateTimeOffset> UpdatedAt { get; init; }
}
