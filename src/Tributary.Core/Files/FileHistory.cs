using Tributary.Core.Log;

namespace Tributary.Core.Files;

/// <summary>What the log says about a change of a file. Pure.</summary>
internal static class FileHistory
{
    private static readonly Tracked<StoredFile>[] Fields =
    [
        new("name", f => f.Name),
        new("description", f => f.Description),
        new("content_type", f => f.ContentType),
        new("size_bytes", f => f.SizeBytes),
        new("sha256", f => f.Sha256),
        new("deal_id", f => f.DealId),
        new("lead_id", f => f.LeadId),
        new("person_id", f => f.PersonId),
        new("org_id", f => f.OrgId),
        new("product_id", f => f.ProductId),
        new("activity_id", f => f.ActivityId),
        new("deleted_at", f => f.DeletedAt),
    ];

    /// <param name="before">None for a creation.</param>
    public static LogEntry Changed(StoredFile? before, StoredFile after) => new()
    {
        Subject = "file",
        SubjectId = after.Id,
        DealId = after.DealId ?? before?.DealId,
        Action = Tracked.Action(before is null, before?.DeletedAt, after.DeletedAt),
        Changes = Tracked.Between(Fields, before, after),
    };

    public static LogEntry Purged(StoredFile file) =>
        new() { Subject = "file", SubjectId = file.Id, DealId = file.DealId, Action = "purged" };
}
