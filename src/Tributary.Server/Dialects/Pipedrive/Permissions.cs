using Tributary.Core.Kernel;

namespace Tributary.Server.Dialects.Pipedrive;

/// <summary>
/// What a key may do. Keys carry the engine's scopes; one that opens a kind of record in Pipedrive opens what Pipedrive
/// serves with it: "deals:read" stands at pipelines, stages, fields and everything below /deals/{id}.
/// </summary>
internal static class Permissions
{
    private static readonly string[] Settings =
        ["pipelines:read", "fields:read", "labels:read", "filters:read", "currencies:read", "users:read", "tags:read", "lost_reasons:read"];

    private static readonly Dictionary<string, string[]> Grants = new()
    {
        ["deals:read"] = Settings,
        ["deals:write"] = Settings,
        ["leads:read"] = Settings,
        ["leads:write"] = Settings,
        ["persons:read"] = ["fields:read", "labels:read", "filters:read", "users:read"],
        ["persons:write"] = ["fields:read", "labels:read", "filters:read", "users:read"],
        ["organizations:read"] = ["fields:read", "labels:read", "filters:read", "users:read"],
        ["organizations:write"] = ["fields:read", "labels:read", "filters:read", "users:read"],
        ["products:read"] = ["fields:read", "filters:read", "currencies:read", "users:read"],
        ["products:write"] = ["fields:read", "filters:read", "currencies:read", "users:read"],
    };

    public static Caller? Of(Caller? caller)
    {
        if (caller is null || !caller.Scopes.Any(Grants.ContainsKey)) return caller;
        var granted = caller.Scopes.SelectMany(scope => Grants.GetValueOrDefault(scope, []));
        return caller with { Scopes = [.. caller.Scopes.Concat(granted).Distinct()] };
    }

    /// <summary>The caller for what hangs on a deal they may read: names, activities, notes, files, mail, products, its history.</summary>
    public static Caller AroundDeals(Caller caller) => Around(caller, "deals");

    /// <summary>The same for what hangs on records of another noun.</summary>
    public static Caller Around(Caller caller, string noun)
    {
        caller.MustRead(noun);
        return caller with { Scopes = [.. caller.Scopes.Append("read").Distinct()] };
    }

    /// <summary>
    /// The caller for what deals sell, which products:read and products:full open as well as deals:read and deals:full do
    /// (appendix A20 to A43).
    /// </summary>
    public static Caller Selling(Caller caller)
    {
        if (caller.MayWrite("products") && !caller.MayWrite("deals")) return caller with { Scopes = [.. caller.Scopes, "deals:write"] };
        return caller.MayRead("products") && !caller.MayRead("deals") ? caller with { Scopes = [.. caller.Scopes, "deals:read"] } : caller;
    }
}
