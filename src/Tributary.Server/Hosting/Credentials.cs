using System.Text;
using Tributary.Core.Kernel;

namespace Tributary.Server.Hosting;

/// <summary>What dialects share in finding out who asks.</summary>
internal static class Credentials
{
    /// <summary>The token of "Authorization: Bearer …", or none.</summary>
    public static string? Bearer(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;
    }

    /// <summary>
    /// The name and password of "Authorization: Basic …", form-encoded as RFC 6749, section 2.3.1, has them; none without that header, two
    /// nulls when it cannot be read.
    /// </summary>
    public static (string?, string?)? Basic(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return null;
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header["Basic ".Length..].Trim(), bytes, out var length)) return (null, null);
        var pair = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return pair.Length == 2 ? (Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair[1])) : (null, null);
    }

    public static string? Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString();

    /// <summary>The caller, with what the log keeps of the client program.</summary>
    public static Caller? Seen(HttpContext http, Caller? caller) =>
        caller is null || http.Request.Headers.UserAgent.Count == 0 ? caller : caller with { UserAgent = http.Request.Headers.UserAgent };
}
