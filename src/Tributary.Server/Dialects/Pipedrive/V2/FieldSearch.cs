using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Leads;
using Tributary.Core.Lists;
using Tributary.Core.Products;
using Tributary.Core.Search;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>How a value must hold the term; upper and lower case count.</summary>
internal enum FieldMatch { Exact, Beginning, Middle }

/// <summary>What is looked for in which field of which kind of record.</summary>
internal sealed record FieldAsked(string Subject, string Field, string Term, FieldMatch Match)
{
    public bool IsHeldBy(string value) => Match switch
    {
        FieldMatch.Exact => value == Term,
        FieldMatch.Beginning => value.StartsWith(Term, StringComparison.Ordinal),
        FieldMatch.Middle => value.Contains(Term, StringComparison.Ordinal),
    };
}

/// <summary>A value that was found, and whose it is: a number, of leads a UUID.</summary>
internal sealed record FoundValue(object Id, string Value);

/// <summary>"Perform a search using a specific field from an item type": what the field holds, record by record; OpenAPI file.</summary>
internal static class FieldSearch
{
    private static readonly FieldType[] SearchedTypes =
        [FieldType.Address, FieldType.Varchar, FieldType.Text, FieldType.VarcharAuto, FieldType.Double, FieldType.Monetary,
            FieldType.Phone];

    /// <summary>Fields that every account has, by kind: their code, and the engine's name of it.</summary>
    private static readonly Dictionary<string, (string Code, string Field)[]> BuiltIn = new()
    {
        ["deal"] = [("title", "title")],
        ["lead"] = [("title", "title")],
        ["person"] = [("name", "name"), ("email", "email"), ("phone", "phone"), ("notes", "notes")],
        ["organization"] = [("name", "name"), ("address", "address")],
        ["product"] = [("name", "name"), ("code", "code"), ("description", "description")],
    };

    public static readonly (string, string)[] Entities = [.. BuiltIn.Keys.Append("project").Select(kind => (kind, kind))];

    public static readonly Member<string> Term = Members.Text("term", "At least 2 characters, or 1 of an exact match. Case counts.", 500)
        .Required();
    private static readonly Member<string> Entity = Members.Word("entity_type", "The kind of record to look in.", Entities).Required();
    private static readonly Member<FieldMatch> Match =
        Members.Word("match", "exact when left out: the whole value; else its beginning, or any part of it.",
        ("exact", FieldMatch.Exact), ("beginning", FieldMatch.Beginning), ("middle", FieldMatch.Middle));
    private static readonly Member<string> Field =
        Members.Text("field", "The code of the field, as dealFields and the like have it.", 100).Required();

    public static readonly Operation One = new("GET", "/itemSearch/field", "searchItemByField", Search)
    {
        Tag = "ItemSearch",
        Summary = "Perform a search using a specific field from an item type",
        Cost = 20,
        Parameters = [Term, Entity, Match, Field, .. Paging.Parameters],
        Answer = new FoundValues("FieldSearchReply"),
        CoverageNote = "Values and ids as the specification's example shows them, best match first. There are no projects.",
    };

    private static async Task<Reply> Search(Call call)
    {
        var asked = new FieldAsked(call.Query(Entity, ""), call.Query(Field, ""), call.Query(Term, ""),
            call.Query(Match, FieldMatch.Exact));
        MustBeLongEnough(call, asked);
        var paging = Paging.Read(call);
        call.Checked();
        var page = await Find(call, asked, paging.Limit, paging.Cursor);
        return FoundValues.Reply(asked.Field, page.Items, withIds: true, json => Paging.WriteNext(json, page.NextCursor));
    }

    /// <summary>"Minimum 2 characters (or 1 if `match` is `exact`)."</summary>
    public static void MustBeLongEnough(Call call, FieldAsked asked)
    {
        var least = asked.Match is FieldMatch.Exact ? 1 : 2;
        if (asked.Term.Length > 0 && asked.Term.Trim().EnumerateRunes().Count() < least)
        {
            call.Wrong(Term, $"term must have at least {least} characters.");
        }
    }

