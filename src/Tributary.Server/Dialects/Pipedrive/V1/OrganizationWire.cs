using System.Globalization;
using System.Text.Json;
using Tributary.Core.Activities;
using Tributary.Core.Contacts;
using Tributary.Core.Followers;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>An organization with what v1 counts and names of it.</summary>
internal sealed record OrganizationView(Organization Organization, Named Names, ContactCounts? Counts)
{
    /// <summary>The organization that was merged into this one, in the answer to that merge.</summary>
    public long? MergedId { get; init; }

    public Activity? Next => Names.Activity(Counts?.NextActivityId);

    public Activity? Last => Names.Activity(Counts?.LastActivityId);

    public static async Task<IReadOnlyList<OrganizationView>> Of(Call call, IReadOnlyList<Organization> organizations)
    {
        var reader = call.Caller with { Scopes = ["read"] };
        var counts = organizations.Count == 0 ? new Dictionary<long, ContactCounts>()
            : await call.Service<OrganizationService>().Counts(reader, [.. organizations.Select(one => one.Id)], call.Ct);
        var names =
            await Named.Of(call,
                new() { Activities = counts.Values.SelectMany(count => new[] { count.NextActivityId, count.LastActivityId }) });
        return [.. organizations.Select(one => new OrganizationView(one, names, counts.GetValueOrDefault(one.Id)))];
    }

    public static RelatedObjects? Related(IReadOnlyList<OrganizationView> views) =>
        views.Count == 0 ? null : views[0].Names.Related(views.Select(view => view.Organization.OwnerId));

    /// <summary>Beside one organization alone: its followers by user, and the address for copies of mails.</summary>
    public static async Task<Action<Utf8JsonWriter>> WriteAdditional(Call call, OrganizationView view)
    {
        var followers = await call.Service<FollowerService>().Followers(call.Caller, "organization", view.Organization.Id, call.Ct);
        return json =>
        {
            json.WriteStartObject("followers");
            foreach (var user in followers.Select(follower => view.Names.User(follower.UserId)).OfType<Core.Users.User>())
            {
                json.WritePropertyName(user.Id.ToString(CultureInfo.InvariantCulture));
                Cards.Follower.Write(json, user);
            }
            json.WriteEndObject();
            json.WriteString("dropbox_email", Spell.SmartBcc(view.Names.Catalog, "org", view.Organization.Id));
        };
    }
}

/// <summary>The organization of v1: its owner stands in it as an object, or as a plain id. Organizations have no pictures here.</summary>
internal static class OrganizationWire
{
    public static readonly Wire<OrganizationView> Organization = Nested("OrganizationV1");

    /// <summary>One organization alone.</summary>
    public static readonly Wire<OrganizationView> Detailed = Nested("OrganizationDetailsV1")
        .Flag("edit_name", _ => true)
        .Object("last_activity", o => o.Last is { } activity ? new ActivityView(activity, o.Names) : null, ActivityWire.Activity)
        .Object("next_activity", o => o.Next is { } activity ? new ActivityView(activity, o.Names) : null, ActivityWire.Activity);

    /// <summary>The survivor of a merge.</summary>
    public static readonly Wire<OrganizationView> Merged = Build(new Wire<OrganizationView>("MergedOrganizationV1")
        .Whole("id", o => o.Organization.Id)
        .Whole("company_id", o => o.Names.Catalog.Workspace.Id)
        .Whole("owner_id", o => o.Organization.OwnerId)
        .Whole("merge_what_id", o => o.MergedId));

    private static Wire<OrganizationView> Nested(string name) => Build(new Wire<OrganizationView>(name)
        .Whole("id", o => o.Organization.Id)
        .Whole("company_id", o => o.Names.Catalog.Workspace.Id)
        .Object("owner_id", o => o.Names.User(o.Organization.OwnerId), Cards.PersonsUser));

