using System.Globalization;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.AutomateNexus;

/// <summary>
/// How AutomateNexus says no. Its overview has a section on errors that no public copy shows; body, statuses and codes are
/// those of the reference, §2.1.
/// </summary>
internal static class AutomateNexusErrors
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["person_id"] = "contact_id",
        ["org_id"] = "company",
        ["expected_close"] = "expected_close_date",
        ["competitors"] = "competitor",
        ["subject"] = "title",
        ["note"] = "description",
        ["due_on"] = "due_date",
        ["due_time"] = "due_date",
        ["name"] = "first_name",
        ["emails"] = "email",
        ["phones"] = "phone",
    };

    private static readonly Wire<FieldError> Detail = new Wire<FieldError>(null)
        .Text("field", error => Name(error.Field), nullable: false)
        .Text("message", Sentence, nullable: false);

    private static readonly Wire<Problem> Inner = new Wire<Problem>(null)
        .Text("code", Code, nullable: false)
        .Text("message", Message, nullable: false)
        .Objects("details", problem => problem.Fields, Detail);

    public static readonly Wire<Problem> Wire = new Wire<Problem>("Error").Flag("success", _ => false)
        .Object("error", problem => problem, Inner);

    public static Reply Write(HttpContext http, Problem problem)
    {
        if (problem.Code is ProblemCode.Unavailable) http.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
        return Reply.Json(Wire, problem, status: Status(problem));
    }

    private static int Status(Problem problem) => problem.Code switch
    {
        ProblemCode.Invalid => IsMalformed(problem) ? 400 : 422,
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

    private static string Code(Problem problem) => problem.Code switch
    {
        ProblemCode.Invalid => IsMalformed(problem) ? "BAD_REQUEST" : problem.Fields.All(IsPlace) ? "INVALID_STAGE" : "VALIDATION_ERROR",
        ProblemCode.Unauthenticated => "UNAUTHORIZED",
        ProblemCode.Forbidden => "FORBIDDEN",
        ProblemCode.NotFound or ProblemCode.Gone => "NOT_FOUND",
        ProblemCode.Conflict or ProblemCode.Stale => "CONFLICT",
        ProblemCode.TooLarge => "PAYLOAD_TOO_LARGE",
        ProblemCode.TooMany => "RATE_LIMITED",
        ProblemCode.Unsupported => problem.IsMediaType ? "UNSUPPORTED_MEDIA_TYPE" : "METHOD_NOT_ALLOWED",
        ProblemCode.Unavailable => "SERVICE_UNAVAILABLE",
        ProblemCode.Broken => "INTERNAL_ERROR",
    };

    /// <summary>What is no JSON at all, and a cursor that this list did not give.</summary>
    private static bool IsMalformed(Problem problem) => problem.Fields is [{ Field: "body" }] or [{ Field: "cursor" }];

    // A stage that is not there for the deal. Sentences about the member's shape ("stage_id must be…", "stage_id is required…") begin with
    // its name.
    private static bool IsPlace(FieldError error) =>
        error is { Field: "stage_id", In: "body" } && !error.Message.StartsWith("stage_id ", StringComparison.Ordinal);

    private static string Message(Problem problem) => problem.Code switch
    {
        ProblemCode.Forbidden => Permissions.Spell(problem.Message),
        ProblemCode.NotFound when problem.Subject is "deal" or "pipeline" or "contact" or "task" or "webhook" =>
            $"No {problem.Subject} with that id.",
        ProblemCode.NotFound when problem.Subject is "person" => "No contact with that id.",
        ProblemCode.NotFound when problem.Subject is "activity" => "No task with that id.",
        _ => problem.Fields.Count > 0 ? Sentence(problem.Fields[0]) : problem.Message,
    };

    private static string Name(string field) =>
        field.StartsWith("custom.", StringComparison.Ordinal)
        ? "custom_fields." + field["custom.".Length..] : Names.GetValueOrDefault(field, field);

    // The engine's sentences begin with the engine's name of the field.
    private static string Sentence(FieldError error)
    {
        if (error.Field == "scope") return Permissions.Spell(error.Message);
        return error.Message.StartsWith(error.Field, StringComparison.Ordinal)
            ? Name(error.Field) + error.Message[error.Field.Length..] : error.Message;
    }
}
