using System.Text;
using System.Text.Json.Nodes;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Core.Webhooks;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.AutomateNexus;

/// <summary>
/// {"id":"evt_…","event","created_at","data":{…,"previous"}} and three headers; names and envelope are those of the reference, §2.4.
/// </summary>
internal sealed class WebhookVoice(PersonService persons, OrganizationService organizations) : IWebhookVoice
{
    public async ValueTask<byte[]> Spell(Errand errand, CancellationToken ct) => WebhookJson.Bytes(await Told(errand, ct));

    public IEnumerable<(string Name, string Value)> Sign(Errand errand, byte[] body)
    {
        yield return ("X-AutomateNexus-Signature", Hex(errand.Secrets[0], body));
        // One value is what receivers compare; those that still have the former secret find theirs here.
        if (errand.Secrets.Count > 1) yield return ("X-AutomateNexus-Signature-Previous", Hex(errand.Secrets[1], body));
        yield return ("X-AutomateNexus-Event", WebhookRoutes.Spell(errand.Delivery.Type));
        yield return ("X-AutomateNexus-Delivery", $"dlv_{UidText.ToBase32(errand.Delivery.MessageUid)}");
    }

    private async Task<JsonObject> Told(Errand errand, CancellationToken ct)
    {
        var data = errand switch
        {
            { Deal: not null } => await OfDeal(errand, ct),
            { Line.Subject: "person" } => await OfContact(errand, ct),
            _ => [],
        };
        return new()
        {
            ["id"] = $"evt_{UidText.ToBase32(errand.Line?.Uid ?? errand.Delivery.MessageUid)}",
            ["event"] = WebhookRoutes.Spell(errand.Delivery.Type),
            ["created_at"] = Times.Spell(errand.Line?.At ?? errand.Delivery.AddedAt, TimeStyle.IsoSeconds),
            ["data"] = data,
        };
    }

    private static string Hex(string secret, byte[] body) => $"sha256={Signature.Hex(Encoding.UTF8.GetBytes(secret), body)}";

    private async Task<JsonObject> OfDeal(Errand errand, CancellationToken ct)
    {
        var (deal, before) = (errand.Deal!, errand.Before);
        var ids = new[] { deal.PersonId, before?.PersonId }.OfType<long>().Distinct().ToList();
        var contacts = (await persons.FindMany(Caller.System(errand.Workspace), ids, ct)).ToDictionary(person => person.Id);
        var data = WebhookJson.Of(DealWire.Listed, new(deal, errand.Catalog, contacts.GetValueOrDefault(deal.PersonId ?? 0)?.Uid));
        data["previous"] = before is null ? new JsonObject()
            : WebhookJson.Previous(WebhookJson.Of(DealWire.Listed,
                new(before, errand.Catalog, contacts.GetValueOrDefault(before.PersonId ?? 0)?.Uid)), data);
        return data;
    }

    /// <summary>The contact as it is now; the log keeps no former states of contacts to go back to.</summary>
    private async Task<JsonObject> OfContact(Errand errand, CancellationToken ct)
    {
        var system = Caller.System(errand.Workspace);
        if (await persons.FindMany(system, [errand.Line!.SubjectId], ct) is not [var person]) return [];
        var company = person.OrgId is { } id && await organizations.FindMany(system, [id], ct) is [var organization]
            ? organization.Name : null;
        return WebhookJson.Of(ContactRoutes.Contact, new(person, errand.Catalog, company));
    }
}
