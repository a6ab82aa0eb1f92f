using Tributary.Core.Filters;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>
/// What the lists of deals, persons, organizations, products and activities have in common: a saved filter or ids and references,
/// the time of the last update, one sort field, a cursor. "If filter_id is provided, this is ignored" holds for ids and
/// references, not for times.
/// </summary>
internal sealed class RecordList(string subject, Paging.Order order, params IReadOnlyList<RecordFilter> references)
{
    private static readonly Member<long> FilterId = Members.Id("filter_id", "A saved filter. It replaces ids and the references.");
    private static readonly Member<Seq<long>> Ids =
        Members.List("ids", "Up to 100 ids, comma-separated; those that are not there or not visible are left out.", Members.Id("", ""));
    private static readonly Member<DateTimeOffset> UpdatedSince =
        Moments.Member("updated_since", "Updated at this time or later, RFC 3339.");
    private static readonly Member<DateTimeOffset> UpdatedUntil = Moments.Member("updated_until", "Updated before this time, RFC 3339.");

    /// <summary>Products can not be asked for by updated_until.</summary>
    public bool HasUntil { get; init; } = true;

    /// <summary>Parameters that hold beside a saved filter too.</summary>
    public IReadOnlyList<RecordFilter> Always { get; init; } = [];

    public IReadOnlyList<Member> Parameters =>
        [FilterId, Ids, .. references.Select(one => one.Member), .. Always.Select(one => one.Member), UpdatedSince,
            .. HasUntil ? (Member[])[UpdatedUntil] : [], .. order.Parameters, .. Paging.Parameters];

    /// <summary>Whether a saved filter is asked for, which replaces what the page says it does.</summary>
    public static bool HasFilter(Call call) => call.Query(FilterId).IsSet;

    /// <summary>Reads the parameters; what they ask for is made of them when all parameters of the request were found good.</summary>
    public Func<Call, Task<ListQuery>> Read(Call call)
    {
        var query = order.Read(call);
        var (filter, ids) = (call.Query(FilterId), call.Query(Ids));
        var own = references.Select(one => one.Read(call)).ToList();
        var always = Always.Select(one => one.Read(call)).ToList();
        var since = call.Query(UpdatedSince);
        var until = HasUntil ? call.Query(UpdatedUntil) : default;
        return async checkedCall =>
        {
            var conditions = new List<Condition>();
            if (since.IsSet) conditions.Add(Condition.Test("updated_at", Operator.AtLeast, since.Value));
            if (until.IsSet) conditions.Add(Condition.Test("updated_at", Operator.Less, until.Value));
            await Add(always);
            if (filter.IsSet)
            {
                conditions.Add(await checkedCall.Service<FilterService>().Use(checkedCall.Caller, subject, filter.Value, checkedCall.Ct));
            }
            else
            {
                if (ids.IsSet) conditions.Add(Condition.Test("id", Operator.In, [.. ids.Value.Select(id => (Operand)id)]));
                await Add(own);
            }
            return query with { Condition = Condition.AllOf([.. conditions]) };

            async Task Add(IEnumerable<Func<Call, Task<Condition>>?> asked)
            {
                foreach (var make in asked)
                {
                    if (make is not null) conditions.Add(await make(checkedCall));
                }
            }
        };
    }
}

/// <summary>A parameter that narrows a list; reading it gives what makes its condition, or nothing when it was left out.</summary>
internal sealed record RecordFilter(Member Member, Func<Call, Func<Call, Task<Condition>>?> Read)
{
    public static RecordFilter Of<T>(Member<T> member, Func<T, Condition> condition) =>
        new(member, call => call.Query(member) is { IsSet: true, Value: var value } ? _ => Task.FromResult(condition(value)) : null);

    /// <summary>The record of this id in that field, which has the parameter's name unless another is given.</summary>
    public static RecordFilter Id(string name, string? field = null) => Of(Members.Id(name, ""), id => Condition.Equal(field ?? name, id));
}
