using System.Globalization;
using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive;

/// <summary>
/// How Pipedrive says no (reference §4): v2 with "code", v1 with "error_info", and both with "errorCode" where the gateway
/// answers. Statuses are those its page "Status codes" lists; it knows no 409, so a conflict is 400.
/// </summary>
internal static class PipedriveErrors
{
    private const string See = "Please check developers.pipedrive.com";
    private const string SeeForMore = See + " for more information about Pipedrive API.";

    public static readonly Wire<Refusal> Wire =
        new Wire<Refusal>("Error", "A refusal. v2 gives a code, v1 an error_info, the gateway an errorCode.")
        .Text("status", _ => "error", "Of webhooks.", when: r => r.IsWebhook, nullable: false)
        .Flag("success", _ => false)
        .Json("errors", new() { ["type"] = "object", ["additionalProperties"] = true }, WriteErrors, "Of webhooks.", when: r => r.IsWebhook)
        .Text("error", r => r.IsOAuth ? OAuth.OAuthWords.Of(r.Problem) : Sentence(r), when: r => !r.IsWebhook, nullable: false)
        .Text("error_description", r => r.Problem.Message, "Of the token endpoints (RFC 6749, section 5.2).", when: r => r.IsOAuth,
            nullable: false)
        .Text("code", r => Code(r.Problem), when: r => !r.IsV1 && !r.IsOAuth && !IsGateway(r), nullable: false)
        .Whole("errorCode", r => Status(r.Problem), when: IsGateway)
        .Text("error_info", Info, when: r => !r.IsWebhook && (r.IsV1 || IsGateway(r) && r.Problem.Code is not ProblemCode.TooMany),
            nullable: false)
        .Json("data", new JsonObject { ["type"] = "null" }, (json, _) => json.WriteNullValue(), when: IsLong)
        .Json("additional_data", new JsonObject { ["type"] = "null" }, (json, _) => json.WriteNullValue(), when: IsLong);

    public static Reply Write(HttpContext http, Problem problem)
    {
        if (problem.Code is ProblemCode.Unavailable) http.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
        if (OAuth.OAuthWords.IsPath(http))
        {
            if (problem.Code is ProblemCode.Unauthenticated) http.Response.Headers.WWWAuthenticate = "Basic realm=\"pipedrive\"";
            return Reply.Json(Wire, new Refusal(problem, IsV1: false, IsConversion: false, IsOAuth: true), status: Status(problem));
        }
        if (problem.Code is ProblemCode.Unauthenticated)
        {
            http.Response.Headers["x-401-by-gw"] = "true";
            http.Response.Headers["x-correlation-id"] = http.TraceIdentifier;
        }
        var isConversion = problem.Subject == "conversion"
            || http.Request.Path.Value?.Contains("/convert/", StringComparison.Ordinal) == true;
        var refusal = new Refusal(problem, Roots.IsV1(http) || isConversion && problem.Code is ProblemCode.NotFound, isConversion)
        {
            Operation = http.GetEndpoint()?.Metadata.GetMetadata<Operation>(),
        };
        return Reply.Json(Wire, refusal, status: Status(problem));
    }

    private static int Status(Problem problem) => problem.Code switch
    {
        ProblemCode.Invalid or ProblemCode.Conflict or ProblemCode.Stale => 400,
        ProblemCode.Unauthenticated => 401,
        ProblemCode.Forbidden => 403,
        ProblemCode.NotFound => 404,
        ProblemCode.Gone => 410,
        ProblemCode.TooLarge => 413,
        ProblemCode.TooMany => 429,
        ProblemCode.Unsupported => problem.IsMediaType ? 415 : 405,
        ProblemCode.Unavailable => 503,
        ProblemCode.Broken => 500,
    };

    private static string Code(Problem problem) => problem.Code switch
    {
        ProblemCode.Invalid => "ERR_SCHEMA_VALIDATION_FAILED",
        ProblemCode.Conflict or ProblemCode.Stale => "ERR_BAD_REQUEST",
        ProblemCode.Unauthenticated => "ERR_UNAUTHORIZED",
        ProblemCode.Forbidden => "ERR_FORBIDDEN",
        ProblemCode.NotFound or ProblemCode.Gone => "ERR_NOT_FOUND",
        ProblemCode.TooLarge => "ERR_PAYLOAD_TOO_LARGE",
        ProblemCode.TooMany => "ERR_TOO_MANY_REQUESTS",
        ProblemCode.Unsupported => problem.IsMediaType ? "ERR_UNSUPPORTED_MEDIA_TYPE" : "ERR_METHOD_NOT_ALLOWED",
        ProblemCode.Unavailable => "ERR_SERVICE_UNAVAILABLE",
        ProblemCode.Broken => "ERR_INTERNAL_SERVER_ERROR",
    };

