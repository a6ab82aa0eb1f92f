using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Core.Products;
using Tributary.Core.Storage;

namespace Tributary.Core.Import;

/// <summary>Deals of a file. Titles tell no two apart, so only an id finds a deal again.</summary>
internal sealed class DealImport(ImportContext context) : IImportKind<ImportedDeal>
{
    /// <summary>
    /// The custom field that keeps the product of a row. A line of the deal would make the value follow from the product,
    /// and the file's value is the truth: what was really agreed, nothing for lost deals, none yet for open ones.
    /// </summary>
    public const string ProductField = "Product";

    /// <summary>What a pipeline and a stage are called when deals need them and the file names none.</summary>
    private const string FirstPipeline = "Sales";
    private const string FirstStage = "Open";

    private readonly bool mapsTitle = context.Maps("title");
    private readonly bool mapsStatus = context.Maps("status", "stage");
    private readonly Dictionary<long, Deal> loaded = [];
    private readonly Dictionary<long, string> productNames = [];
    private readonly Dictionary<long, decimal> ends = [];
    // The stages that names were found to mean in this catalog.
    private Dictionary<(long Pipeline, string Name), long> stagesByName = [];
    private WorkspaceCatalog? stagesOf;

    public string Subject => "deal";

    public string Ids => "deal_ids";

    public RowRead<ImportedDeal> Read(ImportRow row) => context.Reader.Deal(row);

    public ImportedBasics BasicsOf(ImportedDeal record) => record.Basics;

    public long? ByName(ImportedDeal record) => null;

    /// <summary>
    /// Stages are made before the first row, in the order of the mapping, then of the file, so that won and lost deals have a place.
    /// </summary>
    public async Task Prepare(Tx tx, IReadOnlyList<string> stages)
    {
        if (context.Maps("product") && ImportContext.FieldOf("deal", await tx.Catalog(), ProductField) is null
            && context.MayAddField(ImportNoun.Products))
        {
            await FieldService.Create(tx, context.Caller, new() { Subject = "deal", Name = ProductField, Type = FieldType.Varchar });
        }
        if (context.Mapping.PolicyFor(ImportNoun.Stages) is not MissingPolicy.Create) return;
        var pipeline = await PipelineOf(tx, context.Mapping.Pipeline, 1);
        var told = context.Mapping.Stages.Values.Select(meaning => meaning.Stage).OfType<string>();
        foreach (var stage in told.Concat(stages).Distinct(StringComparer.Ordinal))
        {
            if (pipeline is { } id) await StageOf(tx, id, stage, 1);
        }
        if (pipeline is { } empty && !(await tx.Catalog()).StagesOf(empty).Any()) await StageOf(tx, empty, FirstStage, 1);
    }

    public bool Has(long id) => loaded.ContainsKey(id);

    public async Task Foresee(Tx tx, IReadOnlyList<ImportedDeal> records)
    {
        await context.Names.Foresee(tx, records.Select(record => record.Organization),
            records.Select(record => record.PersonEmail ?? record.Person));
        foreach (var (stage, end) in await DealStore.LastPositions(tx, [.. ends.Keys])) ends[stage] = DealSaving.AfterLast(end);
    }

    public async Task Load(Tx tx, IReadOnlyCollection<long> ids)
    {
        foreach (var deal in await DealService.VisibleOnes(tx, context.Caller, ids)) loaded[deal.Id] = deal;
    }

    public void Forget() => loaded.Clear();

    public async Task<long> Create(Tx tx, ImportedDeal record)
    {
        // Not kept: the file seldom tells of it again, and thousands of records that live for a while are what a collector has most work with.
        return (await DealService.Create(tx, context.Caller, await Patch(tx, record, null))).Id;
    }

    public async Task<RowOutcome> Update(Tx tx, long id, ImportedDeal record)
    {
        var before = loaded[id];
        if (before.IsDeleted) return context.LeftDeleted(record.Basics.Line);
        var after = await DealService.Update(tx, context.Caller, before, await Patch(tx, record, before));
        loaded[id] = after;
        return ReferenceEquals(after, before) ? RowOutcome.Unchanged : RowOutcome.Updated;
    }

    private async Task<DealPatch> Patch(Tx tx, ImportedDeal record, Deal? before)
    {
        var (names, basics, line) = (context.Names, record.Basics, record.Basics.Line);
        var owner = await names.User(tx, basics.Owner, line);
        var org = await names.Organization(tx, record.Organization, line);
        var person = await names.Person(tx, record.Person, record.PersonEmail, org, line);
        var product = await ProductOf(tx, record, line);
        var pipeline = await PipelineOf(tx, record.Pipeline, line);
        var stage = record.Stage is { } word && pipeline is { } of ? await StageOf(tx, of, word, line) : null;
        var custom = product is null ? basics.Custom : new Dictionary<string, string>(basics.Custom) { [ProductField] = product };
        var values = ImportContext.Custom("deal", await tx.CatalogFor(context.Caller), custom);
        var (isNew, status) = (before is null, StatusOf(record.Status));
        var place = isNew || record.Pipeline is not null || stage is not null ? Told(pipeline) : default;
        var end = isNew ? await End(tx, place, Told(stage), status) : null;

        // All at once: it has seventy members, and each "with" would copy them for every row.
        return new()
        {
            Title = isNew || mapsTitle ? record.Title : default(Field<string>),
            PipelineId = place,
            StageId = Told(stage),
            Position = Told(end),
            Status = isNew || mapsStatus ? status : default(Field<DealStatus>),
            Value = TellsOf(record.Value),
            Currency = record.Currency ?? default(Field<string>),
            Probability = TellsOf(record.Probability),
            OwnerId = TellsOf(owner),
            OrgId = TellsOf(org),
            PersonId = TellsOf(person),
            ExpectedClose = TellsOf(record.ExpectedClose),
            WonAt = record.Status is ImportedStatus.Won ? TellsOf(record.ClosedAt) : default,
            LostAt = record.Status is ImportedStatus.Lost ? TellsOf(record.ClosedAt) : default,
            WonReason = TellsOf(record.WonReason),
            LostReason = TellsOf(record.LostReason),
            Source = TellsOf(record.Source),
            DealType = TellsOf(record.DealType),
            Description = TellsOf(basics.Description),
            Tags = basics.Tags.Count > 0 ? (Seq<string>)[.. basics.Tags] : default(Field<Seq<string>>),
            Custom = values,
            Origin = isNew ? "Import" : default(Field<string>),
            OriginId = isNew ? basics.ExternalId : default(Field<string?>),
            Id = isNew ? Told(basics.Id) : default,
            Uid = isNew ? Told(basics.Uid) : default,
            AddedAt = isNew ? Told(basics.AddedAt) : default,
            UpdatedAt = isNew && basics.AddedAt is { } added ? record.ClosedAt > added ? record.ClosedAt.Value : added
                : default(Field<DateTimeOffset>),
        };
    }

