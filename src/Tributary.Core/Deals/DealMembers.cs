using System.Collections.Frozen;
using System.Text.Json;
using Tributary.Core.Storage;

namespace Tributary.Core.Deals;

/// <summary>
/// The members of deals that somebody shows. Who asks for these leaves the other sixty columns: members that were not asked for are
/// as a new record has them, so whoever declares too few shows nothing there. Made once, beside the wire; <see cref="Deal.Id"/> is always
/// read.
/// </summary>
public sealed class DealMembers
{
    // Members that are no column of their own name.
    private static readonly FrozenDictionary<string, string[]> Made = new Dictionary<string, string[]>
    {
        ["value"] = ["value_units"],
        ["probability"] = ["probability_bp"],
        ["position"] = ["position_units"],
        ["mrr"] = ["mrr_units"],
        ["arr"] = ["arr_units"],
        ["acv"] = ["acv_units"],
        ["is_archived"] = ["archived_at"],
        ["is_deleted"] = ["deleted_at"],
        ["is_nameless"] = ["title", "number"],
        ["facts"] =
        [
            "products_count", "files_count", "notes_count", "followers_count", "participants_count", "activities_count",
            "done_activities_count", "mail_count",
            "next_activity_id", "next_activity_on", "next_activity_time", "last_activity_id", "last_activity_on", "last_incoming_mail_at",
            "last_outgoing_mail_at", "touched_at",
        ],
    }.ToFrozenDictionary();

    // What decides who sees a deal that was found by its id, and whether it is there at all; lists ask that of the database.
    private static readonly string[] Sight = ["owner_id", "visible_to", "app_id", "deleted_at"];

    // What decides whom it names.
    private static readonly string[] Contacts = ["person_id", "org_id"];

    private readonly Lazy<ReadRow<Deal>> read;
    private readonly Lazy<OneDeal<Deal>> alone;
    private readonly Lazy<OneDeal<DealAndNames>> named;
    private readonly Lazy<OneDeal<DealAndCustomer>> withCustomer;

    private DealMembers(string[] columns)
    {
        Columns = string.Join(", ", columns);
        read = new(() => Reader(columns));
        alone = new(() => OneDeal.Of(Seen(columns)));
        named = new(() => DealAndNames.Of(Seen([.. columns, .. Contacts])));
        withCustomer = new(() => DealAndCustomer.Of(Seen([.. columns, .. Contacts])));
    }

    public static DealMembers All { get; } = new(DealStore.Names);

    /// <param name="names">As in <c>nameof(Deal.Title)</c>, or in snake_case.</param>
    public static DealMembers Of(params IEnumerable<string> names)
    {
        var wanted = names.SelectMany(ColumnsOf).Append("id").ToHashSet();
        if (wanted.FirstOrDefault(column => !DealStore.Names.Contains(column)) is { } unknown)
        {
            throw new ArgumentException($"Deals have no column {unknown}.", nameof(names));
        }
        // In the table's order: a column is found by walking over those before it.
        return new([.. DealStore.Names.Where(wanted.Contains)]);
    }

    /// <summary>These and more.</summary>
    public DealMembers With(params IEnumerable<string> names) => Of([.. Columns.Split(", "), .. names]);

    /// <summary>What a list selects.</summary>
    internal string Columns { get; }

    internal ReadRow<Deal> Read => read.Value;

    /// <summary>What finds one deal.</summary>
    internal OneDeal<Deal> Alone => alone.Value;

    /// <summary>What finds it together with the names of its person and its organization.</summary>
    internal OneDeal<DealAndNames> Named => named.Value;

    /// <summary>What finds it together with its customer.</summary>
    internal OneDeal<DealAndCustomer> WithCustomer => withCustomer.Value;

    internal static ReadRow<Deal> Reader(string[] columns) =>
        columns.Length == DealStore.Names.Length ? DealRow.Read : RecordReader.Of<Deal>(columns);

    // In the table's order.
    private static string[] Seen(string[] columns) =>
        [.. DealStore.Names.Where(name => columns.Contains(name) || Sight.Contains(name))];

    private static IEnumerable<string> ColumnsOf(string member) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(member) is var name && Made.TryGetValue(name, out var columns) ? columns : [name];
}
