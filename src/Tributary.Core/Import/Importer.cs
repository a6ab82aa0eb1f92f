using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Import;

/// <summary>
/// Imports files through the engine's own verbs, so that totals, search and the log are what they would be had people typed
/// it. An external id, an id, or a name finds again what an earlier run made; nothing is written where nothing differs.
/// </summary>
public sealed class Importer(Db db)
{
    /// <summary>So many words of stages are remembered while a file is looked through for them.</summary>
    private const int MostStages = 1_000;

    /// <summary>Reads enough of a file to say what it seems to hold.</summary>
    public static async Task<HeaderGuess> Guess(Func<Stream> open, string source, ImportKind? told, CancellationToken ct)
    {
        await using var file = await CsvSource.Open(open(), ct: ct);
        return HeaderGuess.From(file.Headers, await Sample(file, ct), source, told);
    }

    /// <summary>The mapping with the formats that the first rows of the file prove.</summary>
    public static async Task<ImportMapping> Settle(Func<Stream> open, ImportMapping mapping, CancellationToken ct)
    {
        await using var file = await CsvSource.Open(open(), ct: ct);
        return mapping.Settle(file.Headers, await Sample(file, ct));
    }

    public async Task<ImportReport> Run(Caller caller, ImportOrder order, CancellationToken ct)
    {
        MustBeAllowed(caller, order.Mapping);
        var inBulk = caller with { IsBulk = true };
        return order.Mapping.Kind switch
        {
            ImportKind.Organizations => await Run(inBulk, order, context => new OrganizationImport(context), ct),
            ImportKind.Persons => await Run(inBulk, order, context => new PersonImport(context), ct),
            ImportKind.Products => await Run(inBulk, order, context => new ProductImport(context), ct),
            ImportKind.Users => await Run(inBulk, order, context => new UserImport(context), ct),
            ImportKind.Deals => await Run(inBulk, order, context => new DealImport(context), ct),
        };
    }

    /// <summary>Refuses before the first row what no row could be allowed.</summary>
    public static void MustBeAllowed(Caller caller, ImportMapping mapping)
    {
        if (mapping.Kind is ImportKind.Users) caller.MustAdminister("users");
        else caller.MustWrite(ImportMappingFile.Word(mapping.Kind));
        foreach (var (noun, policy) in mapping.Missing)
        {
            if (policy is not MissingPolicy.Create) continue;
            if (noun is ImportNoun.Users) caller.MustAdminister("users");
            else if (noun is ImportNoun.Pipelines or ImportNoun.Stages) caller.MustManage("pipelines");
            else caller.MustWrite(ImportMappingFile.Word(noun));
        }
    }

    private async Task<ImportReport> Run<T>(Caller caller, ImportOrder order, Func<ImportContext, IImportKind<T>> make,
        CancellationToken ct)
        where T : class
    {
        var stages = order.Mapping.Kind is ImportKind.Deals && order.Mapping.PolicyFor(ImportNoun.Stages) is MissingPolicy.Create
            ? await Stages(order, ct) : [];
        await using var file = await CsvSource.Open(order.Open(), ct: ct);
        var tally = new ImportTally();
        var names = new ImportNames(caller, order.Mapping, tally);
        var kind = make(new(caller, order.Mapping, new(order.Mapping, file.Headers), names, tally));
        var written = new ImportRows<T>(order, kind, names, tally);
        await using var units = new ImportUnits<T>(db, caller, order, kind, written, stages);
        await using var run = new ImportRun<T>(db, caller, order, kind, names, tally, written, units);
        return await run.Through(file, ct);
    }

    /// <summary>The names of stages in which rows are, in the order of the file.</summary>
    private static async Task<IReadOnlyList<string>> Stages(ImportOrder order, CancellationToken ct)
    {
        await using var file = await CsvSource.Open(order.Open(), ct: ct);
        var reader = new RowReader(order.Mapping, file.Headers);
        var stages = new List<string>();
        var known = new HashSet<(string?, string?)>();
        await foreach (var row in file.Rows(ct))
        {
            // A refused row makes no stage, so that the next one of its stage is read as well.
            var words = reader.StageWords(row);
            if (known.Contains(words) || reader.Deal(row).Record is not { } deal) continue;
            if (known.Count < MostStages) known.Add(words);
            if (deal is { Stage: { } stage, Pipeline: var pipeline } && pipeline == order.Mapping.Pipeline && !stages.Contains(stage))
            {
                stages.Add(stage);
            }
        }
        return stages;
    }

    private static async Task<IReadOnlyList<IReadOnlyList<string>>> Sample(CsvSource file, CancellationToken ct)
    {
        var sample = new List<IReadOnlyList<string>>();
        await foreach (var row in file.Rows(ct))
        {
            sample.Add(row.Cells);
            if (sample.Count == 200) break;
        }
        return sample;
    }
}
