using Tributary.Core.Files;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Files;

/// <summary>How our own API spells a file.</summary>
internal static class FileWire
{
    public static readonly Wire<StoredFile> File =
        new Wire<StoredFile>("File", "A file that hangs on a deal or another record. Its bytes are at /files/{id}/content.")
        .Whole("id", f => f.Id)
        .Uid("uid", f => f.Uid)
        .Text("name", f => f.Name, nullable: false)
        .Text("description", f => f.Description)
        .Text("content_type", f => f.ContentType, "From a closed list; nothing a browser would execute.", nullable: false)
        .Whole("size_bytes", f => f.SizeBytes)
        .Text("sha256", f => f.Sha256, "In hexadecimal; null for what is kept elsewhere.")
        .Flag("is_local", f => f.IsLocal, "Kept here, so that it can be downloaded.")
        .Text("storage_key", f => f.IsLocal ? null : f.StorageKey, "The client's own key of a file that is kept elsewhere.")
        .Text("remote_location", f => f.RemoteLocation, "Where the client keeps it: s3, googledrive, …")
        .Whole("deal_id", f => f.DealId)
        .Whole("lead_id", f => f.LeadId)
        .Whole("person_id", f => f.PersonId)
        .Whole("org_id", f => f.OrgId)
        .Whole("product_id", f => f.ProductId)
        .Whole("activity_id", f => f.ActivityId)
        .Whole("user_id", f => f.UserId, "Who brought it.")
        .Instant("added_at", f => f.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("updated_at", f => f.UpdatedAt, TimeStyle.IsoMilliseconds)
        .Whole("updated_by", f => f.UpdatedBy)
        .Instant("deleted_at", f => f.DeletedAt, TimeStyle.IsoMilliseconds)
        .Whole("version", f => f.Version, "Also the ETag.");
}
