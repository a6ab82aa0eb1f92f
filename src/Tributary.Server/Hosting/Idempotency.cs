using System.Security.Cryptography;
using System.Text;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;

namespace Tributary.Server.Hosting;

/// <summary>
/// Runs a request that carries an Idempotency-Key at most once in 24 hours: a repetition is given the first one's answer,
/// another request under the same key is refused, and so is one that comes while the first still runs.
/// </summary>
internal sealed class Idempotency(IdempotencyService keys)
{
    public const string Header = "Idempotency-Key";
    private const string Replayed = "Idempotency-Replayed";
    private const int MaxKey = 255;

    // What is larger waits in a file while its hash is made.
    private const int KeptInMemory = 256 * 1024;

    public static bool IsWanted(HttpContext http, IDialect dialect, Operation route) =>
        dialect.TakesIdempotencyKeys && route is { Method: "POST", IsAnonymous: false } && http.Request.Headers.ContainsKey(Header);

    public async Task<Reply> Run(Call call, Caller caller)
    {
        var http = call.Http;
        var key = http.Request.Headers[Header].ToString();
        if (key.Length is 0 or > MaxKey || !key.All(letter => letter is >= ' ' and <= '~'))
        {
            throw Refused($"{Header} must be 1 to {MaxKey} printable ASCII characters.");
        }

        var attempt = await keys.Begin(caller, key, await Hash(http), http.RequestAborted);
        switch (attempt.Kind)
        {
            case AttemptKind.Different:
                throw Refused($"{Header} was used for another request. Use a new key for each request.");
            case AttemptKind.Running:
                throw Problem.Conflict($"The first request with this {Header} has not ended. Try again in a moment.");
            case AttemptKind.Replay when call.Operation.ShowsSecret:
                throw Problem.Conflict(
                    "This request was carried out. What it showed is shown only once; rotate the credential to get another.");
            case AttemptKind.Replay:
                return Again(attempt.Answer!);
        }

        // A client that hangs up must not leave us unsure whether it happened: the work goes on to its end.
        http.RequestAborted = CancellationToken.None;
        Reply reply;
        try
        {
            reply = await call.Operation.Handler(call);
        }
        catch (Exception refused) when (refused is ProblemException or BadHttpRequestException)
        {
            await keys.Drop(caller, key, CancellationToken.None);
            throw;
        }
        await keys.Finish(caller, key, call.Operation.ShowsSecret ? new(reply.Status, [], []) : reply.Keep(), CancellationToken.None);
        return reply;
    }

    private static async Task<string> Hash(HttpContext http)
    {
        var request = http.Request;
        request.EnableBuffering(KeptInMemory);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method}\n{request.Path}\n{request.QueryString}\n"));
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, http.RequestAborted)) > 0;) hash.AppendData(buffer.AsSpan(..read));
        request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Reply Again(KeptAnswer answer) => Reply.Sent(async http =>
    {
        foreach (var (name, value) in answer.Headers) http.Response.Headers[name] = value;
        http.Response.ContentLength = answer.Status is 204 ? null : answer.Body.Length;
        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }, answer.Status).With(Replayed, "true");

    private static ProblemException Refused(string message) => Problem.Invalid([new(Header, message, "header")]);
}
