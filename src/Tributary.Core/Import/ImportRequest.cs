using Tributary.Core.Kernel;

namespace Tributary.Core.Import;

/// <summary>What a client says about a file to import; without a mapping, the headers tell.</summary>
public sealed record ImportRequest
{
    public ImportKind? Kind { get; init; }
    public ImportMapping? Mapping { get; init; }

    /// <summary>The system the ids come from, when no mapping says it.</summary>
    public string Source { get; init; } = "csv";
    public IReadOnlyCollection<ImportNoun> Create { get; init; } = [];
    public bool NearNames { get; init; }
    public string? Pipeline { get; init; }
    public bool IsDryRun { get; init; }

    /// <summary>Which sheet of a workbook; the first one when none is named.</summary>
    public string? Sheet { get; init; }

    /// <summary>
    /// Nouns with commas between them. Stages stand in pipelines: who lets stages be created lets a pipeline be created for them.
    /// </summary>
    public static IReadOnlyCollection<ImportNoun> Nouns(string? list)
    {
        var nouns = new HashSet<ImportNoun>();
        foreach (var word in (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Enum.TryParse<ImportNoun>(word, ignoreCase: true, out var noun) || !Enum.IsDefined(noun))
            {
                var accepted = string.Join(", ", Enum.GetValues<ImportNoun>().Select(ImportMappingFile.Word));
                throw Problem.Invalid("create", $"{Converted.Quote(word)} cannot be created on the way; accepted: {accepted}.");
            }
            nouns.Add(noun);
        }
        if (nouns.Contains(ImportNoun.Stages)) nouns.Add(ImportNoun.Pipelines);
        return nouns;
    }

    /// <summary>The mapping, made of the headers when none was given, with what was told beside it.</summary>
    public async Task<(ImportMapping Mapping, HeaderGuess Guess)> Settle(Func<Stream> open, CancellationToken ct)
    {
        var guess = await Importer.Guess(open, Source, Mapping?.Kind ?? Kind, ct);
        var mapping = Mapping is null ? guess.Mapping : await Importer.Settle(open, Mapping, ct);
        return (mapping with
        {
            NearNames = mapping.NearNames || NearNames,
            Pipeline = Pipeline ?? mapping.Pipeline,
            Missing = mapping.Missing.Where(pair => !Create.Contains(pair.Key))
                .Concat(Create.Distinct().Select(noun => KeyValuePair.Create(noun, MissingPolicy.Create)))
                .ToDictionary(),
        }, guess);
    }
}
