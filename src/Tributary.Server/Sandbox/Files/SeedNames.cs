namespace Tributary.Server.Sandbox.Files;

/// <summary>
/// What records are called in a file, where each is referred to by its name: of two that have the same, the later one gets a number behind.
/// </summary>
internal sealed class SeedNames
{
    private const int Longest = 255;

    private readonly Dictionary<long, string> names;
    private readonly HashSet<string> taken;

    /// <param name="reserved">What none of them may be called.</param>
    public SeedNames(IEnumerable<(long Id, string Name)> records, IEnumerable<string>? reserved = null)
    {
        names = [];
        taken = new(reserved ?? [], StringComparer.OrdinalIgnoreCase);
        foreach (var (id, name) in records) names[id] = Free(name);
    }

    private SeedNames(Dictionary<long, string> names) => (this.names, taken) = (names, []);

    /// <summary>All of several, each of which was unique in itself.</summary>
    public static SeedNames Joined(IEnumerable<SeedNames> parts) => new(parts.SelectMany(part => part.names).ToDictionary());

    public string this[long id] => names[id];

    /// <summary>None when the record is not in the file.</summary>
    public string? Find(long? id) => id is { } known ? names.GetValueOrDefault(known) : null;

    private string Free(string name)
    {
        var free = name;
        for (var number = 2; !taken.Add(free); number++)
        {
            var tail = $" ({number})";
            free = name[..Math.Min(name.Length, Longest - tail.Length)] + tail;
        }
        return free;
    }
}
