using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Activities;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Leads;
using Tributary.Core.Log;
using Tributary.Core.Notes;
using Tributary.Core.Products;
using Tributary.Core.Webhooks;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive;

/// <summary>
/// How Pipedrive tells webhooks (reference §13): payload 2.0 is {"meta","data","previous"}, with data null after a deletion and
/// previous null after a creation; 1.0 is {"v","event","meta","current","previous","retry"}. Nothing is signed; HTTP Basic, where
/// it was asked for, is a header of the webhook.
/// </summary>
internal sealed class WebhookVoice(IServiceProvider services) : IWebhookVoice
{
    // Who is told has been decided by the engine; what is told is the whole record.
    private static readonly HashSet<string> Shown =
        ["activity", "deal", "lead", "note", "organization", "person", "pipeline", "product", "stage", "user"];

    /// <summary>Fields of the log in v2's words, where they differ.</summary>
    private static readonly Dictionary<string, string> Renamed = new()
    {
        ["added_at"] = "add_time",
        ["due_on"] = "due_date",
        ["done_at"] = "marked_as_done_time",
        ["deleted_at"] = "is_deleted",
        ["uses_probability"] = "is_deal_probability_enabled",
        ["position"] = "order_nr",
        ["rotten_days"] = "days_to_rotten",
        ["probability"] = "deal_probability",
        ["expected_close"] = "expected_close_date",
    };

    public async ValueTask<byte[]> Spell(Errand errand, CancellationToken ct)
    {
        var (before, after) = await Told(errand, ct);
        return WebhookJson.Bytes(V1.WebhookAsked.Of(errand.Webhook).Version == "1.0"
            ? await Old(errand, before, after, ct) : await New(errand, before, after, ct));
    }

    public IEnumerable<(string Name, string Value)> Sign(Errand errand, byte[] body) => [];

    private async Task<JsonObject> New(Errand errand, JsonObject? before, JsonObject? after, CancellationToken ct)
    {
        var (line, action) = (errand.Line, Action(errand));
        var meta = new JsonObject
        {
            ["action"] = action,
            ["entity"] = line?.Subject,
            ["entity_id"] = Text(line?.SubjectId),
            ["id"] = errand.Delivery.MessageUid.ToString("D"),
            ["company_id"] = Text(errand.Workspace),
            ["correlation_id"] = (line?.Uid ?? errand.Delivery.MessageUid).ToString("D"),
            ["is_bulk_edit"] = line?.IsBulk ?? false,
            ["timestamp"] = Times.Spell(line?.At ?? errand.Delivery.AddedAt, TimeStyle.IsoMilliseconds),
            ["type"] = "general",
            ["user_id"] = Text(line?.ActorId),
            ["version"] = "2.0",
            ["webhook_id"] = Text(errand.Webhook.Id),
            ["webhook_owner_id"] = Text(errand.Webhook.Terms.AsUserId ?? errand.Webhook.AddedBy),
            ["change_source"] = Source(line),
            ["attempt"] = errand.Delivery.Attempts,
            ["host"] = Host(errand),
            ["permitted_user_ids"] = new JsonArray([.. (await Permitted(errand, ct)).Select(id => (JsonNode)Text(id)!)]),
        };
        if (line?.Changes.FirstOrDefault(change => change.Field == "merged_into")?.New is { } survivor)
        {
            meta["merged_to_id"] = survivor.GetRawText();
        }
        return new()
        {
            ["meta"] = meta,
            ["data"] = action == "delete" ? null : after?.DeepClone(),
            ["previous"] = action switch
            {
                "create" => null,
                "delete" => (after ?? before)?.DeepClone(),
                _ => before is null || after is null ? new JsonObject() : WebhookJson.Previous(before, after),
            },
        };
    }

