using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.CPod;

/// <summary>What a list of the reference's manner takes: filters, an order, and perhaps a search and the bin.</summary>
internal sealed class Listing(IReadOnlyList<Filter> filters, Member<Seq<SortKey>> sort)
{
    public static readonly Member<bool> IncludeDeleted = Members.Flag("include_deleted", "true also shows what is in the bin.");

    /// <summary>A text that must occur in one of these fields.</summary>
    public (Member<string> Member, string[] Fields)? Search { get; init; }

    public bool HasBin { get; init; }

    public IReadOnlyList<Member> Parameters =>
    [
        .. filters.Select(filter => filter.Member), .. Search is { } search ? [search.Member] : Array.Empty<Member>(), sort,
        .. HasBin ? [IncludeDeleted] : Array.Empty<Member>(), .. Paging.Parameters,
    ];

    public ListQuery Read(Call call, WorkspaceCatalog catalog)
    {
        var conditions = Filter.Conditions(call, catalog, filters).ToList();
        if (Search is { } search && call.Query(search.Member) is { IsSet: true, Value: { Length: > 0 } text })
        {
            conditions.Add(Condition.AnyOf([.. search.Fields.Select(field => Condition.Test(field, Operator.Contains, text))]));
        }
        return Paging.Read(call) with
        {
            Condition = Condition.AllOf([.. conditions]),
            Sort = call.Query(sort, [new("added_at", Descending: true)]),
            Scope = HasBin && call.Query(IncludeDeleted, false) ? Scope.Any : Scope.Live,
        };
    }
}
