using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Deals;

/// <summary>A deal's past, and what happened around deals, persons and organizations. All of it is read from the one log.</summary>
internal static class DealPastRoutes
{
    private static readonly Member<long> Id = RecordMembers.PathId;
    private static readonly Member<long> Offset =
        Members.Whole("offset", "How many of the newest entries to leave out.", 0, TimelineQuery.MaxOffset);
    private static readonly Member<Seq<TimelineKind>> Kinds =
        Members.List("kinds", "Which kinds of entries, comma-separated; all when left out.", Members.Word("", "", DealPastWire.Kinds));
    private static readonly Member<bool> WithCustom = Members.Flag("custom_fields", "Also changes of custom fields.");
    private static readonly PagesOf Changes = new("DealChanges", DealPastWire.Change);
    private static readonly PagesOf PeopleChanges = new("DealPeopleChanges", DealPastWire.PeopleChange);
    private static readonly ListOf Stays = new("StageStays", DealPastWire.Stay);

    public static readonly IReadOnlyList<Operation> All =
    [
        Paged("/deals/{id}/changelog", "listDealChanges", "List what changed on a deal, field by field, newest first", DealPastWire.Change,
            Changes, (service, call, id, cursor, limit) => service.Changelog(call.Caller, id, cursor, limit, call.Ct)),
        Paged("/deals/{id}/followers/changelog", "listDealFollowerChanges", "List who began and ceased to follow",
            DealPastWire.PeopleChange, PeopleChanges, (service, call, id, cursor, limit) =>
                service.FollowersChangelog(call.Caller, id, cursor, limit, call.Ct)),
        Paged("/deals/{id}/contacts/changelog", "listDealContactChanges", "List who began and ceased to take part",
            DealPastWire.PeopleChange, PeopleChanges, (service, call, id, cursor, limit) =>
                service.ParticipantsChangelog(call.Caller, id, cursor, limit, call.Ct)),
        new("GET", "/deals/{id}/stage-history", "listStageStays", StageHistory)
        {
            Tag = "Deals", Summary = "List the stages a deal has been in, oldest first", Parameters = [Id], Answer = Stays,
        },
        Timeline("/deals/{id}/timeline", "listDealTimeline", "Deals",
            (service, call, id, query) => service.OfDeal(call.Caller, id, query, call.Ct)),
        Timeline("/persons/{id}/timeline", "listPersonTimeline", "Persons",
            (service, call, id, query) => service.OfPerson(call.Caller, id, query, call.Ct)),
        Timeline("/organizations/{id}/timeline", "listOrganizationTimeline", "Organizations",
            (service, call, id, query) => service.OfOrganization(call.Caller, id, query, call.Ct)),
    ];

    private static Operation Paged<T>(string path, string operation, string summary, Wire<T> wire, ISchema answer,
        Func<DealService, Call, long, string?, int, Task<Page<T>>> read) => new("GET", path, operation, async call =>
    {
        var id = call.Path(Id, "deal");
        var limit = (int)call.Query(ListMembers.Limit, ListMembers.DefaultLimit);
        var cursor = call.Query(ListMembers.Cursor, null!);
        call.Checked();
        return ListMembers.Reply(wire, await read(call.Service<DealService>(), call, id, cursor, limit), null);
    })
        {
            Tag = "Deals",
            Summary = summary,
            Parameters = [Id, ListMembers.Limit, ListMembers.Cursor],
            Answer = answer,
        };

    private static async Task<Reply> StageHistory(Call call)
    {
        var id = call.Path(Id, "deal");
        await call.Service<DealService>().Get(call.Caller, id, call.Ct);
        return ListOf.Reply(DealPastWire.Stay, [.. (await call.Service<DealService>().StageHistory(call.Caller, [id], call.Ct))[id]]);
    }

    private static Operation Timeline(string path, string operation, string tag,
        Func<TimelineService, Call, long, TimelineQuery, Task<TimelinePage>> read) => new("GET", path, operation, async call =>
    {
        var id = call.Path(Id, tag[..^1].ToLowerInvariant());
        var kinds = call.Query(Kinds);
        var query = new TimelineQuery
        {
            Kinds = kinds.IsSet ? kinds.Value : null,
            WithCustomFields = call.Query(WithCustom, false),
            Offset = (int)call.Query(Offset, 0),
            Limit = (int)call.Query(ListMembers.Limit, ListMembers.DefaultLimit),
        };
        call.Checked();
        var page = await read(call.Service<TimelineService>(), call, id, query);
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("data");
            foreach (var entry in page.Items) DealPastWire.Entry.Write(json, new(entry, catalog));
            json.WriteEndArray();
            json.WriteBoolean("has_more", page.HasMore);
            json.WriteEndObject();
        });
    })
        {
            Tag = tag,
            Summary = "List what happened, newest first, records and changes merged",
            Parameters = [Id, Kinds, WithCustom, ListMembers.Limit, Offset],
            Answer = new TimelineAnswer(),
        };

    /// <summary>Counted rather than continued: entries of many sources have no common key to go on from.</summary>
    private sealed class TimelineAnswer : ISchema
    {
        public string Name => "Timeline";

        public System.Text.Json.Nodes.JsonObject Schema(SchemaBook book) => new()
        {
            ["type"] = "object",
            ["properties"] = new System.Text.Json.Nodes.JsonObject
            {
                ["data"] = new System.Text.Json.Nodes.JsonObject { ["type"] = "array", ["items"] = book.Refer(DealPastWire.Entry) },
                ["has_more"] = new System.Text.Json.Nodes.JsonObject
                {
                    ["type"] = "boolean",
                    ["description"] = "Ask again with offset raised by the length of data.",
                },
            },
            ["required"] = new System.Text.Json.Nodes.JsonArray("data", "has_more"),
        };
    }
}
