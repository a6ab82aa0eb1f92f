using System.Text.Json;
using Tributary.Core.Kernel;

namespace Tributary.Core.Import;

/// <summary>Walks the document by hand, because a serializer stops at the first error and names CLR types.</summary>
internal sealed class ImportMappingReading
{
    private static readonly string[] Keys =
        ["kind", "columns", "constants", "pipeline", "currency", "stages", "missing", "near_names", "existing", "external_id", "dates",
            "numbers"];

    public List<FieldError> Errors { get; } = [];

    public ImportMapping Mapping(JsonElement root)
    {
        foreach (var (key, _) in Members(root, "mapping"))
        {
            if (!Keys.Contains(key)) Refuse(key, $"\"{key}\" is not a key of a mapping; accepted: {string.Join(", ", Keys)}.");
        }

        var kind = Enumeration<ImportKind>(root, "kind", "kind")
            ?? Missing("kind", $"The kind is missing; accepted: {Words<ImportKind>()}.");
        var numbers = Text(root, "numbers", "numbers");
        if (numbers is not (null or ConvertNumber.PointFormat or ConvertNumber.CommaFormat))
            Refuse(
                "numbers",
                $"\"{numbers}\" is not a number format; accepted: \"{ConvertNumber.PointFormat}\", \"{ConvertNumber.CommaFormat}\".");
        var dates = Text(root, "dates", "dates");
        if (dates is not null && ConvertDate.Objection(dates) is { } objection) Refuse("dates", objection);
        var currency = Text(root, "currency", "currency");
        if (currency is not null && CurrencyMark.Currency(currency).Reason is { } reason) Refuse("currency", reason);

        return new()
        {
            Kind = kind,
            Columns = Under(root, "columns", required: true).ToDictionary(pair => pair.Key, pair => Column(kind, pair.Key, pair.Value)),
            Constants = Under(root, "constants").ToDictionary(pair => pair.Key, pair => Constant(kind, pair.Key, pair.Value)),
            Pipeline = Text(root, "pipeline", "pipeline"),
            Currency = currency?.ToUpperInvariant(),
            Stages = Under(root, "stages").ToDictionary(pair => pair.Key, pair => Stage(pair.Key, pair.Value)),
            Missing = Policies(root),
            NearNames = Boolean(root, "near_names"),
            Existing = Enumeration<ExistingPolicy>(root, "existing", "existing") ?? ExistingPolicy.Update,
            ExternalId = ExternalId(root),
            Dates = dates,
            Numbers = numbers,
        };
    }

    private ColumnMapping Column(ImportKind kind, string header, JsonElement value)
    {
        var key = $"columns.{header}";
        if (value.ValueKind == JsonValueKind.String) return new(FieldName(kind, key, value.GetString()!));
        Allow(value, key, "field", "format", "times");
        var name = FieldName(kind, key, Text(value, "field", $"{key}.field") ?? "");
        var format = Text(value, "format", $"{key}.format");
        if (format is not null && ImportFields.Find(kind, name) is { } field && FormatObjection(field.Type, format) is { } objection)
            Refuse($"{key}.format", objection);
        var times = Number(value, "times", $"{key}.times");
        if (times is not null && ImportFields.Find(kind, name) is { Type: not ImportType.Money })
            Refuse($"{key}.times", "Only amounts of money are multiplied.");
        return new(name, format, times);
    }

    private static string? FormatObjection(ImportType type, string format) => type switch
    {
        ImportType.Date or ImportType.Instant => ConvertDate.Objection(format),
        ImportType.Money or ImportType.WholeNumber when format is not (ConvertNumber.PointFormat or ConvertNumber.CommaFormat) =>
            $"\"{format}\" is not a number format; accepted: \"{ConvertNumber.PointFormat}\", \"{ConvertNumber.CommaFormat}\".",
        ImportType.Percentage when format is not ("percent" or "fraction") =>
            $"\"{format}\" is not a percentage format; accepted: \"percent\", \"fraction\".",
        ImportType.Money or ImportType.WholeNumber or ImportType.Percentage => null,
        _ => "Only dates, numbers and percentages have a format.",
    };

    private string Constant(ImportKind kind, string name, JsonElement value)
    {
        FieldName(kind, $"constants.{name}", name);
        if (value.ValueKind == JsonValueKind.String) return value.GetString()!;
        Refuse($"constants.{name}", "A constant is a text in quotes, written as it would be in a cell.");
        return "";
    }

    private StageMeaning Stage(string word, JsonElement value)
    {
        var key = $"stages.{word}";
        Allow(value, key, "stage", "status");
        return new(Text(value, "stage", $"{key}.stage"),
            Enumeration<ImportedStatus>(value, "status", $"{key}.status") ?? ImportedStatus.Open);
    }

