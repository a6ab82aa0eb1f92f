using Tributary.Core.Import;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Import;

/// <summary>The real files of issue 2, beside the repository or where TRIBUTARY_SHARED says.</summary>
internal static class SalesData
{
    public static async Task<(HeaderGuess Guess, RowReader Reader, List<ImportRow> Rows)> Read(string file)
    {
        await using var source = await CsvSource.Open(File(file).OpenRead());
        var rows = new List<ImportRow>();
        await foreach (var row in source.Rows()) rows.Add(row);

        var guess = HeaderGuess.From(source.Headers, [.. rows.Take(200).Select(row => row.Cells)], "sales data");
        return (guess, new RowReader(guess.Mapping, source.Headers), rows);
    }

    public static FileInfo File(string name) => new(Path.Combine(Folder(), name));

    private static string Folder()
    {
        var shared = Environment.GetEnvironmentVariable("TRIBUTARY_SHARED") ?? Path.Combine(Root(), "..", "shared");
        var folder = Path.Combine(shared, "data", "crm-sales-opportunities");
        var missing = $"The sales data is not at {folder}.";
        if (Backends.InCi) Assert.True(Directory.Exists(folder), missing);
        Assert.SkipUnless(Directory.Exists(folder), missing);
        return folder;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "Tributary.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
