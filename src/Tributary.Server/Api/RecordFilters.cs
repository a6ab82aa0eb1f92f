using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api;

/// <summary>The simple parameters that lists of several kinds of records take.</summary>
internal static class RecordFilters
{
    public static readonly ListFilter Owner = By("owner_id", "Records of this owner.");
    public static readonly ListFilter Deal = By("deal_id", "Records of this deal.");
    public static readonly ListFilter Lead = By("lead_id", "Records of this lead.");
    public static readonly ListFilter Person = By("person_id", "Records of this person.");
    public static readonly ListFilter Org = By("org_id", "Records of this organization.");
    public static readonly ListFilter User = By("user_id", "Records of this user.");
    public static readonly ListFilter Label =
        ListFilter.Of(Members.Id("label_id", "Records that carry this label."), id => Condition.Test("label_ids", Operator.Has, id));
    public static readonly ListFilter Tag =
        ListFilter.Of(Members.Text("tag", "Records that carry the tag of this name.", 255),
            name => Condition.Test("tag", Operator.Has, name));

    /// <summary>Since and until, of when records were added and changed; since is inclusive, until is not.</summary>
    public static readonly IReadOnlyList<ListFilter> Times = [.. Moments("updated"), .. Moments("added")];

    public static ListFilter By(string name, string description) => ListFilter.Equal(Members.Id(name, description));

    /// <summary>From and to, both days included.</summary>
    public static IReadOnlyList<ListFilter> Days(string field) =>
    [
        ListFilter.Of(Members.Day($"{field}_from", $"{field} on this day or later."), day => Condition.Test(field, Operator.AtLeast, day)),
        ListFilter.Of(Members.Day($"{field}_to", $"{field} on this day or earlier."), day => Condition.Test(field, Operator.AtMost, day)),
    ];

    /// <summary>The text occurs in one of the fields, whatever its case.</summary>
    public static ListFilter Search(params Seq<string> fields) =>
        ListFilter.Of(Members.Text("search", $"Occurs in {string.Join(" or ", fields)}, whatever its case.", 255),
        text => Condition.AnyOf([.. fields.Select(field => Condition.Test(field, Operator.Contains, text))]));

    private static IEnumerable<ListFilter> Moments(string verb) =>
    [
        ListFilter.Of(Members.Instant($"{verb}_since", $"Records {verb} at this moment or later."),
            at => Condition.Test($"{verb}_at", Operator.AtLeast, at)),
        ListFilter.Of(Members.Instant($"{verb}_until", $"Records {verb} before this moment."),
            at => Condition.Test($"{verb}_at", Operator.Less, at)),
    ];
}
