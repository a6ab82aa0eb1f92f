using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Keys;

internal static class AppRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The app.").InPath();

    private static readonly ShortListing<App> Apps = new(KeyWire.App, app => app.Id)
    {
        Filters =
            [ShortFilter<App>.Of(Members.Flag("is_revoked", "Revoked apps, or those that are not."),
                (app, revoked) => app.RevokedAt is not null == revoked)],
        Sorts = new Dictionary<string, Func<App, IComparable?>>
        {
            ["id"] = a => a.Id,
            ["name"] = a => a.Name,
            ["added_at"] = a => a.AddedAt,
        },
    };

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/apps", "listApps", List) { Tag = "Keys", Summary = "List apps", Parameters = Apps.Parameters, Answer = Apps },
        new("POST", "/apps", "createApp", Create)
        {
            Tag = "Keys", Summary = "Register an app and show its secret this once", Body = KeyWire.NewApp, Status = 201,
            Answer = KeyWire.CreatedApp, ShowsSecret = true,
        },
        new("GET", "/apps/{id}", "getApp", Get)
        {
            Tag = "Keys", Summary = "Get an app", Parameters = [Id, Selection.Fields], Answer = KeyWire.App,
        },
        new("POST", "/apps/{id}/rotate", "rotateAppSecret", Rotate)
        {
            Tag = "Keys", Summary = "Give an app another secret", Parameters = [Id], Answer = KeyWire.CreatedApp, ShowsSecret = true,
        },
        new("DELETE", "/apps/{id}", "revokeApp", Revoke)
        {
            Tag = "Keys", Summary = "Revoke an app for good", Parameters = [Id], Status = 204,
        },
    ];

    private static Task<Reply> List(Call call) => Apps.Answer(call, () => call.Service<AppService>().List(call.Caller, call.Ct));

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustAdminister("apps");
        return Reply.Json(KeyWire.CreatedApp, await call.Service<AppService>()
            .Create(call.Caller, await call.Read(KeyWire.ReadApp), call.Ct), status: 201);
    }

    private static async Task<Reply> Get(Call call)
    {
        var id = call.Path(Id, "app");
        var only = Selection.Read(call, KeyWire.App);
        call.Checked();
        var apps = await call.Service<AppService>().List(call.Caller, call.Ct);
        return Reply.Json(KeyWire.App, apps.FirstOrDefault(app => app.Id == id) ?? throw Problem.NotFound("app", id), only: only);
    }

    private static async Task<Reply> Rotate(Call call)
    {
        call.Caller.MustAdminister("apps");
        return Reply.Json(KeyWire.CreatedApp, await call.Service<AppService>().RotateSecret(call.Caller, call.Path(Id, "app"), call.Ct));
    }

    private static async Task<Reply> Revoke(Call call)
    {
        call.Caller.MustAdminister("apps");
        await call.Service<AppService>().Revoke(call.Caller, call.Path(Id, "app"), call.Ct);
        return Reply.Empty();
    }
}
