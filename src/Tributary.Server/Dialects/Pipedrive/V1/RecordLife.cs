using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>The ids of a deletion in bulk.</summary>
internal static class Several
{
    public const string Note = "Answers the ids that were deleted.";

    public static readonly Member<Seq<long>> Ids =
        Members.List("ids", "The comma-separated ids, up to 100.", Members.Id("", ""), 100).Required();
}

/// <summary>
/// The life of one kind of record in v1, the same for persons, organizations, products and activities: list, get, add (201),
/// update by PUT, delete. A noun gives its spelling and the engine's verbs.
/// </summary>
/// <param name="noun">"person".</param>
/// <param name="plural">"persons", also the path and the engine's scope.</param>
/// <param name="article">"a person".</param>
internal sealed class RecordLife<TRecord, TPatch, TView>(string noun, string plural, string article)
{
    private readonly Member<long> id = Members.Id("id", $"The ID of the {noun}.").InPath();

    public required Wire<TView> Wire { get; init; }
    public required Shape New { get; init; }
    public required Shape Changes { get; init; }

    /// <summary>Parameters that narrow the list, and the condition each makes.</summary>
    public required IReadOnlyList<(Member Member, Func<Call, Condition?> Read)> Filters { get; init; }
    public required Member<Seq<SortKey>> Sort { get; init; }
    public required Func<Call, ListQuery, Task<Page<TRecord>>> List { get; init; }
    public required Func<Call, long, Task<TRecord>> Get { get; init; }
    public required Func<Call, TPatch, Task<TRecord>> Create { get; init; }
    public required Func<Call, long, TPatch, Task<TRecord>> Update { get; init; }
    public required Func<Call, long, Task<TRecord>> Delete { get; init; }
    public required Func<TRecord, bool> IsDeleted { get; init; }
    public required Func<Call, IReadOnlyList<TRecord>, Task<IReadOnlyList<TView>>> Show { get; init; }
    public required Func<IReadOnlyList<TView>, RelatedObjects?> Related { get; init; }

    /// <summary>Reads the body with the shape of the operation.</summary>
    public required Func<Call, Shape, WorkspaceCatalog, Task<TPatch>> Read { get; init; }
    public string? Note { get; init; }

    /// <summary>Asks how many there are on all pages together, where v1 tells.</summary>
    public Member<bool>? Summary { get; init; }

    /// <summary>How one record alone is shown, and what stands beside it; as in lists, and nothing, unless given.</summary>
    public Wire<TView>? Details { get; init; }
    public Func<Call, TView, Task<Action<Utf8JsonWriter>>>? Additional { get; init; }

    /// <summary>"Delete multiple … in bulk", where v1 has it.</summary>
    public Func<Call, IReadOnlyList<long>, Task<IReadOnlyList<long>>>? DeleteMany { get; init; }

    public IEnumerable<Operation> All()
    {
        var name = char.ToUpperInvariant(noun[0]) + noun[1..];
        var names = char.ToUpperInvariant(plural[0]) + plural[1..];
        var (one, details, many, tag) = (new One<TView>(Wire), new One<TView>(Details ?? Wire), new Many<TView>(Wire), $"{names} v1");
        yield return new("GET", $"/{plural}", $"get{names}V1", call => Listed(call, many))
        {
            Tag = tag,
            Summary = $"Get all {plural}",
            Cost = 20,
            Parameters = [DealLists.FilterId, .. Filters.Select(filter => filter.Member), .. Paging.Parameters, Sort,
                .. Summary is null ? Array.Empty<Member>() : [Summary]],
            Answer = many,
            CoverageNote = Note,
        };
        yield return new("GET", $"/{plural}/{{id}}", $"get{name}V1", call => Detailed(call, details))
        {
            Tag = tag,
            Summary = $"Get details of {article}",
            Cost = 2,
            Parameters = [id],
            Answer = details,
        };
        yield return new("POST", $"/{plural}", $"add{name}V1",
            async call => await Shown(call, await Create(call, await Body(call, New)), details, 201))
        {
            Tag = tag,
            Summary = $"Add {article}",
            Cost = 10,
            Body = New,
            Status = 201,
            Answer = details,
        };
        yield return new("PUT", $"/{plural}/{{id}}", $"update{name}V1", async call =>
        {
            var at = call.Path(id, noun);
            return await Shown(call, await Update(call, at, await Body(call, Changes)), one);
        })
        { Tag = tag, Summary = $"Update {article}", Cost = 10, Parameters = [id], Body = Changes, Answer = one };
        yield return new("DELETE", $"/{plural}/{{id}}", $"delete{name}V1", async call =>
        {
            var at = call.Path(id, noun);
            await Delete(call, at);
            return Answers.Id.Reply(at);
        })
        { Tag = tag, Summary = $"Delete {article}", Cost = 6, Parameters = [id], Answer = Answers.Id };
        if (DeleteMany is not { } delete) yield break;
        yield return new("DELETE", $"/{plural}", $"delete{names}", async call =>
        {
            call.Caller.MustWrite(plural);
            var ids = call.Query(Several.Ids, []);
            call.Checked();
            return Answers.Ids.Reply(await delete(call, [.. ids]));
        })
        {
            Tag = tag,
            Summary = $"Delete multiple {plural} in bulk",
            Cost = 10,
            Parameters = [Several.Ids],
            Answer = Answers.Ids,
            CoverageNote = Several.Note
        };
    }

    private async Task<Reply> Listed(Call call, Many<TView> many)
    {
        call.Caller.MustRead(plural);
        var query = Paging.Read(call) with { Sort = call.Query(Sort, []) };
        var filter = call.Query(DealLists.FilterId);
        var withTotal = Summary is not null && call.Query(Summary, false);
        var conditions = Filters.Select(one => one.Read(call)).OfType<Condition>().ToList();
        call.Checked();
        if (filter.IsSet) conditions.Add(await DealLists.Saved(call, filter.Value, noun));
        query = query with { Condition = Condition.AllOf([.. conditions]), WantTotal = withTotal };
        var page = await List(call, query);
        var views = await Show(call, page.Items);
        return many.Page(views, query, page.HasMore, Related(views), !withTotal ? null : json =>
        {
            json.WriteStartObject("summary");
            json.WriteNumber("total_count", page.Total ?? 0);
            json.WriteEndObject();
        });
    }

    private async Task<Reply> Detailed(Call call, One<TView> details)
    {
        var views = await Show(call, [await Found(call)]);
        return details.Reply(views[0], Related(views), additional: Additional is null ? null : await Additional(call, views[0]));
    }

    private async Task<TRecord> Found(Call call)
    {
        var at = call.Path(id, noun);
        var record = await Get(call, at);
        return IsDeleted(record) ? throw Problem.NotFound(noun, at) : record;
    }

    private async Task<TPatch> Body(Call call, Shape shape)
    {
        call.Caller.MustWrite(plural);
        return await Read(call, shape, await call.Service<CatalogService>().Current(call.Caller, call.Ct));
    }

    private async Task<Reply> Shown(Call call, TRecord record, One<TView> one, int status = 200)
    {
        var views = await Show(call, [record]);
        return one.Reply(views[0], Related(views), status);
    }
}
