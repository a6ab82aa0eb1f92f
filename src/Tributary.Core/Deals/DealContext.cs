using Tributary.Core.Catalog;
using Tributary.Core.Kernel;

namespace Tributary.Core.Deals;

/// <summary>What the rules must know beside the patch; the verb looks it up.</summary>
internal sealed record DealContext
{
    /// <summary>Where everything wrong is noted; what the lookups found wrong is there already. So a context serves one change.</summary>
    public Checks Checks { get; init; } = new();
    public required WorkspaceCatalog Catalog { get; init; }
    public required Caller Caller { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>Whether the person and organization that the patch names are there and visible to the caller.</summary>
    public bool PersonExists { get; init; } = true;
    public bool OrgExists { get; init; } = true;

    /// <summary>
    /// The persons who take part now, and those the patch names who are not there; only looked up when it names contacts.
    /// </summary>
    public Seq<long> Contacts { get; init; } = [];
    public Seq<long> MissingContacts { get; init; } = [];

    /// <summary>The tags that the patch names, created where needed.</summary>
    public Seq<long> Tags { get; init; } = [];

    /// <summary>The custom values after the patch, already validated.</summary>
    public required Fields.CustomValues Custom { get; init; }
}
