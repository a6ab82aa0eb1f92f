using Tributary.Core.Contacts;
using Tributary.Core.Fields;
using Tributary.Core.Followers;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Catalog;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>What persons, organizations and products are part of: deals, followers, who may see them; and two of them made one.</summary>
internal static class AroundContactRoutes
{
    private static readonly Member<bool> OnlyPrimary =
        Members.Flag("only_primary_association",
            "1: only deals of the organization itself, not those of its persons or that name it in a custom field.");
    private static readonly Member<long> UserId = Members.Id("user_id", "The user.");
    private static readonly Member<long> FollowerId = Members.Id("follower_id", "The ID of the follower, which is the user's.").InPath();
    private static readonly Member<long> MergeWithId = Members.Id("merge_with_id", "The one that stays.");

    private static readonly Many<PersonView> Persons = new(PersonWire.Person, "OfOrganizationList");
    private static readonly One<PersonView> MergedPerson = new(PersonWire.Plain);
    private static readonly One<OrganizationView> MergedOrganization = new(OrganizationWire.Merged);

    public static readonly IReadOnlyList<Operation> All =
    [
        .. ContentRoutes.Of(Anchor.Person), .. Of(Anchor.Person, (id, _, _) => OfPerson(id), DealLists.Sort),
        PersonProductRoutes.One,
        .. FlowRoutes.OfContacts(Anchor.Person), Merge(Anchor.Person, MergePersons, MergedPerson),
        .. ContentRoutes.Of(Anchor.Organization), .. Of(Anchor.Organization, OfOrganization, DealLists.Sort, OnlyPrimary),
        new("GET", Anchor.Organization.Path("persons"), "getOrganizationPersons", ListPersons)
        {
            Tag = Anchor.Organization.Tag, Summary = "List persons of an organization", Cost = 20,
            Parameters = [Anchor.Organization.Id, .. Paging.Parameters], Answer = Persons,
        },
        .. FlowRoutes.OfContacts(Anchor.Organization), Merge(Anchor.Organization, MergeOrganizations, MergedOrganization),
        .. ContentRoutes.Of(Anchor.Product), .. Of(Anchor.Product, (id, _, _) => Condition.Test("product_id", Operator.Has, id)),
    ];

    /// <summary>Deals that the person is the contact of, or takes part in.</summary>
    public static Condition OfPerson(long id) =>
        Condition.AnyOf(Condition.Equal("person_id", id), Condition.Test("participant_id", Operator.Has, id));

    private static IEnumerable<Operation> Of(Anchor anchor, Func<long, Call, WorkspaceCatalog, Condition> theirs,
        params Member[] parameters)
    {
        var (followers, follower) = (new Many<RecordFollower>(Follower(anchor)), new One<RecordFollower>(Follower(anchor)));
        yield return new("GET", anchor.Path("deals"), $"get{anchor.Name}Deals", call => ListDeals(call, anchor, theirs))
        {
            Tag = anchor.Tag,
            Summary = anchor == Anchor.Product ? "Get deals where a product is attached to"
                : $"List deals associated with {anchor.Article}",
            Cost = 20,
            Parameters = [anchor.Id, .. Paging.Parameters, DealLists.Status, .. parameters],
            Answer = DealLists.Deals,
        };
        yield return new("GET", anchor.Path("followers"), $"get{anchor.Name}FollowersV1", async call =>
        {
            var found = await call.Service<FollowerService>()
                .Followers(call.Caller, anchor.Noun, call.Path(anchor.Id, anchor.Noun), call.Ct);
            return followers.Page(found, new() { Offset = 0, Limit = Math.Max(100, found.Count) }, hasMore: false);
        })
        { Tag = anchor.Tag, Summary = $"List followers of {anchor.Article}", Cost = 20, Parameters = [anchor.Id], Answer = followers };
        yield return new("POST", anchor.Path("followers"), $"add{anchor.Name}FollowerV1", async call =>
        {
            var id = call.Path(anchor.Id, anchor.Noun);
            call.Caller.MustWrite(anchor.Plural);
            var user = await call.Read(body => body.Get(UserId).Or(0));
            return follower.Reply(await call.Service<FollowerService>().Follow(call.Caller, anchor.Noun, id, user, call.Ct),
                status: call.Operation.Status);
        })
        {
            Tag = anchor.Tag,
            Summary = $"Add a follower to {anchor.Article}",
            Cost = 10,
            Parameters = [anchor.Id],
            Body = new($"New{anchor.Name}FollowerV1", UserId.Required()),
            Status = anchor == Anchor.Product ? 201 : 200,
            Answer = follower
        };
        yield return new("DELETE", anchor.Path("followers/{follower_id}"), $"delete{anchor.Name}FollowerV1", async call =>
        {
            var (id, user) = (call.Path(anchor.Id, anchor.Noun), call.Path(FollowerId, "follower"));
            await call.Service<FollowerService>().Unfollow(call.Caller, anchor.Noun, id, user, call.Ct);
            return Answers.Id.Reply(user);
        })
        {
            Tag = anchor.Tag,
            Summary = $"Delete a follower from {anchor.Article}",
            Cost = 6,
            Parameters = [anchor.Id, FollowerId],
            Answer = Answers.Id
        };
        yield return new("GET", anchor.Path("permittedUsers"), $"get{anchor.Name}Users", async call =>
            Answers.Wholes(await call.Service<FollowerService>()
                .PermittedUsers(call.Caller, anchor.Noun, call.Path(anchor.Id, anchor.Noun), call.Ct)))
        { Tag = anchor.Tag, Summary = "List permitted users", Cost = 10, Parameters = [anchor.Id], Answer = Answers.WholesSchema };
    }

