using System.Globalization;
using System.Text.Json.Nodes;
using Tributary.Core.Kernel;

namespace Tributary.Server.Hosting;

/// <summary>
/// Writes a dialect's OpenAPI 3.1 document from its routes: the same declarations that read requests and write answers,
/// so that it cannot say anything else than the code does. Which statuses a refusal has is asked of the dialect itself.
/// </summary>
internal static class OpenApiDocument
{
    /// <summary>What a dialect serves: its own operations, and the document about them.</summary>
    public static IReadOnlyList<Operation> OperationsOf(IDialect dialect)
    {
        var document = new Lazy<JsonObject>(dialect.Describe);
        return [Route(_ => Task.FromResult(Hosting.Reply.Json(json => document.Value.WriteTo(json)))), .. dialect.Operations];
    }

    /// <param name="dialect">Whose operations.</param>
    /// <param name="title">The name of the API.</param>
    /// <param name="description">One sentence about it.</param>
    /// <param name="securitySchemes">Any one of them opens, unless <paramref name="together"/>: then all are needed.</param>
    /// <param name="error">The body of its refusals.</param>
    /// <param name="together">The schemes are parts of one credential.</param>
    public static JsonObject Of(IDialect dialect, string title, string description, JsonObject securitySchemes, ISchema error,
        bool together = false)
    {
        var book = new SchemaBook();
        var paths = new JsonObject();
        var all = dialect.Operations.Where(route => route.AliasOf is null)
            .Prepend(Route(_ => throw new InvalidOperationException("Only described.")));
        foreach (var group in all.GroupBy(route => route.Path))
        {
            var path = new JsonObject();
            foreach (var route in group) path[route.Method.ToLowerInvariant()] = Describe(dialect, route, book, error);
            paths[dialect.Prefix + group.Key] = path;
        }

        var schemas = new JsonObject();
        foreach (var (name, schema) in book.Named.ToList()) schemas[name] = schema;
        var names = securitySchemes.Select(scheme => scheme.Key).ToList();
        return new()
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = title,
                ["description"] = description,
                ["version"] = "1.0",
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["tags"] =
                new JsonArray([.. all.Select(route => route.Tag).Distinct().Select(tag => (JsonNode)new JsonObject { ["name"] = tag })]),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas, ["securitySchemes"] = securitySchemes },
            ["security"] = together
                ? new JsonArray(new JsonObject(names.Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonArray()))))
                : new JsonArray([.. names.Select(name => (JsonNode)new JsonObject { [name] = new JsonArray() })]),
        };
    }

    private static Operation Route(Handler handler) => new("GET", "/openapi.json", "getOpenApi", handler)
    {
        Tag = "Meta",
        Summary = "This document",
        IsAnonymous = true,
        Answer = new AnyObject(),
    };

    private static JsonObject Describe(IDialect dialect, Operation route, SchemaBook book, ISchema error)
    {
        var operation = new JsonObject { ["operationId"] = route.Id, ["summary"] = route.Summary, ["tags"] = new JsonArray(route.Tag) };
        operation["x-coverage"] = route.Coverage;
        if (route.CoverageNote is { } note) operation["x-coverage-note"] = note;
        if (route.Cost != 1) operation["x-cost"] = route.Cost;
        if (route.Description is { } description) operation["description"] = description;
        if (route.IsAnonymous) operation["security"] = new JsonArray();

        var parameters = new JsonArray([.. route.Parameters.Select(member => (JsonNode)Parameter(member)), .. Headers(dialect, route)]);
        if (parameters.Count > 0) operation["parameters"] = parameters;
        if (route.Body is { } body)
        {
            var content = new JsonObject { [route.BodyType] = new JsonObject { ["schema"] = book.Refer(body) } };
            if ((route.Reading ?? dialect.Reading).Forms) content["application/x-www-form-urlencoded"] = new JsonObject
            {
                ["schema"] = book.Refer(body),
            };
            operation["requestBody"] = new JsonObject
            {
                ["required"] = body.Members.Any(member => member.IsRequired),
                ["content"] = content,
            };
        }
        operation["responses"] = Responses(dialect, route, book, error);
        return operation;
    }

    private static JsonObject Parameter(Member member)
    {
        var schema = member.Schema();
        var parameter = new JsonObject
        {
            ["name"] = member.Name,
            ["in"] = member.In,
            ["required"] = member.IsRequired,
            ["description"] = member.Description.Length > 0 ? member.Description : $"It {member.Accepts}.",
            ["schema"] = schema,
        };
        if (member is { In: "query" } && schema["type"] is JsonValue type
            && type.GetValueKind() is System.Text.Json.JsonValueKind.String && type.GetValue<string>() == "array") parameter["explode"] =
            false;
        return parameter;
    }

    private static IEnumerable<JsonNode> Headers(IDialect dialect, Operation route)
    {
        if (IsVersioned(route))
        {
            yield return Header("If-Match", "The ETag of the version that is to be changed; another version is refused.");
        }
        if (dialect.TellsVersions && route.IsConditional)
        {
            yield return Header("If-None-Match", "The ETag of an earlier answer; while it holds, the answer is 304 without a body.");
        }
        if (dialect.TakesIdempotencyKeys && route is { Method: "POST", IsAnonymous: false })
        {
            yield return Header(Idempotency.Header,
                "A request repeated with the same key within 24 hours is carried out once and answered as the first time.");
        }
    }

    private static JsonObject Header(string name, string description) =>
        new()
        {
            ["name"] = name,
            ["in"] = "header",
            ["required"] = false,
            ["description"] = description,
            ["schema"] = new JsonObject { ["type"] = "string" }
        };

    private static JsonObject Responses(IDialect dialect, Operation route, SchemaBook book, ISchema error)
    {
        var success = new JsonObject { ["description"] = route.Status is 204 ? "Done; no body." : "Done." };
        if (route.Answer is { } answer) success["content"] = new JsonObject
        {
            [route.AnswerType] = new JsonObject { ["schema"] = book.Refer(answer) },
        };
        else if (route.AnswerType is not "application/json") success["content"] = new JsonObject { [route.AnswerType] = new JsonObject() };

        var isConditional = dialect.TellsVersions && route.IsConditional;
        if (isConditional) success["headers"] = new JsonObject
        {
            ["ETag"] = new JsonObject
            {
                ["description"] = "Names this state of the answer.",
                ["schema"] = new JsonObject { ["type"] = "string" },
            },
        };
        var responses = new JsonObject { [Text(route.Status)] = success };
        if (isConditional) responses["304"] = new JsonObject { ["description"] = "The ETag in If-None-Match still holds." };
        foreach (var refusals in Refusals(route)
            .Select(problem => (Reply: dialect.Refuse(new DefaultHttpContext(), problem), problem.Message))
            .GroupBy(refusal => refusal.Reply.Status).OrderBy(group => group.Key))
        {
            // A dialect may say no with the status of success; then the body tells the two apart.
            if (responses.ContainsKey(Text(refusals.Key))) continue;
            responses[Text(refusals.Key)] = new JsonObject
            {
                ["description"] = string.Join(" ", refusals.Select(refusal => refusal.Message)),
                ["content"] = new JsonObject
                {
                    [refusals.First().Reply.ContentType.Split(';')[0]] = new JsonObject { ["schema"] = book.Refer(error) },
                },
            };
        }
        return responses;
    }

    /// <summary>The ways this operation may be refused, each with a sentence for the document.</summary>
    private static IEnumerable<Problem> Refusals(Operation route)
    {
        var writes = route.Method is not "GET";
        if (route.Parameters.Any(member => member.In != "path") || route.Body is not null)
        {
            yield return Sample(ProblemCode.Invalid, "Something in the request is wrong; each wrong field is named.");
        }
        if (!route.IsAnonymous)
        {
            yield return Sample(ProblemCode.Unauthenticated, "The credential is missing or not valid.");
            yield return Sample(ProblemCode.Forbidden, "The credential may not do this.");
        }
        if (route.Parameters.Any(member => member.In == "path"))
        {
            yield return Sample(ProblemCode.NotFound, "There is no such record, or it is not visible.");
        }
        if (writes) yield return Sample(ProblemCode.Conflict, "The state of the record does not allow it, or a unique value is taken.");
        if (IsVersioned(route)) yield return Sample(ProblemCode.Stale, "The record was changed by someone else.");
        if (route.Body is not null)
        {
            yield return Sample(ProblemCode.TooLarge, "The body or the workspace is too large.");
            yield return new(ProblemCode.Unsupported, "The body is of a media type that is not taken.", [], Problem.MediaType);
        }
        if (!route.IsAnonymous) yield return Sample(ProblemCode.TooMany, "Too many requests; wait as Retry-After says.");
        foreach (var own in route.Refusals) yield return own;
        yield return Sample(ProblemCode.Unavailable, "Storage cannot take the request now; try again later.");
    }

    private static Problem Sample(ProblemCode code, string message) =>
        new(code, message, code is ProblemCode.Invalid ? [new("field", message)] : []);

    private static bool IsVersioned(Operation route) => route.Method is "PATCH" && route.Body?.Takes("version") == true;

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Any JSON object.</summary>
internal sealed class AnyObject : ISchema
{
    public string? Name => null;

    public JsonObject Schema(SchemaBook book) => new() { ["type"] = "object", ["additionalProperties"] = true };
}