    private async Task<JsonObject> Old(Errand errand, JsonObject? before, JsonObject? after, CancellationToken ct)
    {
        var line = errand.Line;
        if (errand.Deal is { } deal)
        {
            after = await OldDeal(errand, deal, ct);
            before = errand.Before is { } former ? await OldDeal(errand, former, ct) : null;
        }
        var action = Action(errand) switch
        {
            "create" => "added",
            "delete" => "deleted",
            _ =>
            errand.Delivery.Type.EndsWith(".merged", StringComparison.Ordinal) ? "merged" : "updated"
        };
        var at = line?.At ?? errand.Delivery.AddedAt;
        return new()
        {
            ["v"] = 1,
            ["matches_filters"] = null,
            ["meta"] = new JsonObject
            {
                ["v"] = 1,
                ["action"] = action,
                ["object"] = line?.Subject,
                ["id"] = line?.SubjectId,
                ["company_id"] = errand.Workspace,
                ["user_id"] = line?.ActorId,
                ["host"] = Host(errand),
                ["timestamp"] = at.ToUnixTimeSeconds(),
                ["timestamp_micro"] = at.ToUnixTimeMilliseconds() * 1000,
                ["permitted_user_ids"] = new JsonArray([.. (await Permitted(errand, ct)).Select(id => (JsonNode)id)]),
                ["trans_pending"] = false,
                ["is_bulk_update"] = line?.IsBulk ?? false,
                ["matches_filters"] = null,
                ["change_source"] = Source(line),
                ["webhook_id"] = Text(errand.Webhook.Id),
            },
            ["retry"] = errand.Delivery.Attempts - 1,
            ["current"] = action == "deleted" ? null : after?.DeepClone(),
            ["previous"] = action == "added" ? null : (before ?? after)?.DeepClone(),
            ["event"] = $"{action}.{line?.Subject}",
        };
    }

    /// <summary>The record before the event and after it, as v2 shows it.</summary>
    private async Task<(JsonObject? Before, JsonObject? After)> Told(Errand errand, CancellationToken ct)
    {
        if (errand.Deal is { } deal)
        {
            var asked = V2.DealAsk.All(errand.Catalog);
            return (errand.Before is { } former ? WebhookJson.Of(V2.DealWire.Deal, new(former, asked))
                : null, WebhookJson.Of(V2.DealWire.Deal, new(deal, asked)));
        }
        if (errand.Line is not { } line || !Shown.Contains(line.Subject) || await Record(errand, line, ct) is not { } now)
        {
            return (null, null);
        }
        return (Before(line, now), now);
    }

    /// <summary>The record as it is when it is told; the log keeps no former states of it but what each line changed.</summary>
    private async Task<JsonObject?> Record(Errand errand, LogEvent line, CancellationToken ct)
    {
        var (caller, id, catalog) = (Caller.System(errand.Workspace), line.SubjectId, errand.Catalog);
        switch (line.Subject)
        {
            case "person":
                return await Service<PersonService>().FindMany(caller, [id], ct) is [var person]
                    ? WebhookJson.Of(V2.PersonWire.Person, new(person, V2.RecordAsk.Selection(catalog, "person", default), null)) : null;
            case "organization":
                return await Service<OrganizationService>().FindMany(caller, [id], ct) is [var organization]
                    ? WebhookJson.Of(V2.OrganizationWire.Organization,
                        new(organization, V2.RecordAsk.Selection(catalog, "organization", default), null)) : null;
            case "product":
                return await Service<ProductService>().FindMany(caller, [id], ct) is [var product]
                    ? WebhookJson.Of(V2.ProductWire.Product, new(product, V2.RecordAsk.Selection(catalog, "product", default))) : null;
            case "activity":
                if (await Service<ActivityService>().FindMany(caller, [id], ct) is not [var activity]) return null;
                var lead = activity.LeadId is { } leadId && await Service<LeadService>().FindMany(caller, [leadId], ct) is [var found]
                    ? found.Uid : (Guid?)null;
                return WebhookJson.Of(V2.ActivityWire.Activity, new(activity, lead, HasAttendees: true));
            case "note":
                if (await Service<NoteService>().FindMany(caller, [id], ct) is not [var note]) return null;
                return WebhookJson.Of(V1.NoteWire.Note,
                    new(note, await V1.Named.Of(services, caller, V1.NoteView.NamesOf([note]), ct), errand.Webhook.AddedBy));
            case "lead":
                return await Service<LeadService>().FindMany(caller, [id], ct) is [var one]
                    ? WebhookJson.Of(V1.LeadWire.Lead, new(one, catalog)) : null;
            case "pipeline":
                return catalog.Pipeline(id) is { } pipeline ? WebhookJson.Of(V2.PipelineRoutes.PipelineWire, pipeline) : null;
            case "stage":
                return catalog.Stage(id) is { } stage ? WebhookJson.Of(V2.PipelineRoutes.StageWire, stage) : null;
            default:
                return catalog.User(id) is { } user ? WebhookJson.Of(V1.UserWire.User,
                    new(user, catalog, errand.Webhook.AddedBy, errand.Now)) : null;
        }
    }

