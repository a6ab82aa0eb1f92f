using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Users;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>An organization with how many persons are in it, which v1 shows wherever it names one.</summary>
internal sealed record OrganizationCard(Organization Organization, long People, WorkspaceCatalog Catalog);

/// <summary>"related_objects": the records that an answer names, by kind and id.</summary>
internal sealed record RelatedObjects
{
    public IEnumerable<User> Users { get; init; } = [];
    public IEnumerable<Person> Persons { get; init; } = [];
    public IEnumerable<OrganizationCard> Organizations { get; init; } = [];
    public IEnumerable<Deal> Deals { get; init; } = [];

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("related_objects");
        Write(json, "user", Users, user => user.Id, Cards.RelatedUser);
        Write(json, "person", Persons, person => person.Id, Cards.RelatedPerson);
        Write(json, "organization", Organizations, card => card.Organization.Id, Cards.RelatedOrganization);
        Write(json, "deal", Deals, deal => deal.Id, Cards.RelatedDeal);
        json.WriteEndObject();
    }

    private static void Write<T>(Utf8JsonWriter json, string kind, IEnumerable<T> records, Func<T, long> id, Wire<T> wire)
    {
        var known = records.DistinctBy(id).ToList();
        if (known.Count == 0) return;
        json.WriteStartObject(kind);
        foreach (var record in known)
        {
            json.WritePropertyName(id(record).ToString(CultureInfo.InvariantCulture));
            wire.Write(json, record);
        }
        json.WriteEndObject();
    }
}

/// <summary>How v1 shows a record inside another: by a few members, with the id as "value" where it stands for a reference.</summary>
internal static class Cards
{
    private static readonly JsonObject PointSchema = new()
    {
        ["type"] = "array",
        ["items"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["label"] = new JsonObject { ["type"] = "string" },
                ["value"] = new JsonObject { ["type"] = "string" },
                ["primary"] = new JsonObject { ["type"] = "boolean" },
            },
        },
    };

    /// <summary>Around deals "has_pic" is a truth, around persons a number (OpenAPI file).</summary>
    public static readonly Wire<User> User = Card("UserCardV1", wire => wire.Flag("has_pic", _ => false));
    public static readonly Wire<User> PersonsUser = Card("PersonsUserCardV1", wire => wire.Whole("has_pic", _ => 0L));

    public static readonly Wire<User> RelatedUser = new Wire<User>("RelatedUserV1")
        .Whole("id", u => u.Id)
        .Text("name", u => u.Name, nullable: false)
        .Text("email", u => u.Email, nullable: false)
        .Whole("has_pic", _ => 0L)
        .Text("pic_hash", _ => null)
        .Flag("active_flag", u => u.IsActive);

    public static readonly Wire<Person> Person = PersonCard("PersonCardV1").Whole("value", p => p.Id);

    public static readonly Wire<Person> RelatedPerson = PersonCard("RelatedPersonV1").Whole("id", p => p.Id);

    /// <summary>Among the participants of a deal.</summary>
    public static readonly Wire<(Person Person, WorkspaceCatalog Catalog)> Participant =
        PersonCard<(Person Person, WorkspaceCatalog Catalog)>("ParticipantCardV1", p => p.Person)
        .Whole("company_id", p => p.Catalog.Workspace.Id)
        .Whole("value", p => p.Person.Id);

    public static readonly Wire<OrganizationCard> Organization =
        OrganizationCard("OrganizationCardV1").Whole("value", o => o.Organization.Id);

    /// <summary>Inside persons.</summary>
    public static readonly Wire<OrganizationCard> LabelledOrganization = OrganizationCard("LabelledOrganizationCardV1")
        .Wholes("label_ids", o => o.Organization.LabelIds)
        .Whole("value", o => o.Organization.Id);

    /// <summary>Who follows an organization.</summary>
    public static readonly Wire<User> Follower = new Wire<User>("FollowerCardV1")
        .Whole("id", u => u.Id)
        .Text("name", u => u.Name, nullable: false)
        .Text("email", u => u.Email, nullable: false)
        .Whole("user_id", u => u.Id)
        .Text("pic_hash", _ => null);

    public static readonly Wire<OrganizationCard> RelatedOrganization =
        OrganizationCard("RelatedOrganizationV1").Whole("id", o => o.Organization.Id);

    public static readonly Wire<Deal> RelatedDeal = new Wire<Deal>("RelatedDealV1")
        .Whole("id", d => d.Id)
        .Text("title", d => d.Title, nullable: false)
        .Text("status", d => Spell.Status(d), nullable: false)
        .Number("value", d => d.Value ?? 0)
        .Text("currency", d => d.Currency, nullable: false)
        .Whole("stage_id", d => d.StageId)
        .Whole("pipeline_id", d => d.PipelineId);

    public static void Points(Utf8JsonWriter json, Seq<ContactPoint> points)
    {
        json.WriteStartArray();
        // A person without one has an empty one (reference A29).
        if (points.Count == 0) Point(json, new("", "", Primary: true));
        foreach (var point in points) Point(json, point);
        json.WriteEndArray();
    }

    private static void Point(Utf8JsonWriter json, ContactPoint point)
    {
        json.WriteStartObject();
        if (point.Label.Length > 0) json.WriteString("label", point.Label);
        json.WriteString("value", point.Value);
        json.WriteBoolean("primary", point.Primary);
        json.WriteEndObject();
    }

    private static Wire<Person> PersonCard(string name) => PersonCard<Person>(name, person => person);

    private static Wire<T> PersonCard<T>(string name, Func<T, Person> person) => new Wire<T>(name)
        .Flag("active_flag", p => !person(p).IsDeleted)
        .Text("name", p => person(p).Name, nullable: false)
        .Json("email", (JsonObject)PointSchema.DeepClone(), (json, p) => Points(json, person(p).Emails))
        .Json("phone", (JsonObject)PointSchema.DeepClone(), (json, p) => Points(json, person(p).Phones))
        .Whole("owner_id", p => person(p).OwnerId);

    private static Wire<OrganizationCard> OrganizationCard(string name) => new Wire<OrganizationCard>(name)
        .Text("name", o => o.Organization.Name, nullable: false)
        .Whole("people_count", o => o.People)
        .Whole("owner_id", o => o.Organization.OwnerId)
        .Text("address", o => o.Organization.Address?.Value)
        .Flag("active_flag", o => !o.Organization.IsDeleted)
        .Text("cc_email", o => Spell.SmartBcc(o.Catalog, "org", o.Organization.Id));

    private static Wire<User> Card(string name, Func<Wire<User>, Wire<User>> picture) => picture(new Wire<User>(name)
            .Whole("id", u => u.Id)
            .Text("name", u => u.Name, nullable: false)
            .Text("email", u => u.Email, nullable: false))
        .Text("pic_hash", _ => null)
        .Flag("active_flag", u => u.IsActive)
        .Whole("value", u => u.Id);
}
