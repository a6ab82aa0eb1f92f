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

    public async Task Load(Tx tx, IReadOnlyCollection<long> ids)
    {
        foreach (var deal in await DealService.VisibleOnes(tx, context.Caller, ids)) loaded[deal.Id] = deal;
    }

    public void Forget()
    {
        loaded.Clear();
        ends.Clear();
    }

    public async Task<long> Create(Tx tx, ImportedDeal record)
    {
        var basics = record.Basics;
        var patch = await Patch(tx, record, null) with { Title = record.Title, Origin = "Import", OriginId = basics.ExternalId };
        if (basics.Id is { } id) patch = patch with { Id = id };
        if (basics.Uid is { } uid) patch = patch with { Uid = uid };
        if (basics.AddedAt is { } added) patch = patch with
        {
            AddedAt = added,
            UpdatedAt = record.ClosedAt > added ? record.ClosedAt.Value : added,
        };
        if (await End(tx, patch) is { } end) patch = patch with { Position = end };
        var created = await DealService.Create(tx, context.Caller, patch);
        loaded[created.Id] = created;
        return created.Id;
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
        var patch = new DealPatch { Custom = ImportContext.Custom("deal", await tx.CatalogFor(context.Caller), custom) };
        if (mapsTitle) patch = patch with { Title = record.Title };
        if (before is null || record.Pipeline is not null || stage is not null) patch = patch with
        {
            PipelineId = pipeline is { } place ? place : default(Field<long>),
        };
        if (stage is { } at) patch = patch with { StageId = at };
        if (before is null || mapsStatus) patch = patch with { Status = StatusOf(record.Status) };
        if (record.Value is { } value) patch = patch with { Value = value };
        if (record.Currency is { } currency) patch = patch with { Currency = currency };
        if (record.Probability is { } probability) patch = patch with { Probability = probability };
        if (owner is not null) patch = patch with { OwnerId = owner };
        if (org is not null) patch = patch with { OrgId = org };
        if (person is not null) patch = patch with { PersonId = person };
        if (record.ExpectedClose is { } expected) patch = patch with { ExpectedClose = expected };
        if (record is { Status: ImportedStatus.Won, ClosedAt: { } won }) patch = patch with { WonAt = won };
        if (record is { Status: ImportedStatus.Lost, ClosedAt: { } lost }) patch = patch with { LostAt = lost };
        if (record.WonReason is { } wonReason) patch = patch with { WonReason = wonReason };
        if (record.LostReason is { } lostReason) patch = patch with { LostReason = lostReason };
        if (record.Source is { } source) patch = patch with { Source = source };
        if (record.DealType is { } type) patch = patch with { DealType = type };
        if (basics.Description is { } description) patch = patch with { Description = description };
        if (basics.Tags.Count > 0) patch = patch with { Tags = (Seq<string>)[.. basics.Tags] };
        return patch;
    }

    /// <summary>
    /// The place behind the last deal of the stage, asked once per unit of work. None when the rules are to say what is wrong with it.
    /// </summary>
    private async Task<decimal?> End(Tx tx, DealPatch patch)
    {
        var catalog = await tx.Catalog();
        var pipeline = patch.PipelineId.IsSet ? patch.PipelineId.Value : catalog.DefaultPipeline?.Id;
        if ((patch.StageId.IsSet ? patch.StageId.Value : catalog.StagesOf(pipeline ?? 0).FirstOrDefault()?.Id) is not { } stage)
        {
            return null;
        }
        if (!ends.TryGetValue(stage, out var end))
        {
            end = await DealStore.LastPosition(tx, stage) is { } last ? Math.Floor(Money.ToAmount(last)) + 1 : 0;
        }
        ends[stage] = patch.Status.Or(DealStatus.Open) is DealStatus.Open ? end + 1 : end;
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
        var folded = Folding.Fold(name);
        var stages = (await tx.Catalog()).Stages.Where(stage => stage.PipelineId == pipeline).ToList();
        if (stages.Find(stage => Folding.Fold(stage.Name) == folded) is { } known) return known.Id;
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
