namespace Tributary.Tests.Walls;

/// <summary>The repository's own source text.</summary>
internal static class Sources
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every line without its comment.</summary>
    public static IEnumerable<Line> Lines(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .SelectMany(file =>
            File.ReadLines(file)
            .Select((text, i) => new Line(Path.GetRelativePath(Root, file).Replace('\\', '/'), i + 1, WithoutComment(text))));

    private static string WithoutComment(string text)
    {
        var trimmed = text.TrimStart();
        if (trimmed.StartsWith("//", StringComparison.Ordinal)) return "";
        var at = text.IndexOf(" // ", StringComparison.Ordinal);
        return at < 0 ? text : text[..at];
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Tributary.slnx"))) folder = folder.Parent
            ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder.FullName;
    }

    internal sealed record Line(string File, int Number, string Code)
    {
        public override string ToString() => $"{File}:{Number}: {Code.Trim()}";
    }
}