    private Dictionary<ImportNoun, MissingPolicy> Policies(JsonElement root)
    {
        var policies = new Dictionary<ImportNoun, MissingPolicy>();
        foreach (var (name, value) in Under(root, "missing"))
        {
            var noun = Parse<ImportNoun>(name);
            if (noun is null) Refuse($"missing.{name}", $"\"{name}\" is never created on the way; accepted: {Words<ImportNoun>()}.");
            var policy = value.ValueKind == JsonValueKind.String ? Parse<MissingPolicy>(value.GetString()!) : null;
            if (policy is null) Refuse($"missing.{name}", $"Accepted: {Words<MissingPolicy>()}.");
            if (noun is { } known && policy is { } told) policies[known] = told;
        }

        return policies;
    }

    private ExternalIdMapping? ExternalId(JsonElement root)
    {
        if (!Has(root, "external_id", out var value)) return null;
        Allow(value, "external_id", "column", "source");
        var (column, source) = (Text(value, "column", "external_id.column"), Text(value, "source", "external_id.source"));
        if (string.IsNullOrWhiteSpace(column)) Refuse("external_id.column", "The name of the column that holds the ids is missing.");
        if (string.IsNullOrWhiteSpace(source)) Refuse("external_id.source", "The name of the system the ids come from is missing.");
        return new(column ?? "", source ?? "");
    }

    private string FieldName(ImportKind kind, string key, string name)
    {
        if (ImportFields.Find(kind, name) is not null) return name;
        var accepted = string.Join(", ", ImportFields.Of(kind).Select(field => field.Name));
        var prices = kind is ImportKind.Products ? $"{ImportFields.PricePrefix}<currency>, " : "";
        Refuse(key, $"\"{name}\" is not a field of {ImportMappingFile.Word(kind)}; accepted: {accepted}, {prices}or custom:<name>.");
        return name;
    }

    private List<KeyValuePair<string, JsonElement>> Under(JsonElement root, string key, bool required = false)
    {
        if (Has(root, key, out var value)) return Members(value, key);
        if (required) Refuse(key, $"\"{key}\" is missing; it is an object that names a field for each column.");
        return [];
    }

    private List<KeyValuePair<string, JsonElement>> Members(JsonElement value, string key)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (value.ValueKind != JsonValueKind.Object)
        {
            Refuse(key, $"\"{key}\" is an object in braces.");
            return [];
        }

        foreach (var member in value.EnumerateObject())
        {
            if (!members.TryAdd(member.Name, member.Value)) Refuse($"{key}.{member.Name}", $"\"{member.Name}\" is there twice.");
        }

        return [.. members];
    }

    private void Allow(JsonElement value, string key, params string[] accepted)
    {
        foreach (var (name, _) in Members(value, key))
        {
            if (!accepted.Contains(name)) Refuse($"{key}.{name}", $"\"{name}\" is unknown here; accepted: {string.Join(", ", accepted)}.");
        }
    }

    private string? Text(JsonElement owner, string name, string key)
    {
        if (!Has(owner, name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.String) return value.GetString();
        Refuse(key, $"\"{name}\" is a text in quotes.");
        return null;
    }

    private decimal? Number(JsonElement owner, string name, string key)
    {
        if (!Has(owner, name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number is > 0 and <= 1_000_000_000)
            return number;
        Refuse(key, $"\"{name}\" is a number above 0 and up to 1000000000.");
        return null;
    }

    private bool Boolean(JsonElement owner, string name)
    {
        if (!Has(owner, name, out var value) || value.ValueKind == JsonValueKind.False) return false;
        if (value.ValueKind != JsonValueKind.True) Refuse(name, $"\"{name}\" is true or false.");
        return value.ValueKind == JsonValueKind.True;
    }

    private TEnum? Enumeration<TEnum>(JsonElement owner, string name, string key)
        where TEnum : struct, Enum
    {
        var text = Text(owner, name, key);
        if (text is null) return null;
        var value = Parse<TEnum>(text);
        if (value is null) Refuse(key, $"\"{text}\" is not accepted; accepted: {Words<TEnum>()}.");
        return value ?? default(TEnum);
    }

    private ImportKind Missing(string key, string message)
    {
        if (!Errors.Exists(error => error.Field == key)) Refuse(key, message);
        return default;
    }

    private void Refuse(string key, string message) => Errors.Add(new(key, message));

    private static bool Has(JsonElement owner, string name, out JsonElement value)
    {
        value = default;
        return owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    private static TEnum? Parse<TEnum>(string word)
        where TEnum : struct, Enum =>
            Enum.GetValues<TEnum>().Where(value => ImportMappingFile.Word(value) == word).Select(value => (TEnum?)value).FirstOrDefault();

    private static string Words<TEnum>()
        where TEnum : struct, Enum => string.Join(", ", Enum.GetValues<TEnum>().Select(ImportMappingFile.Word));
}
