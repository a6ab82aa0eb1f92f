using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Catalog;
using Tributary.Core.Currencies;
using Tributary.Core.Kernel;
using Tributary.Core.Users;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>A user as another user sees them.</summary>
internal sealed record UserView(User User, WorkspaceCatalog Catalog, long? Reader, DateTimeOffset Now);

/// <summary>Users, the caller's settings and the currencies (reference §11).</summary>
internal static class UserRoutes
{
    private const string Tag = "Users v1";

    /// <summary>Of both versions.</summary>
    public const string NobodyFollowed = "Users are not followed here: nobody is in the list.";

    private static readonly Member<long> Id = Members.Id("id", "The ID of the user.").InPath();
    private static readonly Member<string> Term = Members.Text("term", "What to look for in names.", 200).Required();
    private static readonly Member<bool> ByEmail = Members.Flag("search_by_email", "1: in e-mail addresses instead.");
    private static readonly Member<string> CurrencyTerm = Members.Text("term", "Found in the name or the code.", 200);

    private static readonly Many<UserView> Users = new(UserWire.User);
    private static readonly One<UserView> Me = new(UserWire.Me);
    private static readonly One<UserView> One = new(UserWire.User);
    private static readonly One<UserView> Settings = new(UserWire.Settings);
    private static readonly Many<Currency> Currencies = new(UserWire.Currency);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/users", "getUsers", List) { Tag = Tag, Summary = "Get all users", Cost = 20, Answer = Users },
        new("GET", "/users/me", "getCurrentUser", GetMe) { Tag = Tag, Summary = "Get current user data", Cost = 2, Answer = Me },
        new("GET", "/users/find", "findUsersByName", Find)
        {
            Tag = Tag, Summary = "Find users by name", Cost = 40, Parameters = [Term, ByEmail], Answer = Users,
        },
        new("GET", "/users/{id}", "getUser", Get) { Tag = Tag, Summary = "Get one user", Cost = 2, Parameters = [Id], Answer = One },
        new("GET", "/users/{id}/followers", "getUserFollowersV1", Followers)
        {
            Tag = Tag, Summary = "List followers of a user", Cost = 20, Parameters = [Id], Answer = Answers.WholesSchema,
            CoverageNote = NobodyFollowed,
        },
        new("GET", "/userSettings", "getUserSettings", GetSettings)
        {
            Tag = Tag, Summary = "List settings of an authorized user", Cost = 2, Answer = Settings,
            CoverageNote = "What the specification shows; the settings of a new account.",
        },
        new("GET", "/currencies", "getCurrencies", ListCurrencies)
        {
            Tag = "Currencies v1", Summary = "Get all supported currencies", Cost = 20, Parameters = [CurrencyTerm], Answer = Currencies,
        },
    ];

    private static async Task<Reply> List(Call call)
    {
        var users = await call.Service<UserService>().List(call.Caller, call.Ct);
        return Users.Reply([.. users.Select(await Seen(call))]);
    }

    private static async Task<Reply> GetMe(Call call)
    {
        var view = await Seen(call);
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        return catalog.User(call.Caller.UserId) is { } me ? Me.Reply(view(me)) : throw Problem.NotFound("user", "me");
    }

    private static async Task<Reply> Get(Call call)
    {
        var user = await call.Service<UserService>().Get(call.Caller, call.Path(Id, "user"), call.Ct);
        return One.Reply((await Seen(call))(user));
    }

    private static async Task<Reply> Followers(Call call)
    {
        await call.Service<UserService>().Get(call.Caller, call.Path(Id, "user"), call.Ct);
        return Answers.Wholes([]);
    }

    private static async Task<Reply> Find(Call call)
    {
        var (term, byEmail) = (call.Query(Term, ""), call.Query(ByEmail, false));
        call.Checked();
        var folded = Folding.Fold(term);
        var users = await call.Service<UserService>().List(call.Caller, call.Ct);
        return Users.Reply(
            [.. users.Where(user => Folding.Fold(byEmail ? user.Email : user.Name).Contains(folded, StringComparison.Ordinal))
                .Select(await Seen(call))]);
    }

    private static async Task<Reply> GetSettings(Call call)
    {
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        return catalog.User(call.Caller.UserId) is { } me ? Settings.Reply((await Seen(call))(me)) : throw Problem.NotFound("user", "me");
    }

    private static async Task<Reply> ListCurrencies(Call call)
    {
        var term = call.Query(CurrencyTerm);
        call.Checked();
        return Currencies.Reply(await call.Service<CurrencyService>()
            .List(call.Caller, term is { IsSet: true, Value: { Length: > 0 } text } ? text : null, call.Ct));
    }

    public static async Task<Func<User, UserView>> Seen(Call call)
    {
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var now = call.Service<TimeProvider>().GetUtcNow();
        return user => new(user, catalog, call.Caller.UserId, now);
    }
}

