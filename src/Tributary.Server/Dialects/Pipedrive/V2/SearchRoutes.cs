using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Leads;
using Tributary.Core.Lists;
using Tributary.Core.Search;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>Searches of one kind of record, and of all kinds at once; reference §11. That of deals is <see cref="DealSearch"/>.</summary>
internal static class SearchRoutes
{
    private const int MostRelated = 100;

    private static readonly SearchAsk Persons = new(("custom_fields", "custom"), ("email", "email"), ("notes", "notes"), ("phone", "phone"), ("name", "name"));
    private static readonly SearchAsk Organizations = new(("address", "address"), ("custom_fields", "custom"), ("notes", "notes"), ("name", "name"));
    private static readonly SearchAsk Products = new(("code", "code"), ("custom_fields", "custom"), ("name", "name"));
    private static readonly SearchAsk Leads = new(("custom_fields", "custom"), ("notes", "notes"), ("title", "title"));

    private static readonly SearchAsk Items = new(("address", "address"), ("code", "code"), ("custom_fields", "custom"), ("email", "email"), ("name", "name"), ("notes", "notes"), ("phone", "phone"), ("title", "title"),
        ("description", "description"));

    private static readonly Member<long> PersonId = Members.Id("person_id", "Only those of the person.");
    private static readonly Member<long> OrganizationId = Members.Id("organization_id", "Only those of the organization.");
    private static readonly Member<Seq<string>> ItemTypes = Members.List("item_types", "Kinds to look for, comma-separated; all when left out.",
        Members.Word("", "", [.. new[] { "deal", "person", "organization", "product", "lead", "file", "mail_attachment", "project" }.Select(word => (word, word))]), 8);
    private static readonly Member<bool> WithRelated = Members.Flag("search_for_related_items", "true also shows the newest deals, leads and persons of the persons and organizations found.");