    private static Wire<RecordFollower> Follower(Anchor anchor) => new Wire<RecordFollower>($"{anchor.Name}FollowerV1")
        .Whole("user_id", f => f.UserId)
        .Whole("id", f => f.UserId)
        .Whole(anchor.Column, f => f.SubjectId)
        .Instant("add_time", f => f.AddedAt, Spell.V1Time);

    private static Operation Merge<TView>(Anchor anchor, Func<Call, long, long, Task<TView>> merge, One<TView> answer) =>
        new("PUT", anchor.Path("merge"), $"merge{anchor.Name}s", async call =>
    {
        var id = call.Path(anchor.Id, anchor.Noun);
        call.Caller.MustWrite(anchor.Plural);
        var survivor = await call.Read(body => body.Get(MergeWithId).Or(0));
        return answer.Reply(await merge(call, id, survivor));
    })
        {
            Tag = anchor.Tag,
            Summary = $"Merge two {anchor.Plural}",
            Cost = 40,
            Parameters = [anchor.Id],
            Body = new($"{anchor.Name}MergeV1", MergeWithId.Required()),
            Answer = answer
        };

    private static async Task<Reply> ListDeals(Call call, Anchor anchor, Func<long, Call, WorkspaceCatalog, Condition> theirs)
    {
        // The specification asks for deals:read alone.
        var id = await anchor.Find(call, Permissions.AroundDeals(call.Caller));
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        var query = Paging.Read(call) with
        {
            Sort = call.Operation.Parameters.Contains(DealLists.Sort) ? call.Query(DealLists.Sort, []) : [],
        };
        var (condition, status) = (theirs(id, call, catalog), call.Query(DealLists.Status, DealLists.NotDeleted));
        call.Checked();
        return await DealLists.Page(call, DealLists.Scoped(call, query, [condition], status, archived: false), DealLists.Deals);
    }

    // "directly or indirectly related …: through custom, organization-type fields and through persons of the given organization".
    private static Condition OfOrganization(long id, Call call, WorkspaceCatalog catalog)
    {
        var own = Condition.Equal("org_id", id);
        if (call.Query(OnlyPrimary, false)) return own;
        var fields = catalog.FieldsOf("deal").Where(field => field is { DeletedAt: null, Type: FieldType.Org })
            .Select(field => Condition.Equal($"custom.{field.Key}", id));
        return Condition.AnyOf([own, Condition.Equal("person.org_id", id), .. fields]);
    }

    private static async Task<Reply> ListPersons(Call call)
    {
        var id = await Anchor.Organization.Find(call);
        var query = Paging.Read(call) with { Sort = [new("id")], Condition = Condition.Equal("org_id", id) };
        call.Checked();
        var page = await call.Service<PersonService>().List(Anchor.Organization.Around(call), query, call.Ct);
        var views = await PersonView.Of(call, page.Items);
        return Persons.Page(views, query, page.HasMore, PersonView.Related(views));
    }

    private static async Task<PersonView> MergePersons(Call call, long id, long survivor) =>
        (await PersonView.Of(call, [await call.Service<PersonService>().Merge(call.Caller, id, survivor, call.Ct)]))[0]
        with
        { MergedId = id };

    private static async Task<OrganizationView> MergeOrganizations(Call call, long id, long survivor) =>
        (await OrganizationView.Of(call, [await call.Service<OrganizationService>().Merge(call.Caller, id, survivor, call.Ct)]))[0]
        with
        { MergedId = id };
}
