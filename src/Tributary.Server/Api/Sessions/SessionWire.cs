using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Sessions;
using Tributary.Core.Users;
using Tributary.Server.Api.Users;
using Tributary.Server.Api.Workspaces;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Sessions;

/// <summary>What a page that opens must know: who is signed in, or that nobody can be yet.</summary>
internal sealed record Present
{
    public bool NeedsSetup { get; init; }
    public bool IsSandbox { get; init; }
    public Caller? Caller { get; init; }
    public WorkspaceCatalog? Catalog { get; init; }
    public string? AntiForgery { get; init; }

    public User? User => Caller?.UserId is { } id ? Catalog?.User(id) : null;
}

internal static class SessionWire
{
    public static readonly Wire<Present> Present =
        new Wire<Present>("CurrentSession", "Who asks, and what a user interface needs to begin.")
        .Flag("needs_setup", p => p.NeedsSetup, "There is no user yet; POST /setup makes the first one.")
        .Object("user", p => p.User, UserWire.User, "Null when nobody is signed in.")
        .Object("workspace", p => p.Catalog?.Workspace, WorkspaceWire.Workspace, "Null when nobody is signed in.")
        .Flag("is_sandbox", p => p.IsSandbox, "A throw-away server; /_sandbox steers it.")
        .Whole("session_id", p => p.Caller?.SessionId, "Null for an API key.")
        .Text("anti_forgery", p => p.AntiForgery,
            $"What writes with the session cookie carry in {SessionCookie.AntiForgeryHeader}; null for an API key.");

    public static readonly Wire<(Session Session, Caller Caller)> Session =
        new Wire<(Session Session, Caller Caller)>("Session", "A browser that is signed in.")
        .Whole("id", s => s.Session.Id)
        .Whole("user_id", s => s.Session.UserId)
        .Text("user_agent", s => s.Session.UserAgent, "What the browser calls itself.")
        .Text("address", s => s.Session.Address, "The network address of the sign-in.")
        .Flag("is_current", s => s.Session.Id == s.Caller.SessionId, "The one that asks.")
        .Instant("added_at", s => s.Session.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("last_used_at", s => s.Session.LastUsedAt, TimeStyle.IsoMilliseconds, "To the hour.")
        .Instant("expires_at", s => s.Session.ExpiresAt, TimeStyle.IsoMilliseconds, "Unless it is used before.");
}
