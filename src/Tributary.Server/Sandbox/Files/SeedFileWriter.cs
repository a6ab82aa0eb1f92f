using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tributary.Core.Fields;
using Tributary.Core.Pipelines;
using Tributary.Core.Products;
using Tributary.Server.Api;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Tributary.Server.Sandbox.Files;

/// <summary>Writes a file of fixtures, so that reading it gives the same. What is as it would be anyway is left out.</summary>
internal static partial class SeedFileWriter
{
    /// <summary>Small mappings stand on one line of at most so many characters.</summary>
    private const int OneLine = 110;

    public static string Write(SeedFile file)
    {
        var root = new Mapping();
        root.Add("today", file.Today == SeedFile.UsualToday ? null : Day(file.Today));
        root.Add("currency", file.Currency);
        root.Add("rates", file.Rates, rates => Pairs(rates.Select(rate => (rate.Code, (YamlNode?)Number(rate.Rate)))));
        root.List("users", file.Users, one => new Mapping().Add("name", one.Name).Add("email", one.Email)
            .Add("role", one.Role.ToString().ToLowerInvariant()));
        root.List("pipelines", file.Pipelines, one => new Mapping().Add("name", one.Name).List("stages", one.Stages, Stage));
        root.List("labels", file.Labels, one => new Mapping().Add("name", one.Name).Add("subject", one.Subject).Add("color", one.Color));
        root.List("fields", file.Fields, one => new Mapping().Add("name", one.Name).Add("subject", one.Subject)
            .Add("type", FieldTypes.Word(one.Type)).Texts("options", one.Options).Add("group", one.Group));
        root.List("lost_reasons", file.LostReasons, one => new Mapping().Add("name", one.Name).Add("category", one.Category));
        root.List("activity_types", file.ActivityTypes, one => new Mapping().Add("name", one.Name).Add("icon", one.Icon));
        root.List("organizations", file.Organizations, one => More(one.More, new Mapping().Add("name", one.Name)
            .Add("industry", one.Industry).Add("website", one.Website).Add("employees", Number(one.Employees)).Add("address", one.Address)
            .Add("owner", one.Owner)));
        root.List("persons", file.Persons, one => More(one.More, new Mapping().Add("name", one.Name).Add("organization", one.Organization)
            .Add("email", one.Email).Add("phone", one.Phone).Add("job_title", one.JobTitle).Add("owner", one.Owner)
            .List("emails", one.Emails, Point).List("phones", one.Phones, Point).List("messengers", one.Messengers, Point)));
        root.List("products", file.Products, Product);
        root.List("leads", file.Leads, one => More(one.More, new Mapping().Add("title", one.Title).Add("value", Number(one.Value))
            .Add("currency", one.Currency).Add("owner", one.Owner).Add("organization", one.Organization).Add("person", one.Person)
            .Add("expected_close", Day(one.ExpectedClose))));
        root.List("deals", file.Deals, Deal);
        root.List("activities", file.Activities, Activity);
        root.Node.Style = MappingStyle.Block;
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        new YamlStream(new YamlDocument(root.Node)).Save(
            new Emitter(text, new EmitterSettings(2, int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024)), assignAnchors: false);
        // The end of the document, which one document needs not.
        return text.ToString().ReplaceLineEndings("\n").Replace("\n...\n", "\n", StringComparison.Ordinal);
    }

    private static Mapping Stage(SeedStage one) => new Mapping().Add("name", one.Name)
        .Add("kind", one.Kind is StageKind.Open ? null : one.Kind.ToString().ToLowerInvariant())
        .Add("probability", Number(one.Probability)).Add("rotten_days", Number(one.RottenDays));

    private static Mapping Product(SeedProduct one) => Described(one.More, new Mapping().Add("name", one.Name).Add("code", one.Code)
        .Add("category", one.Category).Add("unit", one.Unit).Add("description", one.Description).Add("tax", Number(one.Tax))
        .Add("billing", one.Billing is BillingFrequency.OneTime ? null : Words.Spell(Words.Billings, one.Billing))
        .Add("cycles", Number(one.Cycles)).Add("owner", one.Owner).Add("prices", one.Prices, Prices)
        .List("variations", one.Variations, form => new Mapping().Add("name", form.Name).Add("prices", form.Prices, Prices)));

    private static Mapping Deal(SeedDeal one) => More(one.More, new Mapping().Add("title", one.Title).Add("pipeline", one.Pipeline)
        .Add("stage", one.Stage).Add("status", one.Status == "open" ? null : one.Status).Add("value", Number(one.Value))
        .Add("currency", one.Currency).Add("owner", one.Owner).Add("organization", one.Organization).Add("person", one.Person)
        .Add("expected_close", Day(one.ExpectedClose)).Add("probability", Number(one.Probability))
        .Add("priority", one.Priority is { } priority ? Words.Priority(priority) : null).Add("source", one.Source)
        .Add("won_reason", one.WonReason).Add("lost_reason", one.LostReason).Add("loss_category", one.LossCategory)
        .Flag("archived", one.IsArchived).Add("added", Day(one.Added)).Add("closed", Day(one.Closed))
        .Texts("tags", one.Tags).List("products", one.Products, Line)
        .List("discounts", one.Discounts, discount => new Mapping().Add("description", discount.Description)
            .Add("amount", Number(discount.Amount)).Add("type", Words.Spell(Words.DiscountTypes, discount.Type)))
        .List("installments", one.Installments, part => new Mapping().Add("description", part.Description)
            .Add("amount", Number(part.Amount)).Add("billing_on", Day(part.BillingOn)))
        .List("participants", one.Participants, person => new Mapping().Add("person", person.Person).Add("role", person.Role)));

