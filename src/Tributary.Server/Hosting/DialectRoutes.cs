using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Primitives;

namespace Tributary.Server.Hosting;

/// <summary>
/// The routes of one dialect, made when its first request comes: most servers speak one or two of the six, and what all operations declare
/// takes a third of a start and some megabytes for as long as the server runs.
/// </summary>
internal sealed class DialectRoutes(IDialect dialect, Func<HttpContext, IDialect, Operation, Task> speak) : EndpointDataSource, IDisposable
{
    private readonly Lock making = new();
    private CancellationTokenSource changed = new();
    private volatile IReadOnlyList<Endpoint> made = [];

    public override IReadOnlyList<Endpoint> Endpoints => made;

    public override IChangeToken GetChangeToken() => new CancellationChangeToken(changed.Token);

    /// <summary>Makes them if this path is the dialect's. Whoever comes meanwhile waits: then all are there.</summary>
    public void MakeFor(PathString path)
    {
        if (made.Count > 0 || !path.StartsWithSegments(dialect.Prefix)) return;
        lock (making)
        {
            if (made.Count == 0) Make();
        }
    }

    public void Dispose() => changed.Dispose();

    private void Make()
    {
        made = [.. OpenApiDocument.OperationsOf(dialect).Select(Route)];
        // Routing makes its tree anew before this returns.
        Interlocked.Exchange(ref changed, new()).Cancel();
    }

    private Endpoint Route(Operation operation) =>
        new RouteEndpointBuilder(http => speak(http, dialect, operation), RoutePatternFactory.Parse(dialect.Prefix + operation.Path), order: 0)
        {
            DisplayName = operation.Id,
            Metadata = { new HttpMethodMetadata([operation.Method]), operation, dialect },
        }.Build();
}
