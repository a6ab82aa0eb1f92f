using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Labels;

/// <summary>
/// Takes a label or tag off every record that carries it, or puts another in its place. Each record is changed like any
/// other: its own version and its own line of the log.
/// </summary>
internal static class MarkedRecords
{
    /// <summary>More than this is refused: one unit of work must not keep every writer waiting for minutes.</summary>
    private const int MaxChanged = 10_000;
    private const int ChangedAtOnce = 500;

    public static Task ReplaceLabel(Tx tx, Caller caller, string subject, long id) => Replace(tx, caller, [subject], "label_ids", id, null);

    public static Task ReplaceTag(Tx tx, Caller caller, long id, long? by) =>
        Replace(tx, caller, ["deal", "person", "organization"], "tag_ids", id, by);

    private static async Task Replace(Tx tx, Caller caller, IReadOnlyList<string> subjects, string column, long id, long? by)
    {
        var left = (long)MaxChanged;
        foreach (var subject in subjects) left -= await Count(tx, subject, column, id);
        if (left < 0) throw Problem.TooLarge($"More than {MaxChanged} records carry it. Take it off some of them first.");

        var one = caller with { IsBulk = true };
        foreach (var subject in subjects)
        {
            if (subject == "deal") await ReplaceOnDeals(tx, one, column, id, by);
            else await ReplaceOnOthers(tx, one, subject, column, id, by);
        }
    }

    private static async Task ReplaceOnDeals(Tx tx, Caller caller, string column, long id, long? by)
    {
        for (var last = 0L; ;)
        {
            var deals = await Next<Deal>(tx, "deal", DealStore.Columns, column, id, last);
            foreach (var deal in deals)
            {
                var changed = column == "tag_ids" ? deal with { TagIds = Without(deal.TagIds, id, by) }
                    : deal with { LabelIds = Without(deal.LabelIds, id, by) };
                await DealSaving.Change(tx, caller, deal, DealRules.Stamped(changed, caller, tx.Now));
            }
            if (deals.Count < ChangedAtOnce) return;
            last = deals[^1].Id;
        }
    }

    private static async Task ReplaceOnOthers(Tx tx, Caller caller, string subject, string column, long id, long? by)
    {
        for (var last = 0L; ;)
        {
            var records = await Next<Marked>(tx, subject, $"id, {column} AS ids", column, id, last);
            foreach (var record in records)
            {
                var after = record with { Ids = Without(record.Ids, id, by) };
                await Update(tx, caller, subject, column, after);
                await EventStore.Append(tx, caller, new()
                {
                    Subject = subject,
                    SubjectId = record.Id,
                    Action = "updated",
                    Changes = Tracked.Between([new Tracked<Marked>(column, marked => marked.Ids.Count == 0 ? null : marked.Ids)], record,
                        after),
                });
            }
            if (records.Count < ChangedAtOnce) return;
            last = records[^1].Id;
        }
    }

    private static Seq<long> Without(Seq<long> ids, long id, long? by) =>
        [.. ids.Select(each => each == id ? by : each).OfType<long>().Distinct()];

    private static Task<long> Count(Tx tx, string subject, string column, long id) => tx.One<long>($"""
        SELECT COUNT(*)
        FROM {Table(subject)}
        WHERE workspace_id = @Workspace AND {tx.Sql.HasNumber(column, "id")}
        """, new { tx.Workspace, id });

    private static Task<IReadOnlyList<T>> Next<T>(Tx tx, string subject, string columns, string column, long id, long after) =>
        tx.Many<T>($"""
        SELECT {columns}
        FROM {Table(subject)}
        WHERE workspace_id = @Workspace AND {tx.Sql.HasNumber(column, "id")} AND id > @after
        ORDER BY id
        LIMIT @limit
        {tx.Sql.ForUpdate}
        """, new { tx.Workspace, id, after, limit = ChangedAtOnce });

    private static Task<int> Update(Tx tx, Caller caller, string subject, string column, Marked record) => tx.Run($"""
        UPDATE {Table(subject)} SET {column} = {tx.Sql.Json("Ids")}, updated_at = @Now, updated_by = @UserId, version = version + 1
        WHERE workspace_id = @Workspace AND id = @Id
        """, new { tx.Workspace, record.Id, record.Ids, tx.Now, caller.UserId });

    private static string Table(string subject) => subject switch
    {
        "deal" => "deals",
        "person" => "persons",
        "organization" => "organizations",
        "lead" => "leads",
        "product" => "products",
        _ => throw new ArgumentOutOfRangeException(nameof(subject), subject, "No records of this kind carry labels or tags."),
    };

    private sealed record Marked
    {
        public long Id { get; init; }
        public Seq<long> Ids { get; init; } = [];
    }
}
