using Tributary.Core.Activities;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Notes;
using Tributary.Core.Products;
using Tributary.Core.Storage;

namespace Tributary.Core.Import;

/// <summary>How records of one kind are found, made and changed by a copy.</summary>
/// <param name="Subject">Its word in the log and among external ids.</param>
/// <param name="Ids">The sequence of its ids.</param>
internal sealed record CopyNoun<TRecord, TPatch>(string Subject, string Ids) where TRecord : class
{
    public required Func<Tx, IReadOnlyCollection<long>, Task<IReadOnlyList<TRecord>>> Load { get; init; }

    /// <summary>Ids that another record has, of whatever kind shares them.</summary>
    public Func<Tx, IReadOnlyCollection<long>, Task<IEnumerable<long>>>? AlsoTaken { get; init; }
    public required Func<TRecord, (long Id, bool IsDeleted)> Of { get; init; }
    public required Func<TPatch, long, TPatch> WithId { get; init; }
    public required Func<Tx, Caller, TPatch, Task<TRecord>> Create { get; init; }

    /// <summary>Answers the record itself when nothing differs.</summary>
    public required Func<Tx, Caller, TRecord, TPatch, Task<TRecord>> Update { get; init; }
}

/// <summary>The kinds of records that are copied.</summary>
internal static class CopyNouns
{
    public static readonly CopyNoun<Organization, OrganizationPatch> Organizations = new("organization", "contact_ids")
    {
        Load = OrganizationStore.FindMany,
        AlsoTaken = async (tx, ids) => (await PersonStore.FindMany(tx, ids)).Select(person => person.Id),
        Of = organization => (organization.Id, organization.IsDeleted),
        WithId = (patch, id) => patch with { Id = id },
        Create = OrganizationService.Create,
        Update = OrganizationService.Update,
    };

    public static readonly CopyNoun<Person, PersonPatch> Persons = new("person", "contact_ids")
    {
        Load = PersonStore.FindMany,
        AlsoTaken = async (tx, ids) => (await OrganizationStore.FindMany(tx, ids)).Select(organization => organization.Id),
        Of = person => (person.Id, person.IsDeleted),
        WithId = (patch, id) => patch with { Id = id },
        Create = PersonService.Create,
        Update = PersonService.Update,
    };

    public static readonly CopyNoun<Product, ProductPatch> Products = new("product", "product_ids")
    {
        Load = ProductStore.FindMany,
        Of = product => (product.Id, product.IsDeleted),
        WithId = (patch, id) => patch with { Id = id },
        Create = ProductService.Create,
        Update = ProductService.Update,
    };

    public static readonly CopyNoun<Deal, DealPatch> Deals = new("deal", "deal_ids")
    {
        Load = DealStore.FindMany,
        Of = deal => (deal.Id, deal.IsDeleted),
        WithId = (patch, id) => patch with { Id = id },
        Create = DealService.Create,
        // The value of a deal with lines follows from them.
        Update = (tx, caller, before, patch) => DealService.Update(tx, caller, before,
            before.ProductsCount > 0 ? patch with { Value = default } : patch),
    };

    public static readonly CopyNoun<Activity, ActivityPatch> Activities = new("activity", "activity_ids")
    {
        Load = ActivityStore.FindMany,
        Of = activity => (activity.Id, activity.DeletedAt is not null),
        WithId = (patch, id) => patch with { Id = id },
        Create = ActivityService.Create,
        Update = ActivityService.Update,
    };

    public static readonly CopyNoun<Note, NotePatch> Notes = new("note", "note_ids")
    {
        Load = NoteStore.FindMany,
        Of = note => (note.Id, note.IsDeleted),
        WithId = (patch, id) => patch with { Id = id },
        Create = NoteService.Create,
        Update = NoteService.Update,
    };
}
