using Tributary.Core.Activities;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Labels;
using Tributary.Core.Leads;
using Tributary.Core.Lists;
using Tributary.Core.Notes;
using Tributary.Core.Pipelines;
using Tributary.Core.Products;
using Tributary.Core.Users;
using Tributary.Server.Seeding;

namespace Tributary.Server.Sandbox.Files;

/// <summary>
/// What a workspace holds now, as the file that would fill another one alike. Filling with it and asking again gives the same file. Deleted
/// records are left out, and what the file has no word for (docs/sandbox.md).
/// </summary>
internal sealed partial class SeedExport
{
    private readonly string baseCurrency;
    private readonly IReadOnlyDictionary<long, string> owners;
    private readonly IReadOnlyList<Label> labels;
    private readonly IReadOnlyList<FieldDefinition> fields;
    private readonly IReadOnlyDictionary<long, string> tags;
    private readonly ILookup<string, Activity> activities;
    private readonly ILookup<string, Note> notes;
    private readonly People people;
    private readonly Names names;

    /// <summary>What the records of each kind are called in the file.</summary>
    private sealed record Names(SeedNames Pipelines, SeedNames Stages, SeedNames Labels, SeedNames Fields, SeedNames Organizations,
        SeedNames Persons, SeedNames Products, IReadOnlyDictionary<string, string> ActivityTypes);

    private SeedExport(string baseCurrency, IReadOnlyDictionary<long, string> owners, IReadOnlyList<Label> labels,
        IReadOnlyList<FieldDefinition> fields, IReadOnlyDictionary<long, string> tags, ILookup<string, Activity> activities,
        ILookup<string, Note> notes, People people, Names names)
    {
        this.baseCurrency = baseCurrency;
        this.owners = owners;
        this.labels = labels;
        this.fields = fields;
        this.tags = tags;
        this.activities = activities;
        this.notes = notes;
        this.people = people;
        this.names = names;
    }

