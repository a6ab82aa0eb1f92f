namespace Tributary.Core.Import;

/// <summary>
/// Counts warnings and near names while rows pass; memory stays flat because only the first lines and the first kinds are kept.
/// </summary>
public sealed class ImportTally
{
    private const int KeptLines = 3;
    private const int KeptKinds = 200;
    private const string Others = "other messages";

    private readonly Dictionary<string, (long Count, List<long> Lines)> warnings = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Noun, NearPair Pair), (long Count, bool Applied)> nearNames = [];

    public void Warn(string message, long line)
    {
        var key = warnings.ContainsKey(message) || warnings.Count < KeptKinds ? message : Others;
        var (count, lines) = warnings.TryGetValue(key, out var seen) ? seen : (0, []);
        if (lines.Count < KeptLines) lines.Add(line);
        warnings[key] = (count + 1, lines);
    }

    public void Near(string noun, NearPair pair, bool applied)
    {
        var count = nearNames.TryGetValue((noun, pair), out var seen) ? seen.Count : 0;
        nearNames[(noun, pair)] = (count + 1, applied);
    }

    /// <summary>What has been counted; <see cref="Restore"/> goes back to it.</summary>
    public ImportTally Copy()
    {
        var copy = new ImportTally();
        copy.Restore(this);
        return copy;
    }

    public void Restore(ImportTally earlier)
    {
        warnings.Clear();
        nearNames.Clear();
        foreach (var (message, (count, lines)) in earlier.warnings) warnings[message] = (count, [.. lines]);
        foreach (var (use, count) in earlier.nearNames) nearNames[use] = count;
    }

    /// <summary>Counts on from what an interrupted import had counted.</summary>
    public void Continue(IEnumerable<ImportWarning> earlier, IEnumerable<NearNameUse> nearEarlier)
    {
        foreach (var warning in earlier) warnings[warning.Message] = (warning.Count, [.. warning.Lines]);
        foreach (var use in nearEarlier) nearNames[(use.Noun, new(use.Written, use.Existing))] = (use.Count, use.Applied);
    }

    /// <summary>The most frequent first.</summary>
    public IReadOnlyList<ImportWarning> Warnings() =>
        [.. warnings.Select(pair => new ImportWarning(pair.Key, pair.Value.Count, [.. pair.Value.Lines]))
            .OrderByDescending(warning => warning.Count)];

    public IReadOnlyList<NearNameUse> NearNames() =>
        [.. nearNames.Select(pair => new NearNameUse(
            pair.Key.Noun, pair.Key.Pair.Written, pair.Key.Pair.Existing, pair.Value.Count, pair.Value.Applied))
            .OrderByDescending(use => use.Count)];
}
