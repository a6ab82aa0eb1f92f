using Tributary.Core.Keys;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Keys;

/// <summary>Which apps act for whom, and how to end it. Apps ask at the dialect's own pages.</summary>
internal static class GrantRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The grant.").InPath();

    private static readonly ShortListing<Grant> Grants = new(KeyWire.Grant, grant => grant.Id)
    {
        Filters =
        [
            ShortFilter<Grant>.Of(Members.Id("app_id", "Grants to this app."), (grant, app) => grant.AppId == app),
            ShortFilter<Grant>.Of(Members.Id("user_id", "Grants of this user."), (grant, user) => grant.UserId == user),
        ],
        Sorts = new Dictionary<string, Func<Grant, IComparable?>>
        {
            ["id"] = g => g.Id,
            ["added_at"] = g => g.AddedAt,
            ["expires_at"] = g => g.RefreshUntil,
        },
    };

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/grants", "listGrants", List)
        {
            Tag = "Keys", Summary = "List the apps that act for users; admins see everyone's, others their own",
            Parameters = Grants.Parameters, Answer = Grants,
        },
        new("DELETE", "/grants/{id}", "revokeGrant", Revoke)
        {
            Tag = "Keys", Summary = "Take a consent back: the app's tokens stop working at once", Parameters = [Id], Status = 204,
        },
    ];

    private static Task<Reply> List(Call call) => Grants.Answer(call, () => call.Service<GrantService>().List(call.Caller, call.Ct));

    private static async Task<Reply> Revoke(Call call)
    {
        call.Caller.MustWrite("keys");
        await call.Service<GrantService>().Revoke(call.Caller, call.Path(Id, "grant"), call.Ct);
        return Reply.Empty();
    }
}
