using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Core.Products;
using Tributary.Server.Api;
using Tributary.Server.Commands;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Tributary.Server.Sandbox.Files;

/// <summary>Reads a file of fixtures. Everything wrong is said at once, each by its line and member; nothing is guessed.</summary>
internal static class SeedFileReader
{
    public const int MaxBytes = 1024 * 1024;
    private const int MaxNote = 100_000;

    private static readonly (string, string)[] labelled =
        [("deal", "deal"), ("person", "person"), ("organization", "organization"), ("lead", "lead"), ("product", "product")];
    private static readonly (string, string)[] fielded =
        [("deal", "deal"), ("person", "person"), ("organization", "organization"), ("product", "product")];

    /// <summary>The people who are always there, under the words that a file may use for them.</summary>
    public static readonly string[] Usual = ["admin", "seller", "manager"];

    public static SeedFile Read(string path)
    {
        if (!File.Exists(path)) throw new SettingsException([$"{path}: there is no such file."]);
        if (new FileInfo(path).Length > MaxBytes) throw new SettingsException([$"{path}: may have at most {MaxBytes / 1024} KiB."]);
        return Parse(Path.GetFileName(path), File.ReadAllText(path));
    }

    public static SeedFile Parse(string name, string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException unreadable)
        {
            throw new SettingsException([$"{name}:{unreadable.Start.Line}: is not YAML here: {unreadable.Message}"]);
        }
        if (stream.Documents.Count != 1) throw new SettingsException([$"{name}:1: must be one document of YAML."]);

