using System.Text.RegularExpressions;

namespace Tributary.Tests.Walls;

/// <summary>What the documentation points at is there.</summary>
public sealed partial class DocumentWalls
{
    private static readonly string[] Skipped = ["node_modules", "artifacts", "bin", "obj", ".git"];

    private static readonly IReadOnlyList<string> Files = [.. All(Sources.Root).Order(StringComparer.Ordinal)];

    private static readonly IReadOnlyList<(string File, string Text)> Documents =
        [.. Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal)).Select(file => (file, Read(file)))];

    [Fact]
    public void Every_link_leads_to_a_file_or_a_heading()
    {
        var dead = Documents.SelectMany(document => Link().Matches(Fence().Replace(document.Text, ""))
            .Select(link => link.Groups[1].Value)
            .Where(link => !link.Contains(':', StringComparison.Ordinal) && !Leads(document.File, link))
            .Select(link => $"{document.File}: {link}"));

        Assert.Empty(dead);
    }

    // Decisions are of their day.
    [Fact]
    public void Every_source_file_that_is_named_exists()
    {
        var named = Documents.Where(document => !document.File.StartsWith("docs/decisions/", StringComparison.Ordinal))
            .SelectMany(document => Source().Matches(document.Text).Select(name => (document.File, Name: name.Value)));

        Assert.DoesNotContain(named, name => !Files.Any(file => $"/{file}".EndsWith($"/{name.Name}", StringComparison.Ordinal)));
    }

    [Fact]
    public void No_two_decisions_share_a_number()
    {
        var decisions = Files.Where(file => file.StartsWith("docs/decisions/", StringComparison.Ordinal))
            .Select(file => file["docs/decisions/".Length..][..4]).ToArray();

        Assert.NotEmpty(decisions);
        Assert.Equal(decisions.Distinct(), decisions);
    }

    [Fact]
    public void Every_command_of_make_that_is_named_exists()
    {
        var commands = Command().Matches(Read("Makefile")).Select(command => command.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(Documents.SelectMany(document => Make().Matches(document.Text)),
            make => !commands.Contains(make.Groups[1].Value));
    }

    [Fact]
    public void The_tree_of_the_first_page_names_every_folder_of_the_sources()
    {
        var page = Read("README.md");
        var tree = page[page.IndexOf("## The tree", StringComparison.Ordinal)..];

        var folders = Files.Where(file => file.StartsWith("src/", StringComparison.Ordinal)).Select(file => file.Split('/'))
            .Where(parts => parts.Length > 3).Select(parts => parts[2]).Distinct();

        Assert.DoesNotContain(folders, folder => !tree.Contains($"{folder}/", StringComparison.Ordinal));
    }

    private static bool Leads(string document, string link)
    {
        var (path, heading) = link.Split('#') is [var before, var after] ? (before, after) : (link, null);
        var target = path.Length == 0 ? document : Path.GetRelativePath(Sources.Root,
            Path.GetFullPath(Path.Combine(Sources.Root, Path.GetDirectoryName(document)!, path))).Replace('\\', '/');
        if (!Files.Contains(target)) return heading is null && Directory.Exists(Path.Combine(Sources.Root, target));
        return heading is null || Heading().Matches(Read(target)).Any(line => Anchor(line.Groups[1].Value) == heading);
    }

    // As GitHub makes them.
    private static string Anchor(string heading) =>
        NoLetter().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static string Read(string file) => File.ReadAllText(Path.Combine(Sources.Root, file));

    private static IEnumerable<string> All(string folder) => Directory.EnumerateFiles(folder)
        .Select(file => Path.GetRelativePath(Sources.Root, file).Replace('\\', '/'))
        .Concat(Directory.EnumerateDirectories(folder).Where(inner => !Skipped.Contains(Path.GetFileName(inner))).SelectMany(All));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"[\w./-]*\w+\.cs\b")]
    private static partial Regex Source();

    [GeneratedRegex("`make ([a-z-]+)`")]
    private static partial Regex Make();

    [GeneratedRegex("^([a-z-]+):", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoLetter();
}
