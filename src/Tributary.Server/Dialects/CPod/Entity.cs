using Tributary.Core.Catalog;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.CPod;

/// <summary>What the server says of every EDM entity; the first members of each, in the order of the page "Deal".</summary>
internal sealed record Entity
{
    public required WorkspaceCatalog Catalog { get; init; }
    public required string Id { get; init; }
    public Guid? AppUid { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public long? AddedBy { get; init; }
    public long? UpdatedBy { get; init; }
    public string Source { get; init; } = "edm";
    public string SourceType { get; init; } = "api";
    public DateTimeOffset? DeletedAt { get; init; }
    public long? DeletedBy { get; init; }
    public int SchemaVersion { get; init; } = 1;

    public Guid? User(long? id) => Catalog.User(id)?.Uid;
}

internal static class Entities
{
    /// <summary>
    /// What no client may set. It is tolerated in bodies, so that an entity can be sent back as it was read, and ignored.
    /// </summary>
    public static readonly IReadOnlyList<Member> Managed =
    [
        .. new[] { "id", "tenant_id", "app_id", "created_at", "updated_at", "created_by", "updated_by", "source", "source_type",
            "is_deleted", "deleted_at", "deleted_by", "schema_version" }
            .Select(name => Members.Json(name, "Managed by the server; ignored.")),
    ];

    /// <summary>The same for new entities; a change takes it for the version that is expected.</summary>
    public static readonly Member IgnoredVersion = Members.Json("version", "Managed by the server; ignored.");

    public static Wire<T> Wire<T>(string name, Func<T, Entity> entity) => new Wire<T>(name)
        .Text("id", e => entity(e).Id, nullable: false)
        .Uid("tenant_id", e => entity(e).Catalog.Workspace.Uid)
        .Uid("app_id", e => entity(e).AppUid, "The app that made it; null when no app did.")
        .Instant("created_at", e => entity(e).AddedAt, TimeStyle.IsoSeconds)
        .Instant("updated_at", e => entity(e).UpdatedAt, TimeStyle.IsoSeconds)
        .Uid("created_by", e => entity(e).User(entity(e).AddedBy))
        .Uid("updated_by", e => entity(e).User(entity(e).UpdatedBy ?? entity(e).AddedBy))
        .Text("source", e => entity(e).Source, nullable: false)
        .Word("source_type", e => entity(e).SourceType, ["frontend", "backend", "server", "system", "api"])
        .Flag("is_deleted", e => entity(e).DeletedAt is not null)
        .Instant("deleted_at", e => entity(e).DeletedAt, TimeStyle.IsoSeconds)
        .Uid("deleted_by", e => entity(e).User(entity(e).DeletedBy))
        .Whole("schema_version", e => entity(e).SchemaVersion);
}