    // Back from what it is to what it was, member by member, as far as the line names members that are shown.
    private static JsonObject Before(LogEvent line, JsonObject now)
    {
        var before = now.DeepClone().AsObject();
        foreach (var change in line.Changes)
        {
            if (change.Field.StartsWith("custom.", StringComparison.Ordinal))
            {
                if (before["custom_fields"] is JsonObject custom) custom[change.Field["custom.".Length..]] = Node(change.Old);
                continue;
            }
            var name = now.ContainsKey(change.Field) ? change.Field : Renamed.GetValueOrDefault(change.Field, change.Field);
            if (!now.ContainsKey(name)) continue;
            before[name] = name switch
            {
                "is_deleted" => change.Old is not null,
                "add_time" or "marked_as_done_time" =>
                    change.Old is { ValueKind: JsonValueKind.String } text && Times.TryInstant(text.GetString()!, out var at)
                    ? Times.Spell(at, Pipedrive.Spell.V2Time) : null,
                _ => Node(change.Old),
            };
        }
        return before;
    }

    private async Task<JsonObject> OldDeal(Errand errand, Deal deal, CancellationToken ct)
    {
        var names = await V1.Named.Of(services, Caller.System(errand.Workspace),
            new() { Persons = [deal.PersonId], Organizations = [deal.OrgId], Activities = [deal.Facts.NextActivityId] }, ct);
        return WebhookJson.Of(V1.DealWire.Plain, new V1.DealView(deal, names.With(errand.Catalog), errand.Now));
    }

    private async Task<IReadOnlyList<long>> Permitted(Errand errand, CancellationToken ct)
    {
        if (errand.Line?.DealId is not { } dealId) return [.. errand.Catalog.Users.Where(user => user.IsActive).Select(user => user.Id)];
        try
        {
            return await Service<DealService>().PermittedUsers(Caller.System(errand.Workspace), dealId, ct);
        }
        catch (ProblemException refused) when (refused.Problem.Code is ProblemCode.NotFound)
        {
            // Deleted since: nobody is permitted any more.
            return [];
        }
    }

    private T Service<T>() where T : notnull => services.GetRequiredService<T>();

    private static string Action(Errand errand) => V1.WebhookRoutes.ActionOf(errand.Delivery.Type);

    private static string Source(LogEvent? line) => line?.Dialect is null or "web" or "cli" or "system" ? "app" : "api";

    private static string Host(Errand errand) => $"{Pipedrive.Spell.Company(errand.Catalog)}.pipedrive.com";

    private static JsonNode? Node(JsonElement? value) => value is { } known ? JsonNode.Parse(known.GetRawText()) : null;

    private static string? Text(long? id) => id?.ToString(CultureInfo.InvariantCulture);
}
