using Tributary.Core.Kernel;

namespace Tributary.Server.Dialects.Pipedrive.OAuth;

/// <summary>The words of RFC 6749, section 5.2, for what the token endpoints refuse.</summary>
internal static class OAuthWords
{
    private const string Root = "/pipedrive/oauth";

    public static bool IsPath(HttpContext http) => http.Request.Path.StartsWithSegments(Root);

    public static string Of(Problem problem) => problem switch
    {
        { Subject: "invalid_client" or "invalid_request" or "invalid_grant" or "unsupported_grant_type" } => problem.Subject,
        { Code: ProblemCode.Unauthenticated } => "invalid_client",
        { Code: ProblemCode.Forbidden } => "access_denied",
        { Code: ProblemCode.Unavailable or ProblemCode.TooMany } => "temporarily_unavailable",
        { Code: ProblemCode.Broken } => "server_error",
        _ => "invalid_request",
    };
}
