using System.Runtime;
using System.Security.Cryptography;
using System.Text;
using Spectre.Console;
using Tributary.Core.Import;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Server.Commands;

/// <summary>What the command line says about an import.</summary>
internal sealed record ImportOptions
{
    public required IReadOnlyList<FileInfo> Files { get; init; }
    public ImportKind? Kind { get; init; }
    public IReadOnlyList<FileInfo> Mappings { get; init; } = [];
    public FileInfo? WriteMapping { get; init; }
    public string? Create { get; init; }
    public bool NearNames { get; init; }
    public string Source { get; init; } = "csv";
    public string? Pipeline { get; init; }
    public bool IsDryRun { get; init; }
    public FileInfo? Rejects { get; init; }
    public bool Resume { get; init; }
    public string? Workspace { get; init; }
    public bool Json { get; init; }

    /// <summary>Which sheet of workbooks.</summary>
    public string? Sheet { get; init; }
}

/// <summary>A file of the command line, the CSV with its rows (itself, unless it is a workbook), and how they are imported.</summary>
internal sealed record PlannedFile(FileInfo File, FileInfo Rows, ImportMapping Mapping);

/// <summary>Imports the files of one command line, each with its mapping, and says what came of it.</summary>
internal static class ImportFiles
{
    private const int AllIn = 0;
    private const int SomeRejected = 1;
    private const int NothingDone = 2;

    /// <summary>Nobody waits for this process to let go of the database for a moment, and the fewer units of work the faster.</summary>
    private const int ChunkRows = 5_000;

    /// <summary>Who is named before who names: owners, then accounts, their people, products, and deals last.</summary>
    private static readonly ImportKind[] Order = [
        ImportKind.Users, ImportKind.Organizations, ImportKind.Persons, ImportKind.Products, ImportKind.Deals];

    public static async Task<int> Run(ImportOptions options, CancellationToken ct)
    {
        var reports = new List<(string File, ImportReport Report)>();
        var unfolded = new Lazy<DirectoryInfo>(() => Directory.CreateTempSubdirectory("tributary-import-"));
        var outcome = await Outcome.Of(async () =>
        {
            if (options.Rejects is not null && options.Files.Count > 1)
            {
                throw Problem.Invalid("rejects", "--rejects is for one file; several have FILE.rejects.csv each.");
            }
            var planned = await Planned(options, unfolded, ct);
            if (options.WriteMapping is { } file) return await Write(planned, file, ct);

            // Nobody waits for an answer here, so the collector may stop the program instead of taking turns with it.
            GCSettings.LatencyMode = GCLatencyMode.Batch;
            return await Databases.Use(SqliteUse.Filling, async db =>
            {
                await Import(db, (await Databases.Operator(db, options.Workspace, ct)).Caller, options, planned, reports, ct);
                return Outcome.Done;
            }, ct);
        });
        if (unfolded.IsValueCreated) unfolded.Value.Delete(recursive: true);
        Show(options, reports);
        if (options.WriteMapping is not null && outcome == Outcome.Done) return AllIn;
        if (reports.All(each => each.Report.Read == each.Report.Rejected)) return NothingDone;
        return outcome == Outcome.Done && reports.All(each => each.Report.Rejected == 0) ? AllIn : SomeRejected;
    }

    /// <summary>Each file with its mapping, in the order of import.</summary>
    private static async Task<IReadOnlyList<PlannedFile>> Planned(ImportOptions options, Lazy<DirectoryInfo> unfolded, CancellationToken ct)
    {
        var mappings = new List<ImportMapping>();
        foreach (var file in options.Mappings) mappings.Add(ImportMappingFile.Read(await File.ReadAllTextAsync(file.FullName, ct)));

        var planned = new List<PlannedFile>();
        foreach (var file in options.Files)
        {
            var rows = await Rows(file, options.Sheet, unfolded, ct);
            var guess = await Importer.Guess(rows.OpenRead, options.Source, options.Kind, ct);
            var headers = guess.Matches.Select(match => match.Header).Concat(guess.LeftOver).ToHashSet(StringComparer.Ordinal);
            var told = mappings.Find(mapping => mapping.Columns.Keys.All(headers.Contains));
            // One file and one mapping belong together, also when a column is missing: the refusal says which.
            if (told is null && options.Files.Count == 1 && mappings.Count > 0) told = mappings[0];
            var request = new ImportRequest
            {
                Kind = options.Kind,
                Mapping = told,
                Source = options.Source,
                Create = ImportRequest.Nouns(options.Create),
                NearNames = options.NearNames,
                Pipeline = options.Pipeline,
            };
            planned.Add(new(file, rows, (await request.Settle(rows.OpenRead, ct)).Mapping));
        }
        return [.. planned.OrderBy(each => Array.IndexOf(Order, each.Mapping.Kind))];
    }

