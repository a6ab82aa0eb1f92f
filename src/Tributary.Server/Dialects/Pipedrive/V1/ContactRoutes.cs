using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>An organization with what v1 counts and names of it.</summary>
internal sealed record OrganizationView(Organization Organization, Named Names, ContactCounts? Counts)
{
    public static async Task<IReadOnlyList<OrganizationView>> Of(Call call, IReadOnlyList<Organization> organizations)
    {
        var reader = call.Caller with { Scopes = ["read"] };
        var counts = organizations.Count == 0 ? new Dictionary<long, ContactCounts>() : await call.Service<OrganizationService>().Counts(reader, [.. organizations.Select(one => one.Id)], call.Ct);
        var names = await Named.Of(call, new() { Activities = counts.Values.SelectMany(count => new[] { count.NextActivityId, count.LastActivityId }) });
        return [.. organizations.Select(one => new OrganizationView(one, names, counts.GetValueOrDefault(one.Id)))];
    }

    public static RelatedObjects? Related(IReadOnlyList<OrganizationView> views) => views.Count == 0 ? null : views[0].Names.Related(views.Select(view => view.Organization.OwnerId));
}

/// <summary>Persons and organizations of v1.</summary>
internal static class ContactRoutes
{
    private static readonly Member<long> UserId = Members.Id("user_id", "The owner.");
    private static readonly Member<string> FirstChar = Members.Text("first_char", "Names that begin with this letter.", 1);
    private static readonly Member<Seq<SortKey>> Sort = Sorting.By(("id", "id"), ("name", "name"), ("owner_id", "owner_id"), ("add_time", "added_at"), ("update_time", "updated_at"));

    private static readonly Member<string> Name = Members.Text("name", "", 255);
    private static readonly Member<long> OwnerId = Members.Id("owner_id", "The caller when left out of a new one.");
    private static readonly Member<long> OrgId = Loose.Id("org_id", "").Nullable();
    private static readonly Member<Seq<ContactPoint>> Email = Points("email");
    private static readonly Member<Seq<ContactPoint>> Phone = Points("phone");
    private static readonly Member<long> Label = Loose.Id("label", "One label; label_ids takes several.").Nullable();
    private static readonly Member<Seq<long>> LabelIds = Loose.Ids("label_ids", "").Nullable();
    private static readonly Member<string> MarketingStatus = Members.Text("marketing_status", "", 50);
    private static readonly Member<DateTimeOffset> AddTime = Loose.Moment("add_time", "UTC, YYYY-MM-DD HH:MM:SS.");
    private static readonly Member<string> Address = Members.Text("address", "As one text.", 255).Nullable();

    private static readonly Member[] OfPerson = [OwnerId, OrgId, Email, Phone, Label, LabelIds, Loose.VisibleTo, MarketingStatus];
    private static readonly Member[] OfOrganization = [OwnerId, Label, LabelIds, Loose.VisibleTo, Address];

    private static readonly IReadOnlyList<(Member, Func<Call, Condition?>)> Filters =
    [
        (UserId, call => call.Query(UserId) is { IsSet: true, Value: var user } ? Condition.Equal("owner_id", user) : null),
        (FirstChar, call => call.Query(FirstChar) is { IsSet: true, Value: { Length: 1 } letter } && !string.IsNullOrWhiteSpace(letter) ? Condition.Test("name", Operator.StartsWith, letter) : null),
    ];

