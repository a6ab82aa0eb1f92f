using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Activities;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Leads;
using Tributary.Core.Lists;
using Tributary.Core.Notes;
using Tributary.Core.Pipelines;
using Tributary.Core.Products;
using Tributary.Server.Seeding;

namespace Tributary.Server.Sandbox.Files;

/// <summary>One record at a time.</summary>
internal sealed partial class SeedExport
{
    private const int DealsAtOnce = 100;

    private sealed record Sales(IReadOnlyList<DealProduct> Lines, IReadOnlyList<DealDiscount> Discounts,
        IReadOnlyList<Installment> Installments)
    {
        /// <summary>A line added beside installments may stand in their way when they are made anew.</summary>
        public bool CanBePaidInParts => Lines.Any(line => line.IsEnabled && !line.IsRecurring)
            && !Lines.Any(line => line.IsEnabled && line.IsRecurring);
    }

    private static async Task<IReadOnlyDictionary<long, Sales>> Sold(Verbs verbs, Caller caller, IReadOnlyList<long> dealIds,
        CancellationToken ct)
    {
        var sales = new Dictionary<long, Sales>();
        foreach (var some in dealIds.Chunk(DealsAtOnce))
        {
            var lines = (await All(query => verbs.DealProducts.List(caller, some, query, ct), Scope.Live)).ToLookup(line => line.DealId);
            var discounts = (await verbs.DealProducts.Discounts(caller, some, ct)).ToLookup(discount => discount.DealId);
            var parts = (await All(query => verbs.DealProducts.Installments(caller, some, query, ct), Scope.Live))
                .ToLookup(part => part.DealId);
            foreach (var id in some) sales[id] = new([.. lines[id]], [.. discounts[id]], [.. parts[id]]);
        }
        return sales;
    }

    private SeedPipeline Pipeline(Pipeline pipeline, IReadOnlyList<Stage> stages) => new(SeedPlace.Nowhere, names.Pipelines[pipeline.Id],
        [.. stages.Select(stage => new SeedStage(SeedPlace.Nowhere, names.Stages[stage.Id], stage.Kind,
            stage.Kind is StageKind.Open ? stage.Probability : null, stage.RottenDays))]);

    private SeedField Field(FieldDefinition field) => new(SeedPlace.Nowhere, names.Fields[field.Id], field.Subject, field.Type,
        [.. field.Options.Select(option => option.Label)], field.GroupName);

    private SeedOrganization Organization(Organization one) =>
        new(SeedPlace.Nowhere, names.Organizations[one.Id], Followed("organization", one.Id, one.LabelIds, one.Custom, one.OwnerId))
        {
            Industry = one.Industry,
            Website = one.Website,
            Employees = (int?)one.EmployeeCount,
            Address = one.Address?.Value,
            Owner = Owner(one.OwnerId),
        };

    private SeedPerson Person(Person one) =>
        new(SeedPlace.Nowhere, names.Persons[one.Id], Followed("person", one.Id, one.LabelIds, one.Custom, one.OwnerId))
        {
            Organization = names.Organizations.Find(one.OrgId),
            JobTitle = one.JobTitle,
            Owner = Owner(one.OwnerId),
            Email = IsUsual(one.Emails) ? one.Email : null,
            Phone = IsUsual(one.Phones) ? one.Phone : null,
            Emails = IsUsual(one.Emails) ? [] : Several(one.Emails),
            Phones = IsUsual(one.Phones) ? [] : Several(one.Phones),
            Messengers = Several(one.Im),
        };

    private SeedProduct Product(Product one) => new(SeedPlace.Nowhere, names.Products[one.Id],
        Described("product", one.LabelIds, one.Custom) with { Followers = Followers("product", one.Id, one.OwnerId) })
    {
        Code = one.Code,
        Category = one.Category,
        Unit = one.Unit,
        Description = one.Description,
        Tax = one.Tax == 0 ? null : one.Tax,
        Billing = one.Billing,
        Cycles = one.Cycles,
        Owner = Owner(one.OwnerId),
        Prices = Prices(one.Prices),
        Variations = [.. one.Variations.Select(form =>
            new SeedVariation(SeedPlace.Nowhere, VariationNames(one)[form.Id], Prices(form.Prices)))],
    };

