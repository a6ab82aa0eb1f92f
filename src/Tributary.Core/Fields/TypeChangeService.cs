using System.Text.Json;
using Tributary.Core.Automations;
using Tributary.Core.Catalog;
using Tributary.Core.Filters;
using Tributary.Core.Jobs;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Fields;

/// <summary>
/// Gives a custom field another type: first a look at what would become of its values, then the change, in the background and in one
/// unit of work, so that nobody ever reads a field whose values are half of one type and half of another. Key and slug stay.
/// </summary>
public sealed class TypeChangeService(Db db)
{
    /// <summary>So many values change in one unit of work; other writers of the workspace wait for it, on SQLite those of all.</summary>
    public const int MaxValues = 100_000;
    public const int MaxExamples = 100;
    internal const string Kind = "change_field_type";

    // Examples are of records that the caller sees, so more are kept than are shown.
    private const int Candidates = 500;

    internal static readonly JobHandler Handler = new(Kind, Run);

    private sealed record Order
    {
        public required long FieldId { get; init; }
        public required long Version { get; init; }
        public required NewType To { get; init; }
        public required string Dialect { get; init; }
    }

    /// <summary>
    /// What the change would do, with up to <paramref name="examples"/> values that would not stay as they are, the lost ones first.
    /// </summary>
    public async Task<TypePreview> Preview(Caller caller, long id, NewType given, int examples, CancellationToken ct)
    {
        caller.MustManage("fields");
        if (examples is < 0 or > MaxExamples)
        {
            throw Problem.Invalid("examples", $"examples must be a whole number from 0 to {MaxExamples}.");
        }
        await using var tx = await db.Read(caller.Workspace, ct);
        var (field, catalog) = (await FieldService.Known(tx, caller, id), await tx.Catalog());
        Problem.MustBeAt(given.ExpectedVersion, field.Version, "field", id);
        // Ids of choices that do not exist yet: nothing is stored of them.
        var after = TypeRules.Apply(field, given, TypeRules.NewOptions(field, given, await Texts(tx, field, given, catalog)),
            [.. Enumerable.Range(1, FieldRules.MaxOptions).Select(n => (long)n)]);
        var counts = new TypeCounts(0, 0, 0);
        var found = new Dictionary<Conversion, List<(string Subject, TypeExample Example)>>
        {
            [Conversion.Lost] = [],
            [Conversion.Reduced] = [],
        };
        foreach (var kind in FieldHolders.Of(field.Subject))
        {
            await foreach (var holder in kind.Read(tx, field))
            {
                var value = holder.Custom[field.Key]!.Value;
                var (made, what) = FieldConversion.Convert(field, after, value, catalog);
                counts = counts.And(what);
                if (what is not Conversion.Kept && found[what].Count < Candidates)
                {
                    found[what].Add(
                        (kind.Subject, new(kind.Subject, holder.Id, holder.Name, FieldConversion.Text(field, value, catalog),
                            made is { } now ? FieldConversion.Text(after, now, catalog) : null, what)));
                }
            }
        }
        var seen = await Visible(tx, caller, [.. found.Values.SelectMany(one => one).Select(one => (one.Subject, one.Example.Id))]);
        return new()
        {
            Type = given.Type,
            Counts = counts,
            Options = after.Options,
            Examples = [.. found[Conversion.Lost].Concat(found[Conversion.Reduced])
                .Where(one => seen.Contains((one.Subject, one.Example.Id))).Select(one => one.Example).Take(examples)],
            Uses = await Uses(tx, caller, field),
        };
    }

    /// <summary>
    /// Begins the change. The job's result tells what became of the values; it is rejected when the field was changed meanwhile.
    /// </summary>
    public async Task<Job> Change(Caller caller, long id, NewType given, CancellationToken ct)
    {
        caller.MustManage("fields");
        await using var tx = await db.Write(caller.Workspace, ct);
        var field = await FieldService.Known(tx, caller, id);
        Problem.MustBeAt(given.ExpectedVersion, field.Version, "field", id);
        TypeRules.Check(field, given);
        var job = await JobService.Enqueue(tx, caller, Kind, id,
            new Order { FieldId = id, Version = field.Version, To = given, Dialect = caller.Dialect });
        await tx.Commit();
        return job;
    }

    private static async Task Run(JobRun run, CancellationToken ct)
    {
        var order = run.Payload<Order>();
        var caller = run.Caller(order.Dialect) with { IsBulk = true };
        // Whoever writes beside it knows the field by its former type, and a value of theirs would not be among those that are read here.
        await using var tx = await run.Db.Write(run.Job.WorkspaceId, ct, mayTakeLong: true, isAlone: true);
        await tx.CatalogHasChanged();
        var (before, catalog) = (await FieldService.Known(tx, caller, order.FieldId), await tx.Catalog());
        Problem.MustBeAt(order.Version, before.Version, "field", before.Id);
        var options = TypeRules.NewOptions(before, order.To, await Texts(tx, before, order.To, catalog));
        var after = TypeRules.Apply(before, order.To, options, await FieldService.OptionIds(tx, before.Options, options)) with
        {
            UpdatedAt = tx.Now,
            Version = before.Version + 1,
        };

        await FieldService.Save(tx, caller, before, after);
        var counts = new TypeCounts(0, 0, 0);
        foreach (var kind in FieldHolders.Of(before.Subject))
        {
            await foreach (var holder in kind.Read(tx, before))
            {
                if (counts.Total >= MaxValues)
                {
                    throw Problem.TooLarge(
                        $"At most {MaxValues} values change their type at once. Make a new field and import the values into it.");
                }
                var (value, what) = FieldConversion.Convert(before, after, holder.Custom[before.Key]!.Value, catalog);
                await kind.Put(tx, caller, after, holder, value);
                counts = counts.And(what);
            }
        }
        await run.Complete(tx, new { total = counts.Total, kept = counts.Kept, reduced = counts.Reduced, lost = counts.Lost });
        await tx.Commit();
    }

