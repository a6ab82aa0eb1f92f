using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>Participants, followers, permitted users and persons of a deal.</summary>
internal static class DealPeopleRoutes
{
    private const string Tag = "Deals v1";

    private static readonly Member<long> ParticipantId =
        Members.Id("deal_participant_id", "The ID of the participant of the deal; not the person's.").InPath();
    private static readonly Member<long> FollowerId = Members.Id("follower_id", "The ID of the follower, which is the user's.").InPath();
    private static readonly Member<long> PersonId = Members.Id("person_id", "The person.");
    private static readonly Member<long> UserId = Members.Id("user_id", "The user.");

    private static readonly Many<ParticipantView> Participants = new(PeopleWire.Participant);
    private static readonly One<ParticipantView> Participant = new(PeopleWire.Participant);
    private static readonly Many<DealFollower> Followers = new(PeopleWire.Follower);
    private static readonly One<DealFollower> Follower = new(PeopleWire.Follower);
    private static readonly Many<PersonView> Persons = new(PersonWire.Person, "OfDealList");

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/deals/{id}/participants", "getDealParticipants", ListParticipants)
        {
            Tag = Tag, Summary = "List participants of a deal", Cost = 10, Parameters = [DealRoutes.Id, .. Paging.Parameters],
            Answer = Participants,
        },
        new("POST", "/deals/{id}/participants", "addDealParticipant", AddParticipant)
        {
            Tag = Tag, Summary = "Add a participant to a deal", Cost = 10, Parameters = [DealRoutes.Id],
            Body = new("NewParticipantV1", PersonId.Required()), Answer = Participant,
        },
        new("DELETE", "/deals/{id}/participants/{deal_participant_id}", "deleteDealParticipant", RemoveParticipant)
        {
            Tag = Tag, Summary = "Delete a participant from a deal", Cost = 6, Parameters = [DealRoutes.Id, ParticipantId],
            Answer = Answers.Id,
        },
        new("GET", "/deals/{id}/followers", "getDealFollowersV1", ListFollowers)
        {
            Tag = Tag, Summary = "List followers of a deal", Cost = 20, Parameters = [DealRoutes.Id], Answer = Followers,
        },
        new("POST", "/deals/{id}/followers", "addDealFollowerV1", Follow)
        {
            Tag = Tag, Summary = "Add a follower to a deal", Cost = 10, Parameters = [DealRoutes.Id],
            Body = new("NewFollowerV1", UserId.Required()), Answer = Follower,
        },
        new("DELETE", "/deals/{id}/followers/{follower_id}", "deleteDealFollowerV1", Unfollow)
        {
            Tag = Tag, Summary = "Delete a follower from a deal", Cost = 6, Parameters = [DealRoutes.Id, FollowerId], Answer = Answers.Id,
        },
        new("GET", "/deals/{id}/permittedUsers", "getDealUsers", PermittedUsers)
        {
            Tag = Tag, Summary = "List permitted users", Cost = 10, Parameters = [DealRoutes.Id], Answer = Answers.WholesSchema,
        },
        new("GET", "/deals/{id}/persons", "getDealPersons", ListPersons)
        {
            Tag = Tag, Summary = "List all persons associated with a deal", Cost = 20, Parameters = [DealRoutes.Id, .. Paging.Parameters],
            Answer = Persons,
        },
    ];

    private static async Task<Reply> ListParticipants(Call call)
    {
        var deal = await Find(call);
        var query = Paging.Read(call);
        call.Checked();
        var (contacts, more) = query.Slice(await call.Service<DealService>().Contacts(call.Caller, deal.Id, call.Ct));
        var views = await Views(call, deal, contacts);
        return Participants.Page(views, query, more, Related(views));
    }

    private static async Task<Reply> AddParticipant(Call call)
    {
        var id = call.Path(DealRoutes.Id, "deal");
        call.Caller.MustWrite("deals");
        var person = await call.Read(body => body.Get(PersonId).Or(0));
        var contact = await call.Service<DealService>().AddContact(call.Caller, id, person, null, call.Ct);
        var views = await Views(call, await Find(call), [contact]);
        return Participant.Reply(views[0], Related(views));
    }

    private static async Task<Reply> RemoveParticipant(Call call)
    {
        var (id, participant) = (call.Path(DealRoutes.Id, "deal"), call.Path(ParticipantId, "participant"));
        await call.Service<DealService>().RemoveContactRow(call.Caller, id, participant, call.Ct);
        return Answers.Id.Reply(participant);
    }

    private static async Task<Reply> ListFollowers(Call call)
    {
        var followers = await call.Service<DealService>().Followers(call.Caller, call.Path(DealRoutes.Id, "deal"), call.Ct);
        return Followers.Page(followers, new() { Offset = 0, Limit = Math.Max(100, followers.Count) }, hasMore: false);
    }

    private static async Task<Reply> Follow(Call call)
    {
        var id = call.Path(DealRoutes.Id, "deal");
        call.Caller.MustWrite("deals");
        var user = await call.Read(body => body.Get(UserId).Or(0));
        return Follower.Reply(await call.Service<DealService>().Follow(call.Caller, id, user, call.Ct));
    }

    private static async Task<Reply> Unfollow(Call call)
    {
        var (id, follower) = (call.Path(DealRoutes.Id, "deal"), call.Path(FollowerId, "follower"));
        await call.Service<DealService>().Unfollow(call.Caller, id, follower, call.Ct);
        return Answers.Id.Reply(follower);
    }

    private static async Task<Reply> PermittedUsers(Call call) =>
        Answers.Wholes(await call.Service<DealService>().PermittedUsers(call.Caller, call.Path(DealRoutes.Id, "deal"), call.Ct));

    private static async Task<Reply> ListPersons(Call call)
    {
        var deal = await Find(call);
        var query = Paging.Read(call);
        call.Checked();
        var (persons, more) = query.Slice(await call.Service<PersonService>()
            .OfDeal(Permissions.AroundDeals(call.Caller), deal.Id, call.Ct));
        var views = await PersonView.Of(call, persons);
        return Persons.Page(views, query, more, PersonView.Related(views));
    }

    private static async Task<Deal> Find(Call call)
    {
        var id = call.Path(DealRoutes.Id, "deal");
        return await call.Service<DealService>().Get(call.Caller, id, call.Ct) is { IsDeleted: false } deal ? deal
            : throw Problem.NotFound("deal", id);
    }

    private static async Task<IReadOnlyList<ParticipantView>> Views(Call call, Deal deal, IReadOnlyList<DealContact> contacts)
    {
        var reader = Permissions.AroundDeals(call.Caller);
        var persons = await call.Service<PersonService>().FindMany(reader, [.. contacts.Select(contact => contact.PersonId)], call.Ct);
        var views = (await PersonView.Of(call, persons)).ToDictionary(view => view.Person.Id);
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        return [.. contacts.Select(contact => new ParticipantView(contact, deal, views.GetValueOrDefault(contact.PersonId), catalog))];
    }

    private static RelatedObjects Related(IReadOnlyList<ParticipantView> views)
    {
        var related = PersonView.Related([.. views.Select(view => view.Person).OfType<PersonView>()]);
        return related with
        {
            Users = [.. related.Users, .. views.Select(view => view.Catalog.User(view.Contact.AddedBy)).OfType<Core.Users.User>()],
        };
    }
}