        var wrong = new List<string>();
        var root = new SeedNode(name, "", stream.Documents[0].RootNode, wrong);
        var file = new SeedFile
        {
            At = root.At,
            Today = root.Day("today") ?? SeedFile.UsualToday,
            Currency = root.Text("currency", 3),
            Rates = root.Map("rates", (rates, code) => new SeedRate(rates.At, code, rates.Number(code) ?? 0)),
            Users = root.List("users",
                user => new SeedUser(user.At, user.Required("name"), user.Required("email"),
                    user.Word("role", Role.Member, ("admin", Role.Admin), ("manager", Role.Manager), ("member", Role.Member)))),
            Pipelines =
                root.List("pipelines",
                    pipeline => new SeedPipeline(pipeline.At, pipeline.Required("name"), pipeline.List("stages", Stage))),
            Labels =
                root.List("labels",
                    label => new SeedLabel(label.At, label.Required("name"), label.Word("subject", "deal", labelled), label.Text("color"))),
            Fields = root.List("fields",
                field => new SeedField(field.At, field.Required("name"), field.Word("subject", "deal", fielded), Type(field),
                    field.Texts("options"), field.Text("group"))),
            LostReasons =
                root.List("lost_reasons", one => new SeedLostReason(one.At, one.Required("name"), one.Text("category"))),
            ActivityTypes =
                root.List("activity_types", one => new SeedActivityType(one.At, one.Required("name"), one.Text("icon"))),
            Organizations = root.List("organizations", one => new SeedOrganization(one.At, one.Required("name"), Followed(one, More(one)))
            {
                Industry = one.Text("industry"),
                Website = one.Text("website"),
                Employees = one.Whole("employees"),
                Address = one.Text("address", MaxNote),
                Owner = one.Text("owner"),
            }),
            Persons = root.List("persons", Person),
            Products = root.List("products", Product),
            Leads = root.List("leads", Lead),
            Deals = root.List("deals", Deal),
            Activities = root.List("activities", Activity),
        };
        root.Done();
        SeedReferences.Check(file, wrong);
        if (wrong.Count > 0) throw new SettingsException(wrong);
        return file;
    }

    private static SeedStage Stage(SeedNode stage) =>
        new(stage.At, stage.Required("name"),
            stage.Word("kind", StageKind.Open, ("open", StageKind.Open), ("won", StageKind.Won), ("lost", StageKind.Lost)),
        stage.Number("probability"), stage.Whole("rotten_days"));

    private static FieldType Type(SeedNode field) =>
        field.Word("type", FieldType.Varchar, [.. Enum.GetValues<FieldType>().Select(type => (FieldTypes.Word(type), type))]);

    /// <summary>What deals, leads, persons and organizations may have alike.</summary>
    private static SeedMore More(SeedNode record) => Described(record) with
    {
        Activities = record.List("activities", Activity),
        Notes = record.List("notes",
            one => new SeedNote(one.At, one.Required("text", MaxNote), one.Flag("pinned"), one.Text("owner"))),
    };

    private static SeedMore Followed(SeedNode record, SeedMore more) => more with { Followers = record.Texts("followers") };

    private static SeedPerson Person(SeedNode person)
    {
        var one = new SeedPerson(person.At, person.Required("name"), Followed(person, More(person)))
        {
            Organization = person.Text("organization"),
            JobTitle = person.Text("job_title"),
            Owner = person.Text("owner"),
            Email = person.Text("email"),
            Phone = person.Text("phone"),
            Emails = Points(person, "emails"),
            Phones = Points(person, "phones"),
            Messengers = Points(person, "messengers"),
        };
        if (one is { Email: not null, Emails.Count: > 0 }) person.Fail("emails", "stands beside email: write all of them in one.");
        if (one is { Phone: not null, Phones.Count: > 0 }) person.Fail("phones", "stands beside phone: write all of them in one.");
        return one;
    }

    private static IReadOnlyList<SeedPoint> Points(SeedNode person, string name) => person.List(name,
        point => new SeedPoint(point.At, point.Required("value"), point.Text("label"), point.Flag("primary")));

    private static SeedActivity Activity(SeedNode one) => new(one.At, one.Text("type"), one.Text("subject"))
    {
        Due = one.Day("due"),
        Time = one.Text("time", 8),
        Minutes = one.Whole("minutes"),
        Done = one.Flag("done"),
        Note = one.Text("note", MaxNote),
        Owner = one.Text("owner"),
    };

    /// <summary>Labels and custom values, which products have too.</summary>
    private static SeedMore Described(SeedNode record) => new(record.Texts("labels"),
        record.Map("custom", (values, field) => new SeedValue(values.At, field, values.Written(field))));

    private static SeedProduct Product(SeedNode product) => new(product.At, product.Required("name"),
        Followed(product, Described(product)))
    {
        Code = product.Text("code"),
        Category = product.Text("category"),
        Unit = product.Text("unit"),
        Description = product.Text("description", MaxNote),
        Tax = product.Number("tax"),
        Billing = product.Word("billing", BillingFrequency.OneTime, Words.Billings),
        Cycles = product.Whole("cycles"),
        Owner = product.Text("owner"),
        Prices = Prices(product),
        Variations = product.List("variations", one => new SeedVariation(one.At, one.Required("name"), Prices(one))),
    };

    private static IReadOnlyList<SeedPrice> Prices(SeedNode record) =>
        record.Map("prices", (prices, code) => new SeedPrice(code, prices.Number(code) ?? 0));

    private static SeedLead Lead(SeedNode lead) => new(lead.At, lead.Required("title"), More(lead))
    {
        Value = lead.Number("value"),
        Currency = lead.Text("currency", 3),
        Owner = lead.Text("owner"),
        Organization = lead.Text("organization"),
        Person = lead.Text("person"),
        ExpectedClose = lead.Day("expected_close"),
    };

    private static SeedDeal Deal(SeedNode deal) => new(deal.At, deal.Required("title"), Followed(deal, More(deal)))
    {
        Pipeline = deal.Required("pipeline"),
        Stage = deal.Text("stage"),
        Status = deal.Word("status", "open", ("open", "open"), ("won", "won"), ("lost", "lost")),
        Value = deal.Number("value"),
        Currency = deal.Text("currency", 3),
        Owner = deal.Text("owner"),
        Organization = deal.Text("organization"),
        Person = deal.Text("person"),
        ExpectedClose = deal.Day("expected_close"),
        Probability = deal.Number("probability"),
        Priority = Said(deal, "priority", Words.Priorities),
        Source = deal.Text("source"),
        WonReason = deal.Text("won_reason"),
        LostReason = deal.Text("lost_reason"),
        LossCategory = deal.Text("loss_category"),
        IsArchived = deal.Flag("archived"),
        Tags = deal.Texts("tags"),
        Products = deal.List("products", Line),
        Discounts = deal.List("discounts",
            one => new SeedDiscount(one.At, one.Required("description"), one.Number("amount") ?? 0, DiscountKind(one, "type"))),
        Installments = deal.List("installments",
            one => new SeedInstallment(one.At, one.Required("description"), one.Number("amount"), one.Day("billing_on"))),
        Participants = deal.List("participants",
            one => new SeedParticipant(one.At, one.Required("person"),
                one.Word("role", null, [.. DealService.Roles.Select(role => (role, (string?)role))]))),
        Added = deal.Day("added"),
        Closed = deal.Day("closed"),
    };

    private static SeedLine Line(SeedNode line) => new(line.At, line.Required("product"))
    {
        Variation = line.Text("variation"),
        Quantity = line.Number("quantity") ?? 1,
        Price = line.Number("price"),
        Discount = line.Number("discount"),
        DiscountType = DiscountKind(line, "discount_type"),
        Tax = line.Number("tax"),
        TaxMethod = Said(line, "tax_method", Words.TaxMethods),
        Billing = Said(line, "billing", Words.Billings),
        Cycles = line.Whole("cycles"),
        IsEnabled = line.Flag("enabled", standard: true),
    };

    private static T? Said<T>(SeedNode node, string name, (string Spelling, T Meaning)[] words) where T : struct, Enum =>
        node.Word(name, (T?)null, [.. words.Select(word => (word.Spelling, (T?)word.Meaning))]);

    private static DiscountType DiscountKind(SeedNode node, string name) => node.Word(name, DiscountType.Percentage, Words.DiscountTypes);
}
