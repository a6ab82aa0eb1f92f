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

    public static string? Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString();

    /// <summary>The caller, with what the log keeps of the client program.</summary>
    public static Caller? Seen(HttpContext http, Caller? caller) =>
        caller is null || http.Request.Headers.UserAgent.Count == 0 ? caller : caller with { UserAgent = http.Request.Headers.UserAgent };
}
