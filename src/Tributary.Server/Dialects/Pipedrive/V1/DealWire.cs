using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Deals;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>The deal of v1 (reference §6.2): what it names stands in it as objects with "value", or as plain ids.</summary>
internal static class DealWire
{
    private static readonly string[] DurationParts = ["y", "m", "d", "h", "i", "s", "total_seconds"];

    /// <summary>GET, POST and PUT of deals.</summary>
    public static readonly Wire<DealView> Deal = Build("DealV1", nested: true);

    /// <summary>One deal alone, with its age and its way through the stages.</summary>
    public static readonly Wire<DealView> Detailed = Build("DealDetailsV1", nested: true)
        .Json("average_time_to_won", Duration(), (json, d) => Write(json, d.Pace.Time),
            "Of the deals won in its pipeline; zeros while none is.")
        .Number("average_stage_progress", d => d.Pace.Stage,
            "The place of the stage that its pipeline's won deals were won in, on average.")
        .Json("age", Duration(), (json, d) => Write(json, d.Now - d.Deal.AddedAt))
        .Json("stay_in_pipeline_stages", Additional.Any.DeepClone().AsObject(), WriteStays)
        .Object("last_activity", d => d.Names.Activity(d.Deal.Facts.LastActivityId) is { } activity ? new ActivityView(activity, d.Names)
            : null, ActivityWire.Activity)
        .Object("next_activity", d => d.Names.Activity(d.Deal.Facts.NextActivityId) is { } activity ? new ActivityView(activity, d.Names)
            : null, ActivityWire.Activity);

    /// <summary>Timelines, duplicates, merges and lists of a stage or pipeline.</summary>
    public static readonly Wire<DealView> Plain =
        Build("PlainDealV1", nested: false).Whole("merge_what_id", d => d.MergedId, when: d => d.MergedId is not null);

    /// <summary>The collection, which leaves out all that is computed (reference A3).</summary>
    public static readonly Wire<DealView> Collected = new Wire<DealView>("CollectedDealV1")
        .Whole("id", d => d.Deal.Id)
        .Whole("creator_user_id", d => d.Deal.CreatorId)
        .Whole("user_id", d => d.Deal.OwnerId)
        .Whole("person_id", d => d.Deal.PersonId)
        .Whole("org_id", d => d.Deal.OrgId)
        .Whole("stage_id", d => d.Deal.StageId)
        .Text("title", d => d.Deal.Title, nullable: false)
        .Number("value", d => d.Value)
        .Text("currency", d => d.Deal.Currency, nullable: false)
        .Instant("add_time", d => d.Deal.AddedAt, Spell.V1Time)
        .Instant("update_time", d => d.Deal.UpdatedAt, Spell.V1Time)
        .Text("status", d => Spell.Status(d.Deal), nullable: false)
        .Number("probability", d => d.Deal.Probability)
        .Text("lost_reason", d => d.Deal.LostReason)
        .Text("visible_to", d => Text(d.Deal.VisibleTo), nullable: false)
        .Instant("close_time", d => d.Deal.ClosedAt, Spell.V1Time)
        .Whole("pipeline_id", d => d.Deal.PipelineId)
        .Instant("won_time", d => d.Deal.WonAt, Spell.V1Time)
        .Instant("lost_time", d => d.Deal.LostAt, Spell.V1Time)
        .Day("expected_close_date", d => d.Deal.ExpectedClose)
        .Text("label", d => Spell.Ids(d.Deal.LabelIds))
        .Open((json, d) => CustomFields.Write(json, d.Catalog, "deal", d.Deal.Custom));

