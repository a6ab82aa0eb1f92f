using System.Globalization;
using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.YSuite;

/// <summary>
/// How YSuite says no (its pages "Errors" and "Authentication"): {"success":false,"message":…}, with errors{} when fields
/// are wrong. Not found is 400; the wording of validation follows the documented example "The deal_name field is required."
/// </summary>
internal static class YSuiteErrors
{
    /// <summary>The engine's names of fields, and the page's, by page: the same word means different members on two pages.</summary>
    private static readonly Dictionary<string, Dictionary<string, string>> Names = new()
    {
        ["Deals"] = new()
        {
            ["title"] = "deal_name",
            ["value"] = "deal_amount",
            ["currency"] = "deal_amount_currency",
            ["owner_id"] = "deal_owner_id",
            ["assignee_id"] = "deal_assignedto",
            ["org_id"] = "cstid",
            ["person_id"] = "deal_contact_id",
            ["stage_id"] = "deal_current_stage",
            ["expected_close"] = "deal_expected_close_date",
            ["source"] = "deal_source",
            ["description"] = "deal_description",
        },
        ["Contacts"] = new()
        {
            ["name"] = "cstname",
            ["notes"] = "cstnotes",
            ["tax_number"] = "ct_taxnumber",
            ["emails"] = "cstemail",
            ["email"] = "cstemail",
            ["phones"] = "cstmobile",
            ["phone"] = "cstmobile",
            ["address"] = "cstaddress",
            ["org_id"] = "contact_parent",
            ["tag_ids"] = "cst_tag_id",
        },
        ["Tasks"] = new()
        {
            ["subject"] = "title",
            ["note"] = "description",
            ["due_on"] = "start_datetime",
            ["due_time"] = "start_datetime",
            ["duration"] = "end_datetime",
            ["owner_id"] = "assigned_user_id",
            ["org_id"] = "cstid",
            ["person_id"] = "cstid",
        },
    };

    public static readonly Wire<Problem> Wire = new Wire<Problem>("Error")
        .Flag("success", _ => false)
        .Text("message", Message, nullable: false)
        .Json("errors",
            new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] =
                new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } }
            }, (json, p) =>
        {
            json.WriteStartObject();
            foreach (var field in p.Fields.GroupBy(error => error.Field))
            {
                json.WriteStartArray(field.Key);
                foreach (var error in field) json.WriteStringValue(error.Message);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }, when: p => p.Code is ProblemCode.Invalid && p.Fields.Count > 0);

    public static Reply Write(HttpContext http, Problem problem)
    {
        if (problem.Code is ProblemCode.Unavailable) http.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
        var names = Names.GetValueOrDefault(http.GetEndpoint()?.Metadata.GetMetadata<Operation>()?.Tag ?? "") ?? [];
        return Reply.Json(Wire, problem with { Fields = [.. problem.Fields.Select(error => Spelled(error, names))] },
            status: Status(problem));
    }

    private static int Status(Problem problem) => problem.Code switch
    {
        ProblemCode.Invalid => problem.Fields is [{ Field: "body" }] ? 400 : 422,
        ProblemCode.Unauthenticated => 401,
        ProblemCode.Forbidden => 403,
        ProblemCode.NotFound => problem.Subject == "endpoint" ? 404 : 400,
        ProblemCode.Gone or ProblemCode.Conflict or ProblemCode.Stale => 400,
        ProblemCode.TooLarge => 413,
        ProblemCode.TooMany => 429,
        ProblemCode.Unsupported => problem.IsMediaType ? 415 : 405,
        ProblemCode.Unavailable => 503,
        ProblemCode.Broken => 500,
    };

    private static string Message(Problem problem) => problem.Code switch
    {
        ProblemCode.Unauthenticated => "Invalid API credentials.",
        ProblemCode.NotFound when problem.Subject is "deal" => "Deal not found",
        ProblemCode.NotFound when problem.Subject is "person" or "organization" or "contact" => "Contact not found",
        ProblemCode.NotFound when problem.Subject is "activity" => "Task not found",
        ProblemCode.TooMany => "Too many requests.",
        ProblemCode.Invalid when problem.Fields.Count > 0 => problem.Fields[0].Message,
        _ => problem.Message,
    };

    // The engine's sentences begin with the engine's name of the field; the documented ones with "The deal_name field".
    private static FieldError Spelled(FieldError error, Dictionary<string, string> names)
    {
        var name = names.GetValueOrDefault(error.Field, error.Field);
        if (!error.Message.StartsWith(error.Field, StringComparison.Ordinal)) return error with { Field = name };
        var rest = error.Message[error.Field.Length..];
        return error with
        {
            Field = name,
            Message = rest.StartsWith(" is required", StringComparison.Ordinal)
                ? $"The {name} field is required." : $"The {name}{rest}",
        };
    }
}