    /// <summary>An empty cell says nothing.</summary>
    private static Field<T?> TellsOf<T>(T? value) => value is null ? default : new(true, value);

    private static Field<T> Told<T>(T? value) where T : struct => value is { } known ? known : default(Field<T>);

    /// <summary>
    /// The place behind the last deal of the stage, asked once per unit of work, before it has written anything where the stage was met
    /// before: a question waits for all that was. None when the rules are to say what is wrong with it.
    /// </summary>
    private async Task<decimal?> End(Tx tx, Field<long> place, Field<long> column, DealStatus status)
    {
        var catalog = await tx.Catalog();
        var pipeline = place.IsSet ? place.Value : catalog.DefaultPipeline?.Id;
        if ((column.IsSet ? column.Value : catalog.StagesOf(pipeline ?? 0).FirstOrDefault()?.Id) is not { } stage) return null;
        if (!ends.TryGetValue(stage, out var end)) end = DealSaving.AfterLast(await DealStore.LastPosition(tx, stage));
        ends[stage] = status is DealStatus.Open ? end + 1 : end;
        return end;
    }

    /// <summary>The catalogue's name of the product, to be kept with the deal.</summary>
    private async Task<string?> ProductOf(Tx tx, ImportedDeal record, long line)
    {
        if (await context.Names.Product(tx, record.Product, line) is not { } id) return null;
        if (ImportContext.FieldOf("deal", await tx.Catalog(), ProductField) is null)
        {
            context.Tally.Warn($"product left out: there is no custom field \"{ProductField}\", and none may be made", line);
            return null;
        }
        if (!productNames.TryGetValue(id, out var name)) productNames[id] = name = (await ProductStore.Find(tx, id))!.Name;
        return name;
    }

    /// <summary>The pipeline named, else the default one; one is made when the workspace has none and stages are to be created.</summary>
    private async Task<long?> PipelineOf(Tx tx, string? name, long line)
    {
        var catalog = await tx.Catalog();
        if (name is null && catalog.DefaultPipeline is { } usual) return usual.Id;
        if (name is null && context.Mapping.PolicyFor(ImportNoun.Stages) is not MissingPolicy.Create) return null;

        var called = name ?? FirstPipeline;
        var folded = Folding.Fold(called);
        if (catalog.Pipelines.FirstOrDefault(pipeline => Folding.Fold(pipeline.Name) == folded) is { } known) return known.Id;
        if (name is not null && !context.Names.MayCreate(ImportNoun.Pipelines, called, "pipeline", line))
        {
            return catalog.DefaultPipeline?.Id;
        }
        context.Names.Note(ImportNoun.Pipelines, called);
        return (await PipelineService.Create(tx, context.Caller, new() { Name = called }, [])).Id;
    }

    private async Task<long?> StageOf(Tx tx, long pipeline, string name, long line)
    {
        var catalog = await tx.Catalog();
        if (!ReferenceEquals(catalog, stagesOf)) (stagesOf, stagesByName) = (catalog, []);
        if (stagesByName.TryGetValue((pipeline, name), out var found)) return found;

        var folded = Folding.Fold(name);
        var stages = catalog.Stages.Where(stage => stage.PipelineId == pipeline).ToList();
        if (stages.Find(stage => Folding.Fold(stage.Name) == folded) is { } known) return stagesByName[(pipeline, name)] = known.Id;
        if (new NearName(stages.Select(stage => stage.Name)).Find(name) is { } pair)
        {
            context.Tally.Near(ImportNames.Word(ImportNoun.Stages), pair, context.Mapping.NearNames);
            if (context.Mapping.NearNames) return stages.Find(stage => stage.Name == pair.Existing)!.Id;
        }
        if (!context.Names.MayCreate(ImportNoun.Stages, name, "stage", line)) return null;
        context.Names.Note(ImportNoun.Stages, name);
        return (await PipelineService.CreateStage(tx, context.Caller, new() { PipelineId = pipeline, Name = name })).Id;
    }

    private static DealStatus StatusOf(ImportedStatus status) => status switch
    {
        ImportedStatus.Open => DealStatus.Open,
        ImportedStatus.Won => DealStatus.Won,
        ImportedStatus.Lost => DealStatus.Lost,
    };
}
