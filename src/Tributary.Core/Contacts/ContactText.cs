using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Search;
using Tributary.Core.Storage;

namespace Tributary.Core.Contacts;

/// <summary>Keeps what can be found of a person or organization with each write.</summary>
internal static class ContactText
{
    public static async Task Put(Tx tx, Organization? before, Organization after)
    {
        await Put(tx, "organization", after.Id, "name", before?.Name, after.Name);
        await Put(tx, "organization", after.Id, "email", before?.Email, after.Email);
        await Put(tx, "organization", after.Id, "phone", before?.Phone, after.Phone);
        await Put(tx, "organization", after.Id, "address", before?.Address?.Text, after.Address?.Text);
        await Put(tx, "organization", after.Id, "notes", before?.Notes, after.Notes);
        await CustomText.Put(tx, "organization", after.Id, before?.Custom ?? CustomValues.None, after.Custom);
    }

    public static async Task Put(Tx tx, Person? before, Person after)
    {
        await Put(tx, "person", after.Id, "name", before?.Name, after.Name);
        await Put(tx, after.Id, "email", before?.Emails ?? [], after.Emails);
        await Put(tx, after.Id, "phone", before?.Phones ?? [], after.Phones);
        await Put(tx, "person", after.Id, "address", before?.Address?.Text, after.Address?.Text);
        await Put(tx, "person", after.Id, "notes", before?.Notes, after.Notes);
        await CustomText.Put(tx, "person", after.Id, before?.Custom ?? CustomValues.None, after.Custom);
    }

    private static Task Put(Tx tx, string subject, long id, string field, string? before, string? after) =>
        SearchTexts.Follow(tx, subject, id, field, 0, before, after);

    // One row per address or number, or "ends with" and "equals" could not be told of one of them.
    private static async Task Put(Tx tx, long id, string field, Seq<ContactPoint> before, Seq<ContactPoint> after)
    {
        for (var n = 0; n < Math.Max(before.Count, after.Count); n++)
        {
            await SearchTexts.Follow(tx, "person", id, field, n, before.ElementAtOrDefault(n)?.Value, after.ElementAtOrDefault(n)?.Value);
        }
    }
}
