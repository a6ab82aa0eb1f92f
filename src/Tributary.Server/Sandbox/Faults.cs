using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Sandbox;

/// <summary>What goes wrong on purpose.</summary>
internal enum FaultKind { Delay, Drop, TooMany, Broken, Unavailable, Unauthenticated, Stale }

/// <summary>Which calls it meets, and what becomes of them. Counted, not drawn by lot: a test fails the same way each time.</summary>
internal sealed record FaultRule
{
    public long Id { get; init; }
    public required FaultKind Kind { get; init; }

    /// <summary>A dialect's name; any when left out.</summary>
    public string? Dialect { get; init; }

    /// <summary>An operation's id; any when left out.</summary>
    public string? Operation { get; init; }

    /// <summary>1 meets each matching call, 3 each third.</summary>
    public int Every { get; init; } = 1;

    /// <summary>How often it strikes; without end when left out.</summary>
    public int? Times { get; init; }

    /// <summary>The answer waits so long, whatever the kind.</summary>
    public int DelayMilliseconds { get; init; }
    public int Seen { get; init; }
    public int Struck { get; init; }

    public bool Meets(string dialect, string? operation) =>
        (Dialect is null || Dialect == dialect) && (Operation is null || Operation == operation)
        && (Times is not { } times || Struck < times);

    public FaultRule Met() => this with { Seen = Seen + 1, Struck = (Seen + 1) % Every == 0 ? Struck + 1 : Struck };
}

/// <summary>The rules by which a sandbox fails. The first that meets a call and is due decides.</summary>
internal sealed class Faults
{
    private readonly Lock gate = new();
    private List<FaultRule> rules = [];
    private long last;

    public IReadOnlyList<FaultRule> Rules
    {
        get
        {
            lock (gate) return [.. rules];
        }
    }

    public void Set(IEnumerable<FaultRule> given)
    {
        lock (gate) rules = [.. given.Select(rule => rule with { Id = ++last, Seen = 0, Struck = 0 })];
    }

    /// <summary>The rule that strikes this call; none when it goes through.</summary>
    public FaultRule? Strike(string dialect, string? operation)
    {
        lock (gate)
        {
            for (var i = 0; i < rules.Count; i++)
            {
                if (!rules[i].Meets(dialect, operation)) continue;
                var before = rules[i].Struck;
                rules[i] = rules[i].Met();
                if (rules[i].Struck > before) return rules[i];
            }
            return null;
        }
    }

    /// <summary>What the dialect is to say; none for faults that say nothing.</summary>
    public static Problem? ProblemOf(FaultKind kind) => kind switch
    {
        FaultKind.Delay or FaultKind.Drop => null,
        FaultKind.TooMany => new(ProblemCode.TooMany, "Too many requests. Try again later.", []),
        FaultKind.Broken => new(ProblemCode.Broken, "Something went wrong on the server.", []),
        FaultKind.Unavailable => new(ProblemCode.Unavailable, "The server cannot take the request now.", []),
        FaultKind.Unauthenticated => new(ProblemCode.Unauthenticated, "The credential is missing or not valid.", []),
        FaultKind.Stale => new(ProblemCode.Stale, "The record was changed by someone else.", []),
    };

    private static readonly (string, FaultKind)[] kinds =
    [
        ("delay", FaultKind.Delay), ("drop", FaultKind.Drop), ("too_many", FaultKind.TooMany), ("broken", FaultKind.Broken),
        ("unavailable", FaultKind.Unavailable),
        ("unauthenticated", FaultKind.Unauthenticated), ("stale", FaultKind.Stale),
    ];

    private static readonly Member<FaultKind> kind = Members.Word("kind", "What goes wrong.", kinds).Required();
    private static readonly Member<string> dialect = Members.Text("dialect", "A dialect's name; any when left out.", 50).Nullable();
    private static readonly Member<string> operation = Members.Text("operation", "An operation's id; any when left out.", 100).Nullable();
    private static readonly Member<long> every = Members.Whole("every", "1 meets each matching call, 3 each third.", 1, 1_000_000);
    private static readonly Member<long> times = Members.Whole("times", "How often it strikes; without end when left out.", 1, 1_000_000)
        .Nullable();
    private static readonly Member<long> delay = Members.Whole("delay_ms", "The answer waits so long.", 0, 60_000);
    private static readonly Shape rule = new("FaultRule", kind, dialect, operation, every, times, delay);
    private static readonly Member<Seq<FaultRule>> list =
        Members.List("rules", "Instead of those there are; the first that is due decides.", Members.Object("", "", rule, ReadRule), 50)
        .Required();

    public static readonly Shape Shape = new("FaultRules", list);

    public static IReadOnlyList<FaultRule> Read(Body body) => body.Get(list).Or([]);

    private static FaultRule ReadRule(Body body) => new()
    {
        Kind = body.Get(kind).Or(FaultKind.Delay),
        Dialect = body.ClearableText(dialect).Or(null),
        Operation = body.ClearableText(operation).Or(null),
        Every = (int)body.Get(every).Or(1),
        Times = (int?)body.Clearable(times).Or(null),
        DelayMilliseconds = (int)body.Get(delay).Or(0),
    };

    public static readonly Wire<FaultRule> Wire = new Wire<FaultRule>("FaultRule", "Which calls go wrong, and how.")
        .Whole("id", r => r.Id)
        .Word("kind", r => kinds.First(one => one.Item2 == r.Kind).Item1, [.. kinds.Select(one => one.Item1)])
        .Text("dialect", r => r.Dialect)
        .Text("operation", r => r.Operation)
        .Whole("every", r => r.Every)
        .Whole("times", r => (long?)r.Times)
        .Whole("delay_ms", r => r.DelayMilliseconds)
        .Whole("seen", r => r.Seen)
        .Whole("struck", r => r.Struck);
}
