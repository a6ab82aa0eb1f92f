using System.Collections.Concurrent;
using System.Collections.Frozen;
using Tributary.Core.Deals;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Deals;

/// <summary>Which members of a deal are read for what "fields" and "include" ask to see of it.</summary>
internal static class DealFields
{
    // Each set is a statement of its own. Who asks for ever other ones is answered from whole deals.
    private const int MostSets = 200;

    // Fields that are no member of a deal by the same name.
    private static readonly FrozenDictionary<string, string[]> made = new Dictionary<string, string[]>
    {
        ["weighted_value"] = [nameof(Deal.Value), nameof(Deal.Probability), nameof(Deal.StageId)],
        ["effective_probability"] = [nameof(Deal.Probability), nameof(Deal.StageId)],
        ["tags"] = [nameof(Deal.TagIds)],
        ["source_lead_uid"] = [nameof(Deal.SourceLeadId)],
        ["person"] = [nameof(Deal.PersonId)],
        ["organization"] = [nameof(Deal.OrgId)],
        ["contacts"] = [nameof(Deal.PersonId)],
        ["followers"] = [],
        ["products"] = [],
        ["activities"] = [],
        ["notes"] = [],
        ["stage"] = [nameof(Deal.StageId)],
        ["pipeline"] = [nameof(Deal.PipelineId)],
        ["owner"] = [nameof(Deal.OwnerId)],
    }.ToFrozenDictionary();

    private static readonly ConcurrentDictionary<string, DealMembers> sets = new();

    /// <summary>What the request shows; the version is always read, as it is the ETag.</summary>
    public static DealMembers Of(Call call)
    {
        if (DealLists.Deals.Selected(call).Only is not { } fields) return DealMembers.All;
        var names = fields.SelectMany(field => made.GetValueOrDefault(field) ?? [field]).Append(nameof(Deal.Version)).Distinct()
            .Order(StringComparer.Ordinal).ToList();
        var key = string.Join(',', names);
        if (sets.TryGetValue(key, out var known)) return known;
        return sets.Count < MostSets ? sets.GetOrAdd(key, _ => DealMembers.Of(names)) : DealMembers.All;
    }
}
