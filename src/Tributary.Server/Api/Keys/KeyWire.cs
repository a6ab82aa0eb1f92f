using Tributary.Core.Keys;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Keys;

internal static class KeyWire
{
    private static readonly string[] Dialects = ["native", "pipedrive", "automatenexus", "switch", "ysuite"];

    private static readonly string[] AppDialects = ["cpod", "pipedrive"];

    public static readonly Member<string> Dialect =
        Members.Word("dialect", "The one surface it opens; native when left out. cPod's credentials are apps.",
            [.. Dialects.Select(word => (word, word))]);
    private static readonly Member<string> Name = Members.Name("name", "1 to 200 characters, for people.", 200);
    private static readonly Member<long> UserId = Members.Id("user_id", "Whom it acts for; left out: the caller.");
    private static readonly Member<Seq<string>> Scopes =
        Members.List("scopes",
            "\"*\", \"read\", \"deals:read\", \"deals:write\", …; everything when left out. Nobody gives what they lack.",
            Members.Text("", "", 60), 50);
    private static readonly Member<Seq<string>> AllowedIps =
        Members.List("allowed_ips", "Addresses or networks it may be used from; anywhere when left out.", Members.Text("", "", 60), 50);
    private static readonly Member<DateTimeOffset> ExpiresAt = Members.Instant("expires_at", "Left out: never.");
    private static readonly Member<long> DailyBudget =
        Members.Whole("daily_budget", "What it may cost a day, in its dialect's tokens; null for no limit of its own.", 1, 1_000_000_000)
        .Nullable();
    private static readonly Member<string> AppDialect =
        Members.Word("dialect", "cpod: acts for itself, by client credentials; the default. pipedrive: acts for users who allow it.",
            [.. AppDialects.Select(word => (word, word))]);
    private static readonly Member<Seq<string>> RedirectUris =
        Members.List("redirect_uris", "Where users are sent back to; needed for pipedrive.", Members.Text("", "", 2000), 20);

    public static readonly Wire<ApiKey> Key =
        OfKey(new Wire<ApiKey>("ApiKey", "A credential of one dialect. Its text is not kept."), key => key);

    public static readonly Wire<CreatedKey> Created =
        OfKey(new Wire<CreatedKey>("CreatedApiKey", "A key with its text, which is shown this once."), created => created.Key)
        .Text("token", c => c.Token, "Keep it: it is never shown again.", nullable: false)
        .Text("secret", c => c.Secret, "The second part of YSuite's keys; never shown again.");

    public static readonly Wire<App> App =
        OfApp(new Wire<App>("App", "A program with client credentials (cPod), or one that acts for users who allow it (Pipedrive)."),
            app => app);

    public static readonly Wire<CreatedApp> CreatedApp =
        OfApp(new Wire<CreatedApp>("CreatedApp", "An app with its secret, which is shown this once."), created => created.App)
        .Text("client_secret", c => c.ClientSecret, "Keep it: it is never shown again.", nullable: false);

