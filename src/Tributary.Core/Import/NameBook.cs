using Tributary.Core.Kernel;

namespace Tributary.Core.Import;

/// <summary>
/// The records of one kind by the names that rows may call them by, whatever their case and accents. What was added after
/// a mark can be taken away again, because the unit of work that created it may be undone.
/// </summary>
internal sealed class NameBook
{
    private const long Several = -1;

    private readonly Dictionary<string, long> byName = new(StringComparer.Ordinal);
    private readonly List<string> names = [];
    private readonly List<(string Folded, long? Before)> added = [];
    private NearName? near;

    /// <summary>How many were added; what <see cref="Undo"/> goes back to.</summary>
    public int Mark => added.Count;

    /// <summary>A record that is there already.</summary>
    public void Load(long id, string name)
    {
        Put(Folding.Fold(name), id);
        names.Add(name);
    }

    /// <summary>One more name of a record: a code, an address.</summary>
    public void Alias(long id, string? name)
    {
        if (!string.IsNullOrWhiteSpace(name)) Put(Folding.Fold(name), id);
    }

    /// <summary>A record that this unit of work created, by one of its names.</summary>
    public void Add(long id, string name)
    {
        var folded = Folding.Fold(name);
        added.Add((folded, byName.TryGetValue(folded, out var before) ? before : null));
        Put(folded, id);
        names.Add(name);
        near?.Add(name);
    }

    /// <summary>The record of that name; none when there is none. Refuses when several have it.</summary>
    public long? Find(string written, string field)
    {
        if (!byName.TryGetValue(Folding.Fold(written), out var id)) return null;
        return id != Several
            ? id : throw Problem.Invalid(field,
                $"Several records are called {Converted.Quote(written)}; import by id, or rename all but one.");
    }

    /// <summary>The same, where it is early to refuse.</summary>
    public long? Known(string written) => byName.TryGetValue(Folding.Fold(written), out var id) && id != Several ? id : null;

    public NearPair? Near(string written) => (near ??= new(names)).Find(written);

    public void Undo(int mark)
    {
        if (added.Count == mark) return;
        for (var at = added.Count - 1; at >= mark; at--)
        {
            if (added[at].Before is { } before) byName[added[at].Folded] = before;
            else byName.Remove(added[at].Folded);
        }
        names.RemoveRange(names.Count - (added.Count - mark), added.Count - mark);
        added.RemoveRange(mark, added.Count - mark);
        near = null;
    }

    private void Put(string folded, long id)
    {
        if (byName.TryGetValue(folded, out var other) && other != id) byName[folded] = Several;
        else byName[folded] = id;
    }
}
