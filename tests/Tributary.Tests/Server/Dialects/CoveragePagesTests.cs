using Microsoft.Extensions.DependencyInjection;
using Tributary.Server.Hosting;
using Tributary.Tests.Support;
using Tributary.Tests.Walls;

namespace Tributary.Tests.Server.Dialects;

/// <summary>docs/dialects/*.md say of every operation how well it is covered. The pages and the declared operations agree.</summary>
public sealed class CoveragePagesTests
{
    [Fact]
    public async Task Every_page_lists_the_operations_of_its_dialect()
    {
        var dialects = (await TestServers.Of(Backend.Sqlite)).Services.GetServices<IDialect>().ToDictionary(dialect => dialect.Name);
        var folder = Path.Combine(Sources.Root, "docs", "dialects");
        var pages = Directory.GetFiles(folder, "*.md").Where(page => dialects.ContainsKey(Path.GetFileNameWithoutExtension(page))).ToList();

        Assert.NotEmpty(pages);
        foreach (var page in pages)
        {
            var expected = dialects[Path.GetFileNameWithoutExtension(page)].Operations.Where(operation => operation.AliasOf is null)
                .Select(Row).ToList();
            var listed = (await File.ReadAllLinesAsync(page, TestContext.Current.CancellationToken))
                .Where(line => line.StartsWith("| `", StringComparison.Ordinal) && !line.Contains("| absent |", StringComparison.Ordinal));
            Assert.True(expected.SequenceEqual(listed), $"{Path.GetFileName(page)} must list:\n{string.Join('\n', expected)}");
        }
    }

    private static string Row(Operation operation) =>
        $"| `{operation.Method} {operation.Path}` | {operation.Summary} | {operation.Coverage} |{(operation.CoverageNote is { } note ? $" {note} " : " ")}|";
}
