using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Deals;

/// <summary>Who takes part in a deal, who follows it, and who sees it.</summary>
internal static class DealPeopleRoutes
{
    private static readonly Member<long> Id = RecordMembers.PathId;
    private static readonly Member<long> UserId = Members.Id("user_id", "A user.").Required();
    private static readonly Member<long> PathUserId = UserId.InPath();
    private static readonly Member<long> PersonId = Members.Id("person_id", "A person.").Required();
    private static readonly Member<long> PathPersonId = PersonId.InPath();
    private static readonly Member<string> Role =
        Members.Word("role", "The part they play.", [.. DealService.Roles.Select(role => (role, role))]).Nullable();

    private static readonly ListOf Contacts = new("DealContacts", DealPeopleWire.Contact);
    private static readonly ListOf Followers = new("DealFollowers", DealPeopleWire.Follower);
    private static readonly Wire<long> UserWire = new Wire<long>("PermittedUser").Whole("user_id", id => id);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/deals/{id}/contacts", "listDealContacts", ListContacts)
        {
            Tag = "Deals", Summary = "List who takes part, the deal's own person first", Parameters = [Id], Answer = Contacts,
        },
        new("POST", "/deals/{id}/contacts", "addDealContact", AddContact)
        {
            Tag = "Deals", Summary = "Take a person into the deal; twice is once", Parameters = [Id],
            Body = new("NewDealContact", PersonId, Role), Status = 201, Answer = DealPeopleWire.Contact,
        },
        new("PATCH", "/deals/{id}/contacts/{person_id}", "updateDealContact", SetRole)
        {
            Tag = "Deals", Summary = "Give a contact another part to play; null takes it away", Parameters = [Id, PathPersonId],
            Body = new("DealContactPatch", Role.Required()), Answer = DealPeopleWire.Contact,
        },
        new("DELETE", "/deals/{id}/contacts/{person_id}", "removeDealContact", RemoveContact)
        {
            Tag = "Deals", Summary = "Take a person out of the deal, also as its own person", Parameters = [Id, PathPersonId], Status = 204,
        },
        new("GET", "/deals/{id}/followers", "listDealFollowers", ListFollowers)
        {
            Tag = "Deals", Summary = "List who follows", Parameters = [Id], Answer = Followers,
        },
        new("POST", "/deals/{id}/followers", "addDealFollower", Follow)
        {
            Tag = "Deals", Summary = "Follow a deal; twice is once", Parameters = [Id], Body = new("NewDealFollower", UserId), Status = 201,
            Answer = DealPeopleWire.Follower,
        },
        new("DELETE", "/deals/{id}/followers/{user_id}", "removeDealFollower", Unfollow)
        {
            Tag = "Deals", Summary = "Cease to follow", Parameters = [Id, PathUserId], Status = 204,
        },
        new("GET", "/deals/{id}/permitted-users", "listPermittedUsers", Permitted)
        {
            Tag = "Deals", Summary = "List the users who see the deal", Parameters = [Id], Answer = new ListOf("PermittedUsers", UserWire),
        },
    ];

    private static async Task<Reply> ListContacts(Call call)
    {
        var contacts = await call.Service<DealService>().Contacts(call.Caller, call.Path(Id, "deal"), call.Ct);
        return ListOf.Reply(DealPeopleWire.Contact, await Shown(call, contacts));
    }

    private static async Task<Reply> AddContact(Call call)
    {
        var id = call.Path(Id, "deal");
        var (person, role) = await call.Read(body => (body.Get(PersonId).Or(0), body.ClearableText(Role).Or(null)));
        return await Contact(call, await call.Service<DealService>().AddContact(call.Caller, id, person, role, call.Ct), 201);
    }

    private static async Task<Reply> SetRole(Call call)
    {
        var (id, person) = (call.Path(Id, "deal"), call.Path(PathPersonId, "contact"));
        var role = await call.Read(body => body.ClearableText(Role).Or(null));
        return await Contact(call, await call.Service<DealService>().SetRole(call.Caller, id, person, role, call.Ct));
    }

    private static async Task<Reply> RemoveContact(Call call)
    {
        await call.Service<DealService>().RemoveContact(call.Caller, call.Path(Id, "deal"), call.Path(PathPersonId, "contact"), call.Ct);
        return Reply.Empty();
    }

    private static async Task<Reply> ListFollowers(Call call) =>
        ListOf.Reply(DealPeopleWire.Follower, await call.Service<DealService>().Followers(call.Caller, call.Path(Id, "deal"), call.Ct));

    private static async Task<Reply> Follow(Call call)
    {
        var id = call.Path(Id, "deal");
        var user = await call.Read(body => body.Get(UserId).Or(0));
        return Reply.Json(DealPeopleWire.Follower, await call.Service<DealService>().Follow(call.Caller, id, user, call.Ct), status: 201);
    }

    private static async Task<Reply> Unfollow(Call call)
    {
        await call.Service<DealService>().Unfollow(call.Caller, call.Path(Id, "deal"), call.Path(PathUserId, "follower"), call.Ct);
        return Reply.Empty();
    }

    private static async Task<Reply> Permitted(Call call) =>
        ListOf.Reply(UserWire, await call.Service<DealService>().PermittedUsers(call.Caller, call.Path(Id, "deal"), call.Ct));

    private static async Task<Reply> Contact(Call call, DealContact contact, int status = 200) =>
        Reply.Json(DealPeopleWire.Contact, (await Shown(call, [contact]))[0], status: status);

    private static async Task<IReadOnlyList<DealContactView>> Shown(Call call, IReadOnlyList<DealContact> contacts)
    {
        if (contacts.Count == 0) return [];
        var persons = (await call.Service<PersonService>()
            .FindMany(call.Caller, [.. contacts.Select(contact => contact.PersonId)], call.Ct)).ToDictionary(person => person.Id);
        var deal = await call.Service<DealService>().Get(call.Caller, contacts[0].DealId, call.Ct);
        return [.. contacts.Select(contact => new DealContactView(contact, deal.PersonId == contact.PersonId,
            persons.GetValueOrDefault(contact.PersonId)))];
    }
}
