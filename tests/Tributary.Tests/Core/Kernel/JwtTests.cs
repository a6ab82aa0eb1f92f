using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Tributary.Core.Kernel;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Kernel;

public sealed class JwtTests
{
    private const string Plain = """{"alg":"HS256","typ":"JWT"}""";

    private static readonly DateTimeOffset now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly long second = now.ToUnixTimeSeconds();
    private static readonly byte[] key = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
    private static readonly byte[] oldKey = Enumerable.Range(100, 32).Select(i => (byte)i).ToArray();

    // RFC 7515, appendix A.1: its key and its token, whose header and payload contain line breaks and put "typ" first.
    private const string RfcKey = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
    private const string RfcToken = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
        + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    [Fact]
    public void The_example_of_rfc_7515_verifies_until_its_last_second()
    {
        var keys = new[] { Base64Url.DecodeFromChars(RfcKey) };
        var expires = DateTimeOffset.FromUnixTimeSeconds(1300819380);

        var result = Jwt.Verify(RfcToken, keys, expires.AddMilliseconds(-1));

        Assert.Equal(JwtOutcome.Valid, result.Outcome);
        Assert.Equal("joe", result.Claims["iss"].GetString());
        Assert.True(result.Claims["http://example.com/is_root"].GetBoolean());
        Assert.Equal(JwtOutcome.Expired, Jwt.Verify(RfcToken, keys, expires).Outcome);
    }

