using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Leads;
using Tributary.Core.Lists;
using Tributary.Core.Search;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>A search of one kind of record: what it takes, and what it shows. v1 and v2 differ in paging only.</summary>
internal sealed record SearchKind(string Subject, SearchAsk Ask, Member<Seq<string>>? Includes, ISchema Item,
    params Member<long>[] Narrowing)
{
    public IReadOnlyList<Member> Own => [.. Narrowing, .. Includes is null ? Array.Empty<Member>() : [Includes]];

    /// <summary>Adds what is asked of this kind only, and the members to show beside the others.</summary>
    public (SearchQuery Query, HashSet<string> Included) Read(Call call, SearchQuery query)
    {
        query = query with { Subjects = [Subject], PersonId = Asked("person_id"), OrgId = Asked("organization_id") };
        return (query, Includes is null ? [] : [.. call.Query(Includes, [])]);

        long? Asked(string name) =>
            Narrowing.FirstOrDefault(member => member.Name == name) is { } member && call.Query(member)
            is { IsSet: true, Value: var id } ? id : null;
    }
}

/// <summary>What itemSearch asks: the query, none when no kind that is left can be found; and what to show with what is.</summary>
internal sealed record ItemsAsked(SearchQuery? Query, HashSet<string> Included, bool WithRelated);

/// <summary>Searches of one kind of record, and of all kinds at once; reference §11. That of deals is <see cref="DealSearch"/>.</summary>
internal static class SearchRoutes
{
    private const int MostRelated = 100;

    public static readonly SearchAsk Items =
        new(("address", "address"), ("code", "code"), ("custom_fields", "custom"), ("email", "email"), ("name", "name"), ("notes", "notes"),
            ("phone", "phone"), ("title", "title"),
        ("description", "description"));

    private static readonly Member<long> PersonId = Members.Id("person_id", "Only those of the person.");
    private static readonly Member<long> OrganizationId = Members.Id("organization_id", "Only those of the organization.");
    private static readonly Member<Seq<string>> ItemTypes =
        Members.List("item_types", "Kinds to look for, comma-separated; all when left out.",
        Members.Word("", "",
            [.. new[] { "deal", "person", "organization", "product", "lead", "file", "mail_attachment",
                "project" }.Select(word => (word, word))]), 8);
    private static readonly Member<bool> WithRelated =
        Members.Flag("search_for_related_items",
            "true also shows the newest deals, leads and persons of the persons and organizations found.");

    private static readonly Member<Seq<string>> ItemIncludes = Includes("deal.cc_email", "person.picture", "product.price");

    public static readonly SearchKind Persons =
        new("person", new(("custom_fields", "custom"), ("email", "email"), ("notes", "notes"), ("phone", "phone"), ("name", "name")),
            Includes("person.picture"), FoundRecords.Person, OrganizationId);
    public static readonly SearchKind Organizations =
        new("organization", new(("address", "address"), ("custom_fields", "custom"), ("notes", "notes"), ("name", "name")), null,
            FoundRecords.Organization);
    public static readonly SearchKind Products =
        new("product", new(("code", "code"), ("custom_fields", "custom"), ("name", "name")), Includes("product.price"),
            FoundRecords.Product);
    public static readonly SearchKind Leads =
        new("lead", new(("custom_fields", "custom"), ("notes", "notes"), ("title", "title")), Includes("lead.was_seen"), FoundRecords.Lead,
            PersonId, OrganizationId);

    /// <summary>What only itemSearch takes, and the shapes of what it finds.</summary>
    public static readonly IReadOnlyList<Member> ItemParameters = [ItemTypes, WithRelated, ItemIncludes];
    public static readonly ISchema[] ItemShapes =
        [DealSearch.Item, FoundRecords.Person, FoundRecords.Organization, FoundRecords.Product, FoundRecords.Lead];

    public static readonly IReadOnlyList<Operation> All =
    [
        Of("/persons/search", "searchPersons", "Persons", Persons),
        Of("/organizations/search", "searchOrganization", "Organizations", Organizations),
        Of("/products/search", "searchProducts", "Products", Products), Of("/leads/search", "searchLeads", "Leads", Leads),
        new("GET", "/itemSearch", "searchItem", SearchItems)
        {
            Tag = "ItemSearch", Summary = "Perform a search from multiple item types", Cost = 20,
            Parameters = [.. Items.Parameters, .. ItemParameters], Answer = new FoundPage("ItemSearchReply", ItemShapes),
            CoverageNote = "Of files, mail attachments and projects nothing is found.",
        },
    ];

