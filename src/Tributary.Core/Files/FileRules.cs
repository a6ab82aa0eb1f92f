using Tributary.Core.Kernel;

namespace Tributary.Core.Files;

/// <summary>What the rules must know beside the patch; the verb looks it up.</summary>
internal sealed record FileContext
{
    public required Caller Caller { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>One refusal for each named record that is not there for the caller.</summary>
    public Seq<FieldError> Missing { get; init; } = [];

    /// <summary>What the named activity hangs on.</summary>
    public Lists.Anchors Activity { get; init; }
}

/// <summary>What may happen to a file. Pure.</summary>
internal static class FileRules
{
    public const string Local = "local/";
    public const int MaxName = 255;
    public const int MaxDescription = 4_000;
    public const int MaxKey = 1_024;

    /// <summary>A file whose bytes are not written yet, without ids, type, size and hash.</summary>
    public static StoredFile Create(FilePatch patch, FileContext context)
    {
        var checks = new Checks();
        var added = patch.AddedAt.Or(context.Now);
        var blank = new StoredFile
        {
            Id = 0,
            Uid = default,
            Name = "",
            ContentType = ContentTypes.Unknown,
            SizeBytes = 0,
            StorageKey = "",
            UserId = patch.UserId.Or(context.Caller.UserId),
            AddedAt = added,
            UpdatedAt = added,
            Version = 1,
        };
        var created = Fill(blank, patch with { Name = patch.Name.Or("") }, context, checks);
        if (patch.StorageKey.IsSet)
        {
            var key = checks.Text("storage_key", patch.StorageKey.Value, MaxKey);
            checks.Require(!key.StartsWith(Local, StringComparison.Ordinal) && !key.Any(char.IsControl), "storage_key",
                $"storage_key is a key of the client's own storage; it neither begins with {Local} nor has control characters.");
            checks.Require(patch.SizeBytes.Or(0) >= 0, "size_bytes", "size_bytes is not negative.");
            created = created with
            {
                StorageKey = key,
                SizeBytes = patch.SizeBytes.Or(0),
                RemoteLocation = checks.OptionalText("remote_location", patch.RemoteLocation.Or(null), MaxName),
            };
        }
        checks.Done();

        if (created is { Anchors.Deciding: null, ActivityId: not null })
        {
            created = created with
            {
                DealId = context.Activity.DealId,
                LeadId = context.Activity.LeadId,
                PersonId = context.Activity.PersonId,
                OrgId = context.Activity.OrgId,
            };
        }
        return created with { UpdatedAt = patch.UpdatedAt.Or(added) };
    }

    /// <returns>The same instance when nothing would change.</returns>
    public static StoredFile Apply(StoredFile file, FilePatch patch, FileContext context)
    {
        Problem.MustBeAt(patch.ExpectedVersion, file.Version, "file", file.Id);
        if (file.IsDeleted && patch.Deleted is not { IsSet: true, Value: false }) throw Problem.NotFound("file", file.Id);

        var checks = new Checks();
        var after = Fill(file, patch, context, checks);
        checks.Done();
        return after == file ? file : after with { UpdatedAt = context.Now, UpdatedBy = context.Caller.UserId, Version = file.Version + 1 };
    }

    private static StoredFile Fill(StoredFile file, FilePatch patch, FileContext context, Checks checks)
    {
        foreach (var missing in context.Missing) checks.Fail(missing.Field, missing.Message);
        if (patch.Name.IsSet)
        {
            checks.Require(patch.Name.Value is { } name && !name.Any(char.IsControl), "name", "name has no control characters.");
        }
        return file with
        {
            Name = patch.Name.IsSet ? checks.Text("name", patch.Name.Value, MaxName) : file.Name,
            Description = patch.Description.IsSet ? checks.OptionalText("description", patch.Description.Value, MaxDescription)
                : file.Description,
            DealId = patch.DealId.Or(file.DealId),
            LeadId = patch.LeadId.Or(file.LeadId),
            PersonId = patch.PersonId.Or(file.PersonId),
            OrgId = patch.OrgId.Or(file.OrgId),
            ProductId = patch.ProductId.Or(file.ProductId),
            ActivityId = patch.ActivityId.Or(file.ActivityId),
            DeletedAt = patch.Deleted.IsSet ? patch.Deleted.Value ? file.DeletedAt ?? context.Now : null : file.DeletedAt,
        };
    }
}
