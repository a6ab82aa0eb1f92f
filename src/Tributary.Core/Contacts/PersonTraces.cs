using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Kernel;

namespace Tributary.Core.Contacts;

/// <summary>
/// By what a person is recognised where other records and kept requests name them: ids, and the words that only they have. A person who was
/// merged is several rows. Pure.
/// </summary>
internal sealed class PersonTraces
{
    /// <summary>Shorter words are in too much that has nothing to do with anybody.</summary>
    private const int ShortestWord = 3;

    private readonly HashSet<long> ids;
    private readonly HashSet<string> addresses;
    private readonly IReadOnlyList<string> words;

    public PersonTraces(IReadOnlyCollection<Person> persons)
    {
        ids = [.. persons.Select(person => person.Id)];
        addresses = [.. persons.SelectMany(person => person.Emails).Select(email => Folding.Fold(email.Value))];
        var told = persons.SelectMany(person =>
                new[] { person.Name }.Concat(person.Emails.Concat(person.Phones).Concat(person.Im).Select(point => point.Value)))
            .Where(word => word.Length >= ShortestWord);
        // A body of JSON may spell a word as it is, or with its letters escaped.
        words = [.. told.SelectMany(word => new[] { word, JavaScriptEncoder.Default.Encode(word) })
            .Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    public IReadOnlyList<long> Ids => [.. ids.Order()];

    /// <summary>Whether a kept text names the person.</summary>
    public bool AreIn(string? text) => text is not null && words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>JSON without the members of lists that are the person; none when nothing in it is.</summary>
    public string? Without(string json)
    {
        var root = JsonNode.Parse(json);
        return TakeOut(root) ? root!.ToJsonString(Storage.Documents.Options) : null;
    }

    private bool TakeOut(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject record:
                return record.Select(member => TakeOut(member.Value)).ToList().Contains(true);
            case JsonArray list:
                var isIn = list.Where(IsPerson).ToList();
                foreach (var one in isIn) list.Remove(one);
                return list.Select(TakeOut).ToList().Contains(true) || isIn.Count > 0;
            default:
                return false;
        }
    }

    private bool IsPerson(JsonNode? node) => node is JsonObject one
        && (one["person_id"] is JsonValue id && id.GetValueKind() is JsonValueKind.Number && ids.Contains(id.GetValue<long>())
            || one["email"] is JsonValue email && email.GetValueKind() is JsonValueKind.String
            && addresses.Contains(Folding.Fold(email.GetValue<string>())));
}
