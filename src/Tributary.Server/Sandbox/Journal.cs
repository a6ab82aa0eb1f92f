using Tributary.Server.Hosting;

namespace Tributary.Server.Sandbox;

/// <summary>One call as it was made and answered. Credentials are left out, bodies are cut at <see cref="Journal.MaxText"/>.</summary>
internal sealed record JournalCall
{
    public long Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Dialect { get; init; }

    /// <summary>None when no route took it.</summary>
    public string? Operation { get; init; }
    public required string Method { get; init; }

    /// <summary>With its query.</summary>
    public required string Path { get; init; }
    public required string Request { get; init; }
    public required int Status { get; init; }
    public required decimal Milliseconds { get; init; }
    public required IReadOnlyList<(string Name, string Value)> Headers { get; init; }
    public required string Reply { get; init; }

    /// <summary>The fault that answered instead of the operation, or delayed it.</summary>
    public long? Fault { get; init; }
}

/// <summary>The latest calls of a sandbox, so that whoever tests a client sees what it really sent. In memory, bounded.</summary>
internal sealed class Journal
{
    public const int MaxCalls = 500;
    public const int MaxText = 16 * 1024;

    private readonly Lock gate = new();
    private readonly Queue<JournalCall> calls = new();
    private long last;

    public void Add(JournalCall call)
    {
        lock (gate)
        {
            if (calls.Count == MaxCalls) calls.Dequeue();
            calls.Enqueue(call with { Id = ++last });
        }
    }

    /// <summary>The calls after that one, oldest first. Numbers go on when the journal is emptied.</summary>
    public IReadOnlyList<JournalCall> After(long id)
    {
        lock (gate) return [.. calls.Where(call => call.Id > id)];
    }

    public void Clear()
    {
        lock (gate) calls.Clear();
    }

    private static readonly Wire<(string Name, string Value)> Header =
        new Wire<(string Name, string Value)>("JournalHeader").Text("name", h => h.Name).Text("value", h => h.Value);

    public static readonly Wire<JournalCall> Wire = new Wire<JournalCall>("JournalCall", "One call as it was made and answered.")
        .Whole("id", c => c.Id)
        .Instant("at", c => c.At, TimeStyle.IsoMilliseconds)
        .Text("dialect", c => c.Dialect)
        .Text("operation", c => c.Operation)
        .Text("method", c => c.Method)
        .Text("path", c => c.Path)
        .Text("request", c => c.Request)
        .Whole("status", c => c.Status)
        .Number("milliseconds", c => c.Milliseconds)
        .Objects("headers", c => c.Headers, Header)
        .Text("reply", c => c.Reply)
        .Whole("fault", c => c.Fault);
}
