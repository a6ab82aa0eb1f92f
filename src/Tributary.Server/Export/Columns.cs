using System.Text.Json;
using Tributary.Core.Activities;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Products;

namespace Tributary.Server.Export;

/// <summary>The columns of each kind of record, in order: ids and names side by side, then the custom fields by their slugs.</summary>
internal static class Columns
{
    public static IReadOnlyList<Column<Deal>> OfDeals(WorkspaceCatalog catalog) =>
    [
        new("id", d => d.Id), new("uid", d => d.Uid), new("number", d => d.Number), new("title", d => d.Title), new("value", d => d.Value),
        new("currency", d => d.Currency),
        new("pipeline", d => catalog.Pipeline(d.PipelineId)?.Name), new("stage", d => catalog.Stage(d.StageId)?.Name),
        new("status", d => Word(d.Status)),
        new("probability", d => catalog.ProbabilityOf(d.Probability, d.StageId)), new("priority", d => Word(d.Priority)),
        new("owner", d => catalog.User(d.OwnerId)?.Email),
        new("person_id", d => d.PersonId), new("organization_id", d => d.OrgId), new("expected_close", d => d.ExpectedClose),
        new("won_at", d => d.WonAt), new("lost_at", d => d.LostAt),
        new("won_reason", d => d.WonReason), new("lost_reason", d => d.LostReason), new("loss_category", d => d.LossCategory),
        new("source", d => d.Source), new("deal_type", d => d.DealType),
        new("description", d => d.Description), new("tags", d => string.Join(", ", catalog.TagNames(d.TagIds))),
        new("labels", d => Labels(catalog, d.LabelIds)),
        new("stage_changed_at", d => d.StageChangedAt), new("added_at", d => d.AddedAt), new("updated_at", d => d.UpdatedAt),
        new("archived_at", d => d.ArchivedAt),
        .. Custom<Deal>(catalog, "deal", d => d.Custom),
    ];

    public static IReadOnlyList<Column<Organization>> OfOrganizations(WorkspaceCatalog catalog) =>
    [
        new("id", o => o.Id), new("uid", o => o.Uid), new("name", o => o.Name), new("owner", o => catalog.User(o.OwnerId)?.Email),
        new("email", o => o.Email), new("phone", o => o.Phone),
        new("website", o => o.Website), new("industry", o => o.Industry), new("employee_count", o => o.EmployeeCount),
        new("annual_revenue", o => o.AnnualRevenue),
        new("address", o => o.Address?.Value), new("tags", o => string.Join(", ", catalog.TagNames(o.TagIds))),
        new("labels", o => Labels(catalog, o.LabelIds)), new("notes", o => o.Notes),
        new("added_at", o => o.AddedAt), new("updated_at", o => o.UpdatedAt),
        .. Custom<Organization>(catalog, "organization", o => o.Custom),
    ];

    public static IReadOnlyList<Column<Person>> OfPersons(WorkspaceCatalog catalog) =>
    [
        new("id", p => p.Id), new("uid", p => p.Uid), new("name", p => p.Name), new("first_name", p => p.FirstName),
        new("last_name", p => p.LastName), new("organization_id", p => p.OrgId),
        new("owner", p => catalog.User(p.OwnerId)?.Email), new("email", p => p.Email), new("phone", p => p.Phone),
        new("job_title", p => p.JobTitle), new("birthday", p => p.Birthday),
        new("address", p => p.Address?.Value), new("tags", p => string.Join(", ", catalog.TagNames(p.TagIds))),
        new("labels", p => Labels(catalog, p.LabelIds)), new("notes", p => p.Notes),
        new("added_at", p => p.AddedAt), new("updated_at", p => p.UpdatedAt), .. Custom<Person>(catalog, "person", p => p.Custom),
    ];

    public static IReadOnlyList<Column<Product>> OfProducts(WorkspaceCatalog catalog) =>
    [
        new("id", p => p.Id), new("uid", p => p.Uid), new("name", p => p.Name), new("code", p => p.Code), new("unit", p => p.Unit),
        new("tax", p => p.Tax), new("category", p => p.Category),
        new("description", p => p.Description), new("owner", p => catalog.User(p.OwnerId)?.Email),
        new("prices", p => string.Join(", ", p.Prices.Select(price => FormattableString.Invariant($"{price.Price} {price.Currency}")))),
        new("labels", p => Labels(catalog, p.LabelIds)), new("added_at", p => p.AddedAt), new("updated_at", p => p.UpdatedAt),
        .. Custom<Product>(catalog, "product", p => p.Custom),
    ];

    public static IReadOnlyList<Column<Activity>> OfActivities(WorkspaceCatalog catalog) =>
    [
        new("id", a => a.Id), new("uid", a => a.Uid), new("type", a => a.Type), new("subject", a => a.Subject), new("done", a => a.Done),
        new("due_on", a => a.DueOn), new("due_time", a => a.DueTime),
        new("duration_minutes", a => a.DurationMinutes), new("owner", a => catalog.User(a.OwnerId)?.Email), new("deal_id", a => a.DealId),
        new("person_id", a => a.PersonId),
        new("organization_id", a => a.OrgId), new("note", a => a.Note), new("done_at", a => a.DoneAt), new("added_at", a => a.AddedAt),
        new("updated_at", a => a.UpdatedAt),
    ];

    private static IEnumerable<Column<T>> Custom<T>(WorkspaceCatalog catalog, string subject, Func<T, CustomValues> values) =>
        catalog.FieldsOf(subject)
        .Select(field => new Column<T>($"custom.{field.Slug}", record => values(record)[field] is { } value ? Value(field, value) : null));

    /// <summary>Options by their labels, everything with a plain "value" by that, the rest as it is stored.</summary>
    private static object? Value(FieldDefinition field, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when field.Type is FieldType.Enum => Option(field, value),
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(each => Option(field, each))),
        JsonValueKind.Number => value.GetDecimal(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Undefined or JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null =>
            value.GetRawText(),
    };

    private static string? Option(FieldDefinition field, JsonElement id) =>
        field.Options.FirstOrDefault(option => option.Id == id.GetInt64())?.Label;

    private static string Labels(WorkspaceCatalog catalog, Seq<long> ids) =>
        string.Join(", ", ids.Select(id => catalog.Label(id)?.Name).OfType<string>());

    private static string Word(DealStatus status) =>
        status switch { DealStatus.Open => "open", DealStatus.Won => "won", DealStatus.Lost => "lost" };

    private static string Word(DealPriority priority) =>
        priority switch
        {
            DealPriority.Low => "low",
            DealPriority.Medium => "medium",
            DealPriority.High => "high",
            DealPriority.Urgent =>
            "urgent"
        };
}
