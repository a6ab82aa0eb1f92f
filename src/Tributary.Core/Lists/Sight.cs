using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Lists;

/// <summary>Who sees what, asked for records that are already at hand, or named.</summary>
internal static class Sight
{
    /// <summary>Those of the records that the caller sees by what they hang on; one question per kind, however many there are.</summary>
    public static async Task<IReadOnlyList<T>> Visible<T>(Tx tx, Caller caller, IReadOnlyList<T> records, Func<T, Anchors> anchors)
    {
        if (caller is { IsAdmin: true, AppId: null }) return records;

        var seen = new HashSet<(ListSource, long)>();
        foreach (var ids in records.Select(record => anchors(record).Deciding).OfType<(ListSource Source, long Id)>()
            .GroupBy(anchor => anchor.Source, anchor => anchor.Id))
        {
            seen.UnionWith((await Of(tx, caller, ids.Key, [.. ids.Distinct()], Scope.Any)).Select(id => (ids.Key, id)));
        }
        return [.. records.Where(record => anchors(record).Deciding is not { } anchor || seen.Contains(anchor))];
    }

    public static async Task<T?> Visible<T>(Tx tx, Caller caller, T? record, Func<T, Anchors> anchors) where T : class =>
        record is null || (await Visible(tx, caller, [record], anchors)).Count == 0 ? null : record;

    /// <summary>A refusal for each named record that is absent, deleted or hidden: the three read alike.</summary>
    public static async Task<Seq<FieldError>> Missing(Tx tx, Caller caller,
        params IEnumerable<(string Field, ListSource Source, Field<long?> Id)> named)
    {
        var errors = new List<FieldError>();
        foreach (var links in named.Where(link => link.Id is { IsSet: true, Value: not null }).GroupBy(link => link.Source))
        {
            var there = await Of(tx, caller, links.Key, [.. links.Select(link => link.Id.Value!.Value).Distinct()], Scope.Kept);
            errors.AddRange(links.Where(link => !there.Contains(link.Id.Value!.Value))
                .Select(link => new FieldError(link.Field, $"No {links.Key.Subject} with id {link.Id.Value}.")));
        }
        return [.. errors];
    }

    /// <summary>What a record says it hangs on, by the members that say so in a patch.</summary>
    public static IReadOnlyList<(string Field, ListSource Source, Field<long?> Id)> Named(
        Field<long?> dealId, Field<long?> leadId, Field<long?> personId, Field<long?> orgId) =>
    [
        ("deal_id", ListSources.Deals, dealId),
        ("lead_id", ListSources.Leads, leadId),
        ("person_id", ListSources.Persons, personId),
        ("org_id", ListSources.Organizations, orgId),
    ];

    private static async Task<HashSet<long>> Of(Tx tx, Caller caller, ListSource source, IReadOnlyList<long> ids, Scope scope)
    {
        var seen = new HashSet<long>();
        foreach (var some in ids.Chunk(ListQuery.MaxLimit))
        {
            var page = await ListStore.Ids(tx, caller, source, new()
            {
                Condition = Condition.Test("id", Operator.In, [.. some.Select(id => (Operand)id)]),
                Scope = scope,
                Limit = ListQuery.MaxLimit,
            });
            seen.UnionWith(page.Items);
        }
        return seen;
    }
}