    private static Mapping Point(SeedPoint one) =>
        new Mapping().Add("value", one.Value).Add("label", one.Label).Flag("primary", one.IsPrimary);

    private static Mapping Line(SeedLine one) => new Mapping().Add("product", one.Product).Add("variation", one.Variation)
        .Add("quantity", Number(one.Quantity)).Add("price", Number(one.Price)).Add("discount", Number(one.Discount))
        .Add("discount_type", one.DiscountType is DiscountType.Percentage ? null : Words.Spell(Words.DiscountTypes, one.DiscountType))
        .Add("tax", Number(one.Tax)).Add("tax_method", one.TaxMethod is { } method ? Words.Spell(Words.TaxMethods, method) : null)
        .Add("billing", one.Billing is { } billing ? Words.Spell(Words.Billings, billing) : null).Add("cycles", Number(one.Cycles))
        .Add("enabled", one.IsEnabled ? null : new YamlScalarNode("false"));

    private static Mapping Activity(SeedActivity one) => new Mapping().Add("type", one.Type).Add("subject", one.Subject)
        .Add("due", Day(one.Due)).Add("time", one.Time).Add("minutes", Number(one.Minutes)).Flag("done", one.Done)
        .Add("note", one.Note).Add("owner", one.Owner);

    private static Mapping More(SeedMore more, Mapping record) => Described(more, record).List("activities", more.Activities, Activity)
        .List("notes", more.Notes, note => new Mapping().Add("text", note.Text).Flag("pinned", note.IsPinned)
            .Add("owner", note.Owner));

    private static Mapping Described(SeedMore more, Mapping record) => record.Texts("followers", more.Followers)
        .Texts("labels", more.Labels)
        .Add("custom", more.Custom, values => Pairs(values.Select(value => (value.Field, Written(value.Written)))));

    private static YamlMappingNode Prices(IReadOnlyList<SeedPrice> prices) => Pairs(prices.Select(one => (one.Currency, (YamlNode?)Number(one.Amount))));

    private static YamlMappingNode Pairs(IEnumerable<(string Name, YamlNode? Value)> members)
    {
        var mapping = new Mapping();
        foreach (var (name, value) in members) mapping.Add(name, value);
        return mapping.Node;
    }

    private static YamlNode? Written(JsonNode? value) => value switch
    {
        JsonArray list => new YamlSequenceNode(list.Select(item => Written(item)!)) { Style = SequenceStyle.Flow },
        JsonObject members => Pairs(members.Select(member => (member.Key, Written(member.Value)))),
        JsonValue number when number.GetValueKind() is System.Text.Json.JsonValueKind.Number => new YamlScalarNode(number.ToJsonString()),
        JsonValue text => Text(text.ToString()),
        null => null,
        _ => throw new InvalidOperationException("JSON has no other values."),
    };

    private static YamlScalarNode? Number(decimal? number) =>
        number is { } known ? new YamlScalarNode(known.ToString("0.##############", CultureInfo.InvariantCulture)) : null;

    private static YamlScalarNode? Day(DateOnly? day) =>
        day is { } known ? new YamlScalarNode(known.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : null;

    // Quoted is whatever a reader of YAML might take for something else than this text.
    private static YamlScalarNode Text(string text) => new YamlScalarNode(text)
    {
        Style = Plain().IsMatch(text) && !Meant().IsMatch(text) ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted,
    };

    [GeneratedRegex(@"^\p{L}[\p{L}\p{N}_.@/+()&'\-]*( [\p{L}\p{N}_.@/+()&'\-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex("^(null|true|false|yes|no|on|off|y|n)\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Meant();

    /// <summary>Members in the order in which they are told; what is none is left out.</summary>
    private sealed class Mapping
    {
        public YamlMappingNode Node { get; } = new();

        public Mapping Add(string name, string? text) => Add(name, text is null ? null : Text(text));

        public Mapping Flag(string name, bool isOn) => Add(name, isOn ? new YamlScalarNode("true") : null);

        public Mapping Add(string name, YamlNode? value)
        {
            if (value is null) return this;
            Node.Add(Text(name), value);
            var isSmall = Node.Children.All(child => child.Value is YamlScalarNode or YamlSequenceNode { Style: SequenceStyle.Flow })
                && Node.Children.Sum(child => child.Key.ToString().Length + child.Value.ToString().Length + 4) <= OneLine;
            Node.Style = isSmall ? MappingStyle.Flow : MappingStyle.Block;
            return this;
        }

        public Mapping Add<T>(string name, IReadOnlyList<T> all, Func<IReadOnlyList<T>, YamlNode> write) =>
            all.Count == 0 ? this : Add(name, write(all));

        public Mapping Texts(string name, IReadOnlyList<string> texts) => texts.Count == 0
            ? this : Add(name, new YamlSequenceNode(texts.Select(Text)) { Style = SequenceStyle.Flow });

        public Mapping List<T>(string name, IReadOnlyList<T> all, Func<T, Mapping> write) =>
            all.Count == 0 ? this : Add(name, new YamlSequenceNode(all.Select(one => write(one).Node)));
    }
}
