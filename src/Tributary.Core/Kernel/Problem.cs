namespace Tributary.Core.Kernel;

/// <summary>
/// Every way a healthy program refuses a request. This list is closed: a dialect maps each code to its own status and
/// wording, so a new code is a change to every dialect and its tests.
/// </summary>
public enum ProblemCode
{
    /// <summary>Something in the request is wrong; <see cref="Problem.Fields"/> names each field and what would be accepted.</summary>
    Invalid,

    /// <summary>No credential, or one that is unknown, expired or revoked.</summary>
    Unauthenticated,

    /// <summary>A known caller who may not do this.</summary>
    Forbidden,

    /// <summary>Absent, or of another workspace, or not visible to the caller: the three are not told apart.</summary>
    NotFound,

    /// <summary>It was here and is gone for good.</summary>
    Gone,

    /// <summary>The state of the record does not allow it, or a unique value is taken.</summary>
    Conflict,

    /// <summary>The caller's version is not the current one.</summary>
    Stale,

    /// <summary>The request is larger than allowed, or the workspace has reached a limit.</summary>
    TooLarge,

    /// <summary>Too many requests in a window.</summary>
    TooMany,

    /// <summary>The method or media type is not served here.</summary>
    Unsupported,

    /// <summary>Storage cannot take the request now; trying again later may succeed.</summary>
    Unavailable,

    /// <summary>A bug of ours. Never thrown: the edge uses it for exceptions that are not refusals.</summary>
    Broken,
}

/// <summary>
/// One wrong field: its name, a sentence that says what would be accepted, and where it stood: "body", "query", "path" or "header".
/// </summary>
public sealed record FieldError(string Field, string Message, string In = "body")
{
    /// <summary>Nothing of this name is read here; what it holds was not looked at.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>Of a custom field that the engine names by its slug: the key that some dialects name it by.</summary>
    public string? Key { get; init; }
}

/// <summary>A refusal. <paramref name="Subject"/> is the noun it is about ("deal"), which dialects use in their own wording.</summary>
public sealed record Problem(ProblemCode Code, string Message, IReadOnlyList<FieldError> Fields, string Subject = "")
{
    /// <summary>The subject of an <see cref="ProblemCode.Unsupported"/> that is about the kind of body, not the method.</summary>
    public const string MediaType = "media type";

    /// <summary>For <see cref="ProblemCode.Stale"/>: the version that the record has now, when it is known.</summary>
    public long? CurrentVersion { get; init; }

    public bool IsMediaType => Code is ProblemCode.Unsupported && Subject == MediaType;

    /// <summary>Nothing of this id that the caller sees; what is hidden and what never was read alike.</summary>
    public static ProblemException NotFound(string what, object id) => new(new(ProblemCode.NotFound, $"No {what} with id {id}.", [], what));

    /// <summary>Somebody else was faster; reading anew and asking again may succeed.</summary>
    public static ProblemException Stale(string what, long id, long? current = null) =>
        new(new(ProblemCode.Stale, $"The {what} {id} was changed by someone else.", [], what) { CurrentVersion = current });

    /// <summary>Refuses a change of a record that no longer has the version its caller saw; none: whatever version it has.</summary>
    public static void MustBeAt(long? expected, long version, string what, long id)
    {
        if (expected is { } seen && seen != version) throw Stale(what, id, version);
    }

    /// <summary>What is there does not allow it; asking again changes nothing.</summary>
    public static ProblemException Conflict(string message, string subject = "") => new(new(ProblemCode.Conflict, message, [], subject));

    /// <summary>The same, of one field: its value is taken.</summary>
    public static ProblemException Conflict(FieldError field) => new(new(ProblemCode.Conflict, field.Message, [field]));

    /// <summary>The caller is known, and may not.</summary>
    public static ProblemException Forbidden(string message) => new(new(ProblemCode.Forbidden, message, []));

    /// <summary>Nobody is known by this credential, or there is none.</summary>
    public static ProblemException Unauthenticated(string message) => new(new(ProblemCode.Unauthenticated, message, []));

    /// <summary>More than a limit that is stated in the message.</summary>
    public static ProblemException TooLarge(string message) => new(new(ProblemCode.TooLarge, message, []));

    /// <summary>One field is wrong.</summary>
    public static ProblemException Invalid(string field, string message) => Invalid([new(field, message)]);

    /// <summary>All that is wrong, at least one; the message is that of the first.</summary>
    public static ProblemException Invalid(IReadOnlyList<FieldError> fields) => new(new(ProblemCode.Invalid, fields[0].Message, fields));
}

/// <summary>The one exception that means "refused". Any other exception is a bug and becomes a 500.</summary>
public sealed class ProblemException(Problem problem, Exception? reason = null) : Exception(problem.Message, reason)
{
    public Problem Problem { get; } = problem;
}