    private static Wire<DealView> Build(string name, bool nested)
    {
        var wire = new Wire<DealView>(name).Whole("id", d => d.Deal.Id);
        if (nested)
        {
            wire.Object("creator_user_id", d => d.Catalog.User(d.Deal.CreatorId), Cards.User)
                .Object("user_id", d => d.Catalog.User(d.Deal.OwnerId), Cards.User)
                .Object("person_id", d => d.Names.Person(d.Deal.PersonId), Cards.Person)
                .Object("org_id", d => d.Names.Organization(d.Deal.OrgId), Cards.Organization);
        }
        else
        {
            wire.Whole("creator_user_id", d => d.Deal.CreatorId)
                .Whole("user_id", d => d.Deal.OwnerId)
                .Whole("person_id", d => d.Deal.PersonId)
                .Whole("org_id", d => d.Deal.OrgId);
        }
        return wire
            .Whole("stage_id", d => d.Deal.StageId)
            .Text("title", d => d.Deal.Title, nullable: false)
            .Number("value", d => d.Value)
            .Text("currency", d => d.Deal.Currency, nullable: false)
            .Instant("add_time", d => d.Deal.AddedAt, Spell.V1Time)
            .Instant("update_time", d => d.IsNew ? null : d.Deal.UpdatedAt, Spell.V1Time)
            .Instant("stage_change_time", d => d.Deal.StageChangedAt, Spell.V1Time)
            .Flag("active", d => d.Deal is { Status: DealStatus.Open, IsDeleted: false })
            .Flag("deleted", d => d.Deal.IsDeleted)
            .Text("status", d => Spell.Status(d.Deal), nullable: false)
            .Flag("is_archived", d => d.Deal.IsArchived)
            .Instant("archive_time", d => d.Deal.ArchivedAt, Spell.V1Time)
            .Number("probability", d => d.Deal.Probability)
            .Day("next_activity_date", d => d.Deal.Facts.NextActivityOn)
            .Text("next_activity_time", d => d.Deal.Facts.NextActivityTime is { } time ? time + ":00" : null)
            .Whole("next_activity_id", d => d.Deal.Facts.NextActivityId)
            .Whole("last_activity_id", d => d.Deal.Facts.LastActivityId)
            .Day("last_activity_date", d => d.Deal.Facts.LastActivityOn)
            .Text("lost_reason", d => d.Deal.LostReason)
            .Text("visible_to", d => Text(d.Deal.VisibleTo), nullable: false)
            .Instant("close_time", d => d.Deal.ClosedAt, Spell.V1Time)
            .Whole("pipeline_id", d => d.Deal.PipelineId)
            .Instant("won_time", d => d.Deal.WonAt, Spell.V1Time)
            .Instant("first_won_time", d => d.Deal.FirstWonAt, Spell.V1Time)
            .Instant("lost_time", d => d.Deal.LostAt, Spell.V1Time)
            .Whole("products_count", d => (long)d.Deal.Facts.Products)
            .Whole("files_count", d => (long)d.Deal.Facts.Files)
            .Whole("notes_count", d => (long)d.Deal.Facts.Notes)
            .Whole("followers_count", d => (long)d.Deal.Facts.Followers)
            .Whole("email_messages_count", d => (long)d.Deal.Facts.MailMessages)
            .Whole("activities_count", d => (long)d.Deal.Facts.Activities)
            .Whole("done_activities_count", d => (long)d.Deal.Facts.DoneActivities)
            .Whole("undone_activities_count", d => (long)(d.Deal.Facts.Activities - d.Deal.Facts.DoneActivities))
            .Whole("participants_count", d => (long)d.Deal.Facts.Participants)
            .Day("expected_close_date", d => d.Deal.ExpectedClose)
            .Instant("last_incoming_mail_time", d => d.Deal.Facts.LastIncomingMailAt, Spell.V1Time)
            .Instant("last_outgoing_mail_time", d => d.Deal.Facts.LastOutgoingMailAt, Spell.V1Time)
            .Text("label", d => Spell.Ids(d.Deal.LabelIds))
            .Wholes("label_ids", d => d.Deal.LabelIds)
            .Text("origin", d => d.Deal.Origin, nullable: false)
            .Text("origin_id", d => d.Deal.OriginId)
            .Whole("channel", d => d.Deal.Channel)
            .Text("channel_id", d => d.Deal.ChannelId)
            .Uid("source_lead_id", d => d.Deal.SourceLeadId)
            .Whole("stage_order_nr", d => d.Catalog.Stage(d.Deal.StageId)?.Position)
            .Text("person_name", d => d.Names.Person(d.Deal.PersonId)?.Name)
            .Text("org_name", d => d.Names.Organization(d.Deal.OrgId)?.Organization.Name)
            .Text("next_activity_subject", d => Next(d)?.Subject)
            .Text("next_activity_type", d => Next(d)?.Type)
            .Text("next_activity_duration", d => Next(d)?.DurationMinutes is { } minutes ? ActivityWire.Duration(minutes) + ":00" : null)
            .Text("next_activity_note", d => Next(d)?.Note)
            .Text("formatted_value", d => Spell.Money(d.Value, d.Deal.Currency), nullable: false)
            .Number("weighted_value", d => d.Weighted)
            .Text("formatted_weighted_value", d => Spell.Money(d.Weighted, d.Deal.Currency), nullable: false)
            .Text("weighted_value_currency", d => d.Deal.Currency, nullable: false)
            .Instant("rotten_time", d => RottenRules.RottenSince(d.Deal, d.Catalog.Stage(d.Deal.StageId), d.Now), Spell.V1Time)
            .Text("owner_name", d => d.Catalog.User(d.Deal.OwnerId)?.Name)
            .Text("cc_email", d => Spell.SmartBcc(d.Catalog, "deal", d.Deal.Id), nullable: false)
            .Flag("org_hidden", d => d.Deal.OrgId is { } id && d.Names.Organization(id) is null)
            .Flag("person_hidden", d => d.Deal.PersonId is { } id && d.Names.Person(id) is null)
            .Number("acv", d => d.Deal.Acv)
            .Number("arr", d => d.Deal.Arr)
            .Number("mrr", d => d.Deal.Mrr)
            .Text("acv_currency", d => d.Deal.Acv is null ? null : d.Deal.Currency)
            .Text("arr_currency", d => d.Deal.Arr is null ? null : d.Deal.Currency)
            .Text("mrr_currency", d => d.Deal.Mrr is null ? null : d.Deal.Currency)
            .Open((json, d) => CustomFields.Write(json, d.Catalog, "deal", d.Deal.Custom, nested ? d.Names : null));
    }

