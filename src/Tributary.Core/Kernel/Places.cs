namespace Tributary.Core.Kernel;

/// <summary>Pure: the order of a short list whose items carry their place in it, 1 to n without gaps.</summary>
internal static class Places
{
    /// <summary>
    /// The items with one put at a place, 1 being the first; beyond the end means last. Without a place it stays, or goes last when new.
    /// </summary>
    public static IReadOnlyList<T> Put<T>(IEnumerable<T> items, T item, long? place, Func<T, long> id)
    {
        var list = items.ToList();
        var current = list.FindIndex(other => id(other) == id(item));
        if (current >= 0) list.RemoveAt(current);

        var unplaced = current >= 0 ? current : list.Count;
        list.Insert(place is { } wanted ? (int)Math.Clamp(wanted - 1, 0, list.Count) : unplaced, item);
        return list;
    }

    /// <summary>The items in the order of the ids, which must name each of them once.</summary>
    public static IReadOnlyList<T> InOrder<T>(IReadOnlyList<T> items, IReadOnlyList<long> ids, Func<T, long> id)
    {
        var byId = items.ToDictionary(id);
        if (ids.Count != items.Count || ids.Distinct().Count() != ids.Count || !ids.All(byId.ContainsKey))
        {
            throw Problem.Invalid("ids", $"ids must name each of these once: {string.Join(", ", byId.Keys)}.");
        }
        return [.. ids.Select(each => byId[each])];
    }

    /// <summary>What is different between two states of a list: added (no old), gone (no new), changed (both).</summary>
    public static IEnumerable<(T? Old, T? New)> Differences<T>(IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, long> id)
        where T : class
    {
        var old = before.ToDictionary(id);
        var kept = after.Select(id).ToHashSet();
        foreach (var gone in before.Where(item => !kept.Contains(id(item)))) yield return (gone, null);
        foreach (var item in after)
        {
            var former = old.GetValueOrDefault(id(item));
            if (!item.Equals(former)) yield return (former, item);
        }
    }
}
