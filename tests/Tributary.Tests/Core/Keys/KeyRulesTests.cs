using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Keys;

public sealed class KeyRulesTests
{
    [Theory]
    [InlineData("", null, true)]
    [InlineData("", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)] // how a dual-stack listener shows an IPv4 client
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("203.0.113.7", null, false)]
    [InlineData("203.0.113.7", "not an address", false)]
    [InlineData("203.0.113.0/24", "203.0.113.255", true)]
    [InlineData("203.0.113.0/24", "203.0.114.1", false)]
    [InlineData("2001:db8::/32", "2001:db8:1::5", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("198.51.100.1,203.0.113.0/24", "203.0.113.9", true)]
    public void A_key_opens_from_its_addresses_only(string allowed, string? remote, bool opens)
    {
        var known = Known(allowed: [.. allowed.Split(',', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal(opens, KeyRules.Opens(known, "native", remote, TestClock.Start));
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(null, "unasked", false)]
    [InlineData("second", "second", true)]
    [InlineData("second", "Second", false)]
    [InlineData("second", "", false)]
    [InlineData("second", null, false)]
    public void A_pair_opens_with_both_its_parts(string? secret, string? given, bool opens) =>
        Assert.Equal(opens, KeyRules.SecretFits(secret is null ? null : ApiToken.Hash(secret), given));

    [Theory]
    [InlineData("*", "*", true)]
    [InlineData("*", "deals:write", true)]
    [InlineData("read", "read", true)]
    [InlineData("read", "deals:read", true)]
    [InlineData("read", "deals:write", false)]
    [InlineData("read", "*", false)]
    [InlineData("deals:write", "deals:read", true)] // writing implies reading
    [InlineData("deals:write", "persons:read", false)]
    [InlineData("deals:write", "read", false)]
    [InlineData("deals:read", "deals:write", false)]
    public void A_scope_covers_what_it_implies(string held, string scope, bool covers) =>
        Assert.Equal(covers, ScopeRules.Covers([held], scope));

    [Theory]
    [InlineData("*", true)]
    [InlineData("read", true)]
    [InlineData("deals:read", true)]
    [InlineData("deal_products:write", true)]
    [InlineData("write", false)]
    [InlineData("deals:*", false)]
    [InlineData("Deals:read", false)]
    [InlineData("deals:read\n", false)]
    [InlineData("", false)]
    public void Scopes_have_a_closed_grammar(string scope, bool isScope) => Assert.Equal(isScope, ScopeRules.IsScope(scope));

    [Fact]
    public void A_refused_key_names_every_wrong_field()
    {
        var given = new NewKey
        {
            Dialect = "cpod",
            Name = " ",
            Scopes = [],
            AllowedIps = ["here"],
            ExpiresAt = TestClock.Start,
            Token = ""
        };

        var refusal = Assert.Throws<ProblemException>(() => KeyRules.Check(given, Caller.System(1), TestClock.Start));

        Assert.Equal(["name", "dialect", "expires_at", "allowed_ips", "token", "scopes"],
            refusal.Problem.Fields.Select(field => field.Field));
    }

    // design.md, section 9, and the vendors' pages: what a key of each dialect looks like.
    [Theory]
    [InlineData("native", "^trib_[0-9A-Za-z]{27,}$")]
    [InlineData("pipedrive", "^[0-9a-f]{40}$")]
    [InlineData("automatenexus", "^anx_[0-9A-Za-z]{27,}$")]
    [InlineData("switch", "^rk_live_[0-9A-Za-z]{27,}$")]
    [InlineData("ysuite", "^[0-9A-Za-z]{32,}$")]
    public void A_new_key_looks_like_its_dialects_keys(string dialect, string pattern) =>
        Assert.Matches(pattern, KeyFormats.NewToken(dialect, SeededRandom.Of(1)));

    private static KnownCredential Known(Seq<string>? allowed = null) => new()
    {
        Caller = Caller.System(1) with { Dialect = "native" },
        AllowedIps = allowed ?? [],
        CatalogVersion = 1,
    };
}
