using System.Text.Json.Nodes;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Products;

namespace Tributary.Server.Sandbox.Files;

/// <summary>What shapes the workspace beside its pipelines, the records that are no deals, and what hangs on any of them.</summary>
internal sealed partial class FileSeed
{
    private readonly Dictionary<string, string> activityTypes = new(StringComparer.Ordinal);
    private readonly List<Func<Task>> unnamed = [];

    private async Task Label(SeedLabel one, CancellationToken ct) =>
        into.Labels.Add(await Made(one.At, () => verbs.Labels.Create(into.Admin, new()
        {
            Subject = one.Subject,
            Name = one.Name,
            Color = one.Color is { } color ? color : default(Field<string>),
        }, ct)));

    private async Task CustomField(SeedField one, CancellationToken ct) =>
        into.Fields.Add(await Made(one.At, () => verbs.Fields.Create(into.Admin, new()
        {
            Subject = one.Subject,
            Name = one.Name,
            Type = one.Type,
            Options = [.. one.Options.Select(option => new NewOption(option))],
            GroupName = one.Group,
        }, ct)));

    private async Task LostReason(SeedLostReason one, CancellationToken ct) =>
        await Made(one.At, () => verbs.LostReasons.Create(into.Admin, new() { Name = one.Name, Category = Given(one.Category) }, ct));

    private async Task ActivityType(SeedActivityType one, CancellationToken ct)
    {
        var made = await Made(one.At, () => verbs.ActivityTypes.Create(into.Admin, new()
        {
            Name = one.Name,
            Icon = one.Icon is { } icon ? icon : default(Field<string>),
        }, ct));
        activityTypes[one.Name] = made.Key;
    }

    private async Task Organization(SeedOrganization one, CancellationToken ct)
    {
        var made = await Made(one.At, () => verbs.Organizations.Create(As(one.Owner), new()
        {
            Name = one.Name,
            Industry = Given(one.Industry),
            Website = Given(one.Website),
            EmployeeCount = one.Employees,
            Address = one.Address is { } address ? new PostalAddress { Value = address } : default(Field<PostalAddress?>),
            LabelIds = Labels("organization", one.More),
            Custom = Custom("organization", one.More),
        }, ct));
        into.Organizations.Add(made);
        NameLater("organization", one.More, custom =>
            Made(one.At, () => verbs.Organizations.Update(As(one.Owner), made.Id, new() { Custom = custom }, ct)));
        await Follow("organization", made.Id, one.At, one.More, ct);
        await Hang(one.More, new(OrgId: made.Id), As(one.Owner), ct);
    }

    private async Task Person(SeedPerson one, CancellationToken ct)
    {
        var made = await Made(one.At, () => verbs.Persons.Create(As(one.Owner), new()
        {
            Name = one.Name,
            OrgId = Organization(one.Organization),
            JobTitle = Given(one.JobTitle),
            Emails = Points(one.Email, one.Emails),
            Phones = Points(one.Phone, one.Phones),
            Im = Points(null, one.Messengers),
            LabelIds = Labels("person", one.More),
            Custom = Custom("person", one.More),
        }, ct));
        into.Persons.Add(made);
        NameLater("person", one.More, custom =>
            Made(one.At, () => verbs.Persons.Update(As(one.Owner), made.Id, new() { Custom = custom }, ct)));
        await Follow("person", made.Id, one.At, one.More, ct);
        await Hang(one.More, new(PersonId: made.Id, OrgId: made.OrgId), As(one.Owner), ct);
    }

    private static Field<Seq<ContactPoint>> Points(string? only, IReadOnlyList<SeedPoint> several)
    {
        if (only is not null) return (Seq<ContactPoint>)[new(only, "work", true)];
        if (several.Count == 0) return default;
        return (Seq<ContactPoint>)[.. several.Select(point => new ContactPoint(point.Value, point.Label ?? "", point.IsPrimary))];
    }

    private async Task Follow(string subject, long id, SeedPlace at, SeedMore more, CancellationToken ct)
    {
        foreach (var follower in more.Followers)
        {
            await Made(at, () => verbs.Followers.Follow(into.Admin, subject, id, into.Users[owners[follower]].Id, ct), "followers");
        }
    }

