namespace Tributary.Core.Kernel;

/// <summary>
/// What a user may do in the workspace: admins everything, managers their groups and the pipelines, members what they see.
/// </summary>
public enum Role { Admin, Manager, Member }

/// <summary>
/// Who is asking, in which workspace, by which way. Resolved once per request; every verb takes one and nothing reads it
/// from ambient state. The log keeps all of it with each change.
/// </summary>
public sealed record Caller
{
    public required long Workspace { get; init; }
    public required long? UserId { get; init; }
    public required Role Role { get; init; }

    /// <summary>The visibility group of the user, and the groups above it.</summary>
    public long? GroupId { get; init; }
    public Seq<long> GroupsAbove { get; init; } = [];

    /// <summary>"*", "read", or "noun:read" / "noun:write"; writing implies reading.</summary>
    public required Seq<string> Scopes { get; init; }

    /// <summary>"native", "pipedrive", "automatenexus", "switch", "cpod", "ysuite", "web", "cli", "automation", "system".</summary>
    public required string Dialect { get; init; }

    /// <summary>Set when the credential belongs to an app that sees only its own deals and those of no app (cPod).</summary>
    public long? AppId { get; init; }
    public Guid? AppUid { get; init; }
    public long? KeyId { get; init; }

    /// <summary>What the key may cost a day; none: no limit of its own.</summary>
    public long? DailyBudget { get; init; }

    /// <summary>Set when an app acts for a user who allowed it.</summary>
    public long? GrantId { get; init; }

    /// <summary>Set when a browser that signed in asks.</summary>
    public long? SessionId { get; init; }

    /// <summary>
    /// What limits are counted by: each key, grant and app for itself, each user of the web app for themself. Never two alike in a
    /// workspace.
    /// </summary>
    public (string Kind, long Id) Credential => KeyId is { } key ? ("key", key) : GrantId is { } grant ? ("grant", grant)
        : AppId is { } app ? ("app", app) : ("user", UserId ?? 0);

    public string? UserAgent { get; init; }

    /// <summary>The change is one of many that a single call makes.</summary>
    public bool IsBulk { get; init; }

    /// <summary>The automations that led to this, first to last; none when a person or a program asks.</summary>
    public Seq<long> Chain { get; init; } = [];

    /// <summary>The engine itself, for background work: sees everything, signs nothing.</summary>
    public static Caller System(long workspace) =>
        new() { Workspace = workspace, UserId = null, Role = Role.Admin, Scopes = ["*"], Dialect = "system" };

    public bool IsAdmin => Role is Role.Admin;

    /// <summary>Whether the credential reads this kind of record: by its own scope, by "read", or because it writes it.</summary>
    public bool MayRead(string noun) => Scopes.Contains("*") || Scopes.Contains("read") || Scopes.Contains($"{noun}:read")
        || Scopes.Contains($"{noun}:write");

    /// <summary>Whether the credential writes this kind of record ("deals", "pipelines", …).</summary>
    public bool MayWrite(string noun) => Scopes.Contains("*") || Scopes.Contains($"{noun}:write");

    /// <summary>Refuses unless the credential reads this kind of record ("deals", "pipelines", …).</summary>
    public void MustRead(string noun)
    {
        if (!MayRead(noun)) throw Lacks($"{noun}:read");
    }

    /// <summary>Refuses unless the credential writes this kind of record.</summary>
    public void MustWrite(string noun)
    {
        if (!MayWrite(noun)) throw Lacks($"{noun}:write");
    }

    /// <summary>Writing what shapes everyone's work (pipelines, fields, labels): admins and managers.</summary>
    public void MustManage(string noun)
    {
        MustWrite(noun);
        if (Role is Role.Member) throw Problem.Forbidden($"Only admins and managers may change {noun}.");
    }

    /// <summary>Users, keys, currencies, webhooks, the workspace itself: admins.</summary>
    public void MustAdminister(string noun)
    {
        MustWrite(noun);
        if (Role is not Role.Admin) throw Problem.Forbidden($"Only admins may change {noun}.");
    }

    private static ProblemException Lacks(string scope) =>
        new(new(ProblemCode.Forbidden, $"This credential lacks the scope {scope}.", [new("scope", scope, "header")]));
}
