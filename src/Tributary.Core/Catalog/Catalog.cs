using System.Collections.Concurrent;
using Tributary.Core.Activities;
using Tributary.Core.Currencies;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Labels;
using Tributary.Core.Pipelines;
using Tributary.Core.Users;

namespace Tributary.Core.Catalog;

/// <summary>
/// The small tables of a workspace as one immutable snapshot: what rules ask about and dialects spell names from. Kept
/// in memory until one of them changes, so a request that shows a stage's name reads no table for it. Deleted pipelines,
/// stages, labels and fields are included, since old deals refer to them; the lists in the first lines leave them out.
/// </summary>
public sealed class WorkspaceCatalog
{
    private readonly Dictionary<long, Pipeline> pipelines;
    private readonly Dictionary<long, Stage> stages;
    private readonly Dictionary<long, User> users;
    private readonly Dictionary<Guid, User> usersByUid;
    private readonly Dictionary<long, UserGroup> groups;
    private readonly Dictionary<long, Tag> tags;
    private readonly Dictionary<string, Tag> tagsByName;
    private readonly Dictionary<long, Label> labels;
    private readonly Dictionary<string, Currency> currencies;
    private readonly Dictionary<(string, string), FieldDefinition> fields;
    private readonly IReadOnlyList<FieldDefinition> guarded;

    // One view for all who see the same: as many as there are circles, not as there are users.
    private readonly ConcurrentDictionary<string, WorkspaceCatalog> views = [];

    internal WorkspaceCatalog(Workspace workspace, long version, IReadOnlyList<Pipeline> pipelines, IReadOnlyList<Stage> stages,
        IReadOnlyList<User> users,
        IReadOnlyList<UserGroup> groups, IReadOnlyList<Label> labels, IReadOnlyList<Tag> tags, IReadOnlyList<FieldDefinition> fields,
        IReadOnlyList<Currency> currencies, IReadOnlyList<LostReason> lostReasons, IReadOnlyList<ActivityType> activityTypes)
    {
        Workspace = workspace;
        Version = version;
        Pipelines = [.. pipelines.Where(p => p.DeletedAt is null).OrderBy(p => p.Position).ThenBy(p => p.Id)];
        Stages = [.. stages.Where(s => s.DeletedAt is null).OrderBy(s => s.PipelineId).ThenBy(s => s.Position).ThenBy(s => s.Id)];
        Users = users;
        Groups = groups;
        Labels = [.. labels.Where(l => l.DeletedAt is null).OrderBy(l => l.Position).ThenBy(l => l.Id)];
        Tags = tags;
        Fields = [.. fields.Where(f => f.DeletedAt is null).OrderBy(f => f.Position).ThenBy(f => f.Id)];
        Currencies = currencies;
        LostReasons = lostReasons;
        ActivityTypes = activityTypes;
        this.pipelines = pipelines.ToDictionary(p => p.Id);
        this.stages = stages.ToDictionary(s => s.Id);
        this.users = users.ToDictionary(u => u.Id);
        usersByUid = users.ToDictionary(u => u.Uid);
        this.groups = groups.ToDictionary(g => g.Id);
        this.tags = tags.ToDictionary(t => t.Id);
        tagsByName = tags.ToDictionary(t => t.Name, StringComparer.Ordinal);
        this.labels = labels.ToDictionary(l => l.Id);
        this.currencies = currencies.ToDictionary(c => c.Code, StringComparer.Ordinal);
        this.fields = fields.ToDictionary(f => (f.Subject, f.Key));
        guarded = [.. fields.Where(f => !f.Readers.IsEveryone())];
    }

    // The same workspace without some of its fields, and without what stages ask of them.
    private WorkspaceCatalog(WorkspaceCatalog whole, IReadOnlyList<FieldDefinition> hidden)
    {
        var ids = hidden.Select(field => field.Id).ToHashSet();
        var names = hidden.Where(field => field.Subject == "deal").Select(field => EntryFields.CustomPrefix + field.Slug)
            .ToHashSet(StringComparer.Ordinal);
        Workspace = whole.Workspace;
        Version = whole.Version;
        Pipelines = whole.Pipelines;
        Users = whole.Users;
        Groups = whole.Groups;
        Labels = whole.Labels;
        Tags = whole.Tags;
        Currencies = whole.Currencies;
        LostReasons = whole.LostReasons;
        ActivityTypes = whole.ActivityTypes;
        pipelines = whole.pipelines;
        users = whole.users;
        usersByUid = whole.usersByUid;
        groups = whole.groups;
        labels = whole.labels;
        tags = whole.tags;
        tagsByName = whole.tagsByName;
        currencies = whole.currencies;
        Fields = [.. whole.Fields.Where(field => !ids.Contains(field.Id))];
        fields = whole.fields.Where(pair => !ids.Contains(pair.Value.Id)).ToDictionary();
        Stages = [.. whole.Stages.Select(Seen)];
        stages = whole.stages.ToDictionary(pair => pair.Key, pair => Seen(pair.Value));
        guarded = [];
        Hidden = hidden;

        Stage Seen(Stage stage) => stage.Entry.Required.Any(names.Contains)
            ? stage with { Entry = stage.Entry with { Required = [.. stage.Entry.Required.Where(name => !names.Contains(name))] } }
            : stage;
    }

    public Workspace Workspace { get; }
    public IReadOnlyList<Pipeline> Pipelines { get; }
    public IReadOnlyList<Stage> Stages { get; }
    public IReadOnlyList<User> Users { get; }
    public IReadOnlyList<UserGroup> Groups { get; }
    public IReadOnlyList<Label> Labels { get; }
    public IReadOnlyList<Tag> Tags { get; }
    public IReadOnlyList<FieldDefinition> Fields { get; }
    public IReadOnlyList<Currency> Currencies { get; }
    public IReadOnlyList<LostReason> LostReasons { get; }
    public IReadOnlyList<ActivityType> ActivityTypes { get; }

