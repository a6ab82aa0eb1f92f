using System.Diagnostics;
using System.Text;
using Tributary.Server.Hosting;

namespace Tributary.Server.Sandbox;

/// <summary>
/// Around every call of a dialect in a sandbox: lets faults strike, and writes the call into the journal. Calls of our own web app are left
/// out.
/// </summary>
internal sealed class SandboxLayer(IReadOnlyList<IDialect> dialects, Journal journal, Faults faults, TimeProvider clock)
{
    private static readonly HashSet<string> secret = new(StringComparer.OrdinalIgnoreCase) { "Set-Cookie" };

    public async Task Serve(HttpContext http, RequestDelegate next)
    {
        var dialect = dialects.FirstOrDefault(candidate => http.Request.Path.StartsWithSegments(candidate.Prefix));
        if (dialect is null || SessionCookie.Token(http) is not null)
        {
            await next(http);
            return;
        }
        var operation = http.GetEndpoint()?.Metadata.GetMetadata<Operation>()?.Id;
        var (started, at, path) = (Stopwatch.GetTimestamp(), clock.GetUtcNow(), $"{http.Request.Path}{WithoutToken(http.Request)}");
        http.Request.EnableBuffering();
        var body = http.Response.Body;
        await using var copy = new CopyingStream(body, Journal.MaxText);
        http.Response.Body = copy;
        var fault = faults.Strike(dialect.Name, operation);
        try
        {
            await Answer(http, dialect, fault, next);
        }
        finally
        {
            http.Response.Body = body;
            journal.Add(new()
            {
                At = at,
                Dialect = dialect.Name,
                Operation = operation,
                Method = http.Request.Method,
                Path = path,
                Request = await Sent(http),
                Status = fault?.Kind is FaultKind.Drop ? 0 : http.Response.StatusCode,
                Milliseconds = decimal.Round((decimal)Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1),
                Headers = [.. http.Response.Headers.Where(header => !secret.Contains(header.Key))
                    .Select(header => (header.Key, header.Value.ToString()))],
                Reply = copy.Text(),
                Fault = fault?.Id,
            });
        }
    }

    private static async Task Answer(HttpContext http, IDialect dialect, FaultRule? fault, RequestDelegate next)
    {
        if (fault is { DelayMilliseconds: > 0 and var wait }) await Task.Delay(wait, http.RequestAborted);
        if (fault?.Kind is FaultKind.Drop)
        {
            http.Abort();
            return;
        }
        if (fault is null || Faults.ProblemOf(fault.Kind) is not { } problem)
        {
            await next(http);
            return;
        }
        if (fault.Kind is FaultKind.TooMany or FaultKind.Unavailable) http.Response.Headers.RetryAfter = "1";
        await dialect.Refuse(http, problem).Send(http);
    }

    private static async Task<string> Sent(HttpContext http)
    {
        var body = http.Request.Body;
        if (!body.CanSeek) return "";
        body.Position = 0;
        var buffer = new byte[Journal.MaxText];
        try
        {
            return Encoding.UTF8.GetString(buffer, 0, await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false));
        }
        catch (Exception gone) when (gone is IOException or BadHttpRequestException or OperationCanceledException)
        {
            // The client hung up before it had sent everything, or sent more than is taken.
            return "";
        }
    }

    // Pipedrive's clients may send their token as a parameter.
    private static string WithoutToken(HttpRequest request) => request.Query.ContainsKey("api_token")
        ? QueryString.Create(request.Query.Where(one => one.Key != "api_token")).ToString()
        : request.QueryString.ToString();
}