    public static readonly IReadOnlyList<Operation> All =
    [
        .. new RecordLife<Person, PersonPatch, PersonView>("person", "persons", "a person")
        {
            Wire = PersonWire.Person,
            New = new("NewPersonV1", [Name.Required(), .. OfPerson, AddTime]) { AlsoTakes = CustomFields.IsMember },
            Changes = new("PersonChangesV1", [Name, .. OfPerson]) { AlsoTakes = CustomFields.IsMember },
            Filters = Filters,
            Sort = Sort,
            List = (call, query) => call.Service<PersonService>().List(call.Caller, query, call.Ct),
            Get = (call, id) => call.Service<PersonService>().Get(call.Caller, id, call.Ct),
            Create = (call, patch) => call.Service<PersonService>().Create(call.Caller, patch, call.Ct),
            Update = (call, id, patch) => call.Service<PersonService>().Update(call.Caller, id, patch, call.Ct),
            Delete = (call, id) => call.Service<PersonService>().Delete(call.Caller, id, call.Ct),
            IsDeleted = person => person.IsDeleted,
            Show = PersonView.Of,
            Related = PersonView.Related,
            Read = (call, shape, catalog) => call.Read(body => new PersonPatch
            {
                Name = body.Get(Name),
                OwnerId = body.Get(OwnerId).As(id => (long?)id),
                OrgId = body.Clearable(OrgId).As(Loose.None),
                Emails = body.ClearableList(Email),
                Phones = body.ClearableList(Phone),
                LabelIds = Labels(body),
                VisibleTo = body.Get(Loose.VisibleTo),
                MarketingStatus = body.Get(MarketingStatus).As(word => (string?)word),
                AddedAt = shape.Takes("add_time") ? body.Get(AddTime) : default,
                Custom = CustomFields.Read(body, shape, catalog, "person"),
            }),
        }.All(),
        .. new RecordLife<Organization, OrganizationPatch, OrganizationView>("organization", "organizations", "an organization")
        {
            Wire = OrganizationWire.Organization,
            New = new("NewOrganizationV1", [Name.Required(), .. OfOrganization, AddTime]) { AlsoTakes = CustomFields.IsMember },
            Changes = new("OrganizationChangesV1", [Name, .. OfOrganization]) { AlsoTakes = CustomFields.IsMember },
            Filters = Filters,
            Sort = Sort,
            List = (call, query) => call.Service<OrganizationService>().List(call.Caller, query, call.Ct),
            Get = (call, id) => call.Service<OrganizationService>().Get(call.Caller, id, call.Ct),
            Create = (call, patch) => call.Service<OrganizationService>().Create(call.Caller, patch, call.Ct),
            Update = (call, id, patch) => call.Service<OrganizationService>().Update(call.Caller, id, patch, call.Ct),
            Delete = (call, id) => call.Service<OrganizationService>().Delete(call.Caller, id, call.Ct),
            IsDeleted = organization => organization.IsDeleted,
            Show = OrganizationView.Of,
            Related = OrganizationView.Related,
            Read = (call, shape, catalog) => call.Read(body => new OrganizationPatch
            {
                Name = body.Get(Name),
                OwnerId = body.Get(OwnerId).As(id => (long?)id),
                LabelIds = Labels(body),
                VisibleTo = body.Get(Loose.VisibleTo),
                Address = body.ClearableText(Address).As(text => string.IsNullOrWhiteSpace(text) ? null : new PostalAddress { Value = text }),
                AddedAt = shape.Takes("add_time") ? body.Get(AddTime) : default,
                Custom = CustomFields.Read(body, shape, catalog, "organization"),
            }),
        }.All(),
    ];

    // "When the label field is updated, the label_ids field value will be overwritten by the label field value."
    private static Field<Seq<long>> Labels(Body body)
    {
        var (one, several) = (body.Clearable(Label), body.ClearableList(LabelIds));
        return one.IsSet ? one.As<Seq<long>>(id => id is { } known and not 0 ? [known] : []) : several;
    }

    /// <summary>"x@y.test", a list of such texts, or a list of {"value","primary","label"}.</summary>
    private static Member<Seq<ContactPoint>> Points(string name) => new Member<Seq<ContactPoint>>(name, "A text, or a list of {\"value\",\"primary\",\"label\"}; the whole list.")
    {
        Accepts = "must be a text, or a list of objects with a value",
        Schema = new() { ["type"] = new JsonArray("string", "array") },
        FromJson = (JsonElement json, ReadingPolicy policy, out Seq<ContactPoint> value) => TryPoints(json, out value),
        FromText = (string text, ReadingPolicy policy, out Seq<ContactPoint> value) =>
        {
            value = text.Length == 0 ? [] : [new(text, "work", true)];
            return text.Length <= 255;
        },
    }.Nullable();

