using System.Collections.Frozen;
using System.Text.Json;
using Tributary.Core.Storage;

namespace Tributary.Core.Deals;

/// <summary>
/// The members of deals that somebody shows. A list reads these columns and leaves the other sixty: members that were not asked for are
/// as a new record has them, so whoever declares too few shows nothing there. Made once, beside the wire; <see cref="Deal.Id"/> is always
/// read.
/// </summary>
public sealed class DealMembers
{
    // Members that are no column of their own name.
    private static readonly FrozenDictionary<string, string[]> Made = new Dictionary<string, string[]>
    {
        [nameof(Deal.Value)] = ["value_units"],
        [nameof(Deal.Probability)] = ["probability_bp"],
        [nameof(Deal.Position)] = ["position_units"],
        [nameof(Deal.Mrr)] = ["mrr_units"],
        [nameof(Deal.Arr)] = ["arr_units"],
        [nameof(Deal.Acv)] = ["acv_units"],
        [nameof(Deal.IsArchived)] = ["archived_at"],
        [nameof(Deal.IsDeleted)] = ["deleted_at"],
        [nameof(Deal.IsNameless)] = ["title", "number"],
        [nameof(Deal.Facts)] =
        [
            "products_count", "files_count", "notes_count", "followers_count", "participants_count", "activities_count",
            "done_activities_count", "mail_count",
            "next_activity_id", "next_activity_on", "next_activity_time", "last_activity_id", "last_activity_on", "last_incoming_mail_at",
            "last_outgoing_mail_at", "touched_at",
        ],
    }.ToFrozenDictionary();

    private DealMembers(IReadOnlyList<string> columns, ReadRow<Deal> read)
    {
        Columns = string.Join(", ", columns);
        Read = read;
    }

    public static DealMembers All { get; } = new(DealStore.Names, DealRow.Read);

    /// <param name="names">As in <c>nameof(Deal.Title)</c>.</param>
    public static DealMembers Of(params IEnumerable<string> names)
    {
        var wanted = names.SelectMany(ColumnsOf).Append("id").ToHashSet();
        if (wanted.FirstOrDefault(column => !DealStore.Names.Contains(column)) is { } unknown)
        {
            throw new ArgumentException($"Deals have no column {unknown}.", nameof(names));
        }
        // In the table's order: a column is found by walking over those before it.
        var columns = DealStore.Names.Where(wanted.Contains).ToArray();
        return new(columns, RecordReader.Of<Deal>(columns));
    }

    /// <summary>What the query selects.</summary>
    internal string Columns { get; }

    internal ReadRow<Deal> Read { get; }

    private static IEnumerable<string> ColumnsOf(string member) =>
        Made.TryGetValue(member, out var columns) ? columns : [JsonNamingPolicy.SnakeCaseLower.ConvertName(member)];
}