    private SeedLead Lead(Lead one) => new(SeedPlace.Nowhere, one.Title, More("lead", one.Id, one.LabelIds, one.Custom, one.OwnerId))
    {
        Value = one.Value,
        Currency = Other(one.Currency),
        Owner = Owner(one.OwnerId),
        Organization = names.Organizations.Find(one.OrgId),
        Person = names.Persons.Find(one.PersonId),
        ExpectedClose = one.ExpectedClose,
    };

    private SeedDeal Deal(Deal one, Sales? sales, IReadOnlyDictionary<long, Product> products, DateOnly today)
    {
        // A line whose product is gone could not be sold again; the value then stands for all of them.
        var lines = sales?.Lines.Select(line => Line(line, products.GetValueOrDefault(line.ProductId ?? 0))).ToList();
        var added = Within(one.AddedAt, first, today);
        var isSold = lines is { Count: > 0 } && !lines.Contains(null);
        return new(SeedPlace.Nowhere, one.Title, Followed("deal", one.Id, one.LabelIds, one.Custom, one.OwnerId))
        {
            Pipeline = names.Pipelines[one.PipelineId],
            Stage = names.Stages[one.StageId],
            Status = one.Status.ToString().ToLowerInvariant(),
            Value = isSold ? null : one.Value,
            Currency = Other(one.Currency),
            Owner = Owner(one.OwnerId),
            Organization = names.Organizations.Find(one.OrgId),
            Person = names.Persons.Find(one.PersonId),
            ExpectedClose = one.ExpectedClose,
            Probability = one.Probability,
            Priority = one.Priority is DealPriority.Medium ? null : one.Priority,
            Source = one.Source,
            WonReason = one.Status is DealStatus.Won ? one.WonReason : null,
            LostReason = one.Status is DealStatus.Lost ? one.LostReason : null,
            LossCategory = one.Status is DealStatus.Lost ? one.LossCategory : null,
            IsArchived = one.IsArchived,
            Tags = [.. one.TagIds.Select(id => tags.GetValueOrDefault(id)).OfType<string>().Order(StringComparer.Ordinal)],
            Products = isSold ? [.. lines!.OfType<SeedLine>()] : [],
            Discounts = isSold ? [.. sales!.Discounts.Select(discount =>
                new SeedDiscount(SeedPlace.Nowhere, discount.Description, discount.Amount, discount.Type))] : [],
            Installments = isSold && sales!.CanBePaidInParts ? [.. sales.Installments.Select(part =>
                new SeedInstallment(SeedPlace.Nowhere, part.Description, part.Amount, part.BillingDate))] : [],
            Participants = Participants(one),
            Added = added,
            Closed = one.Status is DealStatus.Open ? null : Within(one.ClosedAt ?? one.AddedAt, added, today),
        };
    }

    private SeedLine? Line(DealProduct line, Product? product)
    {
        if (product is not { IsLinkable: true }) return null;
        var variation = line.VariationId is { } id ? VariationNames(product).Find(id) : null;
        if (line.VariationId is not null && variation is null) return null;
        var isAsUsual = (line.Billing, line.Cycles) == (product.Billing, product.Cycles);
        return new(SeedPlace.Nowhere, names.Products[product.Id])
        {
            Variation = variation,
            Quantity = line.Quantity,
            Price = line.ItemPrice,
            Discount = line.Discount == 0 ? null : line.Discount,
            DiscountType = line.DiscountType,
            Tax = line.Tax == product.Tax ? null : line.Tax,
            TaxMethod = line.TaxMethod,
            Billing = isAsUsual ? null : line.Billing,
            Cycles = isAsUsual ? null : line.Cycles,
            IsEnabled = line.IsEnabled,
        };
    }