    private static Wire<OrganizationView> Build(Wire<OrganizationView> wire) => WithAddress(wire
        .Text("name", o => o.Organization.Name, nullable: false)
        .Whole("open_deals_count", o => o.Counts?.OpenDeals ?? 0)
        .Whole("related_open_deals_count", o => o.Counts?.OpenDeals ?? 0)
        .Whole("closed_deals_count", o => o.Counts?.ClosedDeals ?? 0)
        .Whole("related_closed_deals_count", o => o.Counts?.ClosedDeals ?? 0)
        .Whole("email_messages_count", o => o.Counts?.MailMessages ?? 0)
        .Whole("people_count", o => o.Counts?.Persons ?? 0)
        .Whole("activities_count", o => o.Counts?.Activities ?? 0)
        .Whole("done_activities_count", o => o.Counts?.DoneActivities ?? 0)
        .Whole("undone_activities_count", o => o.Counts?.UndoneActivities ?? 0)
        .Whole("files_count", o => o.Counts?.Files ?? 0)
        .Whole("notes_count", o => o.Counts?.Notes ?? 0)
        .Whole("followers_count", o => o.Counts?.Followers ?? 0)
        .Whole("won_deals_count", o => o.Counts?.WonDeals ?? 0)
        .Whole("related_won_deals_count", o => o.Counts?.WonDeals ?? 0)
        .Whole("lost_deals_count", o => o.Counts?.LostDeals ?? 0)
        .Whole("related_lost_deals_count", o => o.Counts?.LostDeals ?? 0)
        .Flag("active_flag", o => !o.Organization.IsDeleted)
        .Json("picture_id", new() { ["type"] = "null" }, (json, _) => json.WriteNullValue())
        .Text("country_code", _ => null)
        .Text("first_char", o => PersonWire.FirstChar(o.Organization.Name))
        .Instant("update_time", o => o.Organization.UpdatedAt, Spell.V1Time)
        .Instant("add_time", o => o.Organization.AddedAt, Spell.V1Time)
        .Text("visible_to", o => V1Words.Level(o.Organization.VisibleTo), nullable: false)
        .Day("next_activity_date", o => o.Next?.DueOn)
        .Text("next_activity_time", o => o.Next?.DueTime is { } time ? time + ":00" : null)
        .Whole("next_activity_id", o => o.Counts?.NextActivityId)
        .Whole("last_activity_id", o => o.Counts?.LastActivityId)
        .Day("last_activity_date", o => o.Last?.DueOn)
        .Whole("label", o => o.Organization.LabelIds.Count == 0 ? null : o.Organization.LabelIds[0])
        .Wholes("label_ids", o => o.Organization.LabelIds))
        .Text("owner_name", o => o.Names.User(o.Organization.OwnerId)?.Name)
        .Text("cc_email", o => Spell.SmartBcc(o.Names.Catalog, "org", o.Organization.Id), nullable: false)
        .Open((json, o) => CustomFields.Write(json, o.Names.Catalog, "organization", o.Organization.Custom));

    /// <summary>The address as one text, and in its parts.</summary>
    public static Wire<OrganizationView> WithAddress(Wire<OrganizationView> wire) => wire
        .Text("address", o => o.Organization.Address?.Value)
        .Text("address_subpremise", o => o.Organization.Address?.Subpremise)
        .Text("address_street_number", o => o.Organization.Address?.StreetNumber)
        .Text("address_route", o => o.Organization.Address?.Route)
        .Text("address_sublocality", o => o.Organization.Address?.Sublocality)
        .Text("address_locality", o => o.Organization.Address?.Locality)
        .Text("address_admin_area_level_1", o => o.Organization.Address?.AdminAreaLevel1)
        .Text("address_admin_area_level_2", o => o.Organization.Address?.AdminAreaLevel2)
        .Text("address_country", o => o.Organization.Address?.Country)
        .Text("address_postal_code", o => o.Organization.Address?.PostalCode)
        .Text("address_formatted_address", o => o.Organization.Address?.Value);
}