    private async Task Product(SeedProduct one, CancellationToken ct)
    {
        var made = await Made(one.At, () => verbs.Products.Create(As(one.Owner), new()
        {
            Name = one.Name,
            Code = Given(one.Code),
            Category = Given(one.Category),
            Unit = Given(one.Unit),
            Description = Given(one.Description),
            Tax = one.Tax is { } tax ? tax : default(Field<decimal>),
            Billing = one.Billing,
            Cycles = one.Cycles,
            Prices = Prices(one.Prices),
            LabelIds = Labels("product", one.More),
            Custom = Custom("product", one.More),
        }, ct));
        foreach (var variation in one.Variations)
        {
            await Made(variation.At,
                () => verbs.Products.AddVariation(into.Admin, made.Id,
                    new() { Name = variation.Name, Prices = Prices(variation.Prices) }, ct));
        }
        await Follow("product", made.Id, one.At, one.More, ct);
        into.Products.Add(one.Variations.Count == 0 ? made : await verbs.Products.Get(into.Admin, made.Id, ct));
    }

    private async Task Lead(SeedLead one, CancellationToken ct)
    {
        var made = await Made(one.At, () => verbs.Leads.Create(As(one.Owner), new()
        {
            Title = one.Title,
            Value = one.Value,
            Currency = (one.Currency ?? file.Currency) is { } currency ? currency : default(Field<string>),
            OrgId = Organization(one.Organization),
            PersonId = Person(one.Person),
            ExpectedClose = one.ExpectedClose,
            LabelIds = Labels("lead", one.More),
            Custom = Custom("deal", one.More),
        }, ct));
        await Hang(one.More, new(LeadId: made.Id), As(one.Owner), ct);
    }

    private async Task Sell(Caller owner, Deal deal, SeedDeal one, CancellationToken ct)
    {
        foreach (var line in one.Products)
        {
            var product = into.Products.First(each => each.Name == line.Product);
            await Made(line.At, () => verbs.DealProducts.Add(owner, deal.Id, new()
            {
                ProductId = product.Id,
                VariationId = line.Variation is { } name ? product.Variations.First(each => each.Name == name).Id : default(Field<long?>),
                Quantity = line.Quantity,
                ItemPrice = line.Price is { } price ? price : default(Field<decimal>),
                Discount = line.Discount is { } discount ? discount : default(Field<decimal>),
                DiscountType = line.DiscountType,
                Tax = line.Tax is { } tax ? tax : default(Field<decimal>),
                TaxMethod = line.TaxMethod is { } method ? method : default(Field<TaxMethod>),
                Billing = line.Billing is { } billing ? billing : default(Field<BillingFrequency>),
                Cycles = line.Cycles is { } cycles ? cycles : default(Field<int?>),
                IsEnabled = line.IsEnabled,
            }, ct));
        }
        foreach (var discount in one.Discounts)
        {
            await Made(discount.At, () => verbs.DealProducts.AddDiscount(owner, deal.Id, new()
            {
                Description = discount.Description,
                Amount = discount.Amount,
                Type = discount.Type,
            }, ct));
        }
    }

    private async Task PayInParts(Caller owner, Deal deal, SeedDeal one, CancellationToken ct)
    {
        foreach (var part in one.Installments)
        {
            await Made(part.At, () => verbs.DealProducts.AddInstallment(owner, deal.Id, new()
            {
                Description = part.Description,
                Amount = part.Amount is { } amount ? amount : default(Field<decimal>),
                BillingDate = part.BillingOn is { } day ? day : default(Field<DateOnly>),
            }, ct));
        }
    }

    private async Task Gather(Caller owner, Deal deal, SeedDeal one, CancellationToken ct)
    {
        foreach (var follower in one.More.Followers)
        {
            await Made(one.At, () => verbs.Deals.Follow(owner, deal.Id, into.Users[owners[follower]].Id, ct), "followers");
        }
        foreach (var person in one.Participants)
        {
            await Made(person.At, () => verbs.Deals.AddContact(owner, deal.Id, Person(person.Person)!.Value, person.Role, ct));
        }
    }

