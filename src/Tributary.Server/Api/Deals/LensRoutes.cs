using System.Text.Json.Nodes;
using Tributary.Core.Deals;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Deals;

/// <summary>One deal as each dialect shows it, and what each cannot say of it.</summary>
internal static class LensRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The deal.").InPath();

    /// <summary>What there is to say of a deal: the members that our own API always shows.</summary>
    public static IReadOnlyList<string> Fields { get; } = [.. DealWire.Deal.MemberNames.Except(DealLists.Deals.Includes)];

    private static readonly Wire<Spelling> SpellingWire = new Wire<Spelling>("DealSpelling", "The deal as one dialect shows it.")
        .Text("dialect", s => s.Dialect, nullable: false)
        .Text("name", s => s.Lens.Name, nullable: false)
        .Text("path", s => s.Path, "Where a client of the dialect gets it.", nullable: false)
        .Whole("status", s => s.Status)
        .Json("answer", [], (json, s) =>
        {
            if (s.Answer is { } answer) answer.WriteTo(json);
            else json.WriteNullValue();
        }, "The body of the answer, as the dialect gives it.")
        .Json("says", new() { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" } }, (json, s) =>
        {
            json.WriteStartObject();
            foreach (var (field, members) in s.Lens.Says) json.WriteString(field, members);
            json.WriteEndObject();
        }, "Fields of our own API, and the members that tell them.")
        .Texts("cannot_say", s => [.. Fields.Except(s.Lens.Says.Select(one => one.Field))]);

    private static readonly Wire<Seen> Lens = new Wire<Seen>("DealLens", "One deal through every dialect.")
        .Whole("id", s => s.Deal.Id)
        .Uid("uid", s => s.Deal.Uid)
        .Whole("version", s => s.Deal.Version)
        .Objects("dialects", s => s.Spellings, SpellingWire);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/deals/{id}/lens", "getDealLens", Look)
        {
            Tag = "Deals", Summary = "See a deal as each dialect shows it, and what each cannot say", Parameters = [Id], Answer = Lens,
        },
    ];

    private static async Task<Reply> Look(Call call)
    {
        var id = call.Path(Id, "deal");
        call.Checked();
        var deal = await call.Service<DealService>().Get(call.Caller, id, call.Ct);
        var spellings = new List<Spelling>();
        foreach (var dialect in call.Http.RequestServices.GetServices<IDialect>())
        {
            foreach (var lens in dialect.Lenses)
            {
                var (path, status, answer) = await lens.Look(call, dialect, deal);
                spellings.Add(new(dialect.Name, lens, path, status, answer));
            }
        }
        return Reply.Json(Lens, new(deal, spellings), deal.Version);
    }

    private sealed record Spelling(string Dialect, DealLens Lens, string Path, int Status, JsonNode? Answer);

    private sealed record Seen(Deal Deal, IReadOnlyList<Spelling> Spellings);
}
