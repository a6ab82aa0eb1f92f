using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Tributary.Core.Kernel;

namespace Tributary.Server.Hosting;

/// <summary>One request on its way through a dialect: who asks, and how to read what they sent.</summary>
internal sealed class Call(HttpContext http, IDialect dialect, Operation route, Caller? caller)
{
    /// <summary>Deeper JSON than any record of ours has.</summary>
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    private List<FieldError>? errors;

    public HttpContext Http { get; } = http;
    public IDialect Dialect { get; } = dialect;
    public Operation Operation { get; } = route;
    public ReadingPolicy Reading { get; } = route.Reading ?? dialect.Reading;
    public CancellationToken Ct => Http.RequestAborted;

    /// <summary>Who asks. Only anonymous routes have nobody.</summary>
    public Caller Caller => caller ?? throw new InvalidOperationException("An anonymous route asked for its caller.");

    /// <summary>The scheme and host the client used, without a slash at the end.</summary>
    public string BaseUrl => $"{Http.Request.Scheme}://{Http.Request.Host}";

    /// <summary>Where the client found the dialect: with its prefix, unless it has a host name or port of its own.</summary>
    public string DialectUrl => Http.Items.ContainsKey(DialectPipeline.AtRoot) ? BaseUrl : BaseUrl + Dialect.Prefix;

    public T Service<T>() where T : notnull => Http.RequestServices.GetRequiredService<T>();

    /// <summary>A part of the path that names a record: what is not even an id is not found, like an id nobody has.</summary>
    public T Path<T>(Member<T> member, string noun)
    {
        var text = (string?)Http.Request.RouteValues[member.Name] ?? "";
        return member.FromText(text, Reading, out var value)
            ? value : throw Problem.NotFound(noun, text.Length <= 60 ? text : text[..60] + "…");
    }

    /// <summary>A query parameter, or unset. Wrong ones are collected; <see cref="Checked"/> refuses them together.</summary>
    public Field<T> Query<T>(Member<T> member)
    {
        var values = Sent(member.Name);
        if (values.Count == 0 && Reading.BracketedLists) values = Sent(member.Name + "[]");
        if (values.Count == 0)
        {
            if (member.IsRequired) Wrong(member, $"{member.Name} is required: it {member.Accepts}.");
            return default;
        }
        // A list may be sent as a,b or as the parameter repeated.
        var text = values.Count == 1 ? values[0] ?? "" : string.Join(',', values.ToArray());
        if (member.FromText(text, Reading, out var value)) return new(true, value);

        Wrong(member, $"{member.Name} {member.Accepts}.");
        return default;
    }

    // Most requests that read one record have no query, and then nothing is made of it.
    private StringValues Sent(string name) => Http.Request.QueryString.HasValue ? Http.Request.Query[name] : StringValues.Empty;

    /// <summary>The parameter, or what stands in for it.</summary>
    public T Query<T>(Member<T> member, T otherwise) => Query(member).Or(otherwise);

    /// <summary>Notes what is wrong with a parameter; <see cref="Checked"/> refuses.</summary>
    public void Wrong(Member member, string message) => (errors ??= []).Add(new(member.Name, message, "query"));

    /// <summary>Refuses what was wrong with the parameters read so far.</summary>
    public void Checked()
    {
        if (Reading.RefuseUnknownParameters && Http.Request.QueryString.HasValue)
        {
            foreach (var name in Http.Request.Query.Keys)
            {
                if (Operation.Parameters.All(member => member.Name != Plain(name)) && !IsCredential(name)) (errors ??= [])
                    .Add(new(name, $"{name} is not a parameter of this operation.", "query") { IsUnknown = true });
            }
        }
        if (errors is not null) throw Problem.Invalid(errors);
    }

    /// <summary>Reads the JSON body (or a form, where the dialect takes forms) with the route's shape.</summary>
    public async Task<T> Read<T>(Func<Body, T> read)
    {
        using var document = await Document();
        return Body.Read(document.RootElement, Operation.Body!, Reading, read);
    }

    /// <summary>The body as JSON, for requests whose members depend on each other; the caller disposes it.</summary>
    public async Task<JsonDocument> Document()
    {
        var type = Http.Request.ContentType;
        if (Reading.Forms && Http.Request.HasFormContentType) return await Form();
        if (type is not null && !type.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(new(ProblemCode.Unsupported, "The body must be application/json.", [], Problem.MediaType));
        }
        if (Http.Request.ContentLength == 0 || Http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return JsonDocument.Parse("{}");
        }
        using var read = new MemoryStream((int)Math.Min(Http.Request.ContentLength ?? 0, DialectPipeline.MaxBody));
        await Http.Request.Body.CopyToAsync(read, Ct);
        var utf8 = read.GetBuffer().AsMemory(0, (int)read.Length);
        if (utf8.Span.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        // The parser looks at texts only when they are asked for, and then throws.
        if (!Utf8.IsValid(utf8.Span)) throw Problem.Invalid("body", "The request body is not valid UTF-8.");
        try
        {
            var document = JsonDocument.Parse(utf8, Strict);
            if (utf8.Span.IndexOf("\\ud"u8) < 0 && utf8.Span.IndexOf("\\uD"u8) < 0 || HasReadableNames(document.RootElement))
            {
                return document;
            }
            document.Dispose();
            throw Problem.Invalid("body", "The request body has a member whose name is not valid Unicode.");
        }
        catch (JsonException malformed)
        {
            throw Problem.Invalid("body", malformed.LineNumber is { } line
                ? $"The request body is not valid JSON (line {line + 1}, byte {malformed.BytePositionInLine + 1})."
                : "The request body is not valid JSON.");
        }
    }

    // An escape such as \ud800 alone is valid JSON grammar and no text; values are looked at by their members.
    private static bool HasReadableNames(JsonElement json)
    {
        try
        {
            return json.ValueKind switch
            {
                JsonValueKind.Object => json.EnumerateObject().All(member => member.Name is not null && HasReadableNames(member.Value)),
                JsonValueKind.Array => json.EnumerateArray().All(HasReadableNames),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The version that If-Match names, or none.</summary>
    public long? ExpectedVersion()
    {
        var header = Http.Request.Headers.IfMatch.ToString();
        if (header is "" or "*") return null;
        var text = header.StartsWith("W/", StringComparison.Ordinal) ? header[2..] : header;
        // "7" and "7.…" name version 7; what stands behind the dot is of no concern to who changes it.
        return long.TryParse(text.Trim('"').Split('.')[0], out var version)
            ? version
            : throw Problem.Invalid([new("If-Match", "If-Match must be an ETag that this server gave, such as \"7\".", "header")]);
    }

    private async Task<JsonDocument> Form()
    {
        var form = await Http.Request.ReadFormAsync(Ct);
        var members = form.ToDictionary(pair => pair.Key,
            pair => pair.Value.Count == 1 ? pair.Value[0] : string.Join(',', pair.Value.ToArray()));
        return JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(members, FormJson.Default.DictionaryStringString));
    }

    private string Plain(string name) => Reading.BracketedLists && name.EndsWith("[]", StringComparison.Ordinal) ? name[..^2] : name;

    // Tokens that some dialects take in the query are nobody's parameter.
    private static bool IsCredential(string name) => name is "api_token" or "access_token";
}

[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, string?>))]
internal sealed partial class FormJson : System.Text.Json.Serialization.JsonSerializerContext;
