using System.Text.RegularExpressions;
using Tributary.Core.Storage;
using Tributary.Tests.Browser;

namespace Tributary.Tests.Walls;

/// <summary>Who may know whom (style §2: the walls that deserve to be held).</summary>
public sealed partial class ArchitectureWalls
{
    private const string Dialects = "src/Tributary.Server/Dialects";

    [Fact]
    public void The_engine_knows_nothing_of_HTTP()
    {
        var references = typeof(Db).Assembly.GetReferencedAssemblies().Select(name => name.Name!);

        Assert.DoesNotContain(references, name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name == "tributary");
    }

    [Fact]
    public void The_server_cannot_write_SQL()
    {
        var references = typeof(Program).Assembly.GetReferencedAssemblies().Select(name => name.Name!);

        Assert.DoesNotContain(references, name => name is "Npgsql" or "Microsoft.Data.Sqlite"
            || name.StartsWith("SQLitePCLRaw", StringComparison.Ordinal));
    }

    [Fact]
    public void Tests_in_a_browser_run_one_after_the_other()
    {
        var classes = typeof(WebServer).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IClassFixture<WebServer>))).ToArray();

        Assert.NotEmpty(classes);
        Assert.All(classes, type => Assert.Contains(type.GetCustomAttributesData(), attribute =>
            attribute.AttributeType == typeof(CollectionAttribute) && attribute.ConstructorArguments[0].Value is BrowserTests.Name));
    }

    [Fact]
    public void What_the_engine_shows_names_no_type_of_a_database()
    {
        var shown = typeof(Db).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods()
                .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)));

        Assert.DoesNotContain(shown, type => type.Namespace
            is { } name && (name.StartsWith("Npgsql", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.Data", StringComparison.Ordinal)));
    }

    [Fact]
    public void Dialects_do_not_know_each_other()
    {
        var names = Directory.Exists(Path.Combine(Sources.Root, Dialects))
            ? Directory.GetDirectories(Path.Combine(Sources.Root, Dialects)).Select(folder => Path.GetFileName(folder)!).ToList() : [];

        var crossings = names.SelectMany(name => Sources.Lines($"{Dialects}/{name}", "*.cs")
            .Where(line => names.Any(other => other != name && Regex.IsMatch(line.Code, $@"\bDialects\.{other}\b"))));

        Assert.Empty(crossings.Select(line => line.ToString()));
    }

    // Reading other systems' files is what Import is for; it knows their headings.
    [Fact]
    public void The_engine_speaks_no_vendors_words()
    {
        var lines = Sources.Lines("src/Tributary.Core", "*.cs")
            .Where(line => !line.File.StartsWith("src/Tributary.Core/Import/", StringComparison.Ordinal));

        Assert.Empty(lines.Where(line => VendorWords().IsMatch(line.Code)).Select(line => line.ToString()));
    }

    [Fact]
    public void Rules_decide_without_asking_anyone()
    {
        var rules = Sources.Lines("src/Tributary.Core", "*Rules.cs").Concat(Sources.Lines("src/Tributary.Core", "*History.cs"));

        Assert.Empty(rules.Where(line => Asking().IsMatch(line.Code)).Select(line => line.ToString()));
    }

    /// <summary>Pipedrive's, YSuite's, AutomateNexus', Switch's and cPod's names for what the engine calls otherwise.</summary>
    [GeneratedRegex("\"(add_time|update_time|stage_change_time|rotten_flag|rotten_time|rot_time|cstid|cc_email|org_name|person_name|deal_probability|stage_order_nr|next_activity_date|x-api-token|x-ysuite-\\w+)\"")]
    private static partial Regex VendorWords();

    [GeneratedRegex(@"\b(async|await|Tx|Db|TimeProvider)\b")]
    private static partial Regex Asking();
}
