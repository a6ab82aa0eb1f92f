using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Import;

/// <summary>Persons of a file. One that has the address already, or the name when the row has no address, is the one meant.</summary>
internal sealed class PersonImport(ImportContext context) : IImportKind<ImportedPerson>
{
    private readonly Dictionary<long, Person> loaded = [];

    public string Subject => "person";

    public string Ids => "contact_ids";

    public RowRead<ImportedPerson> Read(ImportRow row) => context.Reader.Person(row);

    public ImportedBasics BasicsOf(ImportedPerson record) => record.Basics;

    public long? ByName(ImportedPerson record) =>
        context.Names.Of(ImportNoun.Persons).Find(record.Email ?? record.Name, record.Email is null ? "name" : "email");

    public Task Prepare(Tx tx, IReadOnlyList<string> stages) => Task.CompletedTask;

    public bool Has(long id) => loaded.ContainsKey(id);

    public Task Foresee(Tx tx, IReadOnlyList<ImportedPerson> records) =>
        context.Names.Foresee(tx, records.Select(record => record.Organization), []);

    public async Task Load(Tx tx, IReadOnlyCollection<long> ids)
    {
        foreach (var person in await PersonService.Visible(tx, context.Caller, await PersonStore.FindMany(tx, ids)))
        {
            loaded[person.Id] = person;
        }
    }

    public void Forget() => loaded.Clear();

    public async Task<long> Create(Tx tx, ImportedPerson record)
    {
        var patch = await Patch(tx, record, null);
        if (record.Basics.Id is { } id) patch = patch with { Id = id };
        if (record.Basics.Uid is { } uid) patch = patch with { Uid = uid };
        if (record.Basics.AddedAt is { } added) patch = patch with { AddedAt = added };
        var created = await PersonService.Create(tx, context.Caller, patch);
        loaded[created.Id] = created;
        var book = context.Names.Of(ImportNoun.Persons);
        book.Add(created.Id, created.Name);
        if (record.Email is { } email) book.Add(created.Id, email);
        return created.Id;
    }

    public async Task<RowOutcome> Update(Tx tx, long id, ImportedPerson record)
    {
        var before = loaded[id];
        if (before.IsDeleted) return context.LeftDeleted(record.Basics.Line);
        var after = await PersonService.Update(tx, context.Caller, before, await Patch(tx, record, before));
        loaded[id] = after;
        return ReferenceEquals(after, before) ? RowOutcome.Unchanged : RowOutcome.Updated;
    }

    private async Task<PersonPatch> Patch(Tx tx, ImportedPerson record, Person? before)
    {
        var (basics, line) = (record.Basics, record.Basics.Line);
        var owner = await context.Names.User(tx, basics.Owner, line);
        var org = await context.Names.Organization(tx, record.Organization, line);

        var patch = new PersonPatch
        {
            Name = record.Name,
            Custom = ImportContext.Custom("person", await tx.CatalogFor(context.Caller), basics.Custom),
        };
        if (owner is not null) patch = patch with { OwnerId = owner };
        if (org is not null) patch = patch with { OrgId = org };
        if (record.Email is { } email) patch = patch with { Emails = With(before?.Emails ?? [], email) };
        if (record.Phone is { } phone) patch = patch with { Phones = With(before?.Phones ?? [], phone) };
        if (record.JobTitle is { } title) patch = patch with { JobTitle = title };
        if (basics.Description is { } notes) patch = patch with { Notes = notes };
        if (basics.Tags.Count > 0) patch = patch with { Tags = (Seq<string>)[.. basics.Tags] };
        return patch;
    }

    /// <summary>What the file knows is one of the ways to reach someone, not all of them.</summary>
    private static Seq<ContactPoint> With(Seq<ContactPoint> points, string value) =>
        points.Any(point => Folding.Fold(point.Value) == Folding.Fold(value))
        ? points : [.. points, new ContactPoint(value, Primary: points.Count == 0)];
}
