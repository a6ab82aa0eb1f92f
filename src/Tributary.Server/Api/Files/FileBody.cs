using Tributary.Core.Files;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Files;

/// <summary>What our own API reads of a file beside its bytes. Members left out keep their value; null clears.</summary>
internal static class FileBody
{
    private static readonly Member<string> Name = Members.Name("name", "1 to 255 characters, with its ending.");
    private static readonly Member<string> Description = Members.Text("description", "", 4000).Nullable();
    private static readonly Member<long> ActivityId =
        Members.Id("activity_id", "A new file that names nothing else takes over what the activity hangs on.").Nullable();
    private static readonly Member<string> StorageKey = Members.Text("storage_key", "The client's own key; it is never opened.", 1024);
    private static readonly Member<string> RemoteLocation =
        Members.Text("remote_location", "Where the client keeps it: s3, googledrive, …").Nullable();
    private static readonly Member<long> SizeBytes = Members.Whole("size_bytes", "", 0);
    private static readonly Member<long> UserId = Members.Id("user_id", "For imports; left out: the caller.").Nullable();

    private static readonly Member<string> Bytes = new("file", "The bytes; the last part.")
    {
        Accepts = "must be the part that carries the bytes",
        Schema = () => new() { ["type"] = "string", ["format"] = "binary" },
        FromJson = (System.Text.Json.JsonElement json, ReadingPolicy policy, out string value) => (value = "").Length > 0,
        FromText = (string text, ReadingPolicy policy, out string value) => (value = text).Length > 0,
    };

    private static readonly Member[] Both =
        [Description, RecordMembers.DealId, RecordMembers.LeadId, RecordMembers.PersonId, RecordMembers.OrgId, RecordMembers.ProductId,
            ActivityId];

    private static readonly Member[] Imported = [UserId, .. RecordMembers.Imported];

    /// <summary>What an upload says before its bytes; without a name, the part's own is taken.</summary>
    public static readonly Shape UploadMembers = new("FileUploadMembers", [Name, .. Both, .. Imported]);

    public static readonly Shape Upload = new("FileUpload", [Name, .. Both, .. Imported, Bytes.Required()]);
    public static readonly Shape NewLink =
        new("NewFileLink", [Name.Required(), StorageKey.Required(), RemoteLocation, SizeBytes, .. Both, .. Imported]);
    public static readonly Shape Patch = new("FilePatch", [Name, .. Both, Versions.Member]);

    public static FilePatch Read(Body body, long? ifMatch) => new()
    {
        ExpectedVersion = RecordMembers.Expected(body, ifMatch),
        Name = body.Get(Name),
        Description = body.ClearableText(Description),
        DealId = body.Clearable(RecordMembers.DealId),
        LeadId = body.Clearable(RecordMembers.LeadId),
        PersonId = body.Clearable(RecordMembers.PersonId),
        OrgId = body.Clearable(RecordMembers.OrgId),
        ProductId = body.Clearable(RecordMembers.ProductId),
        ActivityId = body.Clearable(ActivityId),
        StorageKey = body.Get(StorageKey),
        RemoteLocation = body.ClearableText(RemoteLocation),
        SizeBytes = body.Get(SizeBytes),
        UserId = body.Clearable(UserId),
        Id = body.Get(RecordMembers.Id),
        Uid = body.Get(RecordMembers.Uid),
        AddedAt = body.Get(RecordMembers.AddedAt),
        UpdatedAt = body.Get(RecordMembers.UpdatedAt),
    };
}
