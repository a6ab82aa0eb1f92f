using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Notes;
using Tributary.Core.Search;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>A deal that was found, with what is shown around it.</summary>
internal sealed record FoundDeal(SearchHit Hit, Deal Deal, WorkspaceCatalog Catalog)
{
    public Person? Person { get; init; }
    public Organization? Organization { get; init; }
    public IReadOnlyList<string> Notes { get; init; } = [];
    public IReadOnlyList<string> CustomTexts { get; init; } = [];
    public bool HasCcEmail { get; init; }
}

/// <summary>"Search deals": {"items":[{"result_score","item"}]}, best first.</summary>
internal static class DealSearch
{
    public static readonly SearchAsk Ask = new(("custom_fields", "custom"), ("notes", "notes"), ("title", "title"));
    private static readonly Member<long> PersonId = Members.Id("person_id", "Only deals of the person.");
    private static readonly Member<long> OrganizationId = Members.Id("organization_id", "Only deals of the organization.");
    private static readonly Member<DealStatus> Status = Members.Word("status", "Only deals of the status.", Spell.Statuses);
    private static readonly Member<Seq<string>> IncludeFields =
        Members.List("include_fields", "Members to show beside the others.", Members.Word("", "", ("deal.cc_email", "deal.cc_email")), 1);

    private static readonly Wire<User> OwnerWire = new Wire<User>(null).Whole("id", u => u.Id);
    private static readonly Wire<Deal> PipelineWire = new Wire<Deal>(null).Whole("id", d => d.PipelineId);
    private static readonly Wire<FoundDeal> StageWire =
        new Wire<FoundDeal>(null).Whole("id", f => f.Deal.StageId).Text("name", f => f.Catalog.Stage(f.Deal.StageId)?.Name);
    private static readonly Wire<Person> PersonWire =
        new Wire<Person>(null).Whole("id", p => p.Id).Text("name", p => p.Name, nullable: false);
    private static readonly Wire<Organization> OrganizationWire = new Wire<Organization>(null).Whole("id", o => o.Id)
        .Text("name", o => o.Name, nullable: false).Text("address", o => o.Address?.Value);

    public static readonly Wire<FoundDeal> Item = new Wire<FoundDeal>("FoundDeal")
        .Whole("id", f => f.Deal.Id)
        .Text("type", _ => "deal", nullable: false)
        .Text("title", f => f.Deal.Title, nullable: false)
        .Number("value", f => f.Deal.Value ?? 0)
        .Text("currency", f => f.Deal.Currency, nullable: false)
        .Text("status", f => Spell.Status(f.Deal), nullable: false)
        .Whole("visible_to", f => f.Deal.VisibleTo)
        .Object("owner", f => f.Catalog.User(f.Deal.OwnerId) is { } user ? new User(user.Id) : null, OwnerWire)
        .Object("stage", f => f, StageWire)
        .Object("pipeline", f => f.Deal, PipelineWire)
        .Object("person", f => f.Person, PersonWire)
        .Object("organization", f => f.Organization, OrganizationWire)
        .Texts("custom_fields", f => f.CustomTexts, "Values in which the term was found.")
        .Texts("notes", f => f.Notes, "Notes in which the term was found.")
        .Flag("is_archived", f => f.Deal.IsArchived)
        .Text("cc_email", f => Spell.SmartBcc(f.Catalog, "deal", f.Deal.Id), "Only when include_fields names it.", when: f => f.HasCcEmail);

    /// <summary>What only searches of deals take.</summary>
    public static readonly IReadOnlyList<Member> Parameters = [PersonId, OrganizationId, Status, IncludeFields];

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/deals/search", "searchDeals", Search)
        {
            Tag = "Deals", Summary = "Search deals", Cost = 20,
            Parameters = [.. Ask.Parameters, .. Parameters],
            Answer = new FoundPage("DealSearchReply", Item),
            CoverageNote = "Archived deals are found too. Scores order as the vendor's do; their figures are ours.",
        },
    ];

    private static async Task<Reply> Search(Call call)
    {
        call.Caller.MustRead("deals");
        var (query, hasCcEmail) = Read(call, Ask.Read(call));
        call.Checked();
        var page = await call.Service<SearchService>().Search(call.Caller, query, call.Ct);
        return FoundPage.Reply(await Found(call, page.Items, hasCcEmail), json => Paging.WriteNext(json, page.NextCursor));
    }

    /// <summary>Adds what is asked of deals only, and whether cc_email is to be shown; v1 asks the same.</summary>
    public static (SearchQuery Query, bool HasCcEmail) Read(Call call, SearchQuery query) => (query with
    {
        Subjects = ["deal"],
        PersonId = call.Query(PersonId) is { IsSet: true, Value: var person } ? person : null,
        OrgId = call.Query(OrganizationId) is { IsSet: true, Value: var organization } ? organization : null,
        Status = call.Query(Status) is { IsSet: true, Value: var status } ? status : null,
    }, call.Query(IncludeFields, []).Count > 0);

    public static async Task<IReadOnlyList<Found>> Found(Call call, IReadOnlyList<SearchHit> hits, bool hasCcEmail) =>
        [.. (await Show(call, hits, hasCcEmail)).Select(deal => new Found(deal.Hit.Score, json => Item.Write(json, deal)))];

    /// <summary>The hits with their deals, names and notes: a fixed number of statements.</summary>
    public static async Task<IReadOnlyList<FoundDeal>> Show(Call call, IReadOnlyList<SearchHit> hits, bool hasCcEmail)
    {
        if (hits.Count == 0) return [];
        var around = Permissions.AroundDeals(call.Caller);
        var deals = (await call.Service<DealService>().FindMany(call.Caller, [.. hits.Select(hit => hit.Id)], call.Ct))
            .ToDictionary(deal => deal.Id);
        var people = await call.Service<DealService>().Related(around, (IReadOnlyList<Deal>)[.. deals.Values], DealParts.Names, call.Ct);
        var noteIds = hits.SelectMany(hit => hit.Matches).Where(match => match.Field == "notes").Select(match => match.SourceId).Distinct()
            .ToList();
        var notes = (await call.Service<NoteService>().FindMany(around, noteIds, call.Ct)).ToDictionary(note => note.Id);
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        return [.. hits.Where(hit => deals.ContainsKey(hit.Id)).Select(View)];

        FoundDeal View(SearchHit hit)
        {
            var deal = deals[hit.Id];
            return new(hit, deal, catalog)
            {
                Person = people.Persons.GetValueOrDefault(deal.PersonId ?? 0),
                Organization = people.Organizations.GetValueOrDefault(deal.OrgId ?? 0),
                Notes = [.. Sources("notes").Where(notes.ContainsKey).Select(id => notes[id].Content)],
                CustomTexts = [.. Sources("custom").Select(id => FoundRecords.CustomText(catalog, "deal", id, deal.Custom))
                    .OfType<string>()],
                HasCcEmail = hasCcEmail,
            };

            IEnumerable<long> Sources(string field) => hit.Matches.Where(match => match.Field == field).Select(match => match.SourceId);
        }
    }

    private sealed record User(long Id);
}
