using System.Buffers;
using System.Text;
using Tributary.Core.Kernel;

namespace Tributary.Core.Import;

/// <summary>A name of the file taken for, or thought to mean, an existing one.</summary>
public sealed record NearPair(string Written, string Existing);

/// <summary>
/// Finds the one existing name a written name probably means: the same letters and digits ("GTXPro", "GTX Pro"), else, for names of
/// six letters or more, one slip of the pen. Only proposes; what applies it must have been told to, and must report the pair.
/// </summary>
public sealed class NearName
{
    private const int ShortestForSlip = 6;

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    private readonly Dictionary<string, List<string>> bySqueezed = [];
    // Deleting one letter from both sides brings any two names one slip apart to a shared form (or to one another's own).
    private readonly Dictionary<string, HashSet<string>> byDeletion = [];

    public NearName(IEnumerable<string> existing)
    {
        foreach (var name in existing) Add(name);
    }

    public void Add(string name)
    {
        var squeezed = Squeeze(name);
        if (squeezed.Length == 0) return;
        if (!bySqueezed.TryGetValue(squeezed, out var same)) bySqueezed[squeezed] = same = [];
        if (!same.Contains(name, StringComparer.Ordinal)) same.Add(name);
        if (squeezed.Length < ShortestForSlip) return;
        foreach (var form in Deletions(squeezed).Append(squeezed))
        {
            if (!byDeletion.TryGetValue(form, out var sharing)) byDeletion[form] = sharing = new(StringComparer.Ordinal);
            sharing.Add(squeezed);
        }
    }

    /// <summary>The pair, or null when the name is there exactly, when nothing is near, or when two are equally near.</summary>
    public NearPair? Find(string written)
    {
        var squeezed = Squeeze(written);
        if (bySqueezed.TryGetValue(squeezed, out var same))
            return same.Count == 1 && same[0] != written ? new(written, same[0]) : null;
        if (squeezed.Length < ShortestForSlip) return null;

        var near = Deletions(squeezed).Append(squeezed)
            .SelectMany(form => byDeletion.TryGetValue(form, out var sharing) ? sharing : [])
            .Distinct(StringComparer.Ordinal)
            .Where(candidate => IsOneSlip(squeezed, candidate))
            .SelectMany(candidate => bySqueezed[candidate])
            .Take(2)
            .ToList();
        return near.Count == 1 ? new(written, near[0]) : null;
    }

    /// <summary>The letters and digits of the folded name: case, accents, spaces and punctuation do not tell names apart.</summary>
    internal static string Squeeze(string name)
    {
        var folded = Folding.Fold(name);
        if (!folded.AsSpan().ContainsAnyExcept(Letters)) return folded;

        var squeezed = new StringBuilder(name.Length);
        foreach (var rune in folded.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune)) squeezed.Append(rune);
        }

        return squeezed.ToString();
    }

    // A changed digit is another product, not a slip: "GTK 500" is not "GTK 501".
    private static bool IsOneSlip(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > 1) return false;
        var start = 0;
        while (start < one.Length && start < other.Length && one[start] == other[start]) start++;
        var (a, b) = (one.Length - 1, other.Length - 1);
        while (a >= start && b >= start && one[a] == other[b]) (a, b) = (a - 1, b - 1);
        var (left, right) = (one[start..(a + 1)], other[start..(b + 1)]);
        return left.Length <= 1 && right.Length <= 1 && !left.Any(char.IsDigit) && !right.Any(char.IsDigit);
    }

    private static IEnumerable<string> Deletions(string name)
    {
        for (var at = 0; at < name.Length; at++) yield return name.Remove(at, 1);
    }
}
