using Tributary.Core.Kernel;

namespace Tributary.Tests.Core.Kernel;

public sealed class SlugTests
{
    [Theory]
    [InlineData("Demo scheduled", "demo_scheduled")]
    [InlineData("Größe (cm)", "grosse_cm")]
    [InlineData("  — 2nd  Call! ", "2nd_call")]
    [InlineData("日本", "")]
    public void A_name_becomes_one_word_whose_slug_is_itself(string name, string slug) =>
    Assert.Equal((slug, slug), (Slug.Of(name, 60), Slug.Of(slug, 60)));

    [Fact]
    public void A_slug_is_cut_without_a_joint_at_its_end() => Assert.Equal("ab", Slug.Of("ab cd", 3));
}