    /// <summary>A page of what the search finds in that field; pages may be shorter where only the case differs.</summary>
    public static async Task<Page<FoundValue>> Find(Call call, FieldAsked asked, int limit, string? cursor)
    {
        if (!BuiltIn.TryGetValue(asked.Subject, out var builtIn)) return new([], null, HasMore: false, Total: null);
        call.Caller.MustRead(asked.Subject + "s");
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        // Leads have the custom fields of deals.
        var fields = asked.Subject == "lead" ? "deal" : asked.Subject;
        var custom = catalog.Field(fields, asked.Field) is { DeletedAt: null } field && SearchedTypes.Contains(field.Type) ? field : null;
        var own = builtIn.FirstOrDefault(one => one.Code == asked.Field).Field;
        if (custom is null && own is null) throw Problem.Invalid("field", $"field must be a searchable field of a {asked.Subject}.");

        var query = new SearchQuery
        {
            Term = asked.Term,
            Subjects = [asked.Subject],
            Fields = [own ?? "custom"],
            Exact = asked.Match is FieldMatch.Exact,
            Limit = limit,
            Cursor = cursor,
        };
        var page = await call.Service<SearchService>().Search(call.Caller, query, call.Ct);
        var hits = page.Items.Where(hit => custom is null || hit.Matches.Any(match => match.SourceId == custom.Id)).Select(hit => hit.Id)
            .ToList();
        var texts = await Texts(call, asked, custom is null ? null : values => FoundRecords.CustomText(catalog, fields, custom.Id, values),
            hits);
        return new([.. hits.Where(texts.ContainsKey)
            .Select(hit => (texts[hit].Id, Value: texts[hit].Texts.OfType<string>().FirstOrDefault(asked.IsHeldBy)))
            .Where(one => one.Value is not null).Select(one => new FoundValue(one.Id, one.Value!))], page.NextCursor, page.HasMore, null);
    }

    private static async Task<Dictionary<long, (object Id, IEnumerable<string?> Texts)>> Texts(
        Call call, FieldAsked asked, Func<CustomValues, string?>? custom, IReadOnlyCollection<long> ids)
    {
        return asked.Subject switch
        {
            "deal" => (await call.Service<DealService>().FindMany(call.Caller, ids, call.Ct)).ToDictionary(deal => deal.Id,
                deal => ((object)deal.Id, Own(deal.Custom, deal.Title))),
            "lead" => (await call.Service<LeadService>().FindMany(call.Caller, ids, call.Ct)).ToDictionary(lead => lead.Id,
                lead => ((object)lead.Uid, Own(lead.Custom, lead.Title))),
            "person" => (await call.Service<PersonService>().FindMany(call.Caller, ids, call.Ct)).ToDictionary(person => person.Id,
                person => ((object)person.Id, asked.Field switch
                {
                    "email" => person.Emails.Select(point => point.Value),
                    "phone" => person.Phones.Select(point => point.Value),
                    "notes" => [person.Notes],
                    _ => Own(person.Custom, person.Name),
                })),
            "organization" => (await call.Service<OrganizationService>().FindMany(call.Caller, ids, call.Ct)).ToDictionary(one => one.Id,
                one => ((object)one.Id, asked.Field == "address" ? [one.Address?.Value] : Own(one.Custom, one.Name))),
            _ => (await call.Service<ProductService>().FindMany(call.Caller, ids, call.Ct)).ToDictionary(product => product.Id,
                product => ((object)product.Id, asked.Field switch
                {
                    "code" => [product.Code],
                    "description" => [product.Description],
                    _ => Own(product.Custom, product.Name),
                })),
        };

        IEnumerable<string?> Own(CustomValues values, string? name) => [custom is null ? name : custom(values)];
    }
}

/// <summary>[{"id":1,"name":"Jane Doe"}]: each value under the code of its field.</summary>
internal sealed class FoundValues(string name) : ISchema
{
    public string? Name => name;

    /// <param name="field">The code.</param>
    /// <param name="values">What was found.</param>
    /// <param name="withIds">Whose they are, too.</param>
    /// <param name="additional">Writes the additional_data.</param>
    public static Reply Reply(string field, IEnumerable<FoundValue> values, bool withIds, Action<Utf8JsonWriter> additional) =>
        Hosting.Reply.Json(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("success", true);
        json.WriteStartArray("data");
        foreach (var (id, value) in values)
        {
            json.WriteStartObject();
            if (withIds && id is Guid uid) json.WriteString("id", uid);
            else if (withIds) json.WriteNumber("id", (long)id);
            json.WriteString(field, value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        additional(json);
        json.WriteEndObject();
    });

    public JsonObject Schema(SchemaBook book) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["success"] = new JsonObject { ["type"] = "boolean" },
            ["data"] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("integer", "string") },
                },
            },
            ["additional_data"] = new JsonObject { ["type"] = "object" },
        },
        ["required"] = new JsonArray("success", "data", "additional_data"),
    };
}