    /// <summary>The texts that choices are made of, each once; nothing when none are made.</summary>
    private static async Task<IReadOnlyCollection<string>> Texts(Tx tx, FieldDefinition field, NewType to, WorkspaceCatalog catalog)
    {
        if (!FieldConversion.MakesOptions(field.Type, to.Type) || to.Options.Count > 0) return [];
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var kind in FieldHolders.Of(field.Subject))
        {
            await foreach (var holder in kind.Read(tx, field))
            {
                foreach (var text in FieldConversion.OptionsIn(to.Type,
                    FieldConversion.Text(field, holder.Custom[field.Key]!.Value, catalog)))
                {
                    if (texts.Count < FieldRules.MaxOptions) texts.Add(text);
                }
            }
        }
        return texts;
    }

    private static async Task<HashSet<(string, long)>> Visible(Tx tx, Caller caller, IReadOnlyList<(string Subject, long Id)> records)
    {
        var seen = new HashSet<(string, long)>();
        foreach (var kind in records.GroupBy(record => record.Subject, record => record.Id))
        {
            foreach (var some in kind.Chunk(ListQuery.MaxLimit))
            {
                var page = await ListStore.Ids(tx, caller, ListSources.Of(kind.Key), new()
                {
                    Condition = Condition.Test("id", Operator.In, [.. some.Select(id => (Operand)id)]),
                    Scope = Scope.Any,
                    Limit = ListQuery.MaxLimit,
                });
                seen.UnionWith(page.Items.Select(id => (kind.Key, id)));
            }
        }
        return seen;
    }

    private static async Task<IReadOnlyList<FieldUse>> Uses(Tx tx, Caller caller, FieldDefinition field)
    {
        var catalog = await tx.CatalogFor(caller);
        return
        [
            .. (await FilterStore.All(tx))
                .Where(filter => !filter.IsTemporary && FilterRules.Sees(caller, filter, catalog)
                    && field.IsNamedIn(FilterRules.Told(filter)))
                .Select(filter => new FieldUse("filter", filter.Id, filter.Name)),
            .. (await AutomationStore.All(tx)).Where(automation => field.IsNamedIn(AutomationJson.Told(automation)))
                .Select(automation => new FieldUse("automation", automation.Id, automation.Name)),
        ];
    }
}

/// <summary>Which changes of type there are. Pure.</summary>
internal static class TypeRules
{
    public static void Check(FieldDefinition field, NewType given)
    {
        var checks = new Checks();
        checks.Require(FieldConversion.CanChange(field.Type, given.Type), "type",
            FieldConversion.Targets(field.Type) is { Count: > 0 } targets
            ? $"type must be one that {FieldTypes.Word(field.Type)} changes into: {string.Join(", ", targets.Select(FieldTypes.Word))}."
            : $"A field of type {FieldTypes.Word(field.Type)} keeps its type.");
        checks.Require(given.Options.Count == 0 || FieldConversion.MakesOptions(field.Type, given.Type), "options",
            "options are only for a field that becomes one of choices, and had none.");
        checks.Done();
    }

    /// <summary>The choices to be made: those given, else of the texts there are.</summary>
    public static Seq<NewOption> NewOptions(FieldDefinition field, NewType given, IReadOnlyCollection<string> texts)
    {
        Check(field, given);
        if (given.Options.Count > 0 || !FieldConversion.MakesOptions(field.Type, given.Type)) return given.Options;
        return [.. texts.Where(text => text.Length <= 255).DistinctBy(Folding.Fold).Take(FieldRules.MaxOptions)
            .Select(text => new NewOption(text))];
    }

    /// <summary>The field under its new type, the version not yet raised.</summary>
    public static FieldDefinition Apply(FieldDefinition before, NewType given, Seq<NewOption> options, IReadOnlyList<long> ids)
    {
        Check(before, given);
        var after = before with { Type = given.Type, IsIndexed = before.IsIndexed && FieldIndex.CanHold(given.Type) };
        if (given.Type is not (FieldType.Enum or FieldType.Set)) return after with
        {
            Options = [],
            OldOptions = [.. before.OldOptions.Concat(before.Options)],
        };
        if (!FieldConversion.MakesOptions(before.Type, given.Type)) return after;
        if (options.Count == 0)
        {
            throw Problem.Invalid("options", "options must have at least one entry: there are no values to make choices of.");
        }
        return FieldRules.AddOptions(after with { Options = [] }, options, ids);
    }
}
