using System.Net;
using System.Net.Sockets;

namespace Tributary.Server.Background;

/// <summary>The only way out: connects to public addresses only, unless others are allowed, and follows no redirects.</summary>
internal static class OutgoingHttp
{
    public static HttpClient Client(bool allowPrivate) => new(Handler(allowPrivate)) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>What connects, and keeps connections for what follows.</summary>
    public static SocketsHttpHandler Handler(bool allowPrivate) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        // A proxy would resolve the name itself, out of reach of the check below.
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectCallback = (context, ct) => Connect(context, allowPrivate, ct),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxResponseHeadersLength = 16,
        ActivityHeadersPropagator = null,
    };

    /// <summary>In a sentence for whoever gave the address.</summary>
    public static string Why(HttpRequestException error, string whom) => error switch
    {
        { InnerException: ClosedAddressException } => $"The {whom}'s address is not a public one.",
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } } =>
            $"The {whom}'s name could not be resolved.",
        { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            $"No secure connection could be made; the {whom}'s certificate may not be valid.",
        { HttpRequestError: HttpRequestError.ConnectionError } => $"The {whom} could not be reached.",
        _ => $"The {whom} did not answer in HTTP.",
    };

    public static bool IsClosed(HttpRequestException error) => error.InnerException is ClosedAddressException;

    /// <summary>
    /// Connects to what the name resolves to now, if that is public: a check before would not see the name point elsewhere a moment later.
    /// </summary>
    private static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, bool allowPrivate, CancellationToken ct)
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

    private sealed class ClosedAddressException() : Exception("The address is not a public one.");
}