    public static readonly Wire<Grant> Grant = new Wire<Grant>("Grant", "A user's consent that an app acts for them.")
        .Whole("id", g => g.Id)
        .Uid("uid", g => g.Uid)
        .Whole("app_id", g => g.AppId)
        .Whole("user_id", g => g.UserId, "For whom the app acts.")
        .Texts("scopes", g => g.Scopes)
        .Instant("added_at", g => g.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("expires_at", g => g.RefreshUntil, TimeStyle.IsoMilliseconds, "Each refresh of its tokens moves it on.");

    private static readonly Wire<OperationUse> Use = new Wire<OperationUse>("OperationUse")
        .Text("operation", u => u.Operation, "The operationId in the dialect's OpenAPI document.", nullable: false)
        .Whole("requests", u => u.Requests)
        .Whole("cost", u => u.Cost, "In the dialect's tokens: Pipedrive's published costs, elsewhere 1 each.");

    public static readonly Wire<KeyUsage> Usage =
        new Wire<KeyUsage>("KeyUsage", "What a key called since midnight UTC, as this server counted it since its start.")
        .Whole("key_id", u => u.Key.Id)
        .Word("dialect", u => u.Key.Dialect, Dialects)
        .Day("day", u => u.Day)
        .Whole("requests", u => u.Operations.Sum(use => use.Requests))
        .Whole("cost", u => u.Operations.Sum(use => use.Cost))
        .Whole("daily_budget", u => u.Key.DailyBudget, "What it may cost today; null for no limit of its own.")
        .Wholes("hours", u => u.Hours, "What each of the 24 hours of the day cost, from midnight UTC on.")
        .Objects("operations", u => u.Operations, Use, "Dearest first.");

    public static readonly Shape New = new("NewApiKey", Name.Required(), Dialect, UserId, Scopes, AllowedIps, ExpiresAt, DailyBudget);
    public static readonly Shape Patch = new("ApiKeyPatch", Name, DailyBudget);
    public static readonly Shape NewApp = new("NewApp", Name.Required(), AppDialect, UserId, Scopes, RedirectUris);

    public static NewKey ReadKey(Body body) => new()
    {
        Name = body.Get(Name).Or(""),
        Dialect = body.Get(Dialect).Or("native"),
        UserId = body.Get(UserId) is { IsSet: true, Value: var user } ? user : null,
        Scopes = body.Get(Scopes).Or(["*"]),
        AllowedIps = body.Get(AllowedIps).Or([]),
        ExpiresAt = body.Get(ExpiresAt) is { IsSet: true, Value: var expires } ? expires : null,
        DailyBudget = body.Clearable(DailyBudget).Or(null),
    };

    public static KeyPatch ReadPatch(Body body) => new() { Name = body.Get(Name), DailyBudget = body.Clearable(DailyBudget) };

    public static NewApp ReadApp(Body body) => new()
    {
        Name = body.Get(Name).Or(""),
        Dialect = body.Get(AppDialect).Or("cpod"),
        UserId = body.Get(UserId) is { IsSet: true, Value: var user } ? user : null,
        Scopes = body.Get(Scopes).Or(["*"]),
        RedirectUris = body.Get(RedirectUris).Or([]),
    };

    private static Wire<T> OfKey<T>(Wire<T> wire, Func<T, ApiKey> key) => wire
        .Whole("id", k => key(k).Id)
        .Uid("uid", k => key(k).Uid)
        .Word("dialect", k => key(k).Dialect, Dialects)
        .Text("name", k => key(k).Name, nullable: false)
        .Whole("user_id", k => key(k).UserId)
        .Text("prefix", k => key(k).Prefix, "The first characters of its text.", nullable: false)
        .Texts("scopes", k => key(k).Scopes)
        .Texts("allowed_ips", k => key(k).AllowedIps)
        .Instant("expires_at", k => key(k).ExpiresAt, TimeStyle.IsoMilliseconds)
        .Whole("daily_budget", k => key(k).DailyBudget,
            "What it may cost a day; null for no limit of its own. Each server counts its own, from its start or midnight UTC.")
        .Instant("revoked_at", k => key(k).RevokedAt, TimeStyle.IsoMilliseconds)
        .Instant("last_used_at", k => key(k).LastUsedAt, TimeStyle.IsoMilliseconds, "To the minute.")
        .Instant("added_at", k => key(k).AddedAt, TimeStyle.IsoMilliseconds)
        .Whole("added_by", k => key(k).AddedBy);

    private static Wire<T> OfApp<T>(Wire<T> wire, Func<T, App> app) => wire
        .Whole("id", a => app(a).Id)
        .Uid("uid", a => app(a).Uid)
        .Text("name", a => app(a).Name, nullable: false)
        .Word("dialect", a => app(a).Dialect, AppDialects)
        .Text("client_id", a => app(a).ClientId, nullable: false)
        .Whole("user_id", a => app(a).UserId, "Whose role and groups apply to what it does.")
        .Texts("scopes", a => app(a).Scopes)
        .Texts("redirect_uris", a => app(a).RedirectUris)
        .Instant("added_at", a => app(a).AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("revoked_at", a => app(a).RevokedAt, TimeStyle.IsoMilliseconds);
}

/// <summary>What a key called on a day.</summary>
internal sealed record KeyUsage(ApiKey Key, DateOnly Day, IReadOnlyList<OperationUse> Operations, IReadOnlyList<long> Hours);
