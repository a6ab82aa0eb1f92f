using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Import;

/// <summary>Organizations of a file. One that has the name already is the one meant.</summary>
internal sealed class OrganizationImport(ImportContext context) : IImportKind<ImportedOrganization>
{
    /// <summary>
    /// Organizations have no parent in the engine; its name is kept in this custom field, so that the order of rows does not matter.
    /// </summary>
    public const string ParentField = "Parent organization";

    private readonly Dictionary<long, Organization> loaded = [];

    public string Subject => "organization";

    public string Ids => "contact_ids";

    public RowRead<ImportedOrganization> Read(ImportRow row) => context.Reader.Organization(row);

    public ImportedBasics BasicsOf(ImportedOrganization record) => record.Basics;

    public long? ByName(ImportedOrganization record) => context.Names.Of(ImportNoun.Organizations).Find(record.Name, "name");

    public async Task Prepare(Tx tx, IReadOnlyList<string> stages)
    {
        if (!context.Maps("parent") || ImportContext.FieldOf("organization", await tx.Catalog(), ParentField) is not null) return;
        if (!context.MayAddField(ImportNoun.Organizations)) return;
        await FieldService.Create(tx, context.Caller, new() { Subject = "organization", Name = ParentField, Type = FieldType.Varchar });
    }

    public bool Has(long id) => loaded.ContainsKey(id);

    public Task Foresee(Tx tx, IReadOnlyList<ImportedOrganization> records) => Task.CompletedTask;

    public async Task Load(Tx tx, IReadOnlyCollection<long> ids)
    {
        foreach (var organization in await OrganizationService.Visible(tx, context.Caller, await OrganizationStore.FindMany(tx, ids)))
        {
            loaded[organization.Id] = organization;
        }
    }

    public void Forget() => loaded.Clear();

    public async Task<long> Create(Tx tx, ImportedOrganization record)
    {
        var patch = await Patch(tx, record);
        if (record.Basics.Id is { } id) patch = patch with { Id = id };
        if (record.Basics.Uid is { } uid) patch = patch with { Uid = uid };
        if (record.Basics.AddedAt is { } added) patch = patch with { AddedAt = added };
        var created = await OrganizationService.Create(tx, context.Caller, patch);
        loaded[created.Id] = created;
        context.Names.Of(ImportNoun.Organizations).Add(created.Id, created.Name);
        return created.Id;
    }

    public async Task<RowOutcome> Update(Tx tx, long id, ImportedOrganization record)
    {
        var before = loaded[id];
        if (before.IsDeleted) return context.LeftDeleted(record.Basics.Line);
        var after = await OrganizationService.Update(tx, context.Caller, before, await Patch(tx, record));
        loaded[id] = after;
        return ReferenceEquals(after, before) ? RowOutcome.Unchanged : RowOutcome.Updated;
    }

    private async Task<OrganizationPatch> Patch(Tx tx, ImportedOrganization record)
    {
        var (basics, line) = (record.Basics, record.Basics.Line);
        var owner = await context.Names.User(tx, basics.Owner, line);
        var catalog = await tx.Catalog();
        var custom = basics.Custom;
        if (record.Parent is { } parent)
        {
            if (ImportContext.FieldOf("organization", catalog, ParentField) is null)
            {
                context.Tally.Warn($"parent left out: there is no custom field \"{ParentField}\", and none may be made", line);
            }
            else custom = new Dictionary<string, string>(custom) { [ParentField] = parent };
        }

        var patch = new OrganizationPatch
        {
            Name = record.Name,
            Custom = ImportContext.Custom("organization", catalog.SeenBy(context.Caller), custom),
        };
        if (owner is not null) patch = patch with { OwnerId = owner };
        if (record.Industry is { } industry) patch = patch with { Industry = industry };
        if (record.AnnualRevenue is { } revenue) patch = patch with { AnnualRevenue = Base(revenue, record.Currency, catalog) };
        if (record.Employees is { } employees) patch = patch with { EmployeeCount = employees };
        if (record.Address is { } address) patch = patch with { Address = new PostalAddress { Value = address } };
        if (record.Website is { } website) patch = patch with { Website = website };
        if (record.Phone is { } phone) patch = patch with { Phone = phone };
        if (basics.Description is { } notes) patch = patch with { Notes = notes };
        if (basics.Tags.Count > 0) patch = patch with { Tags = (Seq<string>)[.. basics.Tags] };
        return patch;
    }

    private static decimal Base(decimal amount, string? currency, WorkspaceCatalog catalog) =>
        currency is null ? amount : catalog.Convert(amount, currency, catalog.Workspace.BaseCurrency)
            ?? throw Problem.Invalid("annual_revenue",
                $"There is no rate from {currency} to {catalog.Workspace.BaseCurrency}, in which revenues are kept.");
}
