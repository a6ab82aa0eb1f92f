using System.Text.Json.Nodes;
using Tributary.Core.Kernel;

namespace Tributary.Server.Hosting;

/// <summary>
/// One HTTP surface over the engine: ours or a vendor's. It brings its routes, its way to know who asks, its way to say
/// no, and how it reads numbers and unknown names. It brings no rule and no SQL. Under its prefix every answer, the host's
/// own 401, 404, 405, 413, 429 and 500 included, is spelled by the dialect.
/// </summary>
internal interface IDialect
{
    /// <summary>The word in keys, logs and settings: "native", "pipedrive", …</summary>
    string Name { get; }

    /// <summary>Where it is mounted on the shared port: "/pipedrive".</summary>
    string Prefix { get; }

    ReadingPolicy Reading { get; }

    /// <summary>Every answer says how many requests are left, not only the refusal of one too many.</summary>
    bool TellsLimits => false;

    /// <summary>Put together when they are first asked for, which takes a while.</summary>
    IReadOnlyList<Operation> Operations { get; }

    /// <summary>A rule of its own for how many requests may be made; none when it has the plain windows of all.</summary>
    ILimits? Limits => null;

    /// <summary>POST requests may carry an Idempotency-Key.</summary>
    bool TakesIdempotencyKeys => false;

    /// <summary>One record comes with its version as ETag.</summary>
    bool TellsVersions => false;

    /// <summary>How it tells webhooks of events; none when it has no webhooks.</summary>
    IWebhookVoice? Voice => null;

    /// <summary>How it shows one deal, once per version; none when it has no deals.</summary>
    IReadOnlyList<DealLens> Lenses => [];

    /// <summary>The OpenAPI document, which everyone may read at openapi.json under the prefix.</summary>
    JsonObject Describe();

    /// <summary>Who is asking; none when the credential is missing, unknown, expired or revoked, without saying which.</summary>
    ValueTask<Caller?> Authenticate(HttpContext http, CancellationToken ct);

    /// <summary>The refusal in the dialect's own words. Headers that belong to it are set here.</summary>
    Reply Refuse(HttpContext http, Problem problem);
}

/// <summary>How a dialect reads what it is sent.</summary>
internal sealed record ReadingPolicy
{
    /// <summary>"42" is taken for 42.</summary>
    public bool NumericTexts { get; init; }

    /// <summary>0 and 1, and "0", "1", "true", "false", are taken for booleans in bodies.</summary>
    public bool LooseFlags { get; init; }

    /// <summary>A member or parameter that no list names is refused, not ignored.</summary>
    public bool RefuseUnknownMembers { get; init; }
    public bool RefuseUnknownParameters { get; init; }

    /// <summary>ids[]=1&amp;ids[]=2 is taken for ids=1,2, as PHP and axios spell lists in queries.</summary>
    public bool BracketedLists { get; init; }

    /// <summary>Bodies may come as application/x-www-form-urlencoded.</summary>
    public bool Forms { get; init; }
}
