using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Fields;
using Tributary.Core.Import;
using Tributary.Core.Kernel;

namespace Tributary.Server.Dialects.Pipedrive.Source;

/// <summary>A custom field there, and what its values become here.</summary>
/// <param name="Key">Its key here.</param>
/// <param name="Options">Option there → option here.</param>
internal sealed record TheirField(string Key, FieldType Type, IReadOnlyDictionary<long, long> Options);

/// <summary>
/// Rewrites records of the other account until they could be bodies of requests to this one: ids of users, stages, labels,
/// records and options become those here, keys of custom fields too.
/// </summary>
internal sealed class References(Copier copier, IReadOnlyDictionary<(string Subject, string Key), TheirField> fields)
{
    private static readonly (string Member, string Subject)[] Members =
    [
        ("owner_id", "user"), ("creator_user_id", "user"), ("user_id", "user"), ("org_id", "organization"), ("person_id", "person"),
        ("deal_id", "deal"), ("product_id", "product"),
        ("stage_id", "stage"), ("pipeline_id", "pipeline"),
    ];

    private static readonly string[] People = ["participants", "attendees"];

    /// <summary>
    /// The page with its ids rewritten; <see cref="Rewritten.IsWhole"/> is false where a record names another that is not here (yet).
    /// </summary>
    public async Task<IReadOnlyList<Rewritten>> Rewrite(string subject, IReadOnlyList<JsonElement> page, CancellationToken ct)
    {
        var records = page.Select(row => JsonObject.Create(row)!).ToList();
        var wanted = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var record in records)
        {
            Walk(subject, record, (noun, id) =>
            {
                if (!wanted.TryGetValue(noun, out var ids)) wanted[noun] = ids = [];
                ids.Add(Text(noun, subject, id));
                return id;
            });
        }
        var known = new Dictionary<string, IReadOnlyDictionary<string, long>>(StringComparer.Ordinal);
        foreach (var (noun, ids) in wanted) known[noun] = await copier.Known(noun, ids, ct);

        var rewritten = new List<Rewritten>();
        foreach (var record in records)
        {
            var id = record["id"]!.ToString();
            var isWhole = true;
            Walk(subject, record, (noun, theirs) =>
            {
                if (known[noun].TryGetValue(Text(noun, subject, theirs), out var ours)) return ours;
                isWhole &= noun is "user";
                return null;
            });
            Rename(subject, record);
            rewritten.Add(new(id, record, isWhole));
        }
        return rewritten;
    }

    /// <summary>Puts another id in the place of each: none takes it away.</summary>
    private void Walk(string subject, JsonObject record, Func<string, long, long?> replace)
    {
        foreach (var (member, noun) in Members) Replace(record, member, noun);
        if (record["label_ids"] is JsonArray labels) record["label_ids"] = Replaced(labels, "label");
        foreach (var list in People)
        {
            foreach (var person in (record[list] as JsonArray ?? []).OfType<JsonObject>())
            {
                Replace(person, "person_id", "person");
                Replace(person, "user_id", "user");
            }
            if (list == "participants" && record[list] is JsonArray people)
            {
                record[list] =
                    new JsonArray(
                        [.. people.OfType<JsonObject>().Where(person => person["person_id"] is not null)
                            .Select(person => person.DeepClone())]);
            }
        }
        if (record["custom_fields"] is not JsonObject custom) return;
        foreach (var (key, value) in custom.ToList())
        {
            // Of a field that could not be made here.
            if (!fields.TryGetValue((subject, key), out var field))
            {
                custom.Remove(key);
                continue;
            }
            if (field.Type is FieldType.User) Replace(custom, key, "user");
            else if (field.Type is FieldType.Org) Replace(custom, key, "organization");
            else if (field.Type is FieldType.People) Replace(custom, key, "person");
        }

        void Replace(JsonObject within, string member, string noun)
        {
            if (within[member] is JsonValue value && value.TryGetValue<long>(out var id)) within[member] = replace(noun, id);
        }

        JsonArray Replaced(JsonArray list, string noun) =>
            [.. list.OfType<JsonValue>().Select(value => value.TryGetValue<long>(out var id) ? replace(noun, id) : null).OfType<long>()
                .Select(id => (JsonNode)id)];
    }

    /// <summary>The custom values under the keys and options of this account.</summary>
    private void Rename(string subject, JsonObject record)
    {
        if (record["custom_fields"] is not JsonObject custom) return;
        var renamed = new JsonObject();
        foreach (var (key, value) in custom.ToList())
        {
            if (!fields.TryGetValue((subject, key), out var field)) continue;
            custom.Remove(key);
            renamed[field.Key] = field.Type switch
            {
                FieldType.Enum => value is JsonValue one && one.TryGetValue<long>(out var id)
                    && field.Options.TryGetValue(id, out var option) ? option : null,
                FieldType.Set => value is JsonArray many && Options(field, many) is { Count: > 0 } options ? options : null,
                _ => value,
            };
        }
        record["custom_fields"] = renamed;
    }

    private static JsonArray Options(TheirField field, JsonArray many) =>
        [.. many.OfType<JsonValue>()
            .Select(value => value.TryGetValue<long>(out var id) && field.Options.TryGetValue(id, out var option) ? option : (long?)null)
            .OfType<long>().Select(id => (JsonNode)id)];

    /// <summary>Labels are counted per kind of record.</summary>
    public static string Text(string noun, string subject, long id) =>
        noun == "label" ? string.Create(CultureInfo.InvariantCulture, $"{subject}:{id}") : id.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A record of the other account in the ids of this one.</summary>
internal sealed record Rewritten(string TheirId, JsonObject Record, bool IsWhole);
