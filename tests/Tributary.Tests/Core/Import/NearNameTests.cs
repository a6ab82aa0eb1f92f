using Tributary.Core.Import;

namespace Tributary.Tests.Core.Import;

public sealed class NearNameTests
{
    [Theory]
    [InlineData("GTXPro", "GTX Pro")]
    [InlineData("gtx-pro", "GTX Pro")]
    [InlineData("MG Specal", "MG Special")]
    [InlineData("MG Specials", "MG Special")]
    [InlineData("MG Spezial", "MG Special")]
    [InlineData("Société Générale", "Societe Generale")]
    [InlineData("GTX Pro", null)] // there exactly: nothing to propose
    [InlineData("GTX", null)]
    [InlineData("GTK 501", null)] // another digit is another product
    [InlineData("Unheard of", null)]
    [InlineData("", null)]
    public void A_near_name_is_proposed(string written, string? existing)
    {
        var names = new NearName(["GTX Basic", "GTX Pro", "MG Special", "GTX Plus Pro", "GTK 500", "Societe Generale"]);

        Assert.Equal(existing, names.Find(written)?.Existing);
    }

    [Fact]
    public void Two_names_equally_near_propose_neither()
    {
        Assert.Null(new NearName(["GTX Pro", "GTX-Pro"]).Find("GTXPro"));
        Assert.Null(new NearName(["Barton", "Burton"]).Find("Berton"));
    }

    [Fact]
    public void A_short_name_is_near_only_when_its_letters_are_the_same() => Assert.Null(new NearName(["Acme"]).Find("Acne"));
}
