using System.Globalization;
using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.CPod;

/// <summary>
/// How cPod says no. Its pages list statuses and no bodies; the backend is FastAPI, so a refusal is {"detail": "…"}, and 422
/// lists what is wrong as {"loc", "msg", "type"} (reference §4.7, "Errors"). The token endpoint adds RFC 6749's words.
/// </summary>
internal static class CPodErrors
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["title"] = "name",
        ["org_id"] = "account_id",
        ["person_id"] = "primary_contact_id",
        ["stage_id"] = "stage",
        ["expected_close"] = "expected_close_date",
        ["next_followup_at"] = "next_followup_date",
        ["close_time"] = "actual_close_date",
        ["lost_reason"] = "loss_reason",
        ["rfp_id"] = "rfp_record_id",
        ["emails"] = "email",
        ["phones"] = "phone",
        ["custom"] = "custom_fields",
        ["due_on"] = "due_date",
        ["note"] = "description",
        ["events"] = "event_types",
        ["max_attempts"] = "retry_policy.maxAttempts",
        ["timeout_ms"] = "retry_policy.timeoutMs",
    };

    private static readonly Wire<FieldError> Detail = new Wire<FieldError>("ValidationError")
        .Texts("loc", Place)
        .Text("msg", Sentence, nullable: false)
        .Text("type", Kind, nullable: false);

    public static readonly Wire<Problem> Wire = new Wire<Problem>("Error")
        .Text("error", p => p.Subject, "RFC 6749's word; the token endpoint only.", when: IsOAuth, nullable: false)
        .Text("error_description", p => p.Message, when: IsOAuth, nullable: false)
        .Json("detail", new JsonObject { ["type"] = new JsonArray("string", "array") }, (json, p) =>
        {
            if (!ListsFields(p))
            {
                json.WriteStringValue(Message(p));
                return;
            }
            json.WriteStartArray();
            foreach (var field in p.Fields) Detail.Write(json, field);
            json.WriteEndArray();
        })
        .Whole("current_version", p => p.CurrentVersion!.Value, "The version to take up; 409 only.",
            when: p => p.CurrentVersion is not null);

    public static Reply Write(HttpContext http, Problem problem)
    {
        if (problem.Code is ProblemCode.Unavailable) http.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
        // RFC 6750, section 3: the challenge names an error only when a token was presented.
        if (problem.Code is ProblemCode.Unauthenticated)
        {
            http.Response.Headers.WWWAuthenticate = IsOAuth(problem) ? "Basic realm=\"cpod\"" : Credentials.Bearer(http) is null
                ? "Bearer" : "Bearer error=\"invalid_token\"";
        }
        return Reply.Json(Wire, problem, status: Status(problem));
    }

    private static int Status(Problem problem) => problem.Code switch
    {
        ProblemCode.Invalid => IsOAuth(problem) ? 400 : 422,
        ProblemCode.Unauthenticated => 401,
        ProblemCode.Forbidden => 403,
        ProblemCode.NotFound or ProblemCode.Gone => 404,
        ProblemCode.Conflict or ProblemCode.Stale => 409,
        ProblemCode.TooLarge => 413,
        ProblemCode.TooMany => 429,
        ProblemCode.Unsupported => problem.IsMediaType ? 415 : 405,
        ProblemCode.Unavailable => 503,
        ProblemCode.Broken => 500,
    };

    private static string Message(Problem problem) => problem.Code switch
    {
        ProblemCode.Stale => "Version conflict",
        ProblemCode.Unauthenticated when !IsOAuth(problem) => "Could not validate credentials",
        ProblemCode.NotFound when problem.Subject == "endpoint" => "Not Found",
        ProblemCode.NotFound => $"{Noun(problem.Subject)} not found",
        ProblemCode.Unsupported when !problem.IsMediaType => "Method Not Allowed",
        _ => problem.Fields.Count > 0 ? Sentence(problem.Fields[0]) : problem.Message,
    };

    private static string Noun(string subject) => subject switch
    {
        "deal" => "Deal",
        "organization" => "Account",
        "person" => "Contact",
        "activity" => "Activity",
        "webhook" => "Webhook",
        _ => "Record",
    };

    private static bool IsOAuth(Problem problem) =>
        problem.Subject is "invalid_client" or "invalid_request" or "invalid_scope" or "unsupported_grant_type";

    private static bool ListsFields(Problem problem) => problem is { Code: ProblemCode.Invalid, Fields.Count: > 0 } && !IsOAuth(problem);

    /// <summary>["body", "custom_fields", "risk_score"]; of a body that is no object only ["body"].</summary>
    private static IReadOnlyList<string> Place(FieldError error) =>
        error is { Field: "body", In: "body" } ? ["body"]
        : [error.In, .. error.Field.Split('.', 2).Select(name => Names.GetValueOrDefault(name, name))];

    private static string Kind(FieldError error) => error switch
    {
        { Field: "body", In: "body" } => "json_invalid",
        { IsUnknown: true } => "extra_forbidden",
        _ when error.Message.Contains(" is required", StringComparison.Ordinal) => "missing",
        _ => "value_error",
    };

    // The engine's sentences begin with the engine's name of the field.
    private static string Sentence(FieldError error)
    {
        var name = error.Field.Split('.', 2)[0];
        return Names.TryGetValue(name, out var other) && error.Message.StartsWith(name, StringComparison.Ordinal)
            ? other + error.Message[name.Length..] : error.Message;
    }
}
