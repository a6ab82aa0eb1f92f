using Tributary.Core.Activities;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>
/// "Get all … collection" of deals, activities, persons and organizations: by cursor, references as plain ids, for admins only
/// (appendix A3; OpenAPI v1 of January 2026).
/// </summary>
internal static class CollectionRoutes
{
    private static readonly Member<DateTimeOffset> Since = Loose.Moment("since", "Updated then or later, YYYY-MM-DD HH:MM:SS in UTC.");
    private static readonly Member<DateTimeOffset> Until = Loose.Moment("until", "Updated then or earlier, YYYY-MM-DD HH:MM:SS in UTC.");
    private static readonly Member<long> UserId = Members.Id("user_id", "The owner.");
    private static readonly Member<long> OwnerId = Members.Id("owner_id", "The owner.");
    private static readonly Member<long> StageId = Members.Id("stage_id", "");
    private static readonly Member<bool> Done = Members.Flag("done", "Both when left out.");
    private static readonly Member<string> Type = Members.Text("type", "Keys of activity types, comma-separated.", 1000);
    private static readonly Member<string> FirstChar = Members.Text("first_char", "Names that begin with this letter.", 1);
    private static readonly Member<string> Status = Members.Word("status", "All not deleted when left out; deleted: in the last 30 days.",
        ("open", "open"), ("won", "won"), ("lost", "lost"), (DealScope.Deleted, DealScope.Deleted));

    public static readonly Operation Deals = Of("deals", DealWire.Collected, [UserId, StageId, Status],
        (call, query) => call.Service<DealService>().List(call.Caller, query, call.Ct),
        async (call, deals) =>
        {
            var names = await Named.Of(call, new());
            return [.. deals.Select(deal => new DealView(deal, names, default))];
        },
        (call, conditions) =>
        {
            Add(conditions, call.Query(UserId), user => Condition.Equal("owner_id", user));
            Add(conditions, call.Query(StageId), stage => Condition.Equal("stage_id", stage));
            return DealLists.Scoped(call, new(), conditions, call.Query(Status, DealLists.NotDeleted), archived: false);
        });

    public static readonly IReadOnlyList<Operation> OfOthers =
    [
        Of("activities", ActivityWire.Activity, [UserId, Done, Type],
            (call, query) => call.Service<ActivityService>().List(call.Caller, query, call.Ct), ActivityView.Of,
            (call, conditions) =>
            {
                Add(conditions, call.Query(UserId), user => Condition.Equal("owner_id", user));
                Add(conditions, call.Query(Done), done => Condition.Equal("done", done));
                Add(conditions, call.Query(Type), ActivityRoutes.OfTypes);
                return new() { Condition = Condition.AllOf([.. conditions]) };
            },
            "Each shows all that other lists show."),
        Of("persons", CollectedWire.Person, [OwnerId, FirstChar],
            (call, query) => call.Service<PersonService>().List(call.Caller, query, call.Ct),
            async (call, persons) =>
            {
                var names = await Named.Of(call, new());
                return [.. persons.Select(person => new PersonView(person, names, null))];
            }, Contacts),
        Of("organizations", CollectedWire.Organization, [OwnerId, FirstChar],
            (call, query) => call.Service<OrganizationService>().List(call.Caller, query, call.Ct),
            async (call, organizations) =>
            {
                var names = await Named.Of(call, new());
                return [.. organizations.Select(organization => new OrganizationView(organization, names, null))];
            }, Contacts),
    ];

    private static ListQuery Contacts(Call call, List<Condition> conditions)
    {
        Add(conditions, call.Query(OwnerId), owner => Condition.Equal("owner_id", owner));
        if (ContactRoutes.NameBegins(call.Query(FirstChar)) is { } begins) conditions.Add(begins);
        return new() { Condition = Condition.AllOf([.. conditions]) };
    }