    private static async Task<FileInfo> Rows(FileInfo file, string? sheet, Lazy<DirectoryInfo> unfolded, CancellationToken ct)
    {
        await using var stream = file.OpenRead();
        if ((await Workbook.Sheets(stream, ct)).Count == 0) return sheet is null
            ? file : throw Problem.Invalid("sheet", $"{file.Name} is no workbook, so it has no sheets.");
        var rows = Path.Combine(unfolded.Value.FullName, file.Name + ".csv");
        await Workbook.ToCsv(stream, sheet, rows, long.MaxValue, ct);
        return new(rows);
    }

    private static async Task<int> Write(IReadOnlyList<PlannedFile> planned, FileInfo file, CancellationToken ct)
    {
        if (planned.Count > 1) throw Problem.Invalid("write-mapping", "--write-mapping is for one file at a time.");
        await File.WriteAllTextAsync(file.FullName, ImportMappingFile.Write(planned[0].Mapping), ct);
        Console.WriteLine($"wrote {file}");
        return Outcome.Done;
    }

    private static async Task Import(Db db, Caller caller, ImportOptions options, IReadOnlyList<PlannedFile> planned,
        List<(string, ImportReport)> reports, CancellationToken ct)
    {
        var screen =
            AnsiConsole.Create(new()
            {
                Out = new AnsiConsoleOutput(Console.Error),
                Ansi = Console.IsErrorRedirected ? AnsiSupport.No : AnsiSupport.Detect
            });
        await screen.Progress().AutoClear(true).HideCompleted(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(),
                new RemainingTimeColumn())
            .StartAsync(async bars =>
            {
                foreach (var (file, rows, mapping) in planned)
                {
                    var bar = bars.AddTask(Markup.Escape(file.Name), maxValue: 1);
                    var rejects = options.Rejects ?? new FileInfo($"{file.FullName}.rejects.csv");
                    if (!options.Resume) rejects.Delete();
                    reports.Add((file.Name, await new Importer(db).Run(caller, new()
                    {
                        Mapping = mapping,
                        Open = rows.OpenRead,
                        Rejects = () => rejects.Open(FileMode.OpenOrCreate),
                        IsDryRun = options.IsDryRun,
                        Key = await KeyOf(rows, mapping, ct),
                        Resume = options.Resume,
                        ChunkRows = ChunkRows,
                        Progress = progress =>
                        {
                            bar.Value = progress.Fraction;
                            bar.Description =
                                Markup.Escape(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                                    $"{file.Name} {progress.SoFar.Read:#,##0} rows"));
                        },
                    }, ct)));
                }
            });
    }

    /// <summary>The same file with the same mapping is the same import.</summary>
    private static async Task<string> KeyOf(FileInfo file, ImportMapping mapping, CancellationToken ct)
    {
        await using var stream = file.OpenRead();
        var content = await SHA256.HashDataAsync(stream, ct);
        return "csv:"
            + Convert.ToHexStringLower(SHA256.HashData([.. content, .. Encoding.UTF8.GetBytes(ImportMappingFile.Write(mapping))]));
    }

    private static void Show(ImportOptions options, List<(string File, ImportReport Report)> reports)
    {
        if (options.Json)
        {
            Console.WriteLine($"[{string.Join(",", reports.Select(each => each.Report.ToJson()))}]");
            return;
        }
        if (reports.Count == 0) return;
        var table = new Table().Border(TableBorder.Rounded).AddColumn("file").AddColumn("kind");
        foreach (var head in (string[])["rows", "created", "updated", "unchanged", "rejected", "seconds"])
        {
            table.AddColumn(new TableColumn(head).RightAligned());
        }
        foreach (var (file, report) in reports)
        {
            table.AddRow([Markup.Escape(file), report.Kind.ToString()!.ToLowerInvariant(),
                .. ((long[])[report.Read, report.Created, report.Updated, report.Unchanged, report.Rejected])
                .Select(count => count.ToString("#,##0", System.Globalization.CultureInfo.InvariantCulture)),
                report.Took.TotalSeconds.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)]);
        }
        Terminal.Current.Tables.Write(table);
        foreach (var (file, report) in reports)
        {
            if (report.Rejected + report.Warnings.Count + report.NearNames.Count + report.CreatedByNoun.Count == 0) continue;
            Console.WriteLine(file);
            Console.WriteLine(report.ToText());
            if (report.Rejected > 0)
            {
                Console.WriteLine($"  The rejected rows are in {options.Rejects?.ToString() ?? $"{file}.rejects.csv"}.");
            }
        }
    }
}
