using System.Text.Json.Nodes;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;

namespace Tributary.Server.Hosting;

/// <summary>
/// How one deal is seen through a dialect: which operation gets it, how its address spells the deal, and which fields of ours it
/// says under which of its members. What is not listed, the dialect cannot say. docs/dialects/mapping.md is made of these
/// lists, and tests hold them to what the dialects answer.
/// </summary>
internal sealed record DealLens
{
    /// <summary>As people call it: "Pipedrive v2".</summary>
    public required string Name { get; init; }

    /// <summary>The id of the operation that gets one deal.</summary>
    public required string Operation { get; init; }

    public required Func<Deal, string> Id { get; init; }

    /// <summary>Fields by the names of our own API, each with the members that tell it, comma-separated.</summary>
    public required IReadOnlyList<(string Field, string Members)> Says { get; init; }

    /// <summary>What is said less exactly, or only sometimes; for people.</summary>
    public IReadOnlyList<(string Field, string Note)> Notes { get; init; } = [];

    /// <summary>
    /// The dialect's own answer: its operation is run as for a request of the same caller, so what is shown is what a client would get,
    /// refusals included.
    /// </summary>
    public async Task<(string Path, int Status, JsonNode? Answer)> Look(Call call, IDialect dialect, Deal deal)
    {
        var operation = dialect.Operations.First(one => one.Id == Operation);
        var parameter = operation.Parameters.First(member => member.In == "path").Name;
        var path = dialect.Prefix + operation.Path.Replace($"{{{parameter}}}", Id(deal), StringComparison.Ordinal);
        var http = new DefaultHttpContext { RequestServices = call.Http.RequestServices, RequestAborted = call.Ct };
        (http.Request.Method, http.Request.Scheme, http.Request.Host, http.Request.Path) =
            (HttpMethods.Get, call.Http.Request.Scheme, call.Http.Request.Host, path);
        http.Request.RouteValues[parameter] = Id(deal);

        var reply = await Ask(new(http, dialect, operation, call.Caller with { Dialect = dialect.Name }), http, dialect, operation);
        var kept = reply.Keep();
        return (path, kept.Status, kept.Body.Length == 0 ? null : JsonNode.Parse(kept.Body));
    }

    private static async Task<Reply> Ask(Call call, HttpContext http, IDialect dialect, Operation operation)
    {
        try
        {
            return await operation.Handler(call);
        }
        catch (ProblemException refused)
        {
            return dialect.Refuse(http, refused.Problem);
        }
    }
}
