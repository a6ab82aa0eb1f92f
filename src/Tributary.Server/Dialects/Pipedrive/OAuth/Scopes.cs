using System.Text.Json.Nodes;
using Tributary.Core.Kernel;

namespace Tributary.Server.Dialects.Pipedrive.OAuth;

/// <summary>
/// Pipedrive's words for scopes (its OpenAPI files, securitySchemes), and what the engine calls the same. An app is
/// registered with the engine's scopes; users and tokens are told Pipedrive's.
/// </summary>
internal static class Scopes
{
    public sealed record Word(string Name, string Engine, string Says);

    private static readonly Word[] words =
    [
        new("deals:full", "deals:write", "Create, read, change and delete deals and what hangs on them"),
        new("deals:read", "deals:read", "Read deals and what hangs on them"),
        new("contacts:full", "persons:write", "Create, read, change and delete persons and organizations"),
        new("contacts:read", "persons:read", "Read persons and organizations"),
        new("leads:full", "leads:write", "Create, read, change and delete leads"),
        new("leads:read", "leads:read", "Read leads"),
        new("activities:full", "activities:write", "Create, read, change and delete activities"),
        new("activities:read", "activities:read", "Read activities"),
        new("products:full", "products:write", "Create, read, change and delete products"),
        new("products:read", "products:read", "Read products"),
        new("mail:full", "mail:write", "Read, change and delete mail messages"),
        new("mail:read", "mail:read", "Read mail messages"),
        new("users:read", "users:read", "Read who uses this account"),
        new("admin", "pipelines:write", "Change pipelines, stages, fields and other settings"),
    ];

    /// <summary>The most that each kind of record is opened for; "base", which every app has, says nothing of it.</summary>
    public static IEnumerable<Word> Of(Seq<string> scopes)
    {
        var nouns = new HashSet<string>();
        foreach (var word in words)
        {
            if (Covers(scopes, word.Engine) && nouns.Add(word.Engine.Split(':')[0])) yield return word;
        }
    }

    /// <summary>As the token reply lists them: "base deals:full users:read".</summary>
    public static string Text(Seq<string> scopes) => string.Join(' ', Of(scopes).Select(word => word.Name).Prepend("base"));

    /// <summary>For the OpenAPI document.</summary>
    public static JsonObject Scheme(string prefix) => new()
    {
        ["type"] = "oauth2",
        ["flows"] = new JsonObject
        {
            ["authorizationCode"] = new JsonObject
            {
                ["authorizationUrl"] = prefix + "/oauth/authorize",
                ["tokenUrl"] = prefix + "/oauth/token",
                ["refreshUrl"] = prefix + "/oauth/token",
                ["scopes"] = new JsonObject(words.Select(word => KeyValuePair.Create(word.Name, (JsonNode?)word.Says))),
            },
        },
    };

    private static bool Covers(Seq<string> held, string scope) =>
        held.Contains("*") || held.Contains(scope) || scope.EndsWith(":read", StringComparison.Ordinal) && held.Contains("read");
}