/// <summary>A participant with their person, when the caller sees them.</summary>
internal sealed record ParticipantView(DealContact Contact, Deal Deal, PersonView? Person, WorkspaceCatalog Catalog);

/// <summary>Participants and followers of v1 (appendix A17; reference §11).</summary>
internal static class PeopleWire
{
    private static readonly Wire<Deal> Item = new Wire<Deal>(null).Whole("deal_id", d => d.Id).Text("title", d => d.Title, nullable: false);

    public static readonly Wire<ParticipantView> Participant = new Wire<ParticipantView>("ParticipantV1")
        .Whole("id", p => p.Contact.Id)
        .Json("person_id", Cards.Participant.Schema(new()), (json, p) =>
        {
            if (p.Person is { } person) Cards.Participant.Write(json, (person.Person, p.Catalog));
            else json.WriteNullValue();
        })
        .Instant("add_time", p => p.Contact.AddedAt, Spell.V1Time)
        .Flag("active_flag", _ => true)
        .Object("related_item_data", p => p.Deal, Item)
        .Object("person", p => p.Person, PersonWire.Person)
        .Object("added_by_user_id", p => p.Catalog.User(p.Contact.AddedBy), Cards.User)
        .Text("related_item_type", _ => "deal", nullable: false)
        .Whole("related_item_id", p => p.Deal.Id);

    public static readonly Wire<DealFollower> Follower = new Wire<DealFollower>("FollowerV1")
        .Whole("user_id", f => f.UserId)
        .Whole("id", f => f.UserId)
        .Whole("deal_id", f => f.DealId)
        .Instant("add_time", f => f.AddedAt, Spell.V1Time);
}
