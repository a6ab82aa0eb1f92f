using Tributary.Core.Catalog;
using Tributary.Core.Kernel;

namespace Tributary.Core.Pipelines;

/// <summary>Which entries a stage may have. Pure.</summary>
internal static class StageEntryRules
{
    private const int MaxNames = 100;

    /// <param name="catalog">Who and what there is for the caller; what the stage asks for and they do not see stays. Whatever the entry
    /// names already may stay, also when it is gone.</param>
    public static StageEntry Apply(StageEntry before, StageEntryPatch patch, StageKind kind, WorkspaceCatalog catalog)
    {
        var checks = new Checks();
        var after = before with
        {
            Required = patch.Required.IsSet ? Names(checks, patch.Required.Value, before.Required, kind, catalog) : before.Required,
            MaySkip = patch.MaySkip.Or(before.MaySkip),
            MayReturn = patch.MayReturn.Or(before.MayReturn),
            Who = patch.Who.IsSet ? CircleRules.Read(checks, "rules.who", patch.Who.Value, before.Who, catalog) : before.Who,
        };
        checks.Require(after.MaySkip || kind is not StageKind.Lost, "rules.may_skip",
            "rules.may_skip must be true here: deals are lost from any stage.");
        checks.Require(after.MayReturn || kind is StageKind.Open, "rules.may_return",
            "rules.may_return must be true here: only open stages have a later one.");
        checks.Done();
        return after;
    }

    private static Seq<string> Names(Checks checks, Seq<string> given, Seq<string> current, StageKind kind, WorkspaceCatalog catalog)
    {
        checks.Require(given.Count <= MaxNames, "rules.required", $"rules.required holds at most {MaxNames} fields.");
        var accepted = string.Join(", ", EntryFields.BuiltIn.Select(each => each.Name));
        var names = new List<string>();
        foreach (var name in given.Take(MaxNames))
        {
            var field = EntryFields.Find(name, catalog);
            checks.Require(field is not null || current.Contains(name) && !catalog.HidesOneIn(name), "rules.required",
                $"rules.required names no field of deals: {Shown(name)}. Accepted are {accepted}, and {EntryFields.CustomPrefix}<slug>.");
            checks.Require(field?.Only is null || field.Only == kind, "rules.required",
                $"rules.required can name {name} only in a stage of kind {field?.Only.ToString()?.ToLowerInvariant()}.");
            names.Add(field?.Name ?? name);
        }
        return [.. names.Union(current.Where(catalog.HidesOneIn))];
    }

    private static string Shown(string name) => name.Length <= 60 ? name : name[..60] + "…";
}
