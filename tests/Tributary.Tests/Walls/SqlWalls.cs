using System.Text.RegularExpressions;
using Tributary.Core.Storage;

namespace Tributary.Tests.Walls;

/// <summary>What no text under src/Tributary.Core may say (docs/sql.md).</summary>
public sealed partial class SqlWalls
{
    [Fact]
    public void No_statement_leaves_the_common_subset()
    {
        var outside = Sources.Lines("src/Tributary.Core", "*.cs").Where(line => Outside().IsMatch(line.Code))
            .Select(line => line.ToString());

        Assert.Empty(outside);
    }

    [Fact]
    public void No_script_asks_the_database_for_the_time()
    {
        var asking = Migrator.Scripts().Where(script => Clock().IsMatch(script.Text)).Select(script => script.Name);

        Assert.Empty(asking);
    }

    [Theory]
    [InlineData("SELECT * FROM deals", true)]
    [InlineData("SELECT id::text", true)]
    [InlineData("WHERE name ILIKE @x", true)]
    [InlineData("SELECT COUNT(*) FROM deals", false)]
    [InlineData("global::System.String", false)]
    [InlineData("tx.Now()", false)]
    public void The_wall_knows_what_it_looks_for(string code, bool isOutside) => Assert.Equal(isOutside, Outside().IsMatch(code));

    // "::" only where a lower-case type follows a value, so that IPv6 addresses and namespaces pass.
    [GeneratedRegex(@"SELECT \*|\bNOW\(\)|CURRENT_TIMESTAMP|\bILIKE\b|[\w)']::[a-z]|\bRANDOM\(\)")]
    private static partial Regex Outside();

    [GeneratedRegex(@"\bNOW\(\)|CURRENT_(TIMESTAMP|DATE|TIME)|'now'|clock_timestamp|statement_timestamp", RegexOptions.IgnoreCase)]
    private static partial Regex Clock();
}
