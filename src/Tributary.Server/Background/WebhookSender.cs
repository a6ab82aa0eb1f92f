using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Tributary.Core.Webhooks;
using Tributary.Server.Hosting;

namespace Tributary.Server.Background;

/// <summary>Spells an errand in its dialect's words, signs it, posts it, and tells how it went.</summary>
internal sealed class WebhookSender : IDisposable
{
    private const int MaxReply = 4_096;
    private static readonly TimeSpan timeout = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, IWebhookVoice> voices;
    private readonly HttpMessageInvoker http;

    public WebhookSender(IEnumerable<IDialect> dialects, TributaryOptions options)
    {
        voices = dialects.Where(dialect => dialect.Voice is not null).ToDictionary(dialect => dialect.Name, dialect => dialect.Voice!);
        http = new(OutgoingHttp.Handler(options.Webhooks.AllowPrivate));
    }

    public async Task<DeliveryOutcome> Send(Errand errand, CancellationToken ct)
    {
        // What other dialects made is told in our own words.
        var voice = voices.GetValueOrDefault(errand.Webhook.Dialect) ?? voices["native"];
        var body = await voice.Spell(errand, ct);
        using var request = new HttpRequestMessage(HttpMethod.Post, errand.Webhook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "Tributary-Webhooks/1");
        foreach (var (name, value) in errand.Webhook.Terms.Headers) request.Headers.TryAddWithoutValidation(name, value);
        foreach (var (name, value) in voice.Sign(errand, body)) request.Headers.TryAddWithoutValidation(name, value);

        var started = Stopwatch.GetTimestamp();
        var outcome = new DeliveryOutcome { Request = Encoding.UTF8.GetString(body) };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var wait = errand.Webhook.Terms.TimeoutMs is { } asked ? TimeSpan.FromMilliseconds(asked) : timeout;
        patience.CancelAfter(wait);
        try
        {
            // Returns with the headers; the answer's body is read below, as far as it is kept.
            using var answer = await http.SendAsync(request, patience.Token);
            outcome = outcome with
            {
                Status = (int)answer.StatusCode,
                Reply = await Start(answer, patience.Token),
                RetryAfter = RetryAfter(answer, errand.Now),
            };
        }
        catch (HttpRequestException error)
        {
            outcome = outcome with { Error = OutgoingHttp.Why(error, "receiver") };
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
    private static TimeSpan? RetryAfter(HttpResponseMessage answer, DateTimeOffset now) =>
        answer is { StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable, Headers.RetryAfter: { } asked }
        ? asked.Delta ?? asked.Date - now
        : null;

    private static async Task<string> Start(HttpResponseMessage answer, CancellationToken ct)
    {
        if (answer.Content.Headers.ContentLength is 0) return "";
        await using var stream = await answer.Content.ReadAsStreamAsync(ct);
        var buffer = ArrayPool<byte>.Shared.Rent(MaxReply);
        try
        {
            var count = await stream.ReadAtLeastAsync(buffer.AsMemory(0, MaxReply), MaxReply, throwOnEndOfStream: false, ct);
            return Encoding.UTF8.GetString(buffer, 0, count);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