    private static bool TryPoints(JsonElement json, out Seq<ContactPoint> value)
    {
        value = [];
        if (Members.TryText(json, out var single))
        {
            value = single.Length == 0 ? [] : [new(single, "work", true)];
            return single.Length <= 255;
        }
        if (json.ValueKind is not JsonValueKind.Array || json.GetArrayLength() > 100) return false;
        var points = new List<ContactPoint>();
        foreach (var one in json.EnumerateArray())
        {
            if (Members.TryText(one, out var text)) points.Add(new(text, "work", points.Count == 0));
            else if (one.ValueKind is JsonValueKind.Object && one.TryGetProperty("value", out var at) && Members.TryText(at, out text))
            {
                var label = one.TryGetProperty("label", out var word) && Members.TryText(word, out var said) ? said : "work";
                points.Add(new(text, label, one.TryGetProperty("primary", out var flag) && (flag.ValueKind is JsonValueKind.True || Members.TryText(flag, out var isPrimary) && isPrimary is "true" or "1")));
            }
            else return false;
        }
        value = [.. points];
        return points.All(point => point.Value.Length <= 255 && point.Label.Length <= 50);
    }
}

/// <summary>The organization of v1. Organizations have no followers, no mail and no pictures here.</summary>
internal static class OrganizationWire
{
    public static readonly Wire<OrganizationView> Organization = new Wire<OrganizationView>("OrganizationV1")
        .Whole("id", o => o.Organization.Id)
        .Whole("company_id", o => o.Names.Catalog.Workspace.Id)
        .Object("owner_id", o => o.Names.User(o.Organization.OwnerId), Cards.User)
        .Text("name", o => o.Organization.Name, nullable: false)
        .Whole("open_deals_count", o => o.Counts?.OpenDeals ?? 0)
        .Whole("related_open_deals_count", o => o.Counts?.OpenDeals ?? 0)
        .Whole("closed_deals_count", o => o.Counts?.ClosedDeals ?? 0)
        .Whole("related_closed_deals_count", o => o.Counts?.ClosedDeals ?? 0)
        .Whole("email_messages_count", _ => 0L)
        .Whole("people_count", o => o.Counts?.Persons ?? 0)
        .Whole("activities_count", o => o.Counts?.Activities ?? 0)
        .Whole("done_activities_count", o => o.Counts?.DoneActivities ?? 0)
        .Whole("undone_activities_count", o => o.Counts?.UndoneActivities ?? 0)
        .Whole("files_count", o => o.Counts?.Files ?? 0)
        .Whole("notes_count", o => o.Counts?.Notes ?? 0)
        .Whole("followers_count", _ => 0L)
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
        .Text("visible_to", o => o.Organization.VisibleTo.ToString(System.Globalization.CultureInfo.InvariantCulture), nullable: false)
        .Day("next_activity_date", o => o.Names.Activity(o.Counts?.NextActivityId)?.DueOn)
        .Text("next_activity_time", o => o.Names.Activity(o.Counts?.NextActivityId)?.DueTime is { } time ? time + ":00" : null)
        .Whole("next_activity_id", o => o.Counts?.NextActivityId)
        .Whole("last_activity_id", o => o.Counts?.LastActivityId)
        .Day("last_activity_date", o => o.Names.Activity(o.Counts?.LastActivityId)?.DueOn)
        .Whole("label", o => o.Organization.LabelIds.Count == 0 ? null : o.Organization.LabelIds[0])
        .Wholes("label_ids", o => o.Organization.LabelIds)
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
        .Text("address_formatted_address", o => o.Organization.Address?.Value)
        .Text("owner_name", o => o.Names.User(o.Organization.OwnerId)?.Name)
        .Text("cc_email", o => Spell.SmartBcc(o.Names.Catalog, "org", o.Organization.Id), nullable: false)
        .Open((json, o) => CustomFields.Write(json, o.Names.Catalog, "organization", o.Organization.Custom));
}
