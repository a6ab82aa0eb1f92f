using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api;

/// <summary>
/// The list of a noun of which there are few, read as a whole: the same parameters and answer as <see cref="Listing{T}"/>, without "where".
/// </summary>
/// <param name="wire">How one record is spelled.</param>
/// <param name="id">What tells the records apart.</param>
internal sealed class ShortListing<T>(Wire<T> wire, Func<T, long> id) : ISchema
{
    private IReadOnlyList<Member>? parameters;

    public string? Name => wire.Name + "List";

    public IReadOnlyList<ShortFilter<T>> Filters { get; init; } = [];

    /// <summary>What "sort" may name; without it, the order the engine gives.</summary>
    public IReadOnlyDictionary<string, Func<T, IComparable?>> Sorts { get; init; } = new Dictionary<string, Func<T, IComparable?>>();

    public IReadOnlyList<Member> Parameters => parameters ??=
        [ListMembers.Limit, ListMembers.Cursor, ListMembers.Sort, .. Filters.Select(filter => filter.Member), ListMembers.Total,
            Selection.Fields];

    public async Task<Reply> Answer(Call call, Func<Task<IReadOnlyList<T>>> all)
    {
        var only = Selection.Read(call, wire);
        var filters = Filters.Select(filter => filter.Read(call)).OfType<Func<T, bool>>().ToList();
        var query = new ListQuery
        {
            Sort = [.. call.Query(ListMembers.Sort, []).Select(SortKey.Parse)],
            Limit = (int)call.Query(ListMembers.Limit, ListMembers.DefaultLimit),
            Cursor = call.Query(ListMembers.Cursor) is { IsSet: true, Value: var cursor } ? cursor : null,
            WantTotal = call.Query(ListMembers.Total, false),
        };
        call.Checked();

        var rows = await all();
        if (filters.Count > 0) rows = [.. rows.Where(row => filters.TrueForAll(keeps => keeps(row)))];
        try
        {
            return ListMembers.Reply(wire, call.Service<ShortPages>().Of(call.Caller, wire.Name!, rows, id, Sorts, query), only);
        }
        catch (ProblemException refused) when (refused.Problem.Code is ProblemCode.Invalid)
        {
            throw Problem.Invalid([.. refused.Problem.Fields.Select(field => field with { In = "query" })]);
        }
    }

    public JsonObject Schema(SchemaBook book) => ListMembers.Page(book.Refer(wire), withTotal: true);
}

/// <summary>A parameter that narrows a short list.</summary>
internal sealed record ShortFilter<T>(Member Member, Func<Call, Func<T, bool>?> Read)
{
    public static ShortFilter<T> Of<TValue>(Member<TValue> member, Func<T, TValue, bool> keeps) =>
        new(member, call => call.Query(member) is { IsSet: true, Value: var value } ? row => keeps(row, value) : null);
}
