using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Keys;

internal static class KeyRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The key.").InPath();

    private static readonly ShortListing<ApiKey> Keys = new(KeyWire.Key, key => key.Id)
    {
        Filters =
        [
            ShortFilter<ApiKey>.Of(Members.Word("dialect", "Keys of this dialect.",
                [.. new[] { "native", "pipedrive", "automatenexus", "switch", "ysuite" }.Select(word => (word, word))]),
                (key, dialect) => key.Dialect == dialect),
            ShortFilter<ApiKey>.Of(Members.Id("user_id", "Keys that act for this user."), (key, user) => key.UserId == user),
            ShortFilter<ApiKey>.Of(Members.Flag("is_revoked", "Revoked keys, or those that are not."),
                (key, revoked) => key.RevokedAt is not null == revoked),
        ],
        Sorts = new Dictionary<string, Func<ApiKey, IComparable?>>
        {
            ["id"] = k => k.Id,
            ["name"] = k => k.Name,
            ["added_at"] = k => k.AddedAt,
            ["last_used_at"] = k => k.LastUsedAt,
            ["expires_at"] = k => k.ExpiresAt,
        },
    };

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/keys", "listKeys", List)
        {
            Tag = "Keys", Summary = "List keys; admins see everyone's, others their own", Parameters = Keys.Parameters, Answer = Keys,
        },
        new("POST", "/keys", "createKey", Create)
        {
            Tag = "Keys", Summary = "Make a key and show its text this once", Body = KeyWire.New, Status = 201, Answer = KeyWire.Created,
            ShowsSecret = true,
        },
        new("GET", "/keys/{id}", "getKey", Get)
        {
            Tag = "Keys", Summary = "Get a key", Parameters = [Id, Selection.Fields], Answer = KeyWire.Key,
        },
        new("PATCH", "/keys/{id}", "updateKey", Update)
        {
            Tag = "Keys", Summary = "Rename a key, or set what it may cost a day", Parameters = [Id], Body = KeyWire.Patch,
            Answer = KeyWire.Key,
        },
        new("GET", "/keys/{id}/usage", "getKeyUsage", Usage)
        {
            Tag = "Keys", Summary = "Get what a key called today, and what that cost", Parameters = [Id], Answer = KeyWire.Usage,
        },
        new("POST", "/keys/{id}/rotate", "rotateKey", Rotate)
        {
            Tag = "Keys", Summary = "Give a key another text; the former one stops working at once", Parameters = [Id],
            Answer = KeyWire.Created, ShowsSecret = true,
        },
        new("DELETE", "/keys/{id}", "revokeKey", Revoke)
        {
            Tag = "Keys", Summary = "Revoke a key for good", Parameters = [Id], Status = 204,
        },
    ];

    private static Task<Reply> List(Call call) => Keys.Answer(call, () => call.Service<KeyService>().List(call.Caller, call.Ct));

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustWrite("keys");
        return Reply.Json(KeyWire.Created, await call.Service<KeyService>().Create(call.Caller, await call.Read(KeyWire.ReadKey), call.Ct),
            status: 201);
    }

    private static async Task<Reply> Get(Call call)
    {
        var id = call.Path(Id, "key");
        var only = Selection.Read(call, KeyWire.Key);
        call.Checked();
        var keys = await call.Service<KeyService>().List(call.Caller, call.Ct);
        return Reply.Json(KeyWire.Key, keys.FirstOrDefault(key => key.Id == id) ?? throw Problem.NotFound("key", id), only: only);
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustWrite("keys");
        var id = call.Path(Id, "key");
        return Reply.Json(KeyWire.Key, await call.Service<KeyService>()
            .Update(call.Caller, id, await call.Read(KeyWire.ReadPatch), call.Ct));
    }

    private static async Task<Reply> Usage(Call call)
    {
        var id = call.Path(Id, "key");
        var keys = await call.Service<KeyService>().List(call.Caller, call.Ct);
        var key = keys.FirstOrDefault(key => key.Id == id) ?? throw Problem.NotFound("key", id);
        var usage = call.Service<UsageCounts>();
        return Reply.Json(KeyWire.Usage,
            new KeyUsage(key, usage.Today(), usage.Of(call.Caller.Workspace, ("key", id)),
                usage.Hours(call.Caller.Workspace, ("key", id))));
    }

    private static async Task<Reply> Rotate(Call call)
    {
        call.Caller.MustWrite("keys");
        return Reply.Json(KeyWire.Created, await call.Service<KeyService>().Rotate(call.Caller, call.Path(Id, "key"), call.Ct));
    }

    private static async Task<Reply> Revoke(Call call)
    {
        call.Caller.MustWrite("keys");
        await call.Service<KeyService>().Revoke(call.Caller, call.Path(Id, "key"), call.Ct);
        return Reply.Empty();
    }
}
