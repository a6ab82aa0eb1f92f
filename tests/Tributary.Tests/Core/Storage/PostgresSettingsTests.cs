using Npgsql;
using Tributary.Core.Storage;

namespace Tributary.Tests.Core.Storage;

public sealed class PostgresSettingsTests
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
}