    /// <summary>What activities and notes stand at.</summary>
    private sealed record Anchor(long? DealId = null, long? LeadId = null, long? PersonId = null, long? OrgId = null);

    private async Task Hang(IEnumerable<SeedActivity> activities, Anchor at, Caller owner, CancellationToken ct)
    {
        foreach (var one in activities)
        {
            await Made(one.At, () => verbs.Activities.Create(one.Owner is null ? owner : As(one.Owner), new()
            {
                Type = one.Type is { } type ? activityTypes.GetValueOrDefault(type, type) : default(Field<string>),
                Subject = one.Subject is { } subject ? subject : default(Field<string>),
                DueOn = one.Due,
                DueTime = one.Time,
                DurationMinutes = one.Minutes,
                Note = Given(one.Note),
                Done = one.Done,
                DealId = at.DealId,
                LeadId = at.LeadId,
                PersonId = at.PersonId,
                OrgId = at.OrgId,
            }, ct));
        }
    }

    private async Task Hang(SeedMore more, Anchor at, Caller owner, CancellationToken ct)
    {
        await Hang(more.Activities, at, owner, ct);
        foreach (var one in more.Notes)
        {
            // A note hangs on one record; the deal's stands in the past of its people too.
            await Made(one.At, () => verbs.Notes.Create(one.Owner is null ? owner : As(one.Owner), new()
            {
                Content = one.Text,
                DealId = at.DealId,
                LeadId = at.LeadId,
                PersonId = at.DealId is null ? at.PersonId : null,
                OrgId = at is { DealId: null, PersonId: null } ? at.OrgId : null,
                PinnedToDeal = one.IsPinned && at.DealId is not null,
                PinnedToLead = one.IsPinned && at.LeadId is not null,
                PinnedToPerson = one.IsPinned && at is { DealId: null, PersonId: not null },
                PinnedToOrg = one.IsPinned && at is { DealId: null, PersonId: null, OrgId: not null },
            }, ct));
        }
    }

    private Field<Seq<long>> Labels(string subject, SeedMore more)
    {
        if (more.Labels.Count == 0) return default;
        return (Seq<long>)[.. more.Labels.Select(name => into.Labels.First(label => label.Subject == subject && label.Name == name).Id)];
    }

    private Field<CustomPatch> Custom(string subject, SeedMore more) =>
        Custom(subject, more, (field, written) => SeedCustom.IsMade(into, field, written));

    private Field<CustomPatch> Custom(string subject, SeedMore more, Func<FieldDefinition, JsonNode?, bool> which)
    {
        var fields = into.Fields.Where(field => field.Subject == subject).ToDictionary(field => field.Name);
        var values = more.Custom.Where(value => which(fields[value.Field], value.Written)).ToDictionary(
            value => fields[value.Field].Slug,
            value => SeedCustom.Of(into, fields[value.Field], value.Written, name => into.Users[owners[name]].Id));
        return values.Count == 0 ? default(Field<CustomPatch>) : new CustomPatch(values);
    }

    /// <summary>Contacts may name contacts that come after them; that is written when all are there.</summary>
    private void NameLater(string subject, SeedMore more, Func<CustomPatch, Task> write)
    {
        var missing = more.Custom.Where(value => !SeedCustom.IsMade(into, into.Fields.First(field => field.Subject == subject
            && field.Name == value.Field), value.Written)).ToHashSet();
        if (missing.Count == 0) return;
        unnamed.Add(() => write(Custom(subject, more with { Custom = [.. missing] }, (_, _) => true).Value));
    }

    private static Field<Seq<ProductPrice>> Prices(IReadOnlyList<SeedPrice> prices) =>
        (Seq<ProductPrice>)[.. prices.Select(price => new ProductPrice { Currency = price.Currency, Price = price.Amount })];

    private long? Organization(string? name) => name is null ? null : into.Organizations.First(one => one.Name == name).Id;

    private long? Person(string? name) => name is null ? null : into.Persons.First(one => one.Name == name).Id;

    private static Field<string?> Given(string? text) => text is null ? default : new(true, text);
}