    [Fact]
    public void A_signed_token_gives_its_claims_back()
    {
        var token = Jwt.Sign(new Dictionary<string, object> { ["sub"] = "app-1", ["exp"] = second + 3600, ["scope"] = new[] { "deals" } },
            key);

        var result = Jwt.Verify(token, [key], now);

        Assert.True(result.IsValid);
        Assert.Equal("app-1", result.Claims["sub"].GetString());
        Assert.Equal("deals", result.Claims["scope"][0].GetString());
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"HS512"}""")]
    [InlineData("""{"alg":"RS256"}""")]
    [InlineData("""{"alg":"hs256"}""")]
    [InlineData("""{"alg":"HS256 "}""")]
    [InlineData("""{"alg":["HS256"]}""")]
    [InlineData("""{"alg":null}""")]
    [InlineData("""{"typ":"JWT"}""")]
    public void Any_other_algorithm_is_refused_though_the_signature_is_right(string header)
    {
        Assert.Equal(JwtOutcome.WrongAlgorithm, Verify(Token(header, Payload())));
    }

    [Fact]
    public void An_unsigned_token_is_refused_by_its_algorithm()
    {
        var token = $"{Encode("""{"alg":"none"}""")}.{Encode(Payload())}.";

        Assert.Equal(JwtOutcome.WrongAlgorithm, Verify(token));
    }

    [Theory]
    [InlineData("""{"alg":"HS256"}""")]
    [InlineData("""{"alg":"HS256","typ":"jwt"}""")]
    [InlineData("""{"typ":"Jwt","alg":"HS256","kid":"7"}""")]
    [InlineData(""" {"\u0061lg":"HS\u003256"} """)]
    public void A_header_may_leave_out_its_type_or_name_a_key_we_do_not_look_at(string header)
    {
        Assert.Equal(JwtOutcome.Valid, Verify(Token(header, Payload())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"HS256\"")]
    [InlineData("""{"alg":"HS256",}""")]
    [InlineData("""{"alg":"HS256"} {}""")]
    [InlineData("""{"alg":"HS256"} // comment""")]
    [InlineData("""{"alg":"HS256","alg":"HS256"}""")]
    [InlineData("""{"alg":"none","alg":"HS256"}""")]
    [InlineData("""{"alg":"HS256","\u0061lg":"none"}""")]
    [InlineData("""{"alg":"HS256","kid":"1","kid":"2"}""")]
    [InlineData("""{"alg":"HS256","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"HS256","typ":null}""")]
    [InlineData("""{"alg":"HS256","typ":1}""")]
    [InlineData("""{"alg":"HS256","crit":[]}""")]
    [InlineData("""{"alg":"HS256","crit":["exp"]}""")]
    [InlineData("""{"alg":"\ud800"}""")]
    [InlineData("""{"alg":"HS256","\ud800":1}""")]
    [InlineData("\ufeff{\"alg\":\"HS256\"}")]
    public void A_header_that_is_not_a_plain_object_is_malformed(string header)
    {
        Assert.Equal(JwtOutcome.Malformed, Verify(Token(header, Payload())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"exp":null}""")]
    [InlineData("""{"exp":"4102444800"}""")]
    [InlineData("""{"exp":1e400}""")]
    [InlineData("""{"exp":1,"exp":4102444800}""")]
    [InlineData("""{"exp":4102444800,"nbf":"0"}""")]
    [InlineData("""{"exp":4102444800,"iat":null}""")]
    [InlineData("""{"exp":4102444800,"sub":"\udc00"}""")]
    [InlineData("""{"exp":4102444800,"nested":{"a":1,"a":2}}""")]
    public void Claims_without_a_readable_expiry_or_with_two_meanings_are_malformed(string payload)
    {
        Assert.Equal(JwtOutcome.Malformed, Verify(Token(Plain, payload)));
    }

    [Theory]
    [InlineData("exp", 1, JwtOutcome.Valid)]
    [InlineData("exp", 0, JwtOutcome.Expired)]
    [InlineData("exp", -1, JwtOutcome.Expired)]
    [InlineData("nbf", 60, JwtOutcome.Valid)]
    [InlineData("nbf", 61, JwtOutcome.NotYetValid)]
    [InlineData("iat", 60, JwtOutcome.Valid)]
    [InlineData("iat", 61, JwtOutcome.NotYetValid)]
    public void Times_are_honoured_and_only_beginnings_get_a_minute_of_skew(string claim, int seconds, JwtOutcome expected)
    {
        var claims = new Dictionary<string, object> { ["exp"] = second + 3600, [claim] = second + seconds };

        Assert.Equal(expected, Verify(Jwt.Sign(claims, key)));
    }

    [Fact]
    public void An_expiry_may_have_a_fraction()
    {
        var token = Token(Plain, $$"""{"exp":{{second}}.5}""");

        Assert.True(Jwt.Verify(token, [key], now.AddMilliseconds(499)).IsValid);
        Assert.Equal(JwtOutcome.Expired, Jwt.Verify(token, [key], now.AddMilliseconds(500)).Outcome);
    }

    [Fact]
    public void The_parts_are_three_and_spelled_one_way()
    {
        var token = Token(Plain, Payload());
        var parts = token.Split('.');

        Assert.All(
            [
                "", ".", "..", "...", "....", token + ".", "." + token, token + ".AA", parts[0], $"{parts[0]}.{parts[1]}",
                token + "=", token + " ", token + "\n", " " + token, token + "%",
                $"{parts[0]}=.{parts[1]}.{parts[2]}", $"{parts[0]}.{parts[1]}=.{parts[2]}", $"{parts[0]}.{parts[1]} .{parts[2]}",
                $"{parts[0]}.\t{parts[1]}.{parts[2]}", token.Replace('.', ','), "Bearer " + token,
            ],
            bad => Assert.Equal(JwtOutcome.Malformed, Verify(bad)));
    }

    [Fact]
    public void A_missing_or_foreign_signature_is_bad()
    {
        var parts = Token(Plain, Payload()).Split('.');
        var other = Token(Plain, Payload(2)).Split('.');

        Assert.Equal(JwtOutcome.BadSignature, Verify($"{parts[0]}.{parts[1]}."));
        Assert.Equal(JwtOutcome.BadSignature, Verify($"{parts[0]}.{parts[1]}.{other[2]}"));
        Assert.Equal(JwtOutcome.BadSignature, Verify($"{parts[0]}.{other[1]}.{parts[2]}"));
        Assert.Equal(JwtOutcome.BadSignature, Verify($"{Encode("""{"alg":"HS256"}""")}.{parts[1]}.{parts[2]}"));
        Assert.Equal(JwtOutcome.BadSignature, Verify($"{parts[0]}.{parts[1]}.{parts[2][..40]}"));
    }

    [Fact]
    public void A_refused_token_shows_no_claims()
    {
        Assert.Empty(Jwt.Verify(Token(Plain, Payload(-1)), [key], now).Claims);
    }

    [Fact]
    public void Tokens_of_the_old_key_verify_while_it_is_listed()
    {
        var token = Token(Plain, Payload(), oldKey);

        Assert.Equal(JwtOutcome.Valid, Jwt.Verify(token, [key, oldKey], now).Outcome);
        Assert.Equal(JwtOutcome.BadSignature, Jwt.Verify(token, [key], now).Outcome);
        Assert.Equal(JwtOutcome.BadSignature, Jwt.Verify(token, [], now).Outcome);
    }

    [Fact]
    public void A_token_over_8_KiB_is_not_read()
    {
        Assert.Equal(JwtOutcome.Valid,
            Verify(Jwt.Sign(new Dictionary<string, object> { ["exp"] = second + 1, ["x"] = new string('x', 6000) }, key)));
        Assert.Equal(JwtOutcome.Malformed,
            Verify(Jwt.Sign(new Dictionary<string, object> { ["exp"] = second + 1, ["x"] = new string('x', 6100) }, key)));
    }

    // RFC 7518, section 3.2: a key of the size of the hash output or larger MUST be used.
    [Fact]
    public void A_key_shorter_than_256_bits_is_our_mistake()
    {
        var claims = new Dictionary<string, object> { ["exp"] = second + 1 };

        Assert.Throws<ArgumentOutOfRangeException>(() => Jwt.Sign(claims, new byte[31]));
    }

    [Fact]
    public void No_text_makes_verifying_throw_or_succeed() => Properties.ForAll<string?>(text => Verify(text ?? "") != JwtOutcome.Valid);

    [Fact]
    public void No_header_or_payload_makes_verifying_throw() => Properties.ForAll<(byte[] Header, byte[] Payload)>(parts =>
        Verify(Signed($"{Base64Url.EncodeToString(parts.Header)}.{Encode(Payload())}", key)) != JwtOutcome.Valid
        && Verify(Signed($"{Encode(Plain)}.{Base64Url.EncodeToString(parts.Payload)}", key)) != JwtOutcome.Valid);

    [Fact]
    public void Every_signed_subject_verifies() => Properties.ForAll<string?>(text =>
    {
        var subject = new string((text ?? "").Where(c => !char.IsSurrogate(c)).ToArray());
        var result = Jwt.Verify(Jwt.Sign(new Dictionary<string, object> { ["exp"] = second + 1, ["sub"] = subject }, key), [key], now);
        return result.IsValid && result.Claims["sub"].GetString() == subject;
    });

    [Fact]
    public void No_changed_character_is_accepted()
    {
        var token = Token(Plain, Payload());
        var changes = Gen.Choose(0, token.Length - 1).Zip(Gen.Choose(1, 126)).ToArbitrary();

        Properties.ForAll(changes, change =>
        {
            var changed = token.ToCharArray();
            changed[change.Item1] = (char)((changed[change.Item1] + change.Item2) % 127);
            return Verify(new string(changed)) != JwtOutcome.Valid;
        });
    }

    private static JwtOutcome Verify(string token) => Jwt.Verify(token, [key], now).Outcome;

    private static string Payload(int seconds = 3600) => JsonSerializer.Serialize(new { sub = "app-1", exp = second + seconds });

    private static string Token(string header, string payload, byte[]? with = null) =>
        Signed($"{Encode(header)}.{Encode(payload)}", with ?? key);

    private static string Signed(string signed, byte[] with) =>
        $"{signed}.{Base64Url.EncodeToString(System.Security.Cryptography.HMACSHA256.HashData(with, Encoding.ASCII.GetBytes(signed)))}";

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
