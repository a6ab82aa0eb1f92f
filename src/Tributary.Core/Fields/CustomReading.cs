using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Fields;

/// <summary>Custom values as a caller gives them, turned into what is stored; the one way for every noun that has some.</summary>
internal static class CustomReading
{
    /// <summary>
    /// A record's custom values after a patch. Those that are wrong, or name what is not there, are noted in <paramref name="checks"/>.
    /// </summary>
    public static async Task<CustomValues> After(Tx tx, Caller caller, string subject, Field<CustomPatch> patch, CustomValues current,
        Checks checks)
    {
        if (!patch.IsSet) return current;
        var given = patch.Value.IsFreeForm ? await FreeForm.Define(tx, caller, checks, subject, patch.Value) : patch.Value;
        var catalog = await tx.CatalogFor(caller);
        var values = given.Values.Select(value => given.Partial.Contains(value.Key)
            ? new(value.Key, Laid(value.Value, current[value.Key])) : value);
        foreach (var (name, _) in given.Values)
        {
            var field = catalog.Field(subject, name) ?? catalog.FieldsOf(subject).FirstOrDefault(each => each.Slug == name);
            if (field is null or { DeletedAt: not null } || field.Editors.Has(caller)) continue;
            throw Problem.Forbidden($"Only {CircleRules.Told(field.Editors, catalog)} may change {field.Name}.");
        }
        var read = FieldValues.Read(checks, subject, values, catalog);
        foreach (var reference in read.References)
        {
            var isThere = reference.Type switch
            {
                FieldType.User => catalog.User(reference.Id) is not null,
                FieldType.Org => await OrganizationService.IsThere(tx, caller, reference.Id),
                _ => await PersonService.IsThere(tx, caller, reference.Id),
            };
            checks.Require(isThere, reference.Name, $"{reference.Name} names a record that is not there: {reference.Id}.");
        }
        return current.With(read.Patch.Values);
    }

    // Parts of nothing are nothing.
    private static JsonElement Laid(JsonElement parts, JsonElement? stored)
    {
        if (parts.ValueKind is not JsonValueKind.Object) return parts;
        var value = stored is { ValueKind: JsonValueKind.Object } known ? JsonObject.Create(known)! : [];
        foreach (var part in parts.EnumerateObject())
        {
            value.Remove(part.Name);
            if (part.Value.ValueKind is not JsonValueKind.Null) value[part.Name] = JsonNode.Parse(part.Value.GetRawText());
        }
        return JsonSerializer.SerializeToElement(value.Count == 0 ? null : value);
    }
}
