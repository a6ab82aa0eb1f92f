using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tributary.Server.Hosting;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.EveryOperation;

/// <summary>The OpenAPI documents, held against the operations they describe and against real answers.</summary>
public sealed partial class DocumentTests
{
    [Theory, OnBothBackends]
    public async Task Every_operation_is_described(Backend backend)
    {
        var world = await World.Make(backend);
        var failures = new List<string>();
        foreach (var (dialect, route) in Requests.All(world))
        {
            var name = Requests.Name(dialect, route);
            Require(route.Summary.Length > 0, "no summary");
            Require(route.Tag.Length > 0, "no tag");
            Require(route.Id.Length > 0, "no id");
            Require(route.Answer is not null || route.Status is 204 || route.AnswerType != "application/json", "no answer");
            foreach (var part in PathPart().Matches(route.Path).Select(match => match.Groups[1].Value))
            {
                Require(route.Parameters.Any(member => member.In == "path" && member.Name == part), $"{part} is not declared");
            }

            void Require(bool holds, string what)
            {
                if (!holds) failures.Add($"{name}: {what}");
            }
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    [Theory, OnBothBackends]
    public async Task Every_document_is_served_and_is_OpenAPI_3_1(Backend backend)
    {
        var world = await World.Make(backend);
        var failures = new List<string>();
        foreach (var dialect in world.Dialects)
        {
            var (status, json) = await world.Client.Get($"{dialect.Prefix}/openapi.json");
            Assert.Equal(200, status);
            var document = (JsonObject)JsonNode.Parse(json.GetRawText())!;
            failures.AddRange(Structure(document).Select(error => $"{dialect.Name}: {error}"));

            // Each operation once, also where it is served at several addresses.
            var described = ((JsonObject)document["paths"]!)
                .SelectMany(path => ((JsonObject)path.Value!).Select(method => (string?)method.Value!["operationId"]));
            Assert.Equal(OpenApiDocument.OperationsOf(dialect).Select(route => route.AliasOf ?? route.Id).Distinct().Order(),
                described.Order());
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    [Theory, OnBothBackends]
    public async Task Real_answers_are_as_described(Backend backend)
    {
        var world = await World.Make(backend);
        var failures = new List<string>();
        foreach (var dialect in world.Dialects)
        {
            var document = (JsonObject)dialect.Describe();
            foreach (var route in OpenApiDocument.OperationsOf(dialect).Where(route => route.AnswerType is "application/json")
                .OrderBy(route => route.Method == "DELETE"))
            {
                using var request = Requests.Make(dialect, route, world);
                if (!route.IsAnonymous) world.SignIn(request, dialect.Name);
                using var response = await world.Client.SendAsync(request);
                var text = await response.Content.ReadAsStringAsync();
                if (document["paths"]![dialect.Prefix + route.Path]?[route.Method.ToLowerInvariant()]?["responses"] is not { } responses)
                {
                    continue;
                }
                var name = $"{Requests.Name(dialect, route)} {(int)response.StatusCode}";
                if (responses[((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture)]
                    is not JsonObject described) failures.Add($"{name}: this status is not described. {text}");
                else if (described["content"] is not JsonObject content) Assert.True(text.Length == 0, $"{name} has a body.");
                else if (content[response.Content.Headers.ContentType!.MediaType!]?["schema"] is not JsonObject schema)
                    failures.Add($"{name}: {response.Content.Headers.ContentType} is not described.");
                else failures.AddRange(JsonSchemas.Errors(JsonDocument.Parse(text).RootElement, schema, document)
                    .Select(error => $"{name}: {error}"));
            }
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    /// <summary>The parts of the OpenAPI 3.1 specification that a generator can get wrong (its sections 4.8.1 to 4.8.24).</summary>
    private static IEnumerable<string> Structure(JsonObject document)
    {
        if ((string?)document["openapi"] != "3.1.0") yield return "openapi must be 3.1.0";
        if ((string?)document["info"]?["title"] is null || (string?)document["info"]?["version"] is null)
        {
            yield return "info needs a title and a version";
        }
        var ids = new HashSet<string>();
        foreach (var (path, item) in (JsonObject)document["paths"]!)
        {
            if (!path.StartsWith('/')) yield return $"{path} must begin with a slash";
            foreach (var (method, node) in (JsonObject)item!)
            {
                var operation = (JsonObject)node!;
                var name = $"{method} {path}";
                if (!ids.Add((string?)operation["operationId"] ?? "")) yield return $"{name}: operationId is not unique";
                if (operation["responses"] is not JsonObject { Count: > 0 } responses) yield return $"{name}: responses are required";
                else if (responses.Any(response => response.Value?["description"] is null))
                    yield return $"{name}: every response needs a description";
                var parameters = (operation["parameters"] as JsonArray ?? [])
                    .Select(parameter =>
                        ((string?)parameter!["in"], (string?)parameter["name"], (bool?)parameter["required"], parameter["schema"]))
                        .ToList();
                if (parameters.Select(parameter => (parameter.Item1, parameter.Item2)).Distinct().Count() != parameters.Count)
                {
                    yield return $"{name}: a parameter stands twice";
                }
                if (parameters.Any(parameter => parameter.Item1 is not ("query" or "path" or "header" or "cookie")
                    || parameter.Item4 is null)) yield return $"{name}: a parameter has no place or no schema";
                foreach (var parameter in operation["parameters"] as JsonArray ?? [])
                {
                    if (string.IsNullOrEmpty((string?)parameter!["description"]))
                    {
                        yield return $"{name}: {parameter["name"]} is not described";
                    }
                }
                if (parameters.Any(parameter => parameter is { Item1: "path", Item3: not true }))
                {
                    yield return $"{name}: path parameters are required";
                }
            }
        }
        foreach (var reference in References(document).Distinct().Where(reference => JsonSchemas.Find(document, reference) is null))
        {
            yield return $"{reference} leads nowhere";
        }
        var schemes = ((JsonObject)document["components"]!["securitySchemes"]!).Select(scheme => scheme.Key).ToHashSet();
        foreach (var name in ((JsonArray)document["security"]!).SelectMany(one => ((JsonObject)one!).Select(scheme => scheme.Key))
            .Where(name => !schemes.Contains(name))) yield return $"security scheme {name} is not declared";
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "$ref" ? [(string)member.Value!] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    [GeneratedRegex(@"\{([^}:]+)")]
    private static partial Regex PathPart();
}
