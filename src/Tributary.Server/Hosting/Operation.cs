using System.Text.Json.Nodes;
using Tributary.Core.Kernel;

namespace Tributary.Server.Hosting;

/// <summary>Answers one request: binds, calls a verb, wraps. Anything it refuses it throws as a problem.</summary>
internal delegate Task<Reply> Handler(Call call);

/// <summary>
/// One operation: what it is called, what it reads, what it answers, and the code that does it. The declaration is used
/// four times: to route, to read and check the request, to write the OpenAPI document, and by the tests that try every
/// operation with every kind of bad input and with other workspaces' keys.
/// </summary>
internal sealed record Operation(string Method, string Path, string Id, Handler Handler)
{
    /// <summary>The operation that this is another path of; documents show it once.</summary>
    public string? AliasOf { get; init; }

    /// <summary>One line, as it stands in a list of operations.</summary>
    public string Summary { get; init; } = "";
    public string? Description { get; init; }

    /// <summary>The group it is shown under.</summary>
    public string Tag { get; init; } = "";
    public IReadOnlyList<Member> Parameters
    {
        get;
        init => (field, ReadsQuery) = (value, value.Any(member => member.In == "query"));
    } = [];

    /// <summary>Some of its parameters stand in the query; else none may.</summary>
    public bool ReadsQuery { get; init; }
    public Shape? Body { get; init; }
    public string BodyType { get; init; } = "application/json";

    /// <summary>The status of success, and the shape of its body.</summary>
    public int Status { get; init; } = 200;
    public ISchema? Answer { get; init; }

    /// <summary>Of answers that are not JSON, such as downloads.</summary>
    public string AnswerType { get; init; } = "application/json";

    /// <summary>How it reads what it is sent, where that is not as its dialect does (Pipedrive's two versions).</summary>
    public ReadingPolicy? Reading { get; init; }

    /// <summary>What a successful call takes from the caller's budget, for dialects that count (Pipedrive).</summary>
    public int Cost { get; init; } = 1;

    /// <summary>Answers without a credential: token endpoints, documents.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>The request body is read by the handler itself (files, forms), within this limit.</summary>
    public long? BodyLimit { get; init; }

    /// <summary>Ways to be refused that do not follow from the rest of the declaration, for the document.</summary>
    public IReadOnlyList<Problem> Refusals { get; init; } = [];

    /// <summary>Changes nothing, whatever its method says: searches by POST and the like.</summary>
    public bool OnlyReads { get; init; }

    /// <summary>
    /// Asked for without a query, it asks the database one question (<see cref="Tributary.Core.Storage.Db.ReadTogether"/>), or more only to
    /// find out whether the caller sees what was found.
    /// </summary>
    public bool AsksOnce { get; init; }

    /// <summary>The answer holds a text that is shown only once and must not be kept.</summary>
    public bool ShowsSecret { get; init; }

    /// <summary>The answer is tagged by its bytes (<see cref="Reply.IsTagged"/>).</summary>
    public bool IsTagged { get; init; }

    /// <summary>A GET whose answer has an ETag: one record with its version, or an answer tagged by its bytes.</summary>
    public bool IsConditional => Method is "GET" && (IsTagged || Answer is IVersioned { HasVersion: true });

    /// <summary>How well it matches the vendor's: full, partial, differs; with a note for the coverage page.</summary>
    public string Coverage { get; init; } = "full";
    public string? CoverageNote { get; init; }
}

/// <summary>Something that can describe its JSON for the OpenAPI document.</summary>
internal interface ISchema
{
    /// <summary>The name under components/schemas, or none to be written in place.</summary>
    string? Name { get; }

    JsonObject Schema(SchemaBook book);
}

/// <summary>The shape of a record that may show its version.</summary>
internal interface IVersioned
{
    bool HasVersion { get; }
}

/// <summary>Collects the named schemas that a document refers to.</summary>
internal sealed class SchemaBook
{
    private readonly SortedDictionary<string, JsonObject?> named = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ISchema> owners = [];

    public IEnumerable<KeyValuePair<string, JsonObject?>> Named => named;

    public JsonObject Refer(ISchema schema)
    {
        if (schema.Name is not { } name) return schema.Schema(this);
        if (named.TryAdd(name, null))
        {
            owners[name] = schema;
            named[name] = schema.Schema(this);
        }
        else if (!ReferenceEquals(owners[name], schema) && named[name] is { } other && !JsonNode.DeepEquals(other, schema.Schema(this)))
        {
            throw new InvalidOperationException($"Two schemas are named {name}.");
        }
        return new() { ["$ref"] = $"#/components/schemas/{name}" };
    }
}
