using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Server.Background;

namespace Tributary.Server.Dialects.Pipedrive.Source;

/// <summary>
/// Somebody's Pipedrive, read page by page: v2 by cursor, v1 by start (reference §4). It waits when it is told to come back
/// later, and tries again when an answer is lost: everything it asks for is a GET.
/// </summary>
/// <param name="http">Guarded against addresses that only this machine reaches.</param>
/// <param name="root">Where /api/v2 and /api/v1 begin.</param>
/// <param name="token">The API token of the user whose records are seen.</param>
/// <param name="pause">How it waits.</param>
internal sealed class PipedriveAccount(HttpClient http, Uri root, string token, Func<TimeSpan, CancellationToken, Task> pause)
{
    private const int PageSize = 500;
    private const int MaxAnswer = 64 * 1024 * 1024;
    private const int Tries = 5;

    /// <summary>Longer waits are the background job's, which is then put off.</summary>
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    /// <summary>The pages of a list of v2. "limit: … a maximum value of 500 is allowed."</summary>
    public async IAsyncEnumerable<IReadOnlyList<JsonElement>> Pages(string path, [EnumeratorCancellation] CancellationToken ct)
    {
        var mark = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        string? cursor = null;
        do
        {
            using var answer =
                await Get(string.Create(CultureInfo.InvariantCulture,
                    $"api/v2/{path}{mark}limit={PageSize}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}"), ct);
            yield return Data(answer);
            cursor = answer.RootElement.TryGetProperty("additional_data", out var more) && more.ValueKind is JsonValueKind.Object
                && more.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
    }

    /// <summary>The pages of a list of v1, which says in its pagination where the next one starts; short lists have none.</summary>
    public async IAsyncEnumerable<IReadOnlyList<JsonElement>> OldPages(string path, [EnumeratorCancellation] CancellationToken ct)
    {
        long? start = 0;
        do
        {
            using var answer = await Get(string.Create(CultureInfo.InvariantCulture, $"api/v1/{path}?start={start}&limit={PageSize}"), ct);
            yield return Data(answer);
            start = answer.RootElement.TryGetProperty("additional_data", out var more) && more.ValueKind is JsonValueKind.Object
                && more.TryGetProperty("pagination", out var pages) && pages.TryGetProperty("more_items_in_collection", out var has)
                && has.ValueKind is JsonValueKind.True
                && pages.TryGetProperty("next_start", out var next) && next.TryGetInt64(out var at) && at > start ? at : null;
        }
        while (start is not null);
    }

    public static async Task<List<JsonElement>> All(IAsyncEnumerable<IReadOnlyList<JsonElement>> pages)
    {
        var all = new List<JsonElement>();
        await foreach (var page in pages) all.AddRange(page);
        return all;
    }

    /// <summary>The greatest id of a list of v2; 0 of an empty one.</summary>
    public async Task<long> Greatest(string path, CancellationToken ct)
    {
        using var answer = await Get($"api/v2/{path}?limit=1&sort_by=id&sort_direction=desc", ct);
        return Data(answer) is [var last] && last.TryGetProperty("id", out var id) && id.TryGetInt64(out var number) ? number : 0;
    }

    // Cloned: the pages outlive the document they were read from.
    private static List<JsonElement> Data(JsonDocument answer) =>
        !answer.RootElement.TryGetProperty("data", out var data) || data.ValueKind is JsonValueKind.Null ? []
        : data.ValueKind is JsonValueKind.Array
        ? [.. data.EnumerateArray().Where(row => row.ValueKind is JsonValueKind.Object).Select(row => row.Clone())]
        : throw NotPipedrive();

    private async Task<JsonDocument> Get(string path, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (document, wait) = await Try(path, ct);
            if (document is not null) return document;
            var planned = wait ?? TimeSpan.FromSeconds(1 << attempt);
            if (attempt == Tries || planned > longest) throw Later("Pipedrive asks to come back later; what was copied so far is kept.");
            await pause(planned, ct);
        }
    }

    /// <summary>The answer, or how long to wait before trying again.</summary>
    private async Task<(JsonDocument? Document, TimeSpan? Wait)> Try(string path, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(root, path));
        request.Headers.Add("x-api-token", token);
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.UserAgent.ParseAdd("Tributary-Import/1");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (answer.StatusCode is HttpStatusCode.TooManyRequests || (int)answer.StatusCode >= 500) return (null, RetryAfter(answer));
            if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            {
                throw Problem.Invalid("token", "Pipedrive does not accept the token, or its user may not read this.");
            }
            if (!answer.IsSuccessStatusCode)
            {
                throw Problem.Invalid("url",
                    string.Create(CultureInfo.InvariantCulture,
                        $"Pipedrive answered {(int)answer.StatusCode} to GET /{path.Split('?')[0]}; url must be the address of the company, such as https://company.pipedrive.com."));
            }
            if (answer.Content.Headers.ContentLength > MaxAnswer) throw NotPipedrive();
            return (JsonDocument.Parse(await Bytes(answer, limit.Token)), null);
        }
        catch (HttpRequestException error) when (OutgoingHttp.IsClosed(error))
        {
            throw Problem.Invalid("url", OutgoingHttp.Why(error, "server"));
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException
            || lost is OperationCanceledException && !ct.IsCancellationRequested)
        {
            return (null, null);
        }
        catch (JsonException)
        {
            throw NotPipedrive();
        }
    }

    private static async Task<ReadOnlyMemory<byte>> Bytes(HttpResponseMessage answer, CancellationToken ct)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(ct);
        using var all = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = await stream.ReadAsync(buffer, ct)) > 0;)
        {
            all.Write(buffer, 0, read);
            if (all.Length > MaxAnswer) throw NotPipedrive();
        }
        return all.GetBuffer().AsMemory(0, (int)all.Length);
    }

    // "Retry-After", else Pipedrive's own header: seconds until the window of the burst limit is over (reference §5).
    private static TimeSpan? RetryAfter(HttpResponseMessage answer)
    {
        if (answer.Headers.RetryAfter?.Delta is { } delta) return delta;
        return answer.Headers.TryGetValues("x-ratelimit-reset", out var values)
            && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static ProblemException NotPipedrive() => Problem.Invalid("url", "What answers there does not answer as Pipedrive does.");

    private static ProblemException Later(string why) => new(new(ProblemCode.Unavailable, why, []));
}