    private SeedActivity Activity(Activity one, string? owner) =>
        new(SeedPlace.Nowhere, names.ActivityTypes.GetValueOrDefault(one.Type, one.Type), one.Subject)
        {
            Due = one.DueOn,
            Time = one.DueTime,
            Minutes = one.DurationMinutes,
            Done = one.Done,
            Note = one.Note,
            Owner = Owner(one.OwnerId) is var own && own == owner ? null : own ?? SeedFileReader.Usual[0],
        };

    private SeedMore More(string subject, long id, Seq<long> labelIds, CustomValues custom, long? ownerId)
    {
        var owner = Owner(ownerId);
        return Described(subject, labelIds, custom) with
        {
            Activities = [.. activities[$"{subject} {id}"].Select(one => Activity(one, owner))],
            Notes = [.. notes[$"{subject} {id}"].Select(one => new SeedNote(SeedPlace.Nowhere, one.Content, IsPinned(subject, one),
                Owner(one.UserId) is var own && own == owner ? null : own ?? SeedFileReader.Usual[0]))],
        };
    }

    private SeedMore Followed(string subject, long id, Seq<long> labelIds, CustomValues custom, long? ownerId) =>
        More(subject, id, labelIds, custom, ownerId) with { Followers = Followers(subject, id, ownerId) };

    private static bool IsPinned(string subject, Note note) => subject switch
    {
        "deal" => note.PinnedToDeal,
        "lead" => note.PinnedToLead,
        "person" => note.PinnedToPerson,
        _ => note.PinnedToOrg,
    };

    private SeedMore Described(string subject, Seq<long> labelIds, CustomValues custom) => new(
        [.. labels.Where(label => labelIds.Contains(label.Id)).Select(label => names.Labels[label.Id])],
        [.. fields.Where(field => field.Subject == (subject == "lead" ? "deal" : subject))
            .Select(field => (Field: field, Written: custom[field] is { } value ? Written(field, value) : null))
            .Where(value => value.Written is not null)
            .Select(value => new SeedValue(SeedPlace.Nowhere, names.Fields[value.Field.Id], value.Written))]);

    /// <summary>A value as people write it; none where it names what is not in the file.</summary>
    private JsonNode? Written(FieldDefinition field, JsonElement value) => field.Type switch
    {
        FieldType.Enum => field.Options.FirstOrDefault(option => option.Id == value.GetInt64())?.Label,
        FieldType.Set => Chosen(field, value),
        FieldType.User => owners.GetValueOrDefault(value.GetInt64()),
        FieldType.Org => names.Organizations.Find(value.GetInt64()),
        FieldType.People => names.Persons.Find(value.GetInt64()),
        FieldType.Varchar or FieldType.VarcharAuto or FieldType.Text or FieldType.Double or FieldType.Monetary or FieldType.Date
            or FieldType.DateRange or FieldType.Time or FieldType.TimeRange or FieldType.Phone or FieldType.Address =>
            JsonNode.Parse(value.GetRawText()),
    };

    private static JsonArray? Chosen(FieldDefinition field, JsonElement value)
    {
        var ids = value.EnumerateArray().Select(id => id.GetInt64()).ToHashSet();
        var labels = field.Options.Where(option => ids.Contains(option.Id)).Select(option => (JsonNode?)option.Label).ToArray();
        return labels.Length == 0 ? null : new(labels);
    }

    /// <summary>None for the admin, whose everything is that says nothing else.</summary>
    private string? Owner(long? id) =>
        id is { } known && owners.GetValueOrDefault(known) is { } word && word != SeedFileReader.Usual[0] ? word : null;

    private string? Other(string currency) => currency == baseCurrency ? null : currency;

    private static SeedNames VariationNames(Product product) => new(product.Variations.Select(form => (form.Id, form.Name)));

    private static IReadOnlyList<SeedPrice> Prices(Seq<ProductPrice> prices) =>
        [.. prices.Select(price => new SeedPrice(price.Currency, price.Price))];
}