    /// <param name="caller">Sees everything in the workspace.</param>
    /// <param name="plain">Of an address of this workspace, the one to write: those of a second workspace are marked.</param>
    public static async Task<SeedFile> Of(Verbs verbs, Caller caller, Func<string, string> plain, CancellationToken ct)
    {
        var today = verbs.Db.Today();
        var workspace = await verbs.Workspaces.Get(caller, ct);
        var users = (await verbs.Users.List(caller, ct)).OrderBy(user => user.Id).ToList();
        var owners = users.Index().ToDictionary(one => one.Item.Id,
            one => one.Index < SeedFileReader.Usual.Length ? SeedFileReader.Usual[one.Index] : plain(one.Item.Email));
        var pipelines = (await verbs.Pipelines.List(caller, ct)).OrderBy(one => !one.IsDefault).ThenBy(one => one.Position).ToList();
        var stages = (await verbs.Pipelines.ListStages(caller, null, ct)).OrderBy(one => one.Position).ToList();
        var labels = (await verbs.Labels.List(caller, null, ct)).OrderBy(one => one.Subject, StringComparer.Ordinal)
            .ThenBy(one => one.Position).ThenBy(one => one.Id).ToList();
        var fields = (await verbs.Fields.List(caller, ct)).Where(field => field.DeletedAt is null && field.Subject != "activity")
            .OrderBy(field => field.Id).ToList();
        var types = (await verbs.ActivityTypes.All(caller, ct)).OrderBy(type => type.Id).ToList();
        var own = types.Where(type => type.IsCustom).ToList();
        var ownNames = new SeedNames(own.Select(type => (type.Id, type.Name)), types.Select(type => type.Key));
        var organizations = await All(query => verbs.Organizations.List(caller, query, ct), Scope.Live);
        var persons = await All(query => verbs.Persons.List(caller, query, ct), Scope.Live);
        var products = await All(query => verbs.Products.List(caller, query, ct), Scope.Live);
        var leads = await All(query => verbs.Leads.List(caller, query, ct), Scope.Live);
        var deals = (await All(query => verbs.Deals.List(caller, query, ct), Scope.Kept))
            .OrderBy(deal => Within(deal.AddedAt, first, today)).ThenBy(deal => deal.Id).ToList();
        var names = new Names(
            new(pipelines.Select(one => (one.Id, one.Name))),
            Within(stages, stage => stage.PipelineId, stage => (stage.Id, stage.Name)),
            Within(labels, label => label.Subject, label => (label.Id, label.Name)),
            Within(fields, field => field.Subject, field => (field.Id, field.Name)),
            new(organizations.Select(one => (one.Id, one.Name))),
            new(persons.Select(one => (one.Id, one.Name))),
            new(products.Select(one => (one.Id, one.Name))),
            types.ToDictionary(type => type.Key, type => ownNames.Find(type.Id) ?? type.Key));

        var places = new Places(deals, leads, persons, organizations);
        var export = new SeedExport(workspace.BaseCurrency, owners, labels, fields,
            (await verbs.Tags.List(caller, ct)).ToDictionary(tag => tag.Id, tag => tag.Name),
            (await All(query => verbs.Activities.List(caller, query, ct), Scope.Live)).ToLookup(one =>
                places.Of(one.DealId, one.LeadId, one.PersonId, one.OrgId)),
            (await All(query => verbs.Notes.List(caller, query, ct), Scope.Live)).ToLookup(one =>
                places.Of(one.DealId, one.LeadId, one.PersonId, one.OrgId)),
            await People.Around(verbs, caller, deals, new Dictionary<string, IReadOnlyList<long>>
            {
                ["organization"] = [.. organizations.Select(one => one.Id)],
                ["person"] = [.. persons.Select(one => one.Id)],
                ["product"] = [.. products.Select(one => one.Id)],
            }, ct),
            names);
        var productById = products.ToDictionary(product => product.Id);
        var sold = await Sold(verbs, caller, [.. deals.Where(deal => deal.Facts.Products > 0).Select(deal => deal.Id)], ct);
        return new()
        {
            At = SeedPlace.Nowhere,
            Today = today,
            Currency = workspace.BaseCurrency,
            Rates = [.. (await verbs.Currencies.List(caller, null, ct)).OrderBy(one => one.Code, StringComparer.Ordinal)
                .Where(one => one.Rate is not null && one.Code != workspace.BaseCurrency)
                .Select(one => new SeedRate(SeedPlace.Nowhere, one.Code, one.Rate!.Value))],
            Users = [.. users.Skip(SeedFileReader.Usual.Length)
                .Select(user => new SeedUser(SeedPlace.Nowhere, user.Name, plain(user.Email), user.Role))],
            Pipelines = [.. pipelines.Select(one => export.Pipeline(one, [.. stages.Where(stage => stage.PipelineId == one.Id)]))],
            Labels = [.. labels.Select(one => new SeedLabel(SeedPlace.Nowhere, names.Labels[one.Id], one.Subject, one.Color))],
            Fields = [.. fields.Select(export.Field)],
            LostReasons = [.. (await verbs.LostReasons.List(caller, ct)).OrderBy(one => one.Position)
                .Select(one => new SeedLostReason(SeedPlace.Nowhere, one.Name, one.Category))],
            ActivityTypes = [.. own.Select(one => new SeedActivityType(SeedPlace.Nowhere, ownNames[one.Id], one.Icon))],
            Organizations = [.. organizations.Select(export.Organization)],
            Persons = [.. persons.Select(export.Person)],
            Products = [.. products.Select(export.Product)],
            Leads = [.. leads.Select(export.Lead)],
            Deals = [.. deals.Select(deal => export.Deal(deal, sold.GetValueOrDefault(deal.Id), productById, today))],
            Activities = [.. export.activities[Places.None].Select(one => export.Activity(one, null))],
        };
    }

    private static async Task<IReadOnlyList<T>> All<T>(Func<ListQuery, Task<Page<T>>> list, Scope scope)
    {
        var all = new List<T>();
        for (string? cursor = null; ;)
        {
            var page = await list(new() { Scope = scope, Sort = [new("id")], Limit = ListQuery.MaxLimit, Cursor = cursor });
            all.AddRange(page.Items);
            if ((cursor = page.NextCursor) is null) return all;
        }
    }

    // Imported deals may be older than the sandbox, and none of a file can be.
    private static readonly DateOnly first = DateOnly.FromDateTime(SandboxWorkspace.Founded.UtcDateTime);

    private static DateOnly Within(DateTimeOffset at, DateOnly from, DateOnly to)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        return day < from ? from : day > to ? to : day;
    }

    /// <summary>Names that are unique among the records of one subject.</summary>
    private static SeedNames Within<T, TKey>(IEnumerable<T> records, Func<T, TKey> of, Func<T, (long, string)> named) =>
        SeedNames.Joined(records.GroupBy(of).Select(group => new SeedNames(group.Select(named))));

    /// <summary>The one record of the file that an activity or a note stands under.</summary>
    private sealed class Places(IEnumerable<Deal> deals, IEnumerable<Lead> leads, IEnumerable<Person> persons,
        IEnumerable<Organization> organizations)
    {
        public const string None = "";

        private readonly HashSet<string> known =
        [
            .. deals.Select(one => $"deal {one.Id}"), .. leads.Select(one => $"lead {one.Id}"),
            .. persons.Select(one => $"person {one.Id}"), .. organizations.Select(one => $"organization {one.Id}"),
        ];

        public string Of(long? deal, long? lead, long? person, long? organization) =>
            new[] { $"deal {deal}", $"lead {lead}", $"person {person}", $"organization {organization}" }
                .FirstOrDefault(known.Contains) ?? None;
    }
}
