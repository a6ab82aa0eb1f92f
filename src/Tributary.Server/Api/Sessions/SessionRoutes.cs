using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Sessions;
using Tributary.Core.Workspaces;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Sessions;

/// <summary>Signing in and out of the web app.</summary>
internal static class SessionRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The session.").InPath();
    private static readonly Member<long> UserId = Members.Id("user_id", "Another user's, for admins.");
    private static readonly Member<bool> KeepThis = Members.Flag("keep_this", "Leave the session that asks.");
    private static readonly Member<string> Email = Members.Email("email", "");
    private static readonly Member<string> Password = Members.Text("password", "", Passwords.MaxLength);
    private static readonly Member<Guid> Workspace =
        Members.Uid("workspace", "The workspace's uid; needed when the address and password open several.");

    private static readonly ShortListing<(Session Session, Caller Caller)> Sessions = new(SessionWire.Session, one => one.Session.Id);

    private static readonly Problem WrongPassword = new(ProblemCode.Unauthenticated, "The address or the password is not right.", []);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/session", "getSession", Get)
        {
            Tag = "Sessions", Summary = "Find out who is signed in", IsAnonymous = true, Answer = SessionWire.Present,
            Description = "Answers without a credential too: then user is null.",
        },
        new("POST", "/session", "signIn", SignIn)
        {
            Tag = "Sessions", Summary = "Sign in", IsAnonymous = true,
            Body = new("SignIn", Email.Required(), Password.Required(), Workspace), Answer = SessionWire.Present,
            Description =
                $"Sets an HttpOnly cookie. After {SignInGuard.PerEmail} wrong passwords in {SignInGuard.Window.TotalMinutes:0} minutes an address is locked for as long.",
            Refusals = [WrongPassword, new(ProblemCode.Forbidden, "Another site asked for this.", []),
                new(ProblemCode.TooMany, "Too many wrong passwords.", [])],
        },
        new("DELETE", "/session", "signOut", SignOut)
        {
            Tag = "Sessions", Summary = "Sign out", Status = 204,
            Refusals = [new(ProblemCode.NotFound, "A key was used, not a session.", [])],
        },
        new("GET", "/sessions", "listSessions", List)
        {
            Tag = "Sessions", Summary = "List the browsers that are signed in", Parameters = [UserId, .. Sessions.Parameters],
            Answer = Sessions,
        },
        new("DELETE", "/sessions", "signOutEverywhere", SignOutEverywhere)
        {
            Tag = "Sessions", Summary = "Sign out everywhere", Parameters = [KeepThis], Status = 204,
        },
        new("DELETE", "/sessions/{id}", "endSession", End)
        {
            Tag = "Sessions", Summary = "Sign one browser out", Parameters = [Id], Status = 204,
        },
    ];

    /// <summary>What every page begins with.</summary>
    public static async Task<Present> PresentOf(Call call, Caller? caller, string? token) => caller is null
        ? new() { NeedsSetup = (await call.Service<WorkspaceService>().All(call.Ct)).Count == 0 }
        : new()
        {
            IsSandbox = call.Service<TributaryOptions>().IsSandbox,
            Caller = caller,
            Catalog = await call.Service<CatalogService>().Current(caller, call.Ct),
            AntiForgery = caller.SessionId is null || token is null ? null : SessionCookie.AntiForgery(token)
        };

    /// <summary>Begins a session, tells the browser, and answers what <c>GET /session</c> would.</summary>
    public static async Task<Reply> Begin(Call call, SignInCandidate candidate, int status = 200)
    {
        var begun = await call.Service<SessionService>()
            .Begin(candidate, Browser(call), Credentials.Address(call.Http), call.Ct) ?? throw new ProblemException(WrongPassword);
        SessionCookie.Set(call.Http, begun.Token);
        return Reply.Json(SessionWire.Present, await PresentOf(call, begun.Caller, begun.Token), status: status)
            .With("Cache-Control", "no-store");
    }

    private static async Task<Reply> Get(Call call)
    {
        call.Checked();
        var caller = await call.Dialect.Authenticate(call.Http, call.Ct);
        var token = SessionCookie.Token(call.Http);
        // The browser's copy lives as long as the session, which each use prolongs.
        if (caller?.SessionId is not null) SessionCookie.Set(call.Http, token!);
        return Reply.Json(SessionWire.Present, await PresentOf(call, caller, token)).With("Cache-Control", "no-store");
    }

    private static async Task<Reply> SignIn(Call call)
    {
        SessionCookie.MustBeOwnPage(call.Http);
        var (email, password, workspace) =
            await call.Read(body => (body.Get(Email).Or(""), body.Get(Password).Or(""), body.Get(Workspace)));
        var (guard, address) = (call.Service<SignInGuard>(), Credentials.Address(call.Http));
        guard.MustBeOpen(email, address);

        var candidates = await call.Service<SessionService>().Find(email, call.Ct);
        // With nobody to compare with, as long is spent: how long it takes tells nothing.
        if (candidates.Count == 0) Passwords.Fits(null, password);
        var fitting = candidates.Where(candidate => Passwords.Fits(candidate.PasswordHash, password)).ToList();
        if (fitting.Count == 0)
        {
            guard.Failed(email, address);
            throw new ProblemException(WrongPassword);
        }
        guard.Succeeded(email);
        if (workspace.IsSet) fitting = [.. fitting.Where(candidate => candidate.WorkspaceUid == workspace.Value)];
        return fitting switch
        {
            [] => throw new ProblemException(WrongPassword),
            [var only] => await Begin(call, only),
            // One line each, so that a page can offer them.
            _ => throw Problem.Invalid(
                [.. fitting.Select(candidate => new FieldError("workspace", $"{candidate.WorkspaceUid:D} {candidate.WorkspaceName}"))]),
        };
    }

    private static async Task<Reply> SignOut(Call call)
    {
        call.Caller.MustWrite("sessions");
        if (call.Caller.SessionId is not { } id) throw Problem.NotFound("session", "of this request");
        await call.Service<SessionService>().End(call.Caller, id, call.Ct);
        SessionCookie.Clear(call.Http);
        return Reply.Empty();
    }

    private static Task<Reply> List(Call call)
    {
        var user = call.Query(UserId);
        return Sessions.Answer(call, async () =>
            [.. (await call.Service<SessionService>().List(call.Caller, user.IsSet ? user.Value : null, call.Ct))
                .Select(session => (session, call.Caller))]);
    }

    private static async Task<Reply> SignOutEverywhere(Call call)
    {
        var keepThis = call.Query(KeepThis, false);
        call.Checked();
        await call.Service<SessionService>().EndAll(call.Caller, keepThis, call.Ct);
        if (!keepThis && call.Caller.SessionId is not null) SessionCookie.Clear(call.Http);
        return Reply.Empty();
    }

    private static async Task<Reply> End(Call call)
    {
        var id = call.Path(Id, "session");
        await call.Service<SessionService>().End(call.Caller, id, call.Ct);
        if (call.Caller.SessionId == id) SessionCookie.Clear(call.Http);
        return Reply.Empty();
    }

    private static string? Browser(Call call) => call.Http.Request.Headers.UserAgent.ToString() is { Length: > 0 } browser ? browser : null;
}