    private static Core.Activities.Activity? Next(DealView deal) => deal.Names.Activity(deal.Deal.Facts.NextActivityId);

    private static string Text(int level) => level.ToString(CultureInfo.InvariantCulture);

    private static JsonObject Duration() => new()
    {
        ["type"] = "object",
        ["properties"] =
            new JsonObject(DurationParts.Select(part => KeyValuePair.Create(part, (JsonNode?)new JsonObject { ["type"] = "integer" }))),
    };

    // Years and months of an age are counted as Pipedrive counts them: 365 and 30 days.
    private static void Write(Utf8JsonWriter json, TimeSpan span)
    {
        var days = Math.Max((int)span.TotalDays, 0);
        json.WriteStartObject();
        json.WriteNumber("y", days / 365);
        json.WriteNumber("m", days % 365 / 30);
        json.WriteNumber("d", days % 365 % 30);
        json.WriteNumber("h", span.Hours);
        json.WriteNumber("i", span.Minutes);
        json.WriteNumber("s", span.Seconds);
        json.WriteNumber("total_seconds", (long)span.TotalSeconds);
        json.WriteEndObject();
    }

    private static void WriteStays(Utf8JsonWriter json, DealView deal)
    {
        json.WriteStartObject();
        json.WriteStartObject("times_in_stages");
        foreach (var stage in deal.Stays.GroupBy(stay => stay.StageId))
        {
            json.WriteNumber(stage.Key.ToString(CultureInfo.InvariantCulture), (long)stage.Sum(stay => stay.Duration.TotalSeconds));
        }
        json.WriteEndObject();
        json.WriteStartArray("order_of_stages");
        foreach (var stay in deal.Stays) json.WriteNumberValue(stay.StageId);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
