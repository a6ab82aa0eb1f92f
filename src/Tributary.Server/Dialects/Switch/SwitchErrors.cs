using System.Globalization;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Switch;

/// <summary>
/// How Switch says no. The one documented refusal is a 400 (stage outside the pipeline), so every validation is a 400;
/// the body's shape is not published and is ours (reference §3.1).
/// </summary>
internal static class SwitchErrors
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["title"] = "name",
        ["value"] = "amount",
        ["org_id"] = "customer_id",
        ["person_id"] = "customer_id",
        ["expected_close"] = "expected_close_date",
        ["description"] = "notes",
        ["scope"] = "required_scope",
    };

    private static readonly Wire<FieldError> Detail = new Wire<FieldError>(null)
        .Text("path", e => Names.GetValueOrDefault(e.Field, e.Field), nullable: false)
        .Text("message", e => Spell(e), nullable: false);

    private static readonly Wire<Problem> Inner = new Wire<Problem>(null)
        .Text("code", p => Code(p.Code), nullable: false)
        .Text("message", p => p.Code is ProblemCode.Invalid && p.Fields.Count > 0 ? Spell(p.Fields[0]) : p.Message, nullable: false)
        .Objects("details", p => p.Fields, Detail);

    public static readonly Wire<Problem> Wire = new Wire<Problem>("Error").Object("error", p => p, Inner);

    public static Reply Write(HttpContext http, Problem problem)
    {
        if (problem.Code is ProblemCode.Unavailable) http.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
        return Reply.Json(Wire, problem, status: Status(problem));
    }

    private static int Status(Problem problem) => problem.Code switch
    {
        ProblemCode.Invalid => 400,
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

    private static string Code(ProblemCode code) => code switch
    {
        ProblemCode.Invalid or ProblemCode.TooLarge or ProblemCode.Unsupported => "invalid_request",
        ProblemCode.Unauthenticated => "unauthorized",
        ProblemCode.Forbidden => "forbidden",
        ProblemCode.NotFound or ProblemCode.Gone => "not_found",
        ProblemCode.Conflict or ProblemCode.Stale => "conflict",
        ProblemCode.TooMany => "rate_limited",
        ProblemCode.Unavailable or ProblemCode.Broken => "internal_error",
    };

    // The engine's sentences begin with the engine's name of the field.
    private static string Spell(FieldError error) =>
        Names.TryGetValue(error.Field, out var name) && error.Message.StartsWith(error.Field, StringComparison.Ordinal)
        ? name + error.Message[error.Field.Length..]
        : error.Message;
}
