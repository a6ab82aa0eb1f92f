using System.Net.Http.Headers;

namespace Tributary.Bench.Scenarios;

/// <summary>
/// The least that sending webhooks can be: the same bytes to the same receiver at a fixed pace, by one HttpClient that keeps its
/// connections. It reads no log, writes nothing down, signs nothing and tries nothing again.
/// </summary>
internal static class BarePosts
{
    private const int AtOnce = 32;

    /// <returns>How many were taken, once the time is over.</returns>
    public static async Task<long> Send(string url, byte[] body, double perSecond, TimeSpan time, CancellationToken ct)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null });
        var pace = new Pace(perSecond, time);
        var sent = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Loop(http, new(url), body, pace, ct)));
        return sent.Sum();
    }

    private static async Task<long> Loop(HttpClient http, Uri url, byte[] body, Pace pace, CancellationToken ct)
    {
        var sent = 0L;
        while (await pace.Next(ct) is not null)
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await http.PostAsync(url, content, ct);
            answer.EnsureSuccessStatusCode();
            sent++;
        }
        return sent;
    }
}
