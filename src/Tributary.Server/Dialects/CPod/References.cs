using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.CPod;

/// <summary>The accounts and contacts that bodies name by uid: looked up together, and the missing ones refused together.</summary>
internal sealed class References
{
    private readonly IReadOnlyDictionary<Guid, Contact> found;
    private readonly List<FieldError> errors = [];

    private References(IReadOnlyDictionary<Guid, Contact> found) => this.found = found;

    public static async Task<References> Of(Call call, params IEnumerable<Guid?> uids) =>
        new(await call.Service<ContactService>().FindMany(call.Caller, [.. uids.OfType<Guid>().Distinct()], call.Ct));

    public Field<long?> Account(string member, Field<Guid?> sent) =>
        sent.As(uid => uid is { } known ? Id(member, "account", known, found.GetValueOrDefault(known)?.Organization?.Id) : null);

    public Field<long?> Contact(string member, Field<Guid?> sent) =>
        sent.As(uid => uid is { } known ? Id(member, "contact", known, found.GetValueOrDefault(known)?.Person?.Id) : null);

    public void Checked()
    {
        if (errors.Count > 0) throw Problem.Invalid(errors);
    }

    public static async Task<DealPatch> Resolve(Call call, SentDeal sent)
    {
        var refs = await Of(call, [sent.Account.Or(null), sent.PrimaryContact.Or(null), .. sent.Contacts.Or([]).Select(uid => (Guid?)uid)]);
        var patch = sent.Patch with
        {
            OrgId = refs.Account("account_id", sent.Account),
            PersonId = refs.Contact("primary_contact_id", sent.PrimaryContact),
            ContactIds =
                sent.Contacts.As(uids => (Seq<long>)[.. uids.Select(uid => refs.Contact("contact_ids", (Guid?)uid).Value).OfType<long>()]),
        };
        refs.Checked();
        return patch;
    }

    private long? Id(string member, string noun, Guid uid, long? id)
    {
        if (id is null)
        {
            errors.Add(
                new(member, $"{member} must name {(noun == "account" ? "an account" : "a contact")} of your tenant; {uid:D} is none."));
        }
        return id;
    }
}
