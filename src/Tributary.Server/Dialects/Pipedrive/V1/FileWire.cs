using Tributary.Core.Files;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>A file with the names of what it hangs on, and where it can be fetched.</summary>
internal sealed record FileView(StoredFile File, Named Names, string BaseUrl)
{
    public static async Task<IReadOnlyList<FileView>> Of(Call call, IReadOnlyList<StoredFile> files)
    {
        var names = await Named.Of(call, NamesOf(files));
        return [.. files.Select(file => new FileView(file, names, call.BaseUrl))];
    }

    public static Names NamesOf(IReadOnlyList<StoredFile> files) => new()
    {
        Deals = files.Select(file => file.DealId),
        Persons = files.Select(file => file.PersonId),
        Organizations = files.Select(file => file.OrgId),
        Leads = files.Select(file => file.LeadId),
        Products = files.Select(file => file.ProductId),
    };
}

/// <summary>The file of v1 (reference, V1_FILE).</summary>
internal static class FileWire
{
    public static readonly Wire<FileView> File = new Wire<FileView>("FileV1")
        .Whole("id", f => f.File.Id)
        .Whole("user_id", f => f.File.UserId)
        .Whole("deal_id", f => f.File.DealId)
        .Whole("person_id", f => f.File.PersonId)
        .Whole("org_id", f => f.File.OrgId)
        .Whole("product_id", f => f.File.ProductId)
        .Whole("activity_id", f => f.File.ActivityId)
        .Uid("lead_id", f => f.Names.Lead(f.File.LeadId)?.Uid)
        .Whole("project_id", _ => (long?)null)
        .Whole("log_id", _ => (long?)null)
        .Instant("add_time", f => f.File.AddedAt, Spell.V1Time)
        .Instant("update_time", f => f.File.UpdatedAt, Spell.V1Time)
        .Text("file_name", f => StoredName(f.File), nullable: false)
        .Text("file_type", f => Type(f.File), nullable: false)
        .Whole("file_size", f => f.File.SizeBytes)
        .Flag("active_flag", f => !f.File.IsDeleted)
        .Flag("inline_flag", _ => false)
        .Text("remote_location", f => f.File.RemoteLocation ?? "s3", nullable: false)
        .Text("remote_id", f => f.File.IsLocal ? StoredName(f.File) : f.File.StorageKey, nullable: false)
        .Text("cid", _ => "", nullable: false)
        .Text("s3_bucket", _ => "", nullable: false)
        .Text("mail_message_id", _ => "", nullable: false)
        .Text("mail_template_id", _ => "", nullable: false)
        .Text("deal_name", f => f.Names.Deal(f.File.DealId)?.Title ?? "", nullable: false)
        .Text("person_name", f => f.Names.Person(f.File.PersonId)?.Name ?? "", nullable: false)
        .Text("people_name", f => f.Names.Person(f.File.PersonId)?.Name ?? "", nullable: false)
        .Text("org_name", f => f.Names.Organization(f.File.OrgId)?.Organization.Name ?? "", nullable: false)
        .Text("product_name", f => f.Names.Product(f.File.ProductId)?.Name ?? "", nullable: false)
        .Text("lead_name", f => f.Names.Lead(f.File.LeadId)?.Title ?? "", nullable: false)
        .Text("project_name", _ => "", nullable: false)
        .Text("url", f => $"{f.BaseUrl}/pipedrive/api/v1/files/{f.File.Id}/download", nullable: false)
        .Text("name", f => f.File.Name, nullable: false)
        .Text("description", f => f.File.Description ?? "", nullable: false);

    // "IMG_8189_5223….jpg": the name with something behind it that no other file has.
    private static string StoredName(StoredFile file) =>
        $"{Path.GetFileNameWithoutExtension(file.Name)}_{file.Uid:N}{Path.GetExtension(file.Name)}";

    /// <summary>"img" for pictures, else the ending of the name.</summary>
    private static string Type(StoredFile file) =>
        file.ContentType.StartsWith("image/", StringComparison.Ordinal)
        ? "img" : Path.GetExtension(file.Name).TrimStart('.').ToLowerInvariant() is { Length: > 0 and <= 10 } ending ? ending : "file";
}
