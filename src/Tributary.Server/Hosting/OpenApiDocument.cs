using System.Text.Json.Nodes;

namespace Tributary.Server.Hosting;

/// <summary>
/// Writes a dialect's OpenAPI 3.1 document from its routes: the same declarations that read requests and write answers,
/// so that it cannot say anything else than the code does.
/// </summary>
internal static class OpenApiDocument
{
    public static JsonObject Of(IDialect dialect, string title, string description, JsonObject securitySchemes, ISchema error)
    {
        var book = new SchemaBook();
        var paths = new JsonObject();
        foreach (var group in dialect.Operations.GroupBy(route => route.Path))
        {
            var path = new JsonObject();
            foreach (var route in group) path[route.Method.ToLowerInvariant()] = Describe(route, book, error);
            paths[dialect.Prefix + group.Key] = path;
        }

        var schemas = new JsonObject();
        foreach (var (name, schema) in book.Named.ToList()) schemas[name] = schema;
        return new()
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = title, ["description"] = description, ["version"] = "1.0", ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" } },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["tags"] = new JsonArray([.. dialect.Operations.Select(route => route.Tag).Distinct().Select(tag => (JsonNode)new JsonObject { ["name"] = tag })]),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas, ["securitySchemes"] = securitySchemes },
            ["security"] = new JsonArray([.. securitySchemes.Select(scheme => (JsonNode)new JsonObject { [scheme.Key] = new JsonArray() })]),
        };
    }

    public static Reply Reply(JsonObject document) => Hosting.Reply.Json(json => document.WriteTo(json));

    private static JsonObject Describe(Operation route, SchemaBook book, ISchema error)
    {
        var operation = new JsonObject { ["operationId"] = route.Id, ["summary"] = route.Summary, ["tags"] = new JsonArray(route.Tag) };
        if (route.Description is { } description) operation["description"] = description;
        if (route.IsAnonymous) operation["security"] = new JsonArray();

        var parameters = new JsonArray();
        foreach (var member in route.Parameters)
        {
            parameters.Add(new JsonObject
            {
                ["name"] = member.Name,
                ["in"] = member.In,
                ["required"] = member.IsRequired,
                ["description"] = member.Description,
                ["schema"] = member.Schema.DeepClone(),
            });
        }
        if (parameters.Count > 0) operation["parameters"] = parameters;
        if (route.Body is { } body)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = body.Members.Any(member => member.IsRequired),
                ["content"] = new JsonObject { [route.BodyType] = new JsonObject { ["schema"] = book.Refer(body) } },
            };
        }

        var success = new JsonObject { ["description"] = route.Status is 204 ? "Done; no body." : "Done." };
        if (route.Answer is { } answer) success["content"] = new JsonObject { [route.AnswerType] = new JsonObject { ["schema"] = book.Refer(answer) } };
        else if (route.AnswerType is not "application/json") success["content"] = new JsonObject { [route.AnswerType] = new JsonObject() };
        operation["responses"] = new JsonObject
        {
            [route.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = success,
            ["4XX"] = new JsonObject
            {
                ["description"] = "Refused: the body says why, and which field is to be mended.",
                ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = book.Refer(error) } },
            },
        };
        return operation;
    }
}
