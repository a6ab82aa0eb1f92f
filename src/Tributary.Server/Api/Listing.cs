using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Tributary.Core.Filters;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api;

/// <summary>
/// The list of one noun in our own API: the parameters every list has (limit, cursor, sort, where, filter_id, scope, total,
/// fields, include), those the noun adds, and the answer {"data", "next_cursor", "has_more", "total"}.
/// <code>
/// private static readonly Listing&lt;DealView&gt; Deals = new("deal", DealWire.Deal, "-added_at")
/// {
///     HasArchive = true,
///     Filters = [ListFilter.Equal(StageId), ListFilter.Of(Status, status => Condition.Equal("status", Words.Status(status)))],
///     Includes = ["person"],
/// };
/// new("GET", "/deals", "listDeals", List) { Tag = "Deals", Summary = "List deals", Parameters = Deals.Parameters, Answer = Deals };
///
/// private static Task&lt;Reply> List(Call call) => Deals.Answer(call, query => call.Service&lt;DealService>().List(call.Caller, query,
/// call.Ct), Views);
/// </code>
/// Parameters that stand beside these (a path's id) go into the route's own list: <c>[DealId, .. Notes.Parameters]</c>.
/// </summary>
/// <param name="subject">The engine's word for the noun, which saved filters carry: "deal".</param>
/// <param name="wire">How one record is spelled.</param>
/// <param name="order">The order when nobody names one, as in "sort".</param>
internal sealed class Listing<T>(string subject, Wire<T> wire, string order) : ISchema
{
    private static readonly string[] FilteredSubjects = ["deal", "person", "organization", "product", "lead", "activity"];

    private static readonly IReadOnlySet<string> nothing = FrozenSet<string>.Empty;

    private IReadOnlyList<Member>? parameters;
    private Member<Seq<string>>? include;

    public string? Name => wire.Name + "List";

    /// <summary>The engine's word for the noun.</summary>
    public string Subject => subject;

    public IReadOnlyList<ListFilter> Filters { get; init; } = [];

    /// <summary>What "include" may name.</summary>
    public IReadOnlyList<string> Includes { get; init; } = [];

    /// <summary>Records can be archived, so there are scopes for it.</summary>
    public bool HasArchive { get; init; }

    public IReadOnlyList<Member> Parameters => parameters ??= All();

    /// <summary>"include", for the operation that gets one record.</summary>
    public IReadOnlyList<Member> IncludeParameters => Includes.Count == 0 ? [] : [Include];

    /// <summary>What <see cref="Narrow"/> reads, for operations that are about the same records but list none.</summary>
    public IReadOnlyList<Member> Narrowing =>
        [.. Filters.Select(filter => filter.Member), ListMembers.Where, .. HasFilters ? [ListMembers.FilterId] : Array.Empty<Member>()];

    private bool HasFilters => FilteredSubjects.Contains(subject);

    public Member<Scope> Scope => HasArchive ? ListMembers.Scope : ListMembers.ScopeWithoutArchive;

    private Member<Seq<string>> Include => include ??= ListMembers.Include(Includes);

    /// <summary>Reads the parameters, asks the engine, and spells the page.</summary>
    public Task<Reply> Answer(Call call, Func<ListQuery, Task<Page<T>>> list) => Answer(call, list, (rows, _) => Task.FromResult(rows));

    /// <param name="call">The request.</param>
    /// <param name="list">The engine's verb.</param>
    /// <param name="show">What is spelled for each row, in the same order; the set holds what "include" names.</param>
    public async Task<Reply> Answer<TRow>(Call call, Func<ListQuery, Task<Page<TRow>>> list,
        Func<IReadOnlyList<TRow>, IReadOnlySet<string>, Task<IReadOnlyList<T>>> show)
    {
        var (only, include) = Selected(call);
        var page = await Asked(call, list);
        return ListMembers.Reply(wire, new Page<T>(await show(page.Items, include), page.NextCursor, page.HasMore, page.Total), only);
    }

