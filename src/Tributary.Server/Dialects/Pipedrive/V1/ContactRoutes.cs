using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>Persons and organizations of v1.</summary>
internal static class ContactRoutes
{
    private static readonly Member<long> UserId = Members.Id("user_id", "The owner.");
    private static readonly Member<string> FirstChar = Members.Text("first_char", "Names that begin with this letter.", 1);
    private static readonly Member<Seq<SortKey>> Sort =
        Sorting.By(("id", "id"), ("name", "name"), ("owner_id", "owner_id"), ("add_time", "added_at"), ("update_time", "updated_at"));

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
        (FirstChar, call => NameBegins(call.Query(FirstChar))),
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
            DeleteMany = (call, ids) => call.Service<PersonService>().Delete(call.Caller, ids, call.Ct),
            Read = (call, shape, catalog) => call.Read(body => new PersonPatch
            {
                Name = body.Get(Name),
                OwnerId = body.Get(OwnerId).As(id => (long?)id),
                OrgId = body.Clearable(OrgId).As(Loose.None),
                Emails = body.ClearableList(Email),
                Phones = body.ClearableList(Phone),
                LabelIds = Labels(body),
                VisibleTo = Loose.Visibility(body),
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
            Details = OrganizationWire.Detailed,
            Additional = OrganizationView.WriteAdditional,
            DeleteMany = (call, ids) => call.Service<OrganizationService>().Delete(call.Caller, ids, call.Ct),
            Read = (call, shape, catalog) => call.Read(body => new OrganizationPatch
            {
                Name = body.Get(Name),
                OwnerId = body.Get(OwnerId).As(id => (long?)id),
                LabelIds = Labels(body),
                VisibleTo = Loose.Visibility(body),
                Address = body.ClearableText(Address)
                    .As(text => string.IsNullOrWhiteSpace(text) ? null : new PostalAddress { Value = text }),
                AddedAt = shape.Takes("add_time") ? body.Get(AddTime) : default,
                Custom = CustomFields.Read(body, shape, catalog, "organization"),
            }),
        }.All(),
    ];

    /// <summary>first_char; a blank one is none.</summary>
    public static Condition? NameBegins(Field<string> letter) =>
        letter is { IsSet: true, Value: { Length: 1 } first } && !string.IsNullOrWhiteSpace(first)
        ? Condition.Test("name", Operator.StartsWith, first) : null;

    // "When the label field is updated, the label_ids field value will be overwritten by the label field value."
    private static Field<Seq<long>> Labels(Body body)
    {
        var (one, several) = (body.Clearable(Label), body.ClearableList(LabelIds));
        return one.IsSet ? one.As<Seq<long>>(id => id is { } known and not 0 ? [known] : []) : several;
    }

    /// <summary>"x@y.test", a list of such texts, or a list of {"value","primary","label"}.</summary>
    private static Member<Seq<ContactPoint>> Points(string name) =>
        new Member<Seq<ContactPoint>>(name, "A text, or a list of {\"value\",\"primary\",\"label\"}; the whole list.")
        {
            Accepts = "must be a text, or a list of objects with a value",
            Schema = () => new() { ["type"] = new JsonArray("string", "array") },
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
                points.Add(
                    new(text, label, one.TryGetProperty("primary", out var flag)
                        && (flag.ValueKind is JsonValueKind.True || Members.TryText(flag, out var isPrimary)
                            && isPrimary is "true" or "1")));
            }
            else return false;
        }
        value = [.. points];
        return points.All(point => point.Value.Length <= 255 && point.Label.Length <= 50);
    }
}
