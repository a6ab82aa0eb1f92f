using System.Net;
using Tributary.Core.Kernel;

namespace Tributary.Core.Keys;

/// <summary>Which keys may be made, and which open the door.</summary>
internal static class KeyRules
{
    private const int MostIps = 50;
    private const long MaxBudget = 1_000_000_000;

    /// <summary>Longer texts are nobody's token; they are not even hashed.</summary>
    public const int MaxToken = 200;

    public static void Check(NewKey given, Caller caller, DateTimeOffset now)
    {
        var checks = new Checks();
        checks.Text("name", given.Name, 200);
        checks.Require(KeyFormats.IsKnown(given.Dialect),
            "dialect", "dialect must be native, pipedrive, automatenexus, switch or ysuite; cpod's credentials are apps.");
        checks.Require(given.ExpiresAt is not { } expires || expires > now, "expires_at", "expires_at must be in the future.");
        checks.Require(given.AllowedIps.Count <= MostIps && given.AllowedIps.All(IsNetwork), "allowed_ips",
            $"allowed_ips must be at most {MostIps} addresses or networks such as 203.0.113.7 or 2001:db8::/32.");
        checks.Require(given.Token is null or { Length: > 0 and <= MaxToken }, "token", $"token must have 1 to {MaxToken} characters.");
        ScopeRules.Check(checks, given.Scopes);
        Budget(checks, given.DailyBudget);
        checks.Done();
        ScopeRules.MustCover(caller, given.Scopes);
    }

    /// <summary>A key cannot widen its own budget: whoever signed in does, or another key.</summary>
    public static void MustBudget(Caller caller, KeyPatch patch)
    {
        if (patch.DailyBudget.IsSet && caller.DailyBudget is not null)
        {
            throw Problem.Forbidden("A key with a daily budget sets no budgets.");
        }
    }

    public static ApiKey Apply(ApiKey before, KeyPatch patch)
    {
        var checks = new Checks();
        var after = before with
        {
            Name = patch.Name.IsSet ? checks.Text("name", patch.Name.Value, 200) : before.Name,
            DailyBudget = patch.DailyBudget.Or(before.DailyBudget),
        };
        Budget(checks, after.DailyBudget);
        checks.Done();
        return after;
    }

    /// <summary>Everyone keeps keys of their own; an admin keeps everyone's.</summary>
    public static void MustKeep(Caller caller, long userId)
    {
        if (caller.UserId == userId) caller.MustWrite("keys");
        else caller.MustAdminister("keys");
    }

    /// <summary>Whether this credential opens for this request; every reason to refuse looks the same from outside.</summary>
    public static bool Opens(KnownCredential known, string dialect, string? remoteIp, DateTimeOffset now) =>
        known.Caller.Dialect == dialect
        && (known.ExpiresAt is not { } expires || now < expires)
        && (known.AllowedIps.Count == 0 || IsAllowed(known.AllowedIps, remoteIp));

    /// <summary>Keys of one part come without a second.</summary>
    public static bool SecretFits(string? hash, string? secret) =>
        hash is null ? secret is null : secret is { Length: <= MaxToken } given && ApiToken.Same(hash, ApiToken.Hash(given));

    private static bool IsAllowed(Seq<string> allowed, string? remoteIp)
    {
        if (!IPAddress.TryParse(remoteIp, out var address)) return false;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return allowed.Any(text => IPAddress.TryParse(text, out var one)
            ? one.Equals(address)
            : IPNetwork.TryParse(text, out var network) && network.Contains(address));
    }

    private static void Budget(Checks checks, long? budget) =>
        checks.Require(budget is null or (>= 1 and <= MaxBudget), "daily_budget",
            $"daily_budget must be a whole number from 1 to {MaxBudget}, or null for none.");

    private static bool IsNetwork(string text) => IPAddress.TryParse(text, out _) || IPNetwork.TryParse(text, out _);
}