/// <summary>Users and currencies of v1.</summary>
internal static class UserWire
{
    private static readonly string[] Apps = ["sales", "global", "account_settings"];

    public static readonly Wire<UserView> User = Build("UserV1");

    public static readonly Wire<UserView> Me = Build("CurrentUserV1")
        .Whole("company_id", u => u.Catalog.Workspace.Id)
        .Text("company_name", u => u.Catalog.Workspace.Name, nullable: false)
        .Text("company_domain", u => Spell.Company(u.Catalog), nullable: false)
        .Text("company_country", _ => null)
        .Text("company_industry", _ => null)
        .Json("language", new() { ["type"] = "object" }, (json, u) =>
        {
            var parts = u.User.Locale.Split('-', '_');
            json.WriteStartObject();
            json.WriteString("language_code", parts[0]);
            json.WriteString("country_code", parts.Length > 1 ? parts[^1] : "US");
            json.WriteEndObject();
        });

    public static readonly Wire<UserView> Settings = new Wire<UserView>("UserSettingsV1")
        .Flag("marketplace_team", _ => false)
        .Whole("list_limit", _ => 100L)
        .Flag("beta_app", _ => false)
        .Flag("prevent_salesphone_callto_override", _ => false)
        .Text("file_upload_destination", _ => "s3", nullable: false)
        .Text("callto_link_syntax", _ => "callto:[number]", nullable: false)
        .Flag("autofill_deal_expected_close_date", _ => false)
        .Text("person_duplicate_condition", _ => "name && (org_id || email || phone)", nullable: false);

    public static readonly Wire<Currency> Currency = new Wire<Currency>("CurrencyV1")
        .Whole("id", c => c.Id)
        .Text("code", c => c.Code, nullable: false)
        .Text("name", c => c.Name, nullable: false)
        .Whole("decimal_points", c => (long)c.Decimals)
        .Text("symbol", c => c.Symbol, nullable: false)
        .Flag("active_flag", c => c.IsActive)
        .Flag("is_custom_flag", c => c.IsCustom);

    private static Wire<UserView> Build(string name) => new Wire<UserView>(name)
        .Whole("id", u => u.User.Id)
        .Text("name", u => u.User.Name, nullable: false)
        .Text("default_currency", u => u.User.DefaultCurrency, nullable: false)
        .Text("locale", u => u.User.Locale.Replace('-', '_'), nullable: false)
        .Whole("lang", _ => 1L)
        .Text("email", u => u.User.Email, nullable: false)
        .Text("phone", u => u.User.Phone)
        .Flag("activated", _ => true)
        .Instant("last_login", u => u.User.LastLoginAt, Spell.V1Time)
        .Instant("created", u => u.User.AddedAt, Spell.V1Time)
        .Instant("modified", u => u.User.UpdatedAt, Spell.V1Time)
        .Flag("has_created_company", u => u.User.Id == u.Catalog.Users.Min(user => user.Id))
        .Json("access", new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object" } }, WriteAccess)
        .Flag("active_flag", u => u.User.IsActive)
        .Text("timezone_name", u => u.User.TimeZone, nullable: false)
        .Text("timezone_offset", u => Offset(u.User.TimeZone, u.Now), nullable: false)
        .Whole("role_id", u => u.User.GroupId ?? 1)
        .Text("icon_url", _ => null)
        .Flag("is_you", u => u.User.Id == u.Reader)
        .Flag("is_deleted", u => !u.User.IsActive);

    // Permission sets are the three roles of ours; their ids are the company's, told apart by the app's place.
    private static void WriteAccess(Utf8JsonWriter json, UserView view)
    {
        json.WriteStartArray();
        foreach (var app in view.User.Role is Role.Member ? Apps.Take(2) : Apps)
        {
            json.WriteStartObject();
            json.WriteString("app", app);
            json.WriteBoolean("admin", view.User.Role is Role.Admin);
            json.WriteString("permission_set_id", view.Catalog.Workspace.Uid);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string Offset(string zone, DateTimeOffset now)
    {
        var offset = TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found.GetUtcOffset(now) : TimeSpan.Zero;
        return (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hh\\:mm", CultureInfo.InvariantCulture);
    }
}
