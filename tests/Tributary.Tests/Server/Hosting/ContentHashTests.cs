using System.Text;
using Tributary.Server.Hosting;

namespace Tributary.Tests.Server.Hosting;

public sealed class ContentHashTests
{
    // The reference implementation's own answers: xxhsum -H64, and the values that ports of it are checked with.
    [Theory]
    [InlineData("", 0xEF46DB3751D8E999)]
    [InlineData("a", 0xD24EC4F1A98C6E5B)]
    [InlineData("abc", 0x44BC2CF5AD770999)]
    [InlineData("Nobody inspects the spammish repetition", 0xFBCEA83C8A378BF1)]
    public void It_is_xxh64(string text, ulong hash) => Assert.Equal(hash, ContentHash.Of(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Every_byte_counts_whatever_the_length()
    {
        for (var length = 1; length <= 100; length++)
        {
            var content = new byte[length];
            var hashes = new HashSet<ulong> { ContentHash.Of(content) };
            for (var at = 0; at < length; at++)
            {
                content[at] = 1;
                Assert.True(hashes.Add(ContentHash.Of(content)));
                content[at] = 0;
            }
        }
    }
}
