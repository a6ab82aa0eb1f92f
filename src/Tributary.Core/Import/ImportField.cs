namespace Tributary.Core.Import;

/// <summary>A target that a column can be mapped to, with the headers under which other systems export it.</summary>
public sealed record ImportField(string Name, ImportType Type, IReadOnlyList<string> Synonyms)
{
    /// <summary>The type as a word: "whole_number".</summary>
    public string TypeName => ImportMappingFile.Word(Type);
}

/// <summary>
/// The closed list of targets per kind. Open are "custom:Region", a custom field by its name, and for products "price:USD", the price
/// in a currency.
/// </summary>
public static class ImportFields
{
    public const string CustomPrefix = "custom:";
    public const string PricePrefix = "price:";

    private static readonly ImportField[] Shared =
    [
        Field("id", ImportType.WholeNumber, "tributary id"),
        Field("uid", ImportType.Text, "uuid"),
        Field("tags", ImportType.Tags, "tag", "labels", "label", "keywords"),
        Field("owner", ImportType.User, "opportunity owner", "sales agent", "agent", "sales rep", "rep", "salesperson", "account manager",
            "account owner", "contact owner", "assigned to", "assigned user", "owner name"),
        Field("added_at", ImportType.Instant, "add time", "created", "created at", "created date", "create date", "created on",
            "date created",
            "engage date", "creation date", "start date", "deal created"),
        Field("description", ImportType.Text, "details", "comments", "notes", "comment"),
    ];

    private static readonly Dictionary<ImportKind, IReadOnlyList<ImportField>> ByKind = new()
    {
        [ImportKind.Deals] =
        [
            .. Shared,
            Field("title", ImportType.Text, "opportunity name", "opportunity", "deal name", "deal", "deal title", "name", "subject"),
            Field("value", ImportType.Money, "amount", "deal value", "close value", "opportunity amount", "deal amount", "price",
                "total", "revenue"),
            Field("currency", ImportType.Currency, "currency code", "currency iso code", "deal currency", "opportunity currency",
                "value currency", "currency of value"),
            Field("pipeline", ImportType.Text, "deal pipeline", "sales pipeline", "record type"),
            Field("stage", ImportType.Stage, "deal stage", "opportunity stage", "stage name", "sales stage", "pipeline stage"),
            Field("status", ImportType.Status, "deal status", "state", "outcome", "won lost"),
            Field("probability", ImportType.Percentage, "deal probability", "win probability", "likelihood", "chance"),
            Field("organization", ImportType.Organization, "account", "account name", "company", "company name", "organisation",
                "customer", "client",
                "associated company", "associated company primary", "organization name"),
            Field("person", ImportType.Person, "contact", "contact name", "contact person", "primary contact",
                "associated contact", "associated contact primary", "person name"),
            Field("person_email", ImportType.Text, "contact email", "email", "e mail", "person email", "person email work"),
            Field("product", ImportType.Product, "product name", "item", "sku", "line item"),
            Field("close_date", ImportType.Instant, "closing date", "closed date", "closed", "closed at", "closed on",
                "deal closed on", "date closed"),
            Field("won_at", ImportType.Instant, "won time", "won date", "date won", "won on"),
            Field("lost_at", ImportType.Instant, "lost time", "lost date", "date lost", "lost on"),
            Field("expected_close", ImportType.Date, "expected close date", "expected closing date", "forecast close date",
                "estimated close date"),
            Field("won_reason", ImportType.Text, "closed won reason", "win reason"),
            Field("lost_reason", ImportType.Text, "closed lost reason", "loss reason", "reason lost", "reason for loss"),
            Field("source", ImportType.Text, "lead source", "original source", "deal source", "channel", "source channel"),
            Field("deal_type", ImportType.Text, "type", "opportunity type", "business type"),
        ],
        [ImportKind.Organizations] =
        [
            .. Shared,
            Field("name", ImportType.Text, "account", "account name", "company", "company name", "organization",
                "organization name", "organisation"),
            Field("industry", ImportType.Text, "sector", "branch", "vertical"),
            Field("annual_revenue", ImportType.Money, "revenue", "turnover", "yearly revenue"),
            Field("employees", ImportType.WholeNumber, "employee count", "number of employees", "headcount", "company size", "people"),
            Field("address", ImportType.Text, "office location", "location", "billing address", "street address", "headquarters", "country",
                "billing country", "country region"),
            Field("website", ImportType.Text, "url", "web site", "domain", "company domain name", "homepage"),
            Field("phone", ImportType.Text, "phone number", "telephone"),
            Field("parent", ImportType.Organization, "subsidiary of", "parent account", "parent company", "parent organization"),
        ],
        [ImportKind.Persons] =
        [
            .. Shared,
            Field("name", ImportType.Text, "full name", "contact", "contact name", "person", "person name"),
            Field("first_name", ImportType.Text, "given name", "forename"),
            Field("last_name", ImportType.Text, "surname", "family name"),
            Field("email", ImportType.Text, "e mail", "email address", "work email", "email work", "primary email"),
            Field("phone", ImportType.Text, "phone number", "telephone", "mobile", "mobile phone", "work phone", "phone work"),
            Field("organization", ImportType.Organization, "account", "account name", "company", "company name", "organisation",
                "employer", "associated company", "associated company primary"),
            Field("job_title", ImportType.Text, "title", "position", "role"),
        ],
        [ImportKind.Products] =
        [
            .. Shared,
            Field("name", ImportType.Text, "product", "product name", "item", "item name"),
            Field("code", ImportType.Text, "sku", "product code", "item number", "article number"),
            Field("category", ImportType.Text, "series", "product family", "product category", "family", "type"),
            Field("price", ImportType.Money, "sales price", "unit price", "list price", "standard price", "amount"),
            Field("currency", ImportType.Currency, "currency code", "currency iso code", "price currency"),
            Field("unit", ImportType.Text, "unit of measure", "quantity unit of measure"),
            Field("tax", ImportType.Percentage, "tax rate", "vat", "tax percentage"),
            Field("active", ImportType.Boolean, "is active", "enabled", "is linkable"),
            Field("billing_frequency", ImportType.Text, "billed", "billing", "frequency"),
            Field("billing_cycles", ImportType.WholeNumber, "cycles"),
        ],
        [ImportKind.Users] =
        [
            .. Shared.Where(field => field.Name is "id" or "uid"),
            Field("name", ImportType.Text, "full name", "user", "user name", "sales agent", "agent", "sales rep", "salesperson", "owner"),
            Field("first_name", ImportType.Text, "given name"),
            Field("last_name", ImportType.Text, "surname", "family name"),
            Field("email", ImportType.Text, "e mail", "email address", "login"),
            Field("role", ImportType.Text, "profile", "permission set", "user role"),
            Field("manager", ImportType.User, "sales manager", "supervisor", "reports to"),
            Field("team", ImportType.Text, "regional office", "office", "region", "sales team", "department"),
            Field("active", ImportType.Boolean, "is active", "enabled"),
        ],
    };

