using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Search;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Search;

/// <summary>Finds records of all kinds by what is written in them.</summary>
internal static class SearchRoutes
{
    private static readonly Member<string> Term =
        Members.Text("term", "Occurs in any searchable value, without regard to case and accents.", 500).Required();
    private static readonly Member<Seq<string>> Subjects =
        Members.List("subjects", "deal, person, organization, product, lead; all when left out.", Members.Text("", "", 40));
    private static readonly Member<Seq<string>> Fields =
        Members.List("fields",
            "Where to look: title, number, description, notes, custom, name, email, phone, address, code; everywhere when left out.",
            Members.Text("", "", 40));
    private static readonly Member<bool> Exact = Members.Flag("exact", "The whole value must be the term.");
    private static readonly Member<long> PersonId = Members.Id("person_id", "Deals and leads of this person.");
    private static readonly Member<long> OrgId = Members.Id("org_id", "Deals, leads and persons of this organization.");
    private static readonly Member<DealStatus> Status = Members.Word("status", "Deals of this status.", Words.Statuses);

    private static readonly Wire<SearchMatch> Match = new Wire<SearchMatch>("SearchMatch", "A value in which the term was found.")
        .Text("field", m => m.Field, nullable: false)
        .Whole("source_id", m => m.SourceId, "The note, or the definition of a custom field; 0 otherwise.");

    private static readonly Wire<SearchHit> Hit = new Wire<SearchHit>("SearchHit", "A record that was found, and where.")
        .Text("subject", h => h.Subject, nullable: false)
        .Whole("id", h => h.Id)
        .Number("score", h => h.Score, "Higher for better matches.")
        .Objects("matches", h => h.Matches, Match);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/search", "search", Search)
        {
            Tag = "Search", Summary = "Find records, best matches first",
            Parameters = [Term, Subjects, Fields, Exact, PersonId, OrgId, Status, ListMembers.Limit, ListMembers.Cursor],
            Answer = new PagesOf("SearchHits", Hit),
        },
    ];

    private static async Task<Reply> Search(Call call)
    {
        var query = new SearchQuery
        {
            Term = call.Query(Term, ""),
            Subjects = call.Query(Subjects, []),
            Fields = call.Query(Fields, []),
            Exact = call.Query(Exact, false),
            PersonId = call.Query(PersonId) is { IsSet: true, Value: var person } ? person : null,
            OrgId = call.Query(OrgId) is { IsSet: true, Value: var org } ? org : null,
            Status = call.Query(Status) is { IsSet: true, Value: var status } ? status : null,
            Limit = (int)call.Query(ListMembers.Limit, ListMembers.DefaultLimit),
            Cursor = call.Query(ListMembers.Cursor, null!),
        };
        call.Checked();
        return ListMembers.Reply(Hit, await call.Service<SearchService>().Search(call.Caller, query, call.Ct), null);
    }
}
