using Tributary.Core.Kernel;

namespace Tributary.Core.Sessions;

/// <summary>A browser that is signed in. What opens it is not in here: the token is told once, at the sign-in.</summary>
public sealed record Session
{
    public required long Id { get; init; }
    public required long UserId { get; init; }
    public string? UserAgent { get; init; }
    public string? Address { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public required DateTimeOffset LastUsedAt { get; init; }

    /// <summary>Each use moves it on; see <see cref="SessionService.Idle"/>.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A session and the token that opens it, which is shown only now.</summary>
public sealed record CreatedSession(Session Session, string Token, Caller Caller);

/// <summary>Someone who may be signing in with an address; the same address may belong to a user of several workspaces.</summary>
public sealed record SignInCandidate(long Workspace, Guid WorkspaceUid, string WorkspaceName, long UserId, string PasswordHash);
