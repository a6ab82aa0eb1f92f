using System.Text.RegularExpressions;
using Tributary.Core.Kernel;

namespace Tributary.Core.Keys;

/// <summary>The vocabulary of scopes: "*", "read", "noun:read", "noun:write". <see cref="Caller"/> says what they open.</summary>
internal static partial class ScopeRules
{
    public const int Most = 50;

    public static Seq<string> Check(Checks checks, Seq<string> scopes)
    {
        checks.Require(scopes.Count is > 0 and <= Most && scopes.All(IsScope), "scopes",
            $"""scopes must be 1 to {Most} of "*", "read", "noun:read" or "noun:write", such as "deals:write".""");
        return [.. scopes.Distinct()];
    }

    public static bool IsScope(string scope) => Word().IsMatch(scope);

    /// <summary>Whether someone with these scopes may hand out that one: nobody gives what they lack.</summary>
    public static bool Covers(Seq<string> held, string scope)
    {
        if (held.Contains("*") || held.Contains(scope)) return true;
        if (!scope.EndsWith(":read", StringComparison.Ordinal)) return false;
        return held.Contains("read") || held.Contains($"{scope[..^":read".Length]}:write");
    }

    public static void MustCover(Caller caller, Seq<string> scopes)
    {
        if (scopes.FirstOrDefault(scope => !Covers(caller.Scopes, scope)) is { } beyond)
        {
            throw Problem.Forbidden($"This credential lacks the scope {beyond} and so cannot hand it on.");
        }
    }

    [GeneratedRegex(@"\A(\*|read|[a-z][a-z_]{0,39}:(read|write))\z")]
    private static partial Regex Word();
}
