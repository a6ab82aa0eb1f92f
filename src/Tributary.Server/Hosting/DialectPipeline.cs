using System.Diagnostics;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Server.Hosting;

/// <summary>
/// What happens to every request under a dialect's prefix: find out who asks, run the route, and turn whatever goes wrong
/// into the dialect's own answer. The only place where exceptions become replies.
/// </summary>
internal sealed class DialectPipeline(IReadOnlyList<IDialect> dialects, ILogger<DialectPipeline> log, RateLimits limits, UsageCounts usage,
    Idempotency idempotency, Db db)
{
    /// <summary>Enough for a batch of 1,000 records; routes that take files name their own.</summary>
    public const long MaxBody = 4 * 1024 * 1024;

    /// <summary>Marks requests that reached a dialect at a host name or port of its own.</summary>
    public static readonly object AtRoot = new();

    /// <param name="around">Runs around every request that is for a dialect or not, once it is known which operation it asks for.</param>
    public void Map(WebApplication app, Func<HttpContext, RequestDelegate, Task>? around = null)
    {
        var mounts = app.Services.GetRequiredService<TributaryOptions>().Dialects;
        var making = new Lock();
        var routes = dialects.Select(dialect => new DialectRoutes(dialect, Speak, making)).ToArray();
        app.Use((http, next) =>
        {
            // All services live as long as the program: no request needs a scope of its own.
            http.RequestServices = app.Services;
            if (mounts.Count > 0) Mount(http, mounts);
            foreach (var one in routes) one.MakeFor(http.Request.Path);
            return next(http);
        });
        app.UseRouting();
        if (around is not null) app.Use(around);
        foreach (var one in routes) ((IEndpointRouteBuilder)app).DataSources.Add(one);
        app.Use(Unrouted);
    }

    /// <summary>A dialect that has a host name or a port of its own answers there at the root.</summary>
    private void Mount(HttpContext http, Dictionary<string, DialectMount> mounts)
    {
        foreach (var dialect in dialects)
        {
            if (!mounts.TryGetValue(dialect.Name, out var mount)) continue;
            var own = mount.Port == http.Connection.LocalPort
                || mount.Hosts.Contains(http.Request.Host.Host, StringComparer.OrdinalIgnoreCase);
            if (!own || http.Request.Path.StartsWithSegments(dialect.Prefix)) continue;
            http.Request.Path = dialect.Prefix + http.Request.Path;
            http.Items[AtRoot] = true;
        }
    }

    /// <summary>What no route takes: 404 and 405 in the dialect's words, after asking who is there.</summary>
    private Task Unrouted(HttpContext http, RequestDelegate next)
    {
        var endpoint = http.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<Operation>() is not null) return next(http);
        var dialect = dialects.FirstOrDefault(candidate => http.Request.Path.StartsWithSegments(candidate.Prefix));
        if (dialect is null) return next(http);

        // Routing answers a known path with a wrong method by an endpoint of its own that says 405.
        var wrongMethod = endpoint is not null;
        http.SetEndpoint(null);
        return Speak(http, dialect, new(http.Request.Method, http.Request.Path, "none", _ => throw new ProblemException(wrongMethod
            ? new(ProblemCode.Unsupported, $"{http.Request.Method} is not served here.", [])
            : new(ProblemCode.NotFound, "There is no such path.", [], "endpoint")))
        {
            // That a path takes no such parameter would hide that it is not there.
            ReadsQuery = true,
        });
    }

    private async Task Speak(HttpContext http, IDialect dialect, Operation route)
    {
        var started = Stopwatch.GetTimestamp();
        Caller? caller = null;
        Problem? problem = null;
        Reply reply;
        try
        {
            LimitBody(http, route);
            if (!route.IsAnonymous)
            {
                caller = await dialect.Authenticate(http, http.RequestAborted)
                    ?? throw Problem.Unauthenticated("The credential is missing or not valid.");
                await (dialect.Limits ?? limits).Take(http, dialect, route, caller);
                usage.Take(http, caller, route);
            }
            // After the credential was looked up: a revoked key is revoked at once.
            if (OnlyReads(route)) db.MayBeStale();
            reply = await Answer(new Call(http, dialect, route, caller), caller);
            await reply.Send(http, mayShorten: !route.ShowsSecret, tagsContent: dialect.TellsVersions);
        }
        catch (Exception e)
        {
            problem = Explain(e, http, log);
            if (problem is null || http.Response.HasStarted)
            {
                http.Abort();
                return;
            }
            http.Response.Clear();
            (dialect.Limits ?? limits).Describe(http, dialect, caller);
            UsageCounts.Describe(http);
            reply = dialect.Refuse(http, problem);
            await reply.Send(http);
        }
        var time = Stopwatch.GetElapsedTime(started);
        RequestMeter.Answered(dialect, route, http.Response.StatusCode, time, caller?.Workspace, problem);
        Log.Request(log, dialect.Name, route.Id, http.Response.StatusCode, time.TotalMilliseconds, caller?.Workspace, problem?.Code);
    }

    private async Task<Reply> Answer(Call call, Caller? caller)
    {
        var route = call.Operation;
        // Operations with parameters check them all when they have read them.
        if (!route.ReadsQuery) call.Checked();
        if (!OnlyReads(route)) return caller is not null && Idempotency.IsWanted(call.Http, call.Dialect, route)
            ? await idempotency.Run(call, caller) : await route.Handler(call);

        // What it sends only later, such as a stream of events, it reads for itself.
        await using var together = db.ReadTogether(route.AsksOnce && !call.Http.Request.QueryString.HasValue);
        return await route.Handler(call);
    }

    private static bool OnlyReads(Operation route) => route.OnlyReads || HttpMethods.IsGet(route.Method);

    private static void LimitBody(HttpContext http, Operation route)
    {
        var limit = route.BodyLimit ?? MaxBody;
        if (http.Request.ContentLength > limit) throw Problem.TooLarge($"The body may have at most {limit} bytes.");
        // The server itself refuses more than the usual (ServerHost).
        if (limit == MaxBody) return;
        if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = limit;
        }
    }

    private static Problem? Explain(Exception error, HttpContext http, ILogger log)
    {
        switch (error)
        {
            case ProblemException refused:
                return refused.Problem;
            case BadHttpRequestException { StatusCode: 413 }:
                return new(ProblemCode.TooLarge, "The body is larger than this operation takes.", []);
            case BadHttpRequestException or InvalidDataException:
                return new(ProblemCode.Invalid, "The request could not be read.", [new("body", "The request could not be read.")]);
            case OperationCanceledException when http.RequestAborted.IsCancellationRequested:
                return null;
            default:
                Log.Failed(log, http.TraceIdentifier, error);
                return new(ProblemCode.Broken, $"Something went wrong on the server. Its log has the details under {http.TraceIdentifier}.",
                    []);
        }
    }
}