    /// <summary>What Pipedrive's gateway refuses before a service sees it: credentials, scopes, budgets.</summary>
    private static bool IsGateway(Refusal refusal) =>
        !refusal.IsOAuth && (refusal.Problem.Code is ProblemCode.Unauthenticated or ProblemCode.TooMany || IsScope(refusal.Problem));

    private static bool IsScope(Problem problem) => problem is { Code: ProblemCode.Forbidden, Fields: [{ Field: "scope" }] };

    private static bool IsLong(Refusal refusal) => refusal is { IsV1: true, IsWebhook: false } && !IsGateway(refusal);

    private static string Info(Refusal refusal) => refusal switch
    {
        { IsConversion: true, Problem.Code: ProblemCode.NotFound } => "Object was not found.",
        { Problem.Code: ProblemCode.Forbidden or ProblemCode.Unauthenticated } => See,
        _ => SeeForMore,
    };

    private static string Sentence(Refusal refusal) => refusal.Problem switch
    {
        { Code: ProblemCode.Unauthenticated } => "unauthorized access",
        { Code: ProblemCode.Forbidden } problem when IsScope(problem) => "Scope and URL mismatch",
        { Code: ProblemCode.NotFound } when refusal.IsConversion => "Entity was not found",
        { Code: ProblemCode.NotFound or ProblemCode.Gone } problem => $"{ErrorNames.Noun(problem.Subject)} not found",
        { Code: ProblemCode.Invalid or ProblemCode.Conflict, Fields.Count: > 0 } problem => refusal.IsV1 ? OfV1(refusal) : OfV2(problem),
        var problem => problem.Message,
    };

    // "Validation failed: <field>: <message>; <field>: <message>" (recorded from the live API).
    private static string OfV2(Problem problem) => "Validation failed: " + string.Join("; ", problem.Fields.Select(field =>
    {
        var name = ErrorNames.Of(Keyed(field), isV1: false);
        return field.IsUnknown
            ? $"{name}: Parameter '{name}' is not allowed for this request"
            : $"{Place(name)}: {Said(field, name).TrimEnd('.')}";
    }));

    // "Deal title must be given." is recorded from the live API; the rest are the engine's sentences.
    private static string OfV1(Refusal refusal) => string.Join(' ', refusal.Problem.Fields.Select(field =>
    {
        var name = ErrorNames.Of(Keyed(field), isV1: true, refusal.Operation);
        var said = Said(field, name);
        return said.Contains(name, StringComparison.Ordinal) ? said : $"{name}: {said}";
    }));

    // The engine's sentences begin with the engine's name of the field, or name none.
    private static string Said(FieldError field, string name) =>
        field.Message.StartsWith(field.Field + " ", StringComparison.Ordinal) ? name + field.Message[field.Field.Length..] : field.Message;

    // Pipedrive names custom fields by key, wherever the engine has named one by its slug.
    private static string Keyed(FieldError field) => field.Key is { } key ? "custom." + key : field.Field;

    /// <summary>Errors of custom values stand under custom_fields.</summary>
    private static string Place(string name) => name.StartsWith("custom_fields.", StringComparison.Ordinal) ? "custom_fields" : name;

    // {"errors":{"subscription_url":["invalid or non-reachable URL"]}}
    private static void WriteErrors(System.Text.Json.Utf8JsonWriter json, Refusal refusal)
    {
        var problem = refusal.Problem;
        json.WriteStartObject();
        if (problem.Code is ProblemCode.NotFound) Write("id", ["not found"]);
        else if (problem.Fields.Count == 0) Write("webhook", [problem.Message]);
        else
        {
            foreach (var field in problem.Fields.GroupBy(field => ErrorNames.Of(field.Field, isV1: true, refusal.Operation)))
            {
                Write(field.Key, field.Select(error => Said(error, field.Key)));
            }
        }
        json.WriteEndObject();

        void Write(string name, IEnumerable<string> messages)
        {
            json.WriteStartArray(name);
            foreach (var message in messages) json.WriteStringValue(message);
            json.WriteEndArray();
        }
    }
}