    private static readonly Member<Seq<string>> PersonIncludes = Includes("person.picture");
    private static readonly Member<Seq<string>> ProductIncludes = Includes("product.price");
    private static readonly Member<Seq<string>> LeadIncludes = Includes("lead.was_seen");
    private static readonly Member<Seq<string>> ItemIncludes = Includes("deal.cc_email", "person.picture", "product.price");

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/persons/search", "searchPersons", call => Search(call, Persons, PersonIncludes, "person"))
        {
            Tag = "Persons", Summary = "Search persons", Cost = 20, Parameters = [.. Persons.Parameters, OrganizationId, PersonIncludes], Answer = new FoundPage("PersonSearchReply", FoundRecords.Person),
        },
        new("GET", "/organizations/search", "searchOrganization", call => Search(call, Organizations, null, "organization"))
        {
            Tag = "Organizations", Summary = "Search organizations", Cost = 20, Parameters = Organizations.Parameters, Answer = new FoundPage("OrganizationSearchReply", FoundRecords.Organization),
        },
        new("GET", "/products/search", "searchProducts", call => Search(call, Products, ProductIncludes, "product"))
        {
            Tag = "Products", Summary = "Search products", Cost = 20, Parameters = [.. Products.Parameters, ProductIncludes], Answer = new FoundPage("ProductSearchReply", FoundRecords.Product),
        },
        new("GET", "/leads/search", "searchLeads", call => Search(call, Leads, LeadIncludes, "lead"))
        {
            Tag = "Leads", Summary = "Search leads", Cost = 20, Parameters = [.. Leads.Parameters, PersonId, OrganizationId, LeadIncludes], Answer = new FoundPage("LeadSearchReply", FoundRecords.Lead),
        },
        new("GET", "/itemSearch", "searchItem", SearchItems)
        {
            Tag = "ItemSearch", Summary = "Perform a search from multiple item types", Cost = 20, Parameters = [.. Items.Parameters, ItemTypes, WithRelated, ItemIncludes],
            Answer = new FoundPage("ItemSearchReply", DealSearch.Item, FoundRecords.Person, FoundRecords.Organization, FoundRecords.Product, FoundRecords.Lead),
            CoverageNote = "Of files, mail attachments and projects nothing is found.",
        },
    ];

    private static async Task<Reply> Search(Call call, SearchAsk ask, Member<Seq<string>>? includes, string subject)
    {
        call.Caller.MustRead(subject + "s");
        var query = ask.Read(call) with { Subjects = [subject], PersonId = Asked(PersonId), OrgId = Asked(OrganizationId) };
        var included = includes is null ? [] : call.Query(includes, []);
        call.Checked();
        var page = await call.Service<SearchService>().Search(call.Caller, query, call.Ct);
        return FoundPage.Reply(await FoundRecords.Show(call, page.Items, included.ToHashSet()), json => Paging.WriteNext(json, page.NextCursor));

        long? Asked(Member<long> member) => call.Operation.Parameters.Contains(member) && call.Query(member) is { IsSet: true, Value: var id } ? id : null;
    }

    private static async Task<Reply> SearchItems(Call call)
    {
        var types = call.Query(ItemTypes, []);
        var withRelated = call.Query(WithRelated, false);
        var included = call.Query(ItemIncludes, []).ToHashSet();
        var query = Items.Read(call);
        call.Checked();
        Seq<string> known = [.. types.Where(SearchQuery.Searchable.Contains)];
        // Kinds that the credential may not read are not found; when only such kinds, or none that are kept, are asked for, nothing is.
        known = [.. (types.Count == 0 ? SearchQuery.Searchable : known).Where(subject => call.Caller.MayRead(subject + "s"))];
        if (known.Count == 0) return FoundPage.Reply([], json => Paging.WriteNext(json, null), []);

        var page = await call.Service<SearchService>().Search(call.Caller, query with { Subjects = known }, call.Ct);
        var related = withRelated ? await Related(call, page.Items) : [];
        return FoundPage.Reply(await FoundRecords.Show(call, page.Items, included), json => Paging.WriteNext(json, page.NextCursor), await FoundRecords.Show(call, related, included));
    }

    /// <summary>"Up to 100 newest related leads and 100 newest related deals for each found person and organization and up to 100 newest related persons for each found organization"; ours are 100 of each in all.</summary>
    private static async Task<IReadOnlyList<SearchHit>> Related(Call call, IReadOnlyList<SearchHit> hits)
    {
        var (persons, organizations) = (Ids("person"), Ids("organization"));
        var theirs = new List<Condition>();
        if (persons.Length > 0) theirs.Add(Condition.Test("person_id", Operator.In, persons));
        if (organizations.Length > 0) theirs.Add(Condition.Test("org_id", Operator.In, organizations));
        if (theirs.Count == 0) return [];

        var query = new ListQuery { Condition = Condition.AnyOf([.. theirs]), Sort = [new("id", Descending: true)], Limit = MostRelated };
        var found = new List<SearchHit>();
        if (call.Caller.MayRead("deals")) found.AddRange((await call.Service<DealService>().List(call.Caller, query, call.Ct)).Items.Select(deal => Hit("deal", deal.Id)));
        if (call.Caller.MayRead("leads")) found.AddRange((await call.Service<LeadService>().List(call.Caller, query, call.Ct)).Items.Select(lead => Hit("lead", lead.Id)));
        if (organizations.Length > 0 && call.Caller.MayRead("persons"))
        {
            var people = await call.Service<PersonService>().List(call.Caller, query with { Condition = Condition.Test("org_id", Operator.In, organizations) }, call.Ct);
            found.AddRange(people.Items.Select(person => Hit("person", person.Id)));
        }
        var already = hits.Select(hit => (hit.Subject, hit.Id)).ToHashSet();
        return [.. found.Where(hit => !already.Contains((hit.Subject, hit.Id)))];

        Operand[] Ids(string subject) => [.. hits.Where(hit => hit.Subject == subject).Select(hit => (Operand)hit.Id)];

        static SearchHit Hit(string subject, long id) => new(subject, id, 0, []);
    }

    private static Member<Seq<string>> Includes(params string[] names) => Members.List("include_fields", "Members to show beside the others, comma-separated.", Members.Word("", "", [.. names.Select(name => (name, name))]), names.Length);
}
