using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Fields;

namespace Tributary.Core.Pipelines;

/// <summary>A field that a stage can ask for: whether a deal has it, and what would be accepted, as the end of "must be …".</summary>
/// <param name="Name">As refusals name it.</param>
/// <param name="Accepts">What would be accepted.</param>
/// <param name="IsGiven">Whether a deal holds something there; zero is something.</param>
internal sealed record EntryField(string Name, string Accepts, Func<Deal, bool> IsGiven)
{
    /// <summary>Only deals that are closed this way can have it.</summary>
    public StageKind? Only { get; init; }

    /// <summary>Of a custom field: the key that some dialects name it by.</summary>
    public string? Key { get; init; }
}

/// <summary>The fields that a stage can ask for: the deal's own, and "custom.&lt;slug&gt;" for each custom field of deals. Pure.</summary>
internal static class EntryFields
{
    public const string CustomPrefix = "custom.";

    public static readonly IReadOnlyList<EntryField> BuiltIn =
    [
        new("value", "an amount", deal => deal.Value is not null),
        new("expected_close", "a day such as 2026-11-20", deal => deal.ExpectedClose is not null),
        new("probability", "a number from 0 to 100", deal => deal.Probability is not null),
        new("owner_id", "the id of a user", deal => deal.OwnerId is not null),
        new("assignee_id", "the id of a user", deal => deal.AssigneeId is not null),
        new("person_id", "the id of a person", deal => deal.PersonId is not null),
        new("org_id", "the id of an organization", deal => deal.OrgId is not null),
        new("next_followup_at", "an instant such as 2026-11-20T09:30:00Z", deal => deal.NextFollowupAt is not null),
        new("source", "a text", deal => deal.Source is not null),
        new("deal_type", "a text", deal => deal.DealType is not null),
        new("forecast_category", "a text", deal => deal.ForecastCategory is not null),
        new("description", "a text", deal => deal.Description is not null),
        new("label_ids", "a list of at least one label", deal => deal.LabelIds.Count > 0),
        new("tag_ids", "a list of at least one tag", deal => deal.TagIds.Count > 0),
        new("competitors", "a list of at least one name", deal => deal.Competitors.Count > 0),
        new("closure_notes", "a text", deal => deal.ClosureNotes is not null),
        new("won_reason", "a text", deal => deal.WonReason is not null) { Only = StageKind.Won },
        new("lost_reason", "a text", deal => deal.LostReason is not null) { Only = StageKind.Lost },
        new("loss_category", "a text", deal => deal.LossCategory is not null) { Only = StageKind.Lost },
        new("products", "at least one product on the deal, added first", deal => deal.ProductsCount > 0),
        new("next_activity", "a planned activity of the deal, added first", deal => deal.NextActivityOn is not null),
    ];

    private static readonly Dictionary<string, EntryField> byName = BuiltIn.ToDictionary(field => field.Name);

    /// <summary>By name; custom fields also by key. None when there is no such field, or no longer.</summary>
    public static EntryField? Find(string name, WorkspaceCatalog catalog)
    {
        if (byName.TryGetValue(name, out var known)) return known;
        if (!name.StartsWith(CustomPrefix, StringComparison.Ordinal)) return null;
        var custom = name[CustomPrefix.Length..];
        var found = catalog.FieldsOf("deal").FirstOrDefault(field => field.Slug == custom || field.Key == custom);
        return found is null ? null : Custom(found);
    }

    private static EntryField Custom(FieldDefinition field) =>
        new(CustomPrefix + field.Slug, FieldValues.Accepted(field), deal => deal.Custom[field.Key] is not null) { Key = field.Key };
}