    public static ItemsAsked ReadItems(Call call, SearchQuery query)
    {
        var (types, withRelated, included) = (call.Query(ItemTypes, []), call.Query(WithRelated, false), call.Query(ItemIncludes, [])
            .ToHashSet());
        // Kinds that the credential may not read are not found; when only such kinds, or none that are kept, are asked for, nothing is.
        Seq<string> known = [.. (types.Count == 0 ? SearchQuery.Searchable : types.Where(SearchQuery.Searchable.Contains))
            .Where(subject => call.Caller.MayRead(subject + "s"))];
        return new(known.Count == 0 ? null : query with { Subjects = known }, included, withRelated);
    }

    /// <summary>What is shown beside the items found; nothing unless it is asked for.</summary>
    public static async Task<IReadOnlyList<Found>> Related(Call call, ItemsAsked asked, IReadOnlyList<SearchHit> hits) =>
        asked.WithRelated ? await FoundRecords.Show(call, await Related(call, hits), asked.Included) : [];

    private static Operation Of(string path, string id, string tag, SearchKind kind) => new("GET", path, id, call => Search(call, kind))
    {
        Tag = tag,
        Summary = $"Search {tag.ToLowerInvariant()}",
        Cost = 20,
        Parameters = [.. kind.Ask.Parameters, .. kind.Own],
        Answer = new FoundPage(Name(kind) + "SearchReply", kind.Item),
    };

    /// <summary>"Person".</summary>
    public static string Name(SearchKind kind) => char.ToUpperInvariant(kind.Subject[0]) + kind.Subject[1..];

    private static async Task<Reply> Search(Call call, SearchKind kind)
    {
        call.Caller.MustRead(kind.Subject + "s");
        var (query, included) = kind.Read(call, kind.Ask.Read(call));
        call.Checked();
        var page = await call.Service<SearchService>().Search(call.Caller, query, call.Ct);
        return FoundPage.Reply(await FoundRecords.Show(call, page.Items, included), json => Paging.WriteNext(json, page.NextCursor));
    }

    private static async Task<Reply> SearchItems(Call call)
    {
        var asked = ReadItems(call, Items.Read(call));
        call.Checked();
        if (asked.Query is null) return FoundPage.Reply([], json => Paging.WriteNext(json, null), []);
        var page = await call.Service<SearchService>().Search(call.Caller, asked.Query, call.Ct);
        return FoundPage.Reply(await FoundRecords.Show(call, page.Items, asked.Included), json => Paging.WriteNext(json, page.NextCursor),
            await Related(call, asked, page.Items));
    }

    /// <summary>
    /// "Up to 100 newest related leads and 100 newest related deals for each found person and organization and up to 100 newest related
    /// persons for each found organization"; ours are 100 of each in all.
    /// </summary>
    private static async Task<IReadOnlyList<SearchHit>> Related(Call call, IReadOnlyList<SearchHit> hits)
    {
        var (persons, organizations) = (Ids("person"), Ids("organization"));
        var theirs = new List<Condition>();
        if (persons.Length > 0) theirs.Add(Condition.Test("person_id", Operator.In, persons));
        if (organizations.Length > 0) theirs.Add(Condition.Test("org_id", Operator.In, organizations));
        if (theirs.Count == 0) return [];

        var query = new ListQuery { Condition = Condition.AnyOf([.. theirs]), Sort = [new("id", Descending: true)], Limit = MostRelated };
        var found = new List<SearchHit>();
        if (call.Caller.MayRead("deals"))
        {
            found.AddRange(
                (await call.Service<DealService>().List(call.Caller, query, call.Ct)).Items.Select(deal => Hit("deal", deal.Id)));
        }
        if (call.Caller.MayRead("leads"))
        {
            found.AddRange(
                (await call.Service<LeadService>().List(call.Caller, query, call.Ct)).Items.Select(lead => Hit("lead", lead.Id)));
        }
        if (organizations.Length > 0 && call.Caller.MayRead("persons"))
        {
            var people = await call.Service<PersonService>()
                .List(call.Caller, query with { Condition = Condition.Test("org_id", Operator.In, organizations) }, call.Ct);
            found.AddRange(people.Items.Select(person => Hit("person", person.Id)));
        }
        var already = hits.Select(hit => (hit.Subject, hit.Id)).ToHashSet();
        return [.. found.Where(hit => !already.Contains((hit.Subject, hit.Id)))];

        Operand[] Ids(string subject) => [.. hits.Where(hit => hit.Subject == subject).Select(hit => (Operand)hit.Id)];

        static SearchHit Hit(string subject, long id) => new(subject, id, 0, []);
    }

    private static Member<Seq<string>> Includes(params string[] names) =>
        Members.List("include_fields", "Members to show beside the others, comma-separated.",
            Members.Word("", "", [.. names.Select(name => (name, name))]), names.Length);
}
