using System.Text;
using Tributary.Core.Files;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Files;

public sealed class ContentTypesTests
{
    [Theory]
    [InlineData("a.pdf", "%PDF-1.4", "application/pdf")]
    [InlineData("A.PDF", "%PDF-1.4", "application/pdf")]
    [InlineData("a.gif", "GIF89a...", "image/gif")]
    [InlineData("a.txt", "hello", "text/plain")]
    [InlineData("a.csv", "", "text/csv")]
    [InlineData("a.docx", "PK\u0003\u0004", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("a.png", "GIF89a...", ContentTypes.Unknown)] // the name lies
    [InlineData("a.txt", "bin\0ary", ContentTypes.Unknown)]
    [InlineData("a.html", "<html>", ContentTypes.Unknown)] // a browser would execute these
    [InlineData("a.svg", "<svg>", ContentTypes.Unknown)]
    [InlineData("a.js", "alert(1)", ContentTypes.Unknown)]
    [InlineData("pdf", "%PDF-1.4", "application/pdf")]
    [InlineData("a.", "x", ContentTypes.Unknown)]
    [InlineData("a.wav", "RIFF", ContentTypes.Unknown)]
    public void A_type_is_believed_when_name_and_bytes_agree(string name, string head, string type) =>
    Assert.Equal(type, ContentTypes.Of(name, Encoding.Latin1.GetBytes(head)));

    [Fact]
    public void Any_name_and_any_bytes_have_a_type() =>
        Properties.ForAll<(string? Name, byte[] Head)>(file => ContentTypes.Of(file.Name ?? "", file.Head ?? [])
            .Contains('/', StringComparison.Ordinal));
}