    /// <summary>Reads the parameters and asks the engine; what it refuses is said of the parameters.</summary>
    public async Task<TAnswer> Asked<TAnswer>(Call call, Func<ListQuery, Task<TAnswer>> ask)
    {
        try
        {
            return await ask(await Read(call));
        }
        catch (ProblemException refused) when (refused.Problem.Code is ProblemCode.Invalid)
        {
            throw new ProblemException(refused.Problem with { Fields = [.. refused.Problem.Fields.Select(field => Named(call, field))] });
        }
    }

    /// <summary>What "fields" and "include" ask for; what is included is shown beside the fields.</summary>
    public (IReadOnlySet<string>? Only, IReadOnlySet<string> Include) Selected(Call call)
    {
        var only = Selection.Read(call, wire);
        var included = Includes.Count > 0 && call.Query(Include) is { IsSet: true, Value: var names } ? names.ToHashSet() : nothing;
        return (only is null ? null : only.Union(included).ToHashSet(), included);
    }

    public JsonObject Schema(SchemaBook book) => ListMembers.Page(book.Refer(wire), withTotal: true);

    private async Task<ListQuery> Read(Call call)
    {
        var query = new ListQuery
        {
            Sort = [.. call.Query(ListMembers.Sort, [.. order.Split(',')]).Select(SortKey.Parse)],
            Limit = (int)call.Query(ListMembers.Limit, ListMembers.DefaultLimit),
            Cursor = call.Query(ListMembers.Cursor) is { IsSet: true, Value: var cursor } ? cursor : null,
            Scope = call.Query(Scope, Core.Lists.Scope.Live),
            WantTotal = call.Query(ListMembers.Total, false),
        };
        return query with { Condition = await Narrow(call) };
    }

    /// <summary>The condition of the narrowing parameters; refuses whatever was wrong with the parameters read so far.</summary>
    public async Task<Condition> Narrow(Call call)
    {
        var conditions = new List<Condition>();
        foreach (var filter in Filters)
        {
            if (filter.Read(call) is { } condition) conditions.Add(condition);
        }
        if (call.Query(ListMembers.Where) is { IsSet: true, Value: var where }) conditions.Add(where);
        var saved = HasFilters ? call.Query(ListMembers.FilterId) : default;
        call.Checked();
        if (saved.IsSet) conditions.Add(await Saved(call, saved.Value));
        return conditions.Count == 0 ? Condition.Everything : Condition.AllOf([.. conditions]);
    }

    private async Task<Condition> Saved(Call call, long id)
    {
        try
        {
            return await call.Service<FilterService>().Use(call.Caller, subject, id, call.Ct);
        }
        catch (ProblemException refused) when (refused.Problem.Code is ProblemCode.NotFound)
        {
            throw Problem.Invalid("filter_id", $"filter_id must be a saved filter of {subject} records that you see.");
        }
    }

    // The engine names the field of a condition; the client must hear which of its parameters that stood in.
    private FieldError Named(Call call, FieldError field) => field.In == "query" ? field : field with
    {
        In = "query",
        Field = Parameters.Any(member => member.Name == field.Field) && call.Http.Request.Query.ContainsKey(field.Field) ? field.Field
            : call.Http.Request.Query.ContainsKey("where") || !call.Http.Request.Query.ContainsKey("filter_id") ? "where"
            : "filter_id",
    };

    private List<Member> All()
    {
        List<Member> all = [ListMembers.Limit, ListMembers.Cursor, ListMembers.Sort, .. Filters.Select(filter => filter.Member),
            ListMembers.Where];
        if (HasFilters) all.Add(ListMembers.FilterId);
        all.AddRange([Scope, ListMembers.Total, Selection.Fields]);
        if (Includes.Count > 0) all.Add(Include);
        return all;
    }
}
