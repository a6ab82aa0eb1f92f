using System.Collections.Concurrent;

namespace Tributary.Core.Storage;

/// <summary>What is worked out once for each text of a statement, for all connections.</summary>
internal sealed class PerText<T>(Func<string, T> make)
{
    // Texts are built from a closed set of fragments; the bound only guards against a filter that varies without end.
    private const int Most = 2_000;

    private readonly ConcurrentDictionary<string, T> all = new(SqlTexts.Same);

    public T Of(string text)
    {
        if (all.TryGetValue(text, out var known)) return known;
        if (all.Count >= Most) all.Clear();
        return all.GetOrAdd(text, make);
    }
}
