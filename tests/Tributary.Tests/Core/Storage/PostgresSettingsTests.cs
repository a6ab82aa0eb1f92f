using System.Text.RegularExpressions;
using Npgsql;
using Tributary.Core.Storage;
using Tributary.Tests.Walls;

namespace Tributary.Tests.Core.Storage;

public sealed partial class PostgresSettingsTests
{
    [Theory]
    [InlineData("Host=127.0.0.1", SslMode.Allow)]
    [InlineData("Host=localhost,::1", SslMode.Allow)]
    [InlineData("Host=db", SslMode.Prefer)]
    [InlineData("Host=127.0.0.1,db", SslMode.Prefer)]
    [InlineData("Host=127.0.0.1;SslMode=Prefer", SslMode.Prefer)]
    [InlineData("Host=localhost;SSL Mode=VerifyFull", SslMode.VerifyFull)]
    [InlineData("Host=db;SSL Mode=Disable", SslMode.Disable)]
    public void Only_the_loopback_of_a_connection_string_that_says_nothing_is_asked_without_encryption_first(string text, SslMode mode) =>
        Assert.Equal(mode, PostgresUnits.Settings(text).Text.SslMode);

    [Theory]
    [InlineData("Host=db", GssEncryptionMode.Disable)]
    [InlineData("Host=db;GSS Encryption Mode=Prefer", GssEncryptionMode.Prefer)]
    [InlineData("Host=db;GSS Encryption Mode=Require", GssEncryptionMode.Require)]
    public void Kerberos_encryption_is_looked_for_only_where_it_is_asked_for(string text, GssEncryptionMode mode) =>
        Assert.Equal(mode, PostgresUnits.Settings(text).Text.GssEncryptionMode);

    [Theory]
    [InlineData("Host=db", false, 200)]
    [InlineData("Host=db;No Reset On Close=true", true, 0)]
    [InlineData("Host=db;No Reset On Close=true;Max Auto Prepare=200", true, 200)]
    public void Who_resets_no_connection_has_a_pooler_in_between_and_prepares_only_what_they_ask_for(string text, bool hasPooler, int most)
    {
        var settings = PostgresUnits.Settings(text);

        Assert.Equal(hasPooler, settings.HasPooler);
        Assert.Equal(most, settings.Text.MaxAutoPrepare);
    }

    [Fact]
    public async Task The_connection_string_for_pgbouncer_in_the_docs_says_that_a_pooler_is_in_between()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Sources.Root, "docs", "scaling.md"), TestContext.Current.CancellationToken);

        Assert.True(PostgresUnits.Settings(ThroughPgbouncer().Match(page).Groups[1].Value).HasPooler);
    }

    [GeneratedRegex("""
        Tributary__Database="(Host=pgbouncer;[^"…]+)
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex ThroughPgbouncer();
}
