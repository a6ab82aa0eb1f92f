using System.Globalization;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api;

/// <summary>How our own API says no: RFC 9457 problem details, with every wrong field in "errors".</summary>
internal static class NativeErrors
{
    public static readonly Wire<FieldError> FieldWire = new Wire<FieldError>("FieldError")
        .Text("field", e => e.Field, "The member or parameter, dots between levels.", nullable: false)
        .Text("message", e => e.Message, "What would be accepted.", nullable: false)
        .Word("in", e => e.In, ["body", "query", "path", "header"]);

    public static readonly Wire<(Problem Problem, string Trace)> Wire =
        new Wire<(Problem Problem, string Trace)>("Problem", "application/problem+json")
        .Text("type", p => "about:blank", nullable: false)
        .Text("title", p => Title(p.Problem.Code), nullable: false)
        .Whole("status", p => p.Problem.IsMediaType ? 415 : Status(p.Problem.Code))
        .Text("code", p => Code(p.Problem.Code), "A word that programs can rely on.", nullable: false)
        .Text("detail", p => p.Problem.Message, "One sentence for people.", nullable: false)
        .Objects("errors", p => p.Problem.Fields, FieldWire, "Every wrong field at once.", when: p => p.Problem.Fields.Count > 0)
        .Text("trace_id", p => p.Trace, "Under this id the server's log has more.", nullable: false);

    public static Reply Write(HttpContext http, Problem problem)
    {
        // The engine knows no parameters: what it finds wrong with a request that has no body stood in the query.
        if (HttpMethods.IsGet(http.Request.Method)) problem = problem with
        {
            Fields = [.. problem.Fields.Select(field => field.In == "body" ? field with { In = "query" } : field)],
        };
        var status = problem.IsMediaType ? 415 : Status(problem.Code);
        if (status == 401) http.Response.Headers.WWWAuthenticate = "Bearer";
        if (status == 503) http.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
        return Problems(status, json => Wire.Write(json, (problem, http.TraceIdentifier)));
    }

    public static int Status(ProblemCode code) => code switch
    {
        ProblemCode.Invalid => 422,
        ProblemCode.Unauthenticated => 401,
        ProblemCode.Forbidden => 403,
        ProblemCode.NotFound => 404,
        ProblemCode.Gone => 410,
        ProblemCode.Conflict => 409,
        ProblemCode.Stale => 412,
        ProblemCode.TooLarge => 413,
        ProblemCode.TooMany => 429,
        ProblemCode.Unsupported => 405,
        ProblemCode.Unavailable => 503,
        ProblemCode.Broken => 500,
    };

    public static string Code(ProblemCode code) => code switch
    {
        ProblemCode.Invalid => "invalid",
        ProblemCode.Unauthenticated => "unauthenticated",
        ProblemCode.Forbidden => "forbidden",
        ProblemCode.NotFound => "not_found",
        ProblemCode.Gone => "gone",
        ProblemCode.Conflict => "conflict",
        ProblemCode.Stale => "stale",
        ProblemCode.TooLarge => "too_large",
        ProblemCode.TooMany => "too_many_requests",
        ProblemCode.Unsupported => "unsupported",
        ProblemCode.Unavailable => "unavailable",
        ProblemCode.Broken => "internal",
    };

    private static string Title(ProblemCode code) => code switch
    {
        ProblemCode.Invalid => "The request has wrong fields",
        ProblemCode.Unauthenticated => "Who are you?",
        ProblemCode.Forbidden => "Not allowed",
        ProblemCode.NotFound => "Not found",
        ProblemCode.Gone => "Gone",
        ProblemCode.Conflict => "Conflict",
        ProblemCode.Stale => "Changed by someone else",
        ProblemCode.TooLarge => "Too large",
        ProblemCode.TooMany => "Too many requests",
        ProblemCode.Unsupported => "Not supported",
        ProblemCode.Unavailable => "Unavailable",
        ProblemCode.Broken => "Server error",
    };

    private static Reply Problems(int status, Action<System.Text.Json.Utf8JsonWriter> write) =>
        Reply.Json(write, status, "application/problem+json");
}
