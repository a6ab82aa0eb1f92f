using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Tributary.Core.Webhooks;
using Tributary.Server.Hosting;

namespace Tributary.Server.Background;

/// <summary>The only outgoing HTTP: spells an errand in its dialect's words, signs it, posts it, and tells how it went.</summary>
internal sealed class WebhookSender : IDisposable
{
    private const int MaxReply = 4_096;
    private static readonly TimeSpan timeout = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, IWebhookVoice> voices;
    private readonly bool allowPrivate;
    private readonly HttpClient http;

    public WebhookSender(IEnumerable<IDialect> dialects, TributaryOptions options)
    {
        voices = dialects.Where(dialect => dialect.Voice is not null).ToDictionary(dialect => dialect.Name, dialect => dialect.Voice!);
        allowPrivate = options.Webhooks.AllowPrivate;
        http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            // A proxy would resolve the name itself, out of reach of the check below.
            UseProxy = false,
            ConnectCallback = Connect,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxResponseHeadersLength = 16,
            ActivityHeadersPropagator = null,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    public async Task<DeliveryOutcome> Send(Errand errand, CancellationToken ct)
    {
        // What other dialects made is told in our own words.
        var voice = voices.GetValueOrDefault(errand.Webhook.Dialect) ?? voices["native"];
        var body = WebhookJson.Bytes(await voice.Spell(errand, ct));
        using var request = new HttpRequestMessage(HttpMethod.Post, errand.Webhook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.UserAgent.ParseAdd("Tributary-Webhooks/1");
        foreach (var (name, value) in errand.Webhook.Terms.Headers) request.Headers.TryAddWithoutValidation(name, value);
        foreach (var (name, value) in voice.Sign(errand, body)) request.Headers.TryAddWithoutValidation(name, value);

        var started = Stopwatch.GetTimestamp();
        var outcome = new DeliveryOutcome { Request = Encoding.UTF8.GetString(body) };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var wait = errand.Webhook.Terms.TimeoutMs is { } asked ? TimeSpan.FromMilliseconds(asked) : timeout;
        patience.CancelAfter(wait);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            outcome = outcome with { Status = (int)answer.StatusCode, Reply = await Start(answer, patience.Token), RetryAfter = RetryAfter(answer, errand.Now) };
        }
        catch (HttpRequestException error)
        {
            outcome = outcome with { Error = Why(error) };
        }
        catch (IOException)
        {
            outcome = outcome with { Error = "The connection broke off." };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            outcome = outcome with { Error = $"No answer within {wait.TotalSeconds} seconds." };
        }
        return outcome with { Milliseconds = (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds };
    }

    public void Dispose() => http.Dispose();

    // RFC 9110, section 10.2.3: seconds, or a date.
    private static TimeSpan? RetryAfter(HttpResponseMessage answer, DateTimeOffset now) => answer is { StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable, Headers.RetryAfter: { } asked }
        ? asked.Delta ?? asked.Date - now
        : null;

    private static async Task<string> Start(HttpResponseMessage answer, CancellationToken ct)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(ct);
        var buffer = new byte[MaxReply];
        var count = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return Encoding.UTF8.GetString(buffer, 0, count);
    }

    /// <summary>Connects to what the name resolves to now, if that is public: a check before would not see the name point elsewhere a moment later.</summary>
    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        var open = allowPrivate ? addresses : [.. addresses.Where(PublicAddress.Is)];
        if (open.Length == 0) throw new ClosedAddressException();

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Why(HttpRequestException error) => error switch
    {
        { InnerException: ClosedAddressException } => ClosedAddressException.Sentence,
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } } => "The receiver's name could not be resolved.",
        { HttpRequestError: HttpRequestError.SecureConnectionError } => "No secure connection could be made; the receiver's certificate may not be valid.",
        { HttpRequestError: HttpRequestError.ConnectionError } => "The receiver could not be reached.",
        _ => "The receiver did not answer in HTTP.",
    };

    private sealed class ClosedAddressException() : Exception(Sentence)
    {
        public const string Sentence = "The receiver's address is not a public one.";
    }
}
