using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Primitives;

namespace Tributary.Server.Hosting;

/// <summary>
/// The routes of one dialect, made when its first request comes: most servers speak one or two of the six, and what all operations declare
/// takes a third of a start and some megabytes for as long as the server runs.
/// </summary>
/// <param name="making">One for all dialects: routing takes a change in while another is taken in, but later.</param>
internal sealed class DialectRoutes(IDialect dialect, Func<HttpContext, IDialect, Operation, Task> speak, Lock making)
    : EndpointDataSource, IDisposable
{
    private CancellationTokenSource changed = new();
    private IReadOnlyList<Endpoint> made = [];
    private volatile bool isMade;

    public override IReadOnlyList<Endpoint> Endpoints => made;

    public override IChangeToken GetChangeToken() => new CancellationChangeToken(changed.Token);

    /// <summary>Makes them if this path is the dialect's. Whoever comes meanwhile waits: then all are there.</summary>
    public void MakeFor(PathString path)
    {
        if (isMade || !path.StartsWithSegments(dialect.Prefix)) return;
        lock (making)
        {
            if (!isMade) Make();
        }
    }

    public void Dispose() => changed.Dispose();

    private void Make()
    {
        made = [.. OpenApiDocument.OperationsOf(dialect).Select(Route)];
        // Routing makes its tree anew before this returns, and only then may anybody be routed.
        Interlocked.Exchange(ref changed, new()).Cancel();
        isMade = true;
    }

    private Endpoint Route(Operation operation) =>
        new RouteEndpointBuilder(http => speak(http, dialect, operation), RoutePatternFactory.Parse(dialect.Prefix + operation.Path), order: 0)
        {
            DisplayName = operation.Id,
            Metadata = { new HttpMethodMetadata([operation.Method]), operation, dialect },
        }.Build();
}
