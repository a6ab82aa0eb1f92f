using Tributary.Core.Kernel;

namespace Tributary.Server.Dialects.AutomateNexus;

/// <summary>
/// What a key may do: "Full Access" is the scope "*", "Read Only" is "read", and "Custom" names resource types of this API,
/// which are translated to the engine's nouns here. The Deals &amp; Pipeline API is one resource type.
/// </summary>
internal static class Permissions
{
    private static readonly Dictionary<string, string[]> Nouns = new()
    {
        ["deals:read"] = ["pipelines:read"],
        ["deals:write"] = ["pipelines:read"],
        ["contacts:read"] = ["persons:read", "organizations:read"],
        ["contacts:write"] = ["persons:write", "organizations:write"],
        ["tasks:read"] = ["activities:read"],
        ["tasks:write"] = ["activities:write"],
    };

    public static Caller? Of(Caller? caller)
    {
        if (caller is null || !caller.Scopes.Any(Nouns.ContainsKey)) return caller;
        return caller with { Scopes = [.. caller.Scopes, .. caller.Scopes.SelectMany(scope => Nouns.GetValueOrDefault(scope, []))] };
    }

    /// <summary>The caller for what belongs to a deal they may read: its activities and the names of its contacts.</summary>
    public static Caller AroundDeals(Caller caller)
    {
        caller.MustRead("deals");
        return caller with { Scopes = ["read"] };
    }

    /// <summary>A scope in this API's words.</summary>
    public static string Spell(string scope) => scope.Replace("persons:", "contacts:", StringComparison.Ordinal)
        .Replace("organizations:", "contacts:", StringComparison.Ordinal)
        .Replace("activities:", "tasks:", StringComparison.Ordinal);
}