    internal long Version { get; }

    /// <summary>The fields that this view leaves out, the deleted included.</summary>
    internal IReadOnlyList<FieldDefinition> Hidden { get; } = [];

    /// <summary>
    /// Whether what somebody wrote about fields (a filter, a stage's rules, an automation) names one that this view leaves out.
    /// </summary>
    internal bool HidesOneIn(string? told) => told is not null && Hidden.Any(field => field.IsNamedIn(told));

    /// <summary>
    /// This catalog without the custom fields that the caller may not see. Values are read by their definition and fields are
    /// found by their name, both from here, so what is missing here is missing everywhere. Costs nothing where every field is for everyone.
    /// </summary>
    public WorkspaceCatalog SeenBy(Caller caller)
    {
        if (guarded.Count == 0 || caller.IsAdmin) return this;
        IReadOnlyList<FieldDefinition> hidden = [.. guarded.Where(field => !field.Readers.Has(caller))];
        if (hidden.Count == 0) return this;
        return views.GetOrAdd(string.Join(',', hidden.Select(field => field.Id)), static (_, asked) => new(asked.Whole, asked.Hidden),
            (Whole: this, Hidden: hidden));
    }

    /// <summary>The one marked as the default, else the first; none only where there is no pipeline.</summary>
    public Pipeline? DefaultPipeline => Pipelines.FirstOrDefault(p => p.IsDefault) ?? (Pipelines.Count > 0 ? Pipelines[0] : null);

    /// <summary>Also finds deleted ones; callers that pick a target look at DeletedAt.</summary>
    public Pipeline? Pipeline(long id) => pipelines.GetValueOrDefault(id);

    /// <summary>Also finds deleted ones, as what was in them keeps naming them.</summary>
    public Stage? Stage(long id) => stages.GetValueOrDefault(id);

    /// <summary>Also finds those who were deactivated.</summary>
    public User? User(long? id) => id is { } known ? users.GetValueOrDefault(known) : null;

    public User? User(Guid uid) => usersByUid.GetValueOrDefault(uid);

    public UserGroup? Group(long id) => groups.GetValueOrDefault(id);

    public Tag? Tag(long id) => tags.GetValueOrDefault(id);

    public Tag? Tag(string name) => tagsByName.GetValueOrDefault(name);

    public Label? Label(long id) => labels.GetValueOrDefault(id);

    public Currency? Currency(string code) => currencies.GetValueOrDefault(code);

    /// <summary>By the kind of record ("deal", also for leads) and the key that values are stored under.</summary>
    public FieldDefinition? Field(string subject, string key) => fields.GetValueOrDefault((subject, key));

    public IEnumerable<FieldDefinition> FieldsOf(string subject) => Fields.Where(field => field.Subject == subject);

    /// <summary>The stages of one kind, left to right.</summary>
    public IEnumerable<Stage> StagesOf(long pipelineId, StageKind kind = StageKind.Open) =>
        Stages.Where(s => s.PipelineId == pipelineId && s.Kind == kind);

    /// <summary>In the order of the ids; unknown ids are left out.</summary>
    public Seq<string> TagNames(Seq<long> ids)
    {
        if (ids.Count == 0) return [];
        var names = new List<string>(ids.Count);
        for (var i = 0; i < ids.Count; i++)
        {
            if (tags.TryGetValue(ids[i], out var tag)) names.Add(tag.Name);
        }
        return [.. names];
    }

    /// <summary>The probability (percent) that weighs a deal: its own, else its stage's, else 100.</summary>
    public decimal ProbabilityOf(decimal? own, long stageId)
    {
        if (stages.GetValueOrDefault(stageId) is not { } stage) return own ?? 100;
        return pipelines.GetValueOrDefault(stage.PipelineId) is { UsesProbability: false } ? 100 : own ?? stage.Probability;
    }

    /// <summary>An amount in another currency at today's rates; none when a rate is missing.</summary>
    public decimal? Convert(decimal amount, string from, string to)
    {
        if (from == to) return amount;
        if (RateOf(from) is not { } source || RateOf(to) is not { } target) return null;
        return decimal.Round(amount * source / target, 4, MidpointRounding.ToEven);
    }

    /// <summary>
    /// The same from a rate of the past to the base currency, and from there at today's; at today's alone where there is none.
    /// </summary>
    public decimal? Convert(decimal amount, string from, string to, long? lockedE8) =>
        lockedE8 is not { } rate || from == to ? Convert(amount, from, to)
        : Convert(decimal.Round(amount * rate / 100_000_000m, 4, MidpointRounding.ToEven), Workspace.BaseCurrency, to);

    private decimal? RateOf(string code) => code == Workspace.BaseCurrency ? 1m : currencies.GetValueOrDefault(code)?.Rate;
}

/// <summary>One tenant: a company with its users, pipelines and everything below.</summary>
public sealed record Workspace
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }
    public required string Name { get; init; }

    /// <summary>ISO 4217: what a deal gets when nobody names a currency, and what totals are converted to.</summary>
    public required string BaseCurrency { get; init; }

    /// <summary>IANA name; decides which day "today" is.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Which rates insights convert closed deals at, unless they are asked for others.</summary>
    public ReportRates ReportRates { get; init; }
    public string Settings { get; init; } = "{}";
    public required DateTimeOffset AddedAt { get; init; }
}