    /// <param name="plural">"deals".</param>
    /// <param name="wire">How a record is spelled.</param>
    /// <param name="filters">What it is narrowed by beside the time of the last update.</param>
    /// <param name="list">The engine's list.</param>
    /// <param name="show">The records with what is shown beside them.</param>
    /// <param name="narrow">Reads the filters; the conditions on the time are there already.</param>
    /// <param name="note">For the coverage page.</param>
    private static Operation Of<TRecord, TView>(string plural, Wire<TView> wire, Member[] filters,
        Func<Call, ListQuery, Task<Page<TRecord>>> list,
        Func<Call, IReadOnlyList<TRecord>, Task<IReadOnlyList<TView>>> show, Func<Call, List<Condition>, ListQuery> narrow,
        string? note = null)
    {
        var (name, many) = (char.ToUpperInvariant(plural[0]) + plural[1..], new Many<TView>(wire, "Collection"));
        return new("GET", $"/{plural}/collection", $"get{name}Collection", async call =>
        {
            call.Caller.MustRead(plural);
            // "Users with regular permissions will receive a 403 response"; the words are those of the specification.
            if (!call.Caller.IsAdmin) throw Problem.Forbidden("You do not have permissions to do this.");
            var (cursor, limit) = CursorList.Read(call);
            var conditions = new List<Condition>();
            Add(conditions, call.Query(Since), since => Condition.Test("updated_at", Operator.AtLeast, since));
            Add(conditions, call.Query(Until), until => Condition.Test("updated_at", Operator.AtMost, until));
            var query = narrow(call, conditions);
            call.Checked();
            var page = await list(call, query with { Limit = limit, Cursor = cursor, Sort = [new("id")] });
            return many.Page(await show(call, page.Items), page.NextCursor);
        })
        {
            Tag = $"{name} v1",
            Summary = $"Get all {plural} collection",
            Cost = 10,
            Parameters = [.. CursorList.Parameters, Since, Until, .. filters],
            Answer = many,
            Description = "Only for admins (global permissions).",
            CoverageNote = note,
        };
    }

    private static void Add<T>(List<Condition> conditions, Field<T> asked, Func<T, Condition> condition)
    {
        if (asked.IsSet) conditions.Add(condition(asked.Value));
    }
}

/// <summary>Persons and organizations of a collection: what they are, nothing that is counted.</summary>
internal static class CollectedWire
{
    public static readonly Wire<PersonView> Person = new Wire<PersonView>("CollectedPersonV1")
        .Whole("id", p => p.Person.Id)
        .Flag("active_flag", p => !p.Person.IsDeleted)
        .Whole("owner_id", p => p.Person.OwnerId)
        .Whole("org_id", p => p.Person.OrgId)
        .Text("name", p => p.Person.Name, nullable: false)
        .Json("email", PersonWire.Points(), (json, p) => Cards.Points(json, p.Person.Emails))
        .Json("phone", PersonWire.Points(), (json, p) => Cards.Points(json, p.Person.Phones))
        .Instant("update_time", p => p.Person.UpdatedAt, Spell.V1Time)
        .Instant("delete_time", p => p.Person.DeletedAt, Spell.V1Time)
        .Instant("add_time", p => p.Person.AddedAt, Spell.V1Time)
        .Text("visible_to", p => V1Words.Level(p.Person.VisibleTo), nullable: false)
        .Whole("picture_id", _ => (long?)null)
        .Whole("label", p => p.Person.LabelIds.Count == 0 ? null : p.Person.LabelIds[0])
        .Wholes("label_ids", p => p.Person.LabelIds)
        .Text("cc_email", p => Spell.SmartBcc(p.Catalog, "person", p.Person.Id), nullable: false)
        .Open((json, p) => CustomFields.Write(json, p.Catalog, "person", p.Person.Custom));

    public static readonly Wire<OrganizationView> Organization =
        OrganizationWire.WithAddress(new Wire<OrganizationView>("CollectedOrganizationV1")
        .Whole("id", o => o.Organization.Id)
        .Flag("active_flag", o => !o.Organization.IsDeleted)
        .Whole("owner_id", o => o.Organization.OwnerId)
        .Text("name", o => o.Organization.Name, nullable: false)
        .Instant("update_time", o => o.Organization.UpdatedAt, Spell.V1Time)
        .Instant("delete_time", o => o.Organization.DeletedAt, Spell.V1Time)
        .Instant("add_time", o => o.Organization.AddedAt, Spell.V1Time)
        .Text("visible_to", o => V1Words.Level(o.Organization.VisibleTo), nullable: false)
        .Whole("label", o => o.Organization.LabelIds.Count == 0 ? null : o.Organization.LabelIds[0])
        .Wholes("label_ids", o => o.Organization.LabelIds))
        .Text("cc_email", o => Spell.SmartBcc(o.Names.Catalog, "org", o.Organization.Id), nullable: false)
        .Open((json, o) => CustomFields.Write(json, o.Names.Catalog, "organization", o.Organization.Custom));
}