    /// <summary>Headers that hold the record's id in the system it comes from.</summary>
    internal static readonly IReadOnlyDictionary<ImportKind, IReadOnlyList<string>> ExternalIdHeaders =
        new Dictionary<ImportKind, IReadOnlyList<string>>
        {
            [ImportKind.Deals] = ["opportunity id", "deal id", "record id", "id", "external id"],
            [ImportKind.Organizations] = ["account id", "company id", "organization id", "record id", "id", "external id"],
            [ImportKind.Persons] = ["contact id", "person id", "record id", "id", "external id"],
            [ImportKind.Products] = ["product id", "record id", "id", "external id"],
            [ImportKind.Users] = ["user id", "record id", "id", "external id"],
        };

    public static IReadOnlyList<ImportField> Of(ImportKind kind) => ByKind[kind];

    /// <summary>The field of that name, a custom field for "custom:…", a price for "price:…", or null.</summary>
    public static ImportField? Find(ImportKind kind, string name)
    {
        if (name.StartsWith(CustomPrefix, StringComparison.Ordinal))
            return name.Length > CustomPrefix.Length ? new(name, ImportType.Text, []) : null;
        if (kind is ImportKind.Products && name.StartsWith(PricePrefix, StringComparison.Ordinal))
            return name[PricePrefix.Length..] is { Length: 3 } code && code.All(char.IsAsciiLetterUpper) ? Price(code) : null;
        return ByKind[kind].FirstOrDefault(field => field.Name == name);
    }

    /// <summary>The price of a product in one currency, as a file with a column for each heads it: "Price (EUR)", "price.EUR".</summary>
    internal static ImportField Price(string currency) => new(PricePrefix + currency, ImportType.Money, [$"price in {currency}"]);

    private static ImportField Field(string name, ImportType type, params string[] synonyms) => new(name, type, synonyms);
}
