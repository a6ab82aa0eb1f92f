using Tributary.Core.Storage;

namespace Tributary.Core.Deals;

// The number of a new deal, its place at the end of a stage, and the places of neighbours.
internal static partial class DealStore
{
    public static Task<bool> NumberTaken(Tx tx, string number, long exceptId) => tx.One<bool>("""
        SELECT COUNT(*) > 0
        FROM deals
        WHERE workspace_id = @Workspace AND number = @number AND id <> @exceptId
        """, new { tx.Workspace, number, exceptId });

    /// <summary>The next number of a year, counted per workspace.</summary>
    public static Task<long> NextNumber(Tx tx, int year) =>
        tx.Bulk is not { } bulk ? TakeNumbers(tx, year, 1)
        : bulk.NextNumber(year, count => TakeNumbers(tx, year, count),
            count => tx.Put(MoreNumbersText, new { tx.Workspace, year, count }));

    /// <summary>Gives back the numbers that were taken in a block and not given out; nobody else can have come after them.</summary>
    public static async Task ReturnNumbers(Tx tx, Bulk bulk)
    {
        foreach (var (year, given, taken) in bulk.Left)
        {
            await tx.Put("UPDATE deal_numbers SET last = @given WHERE workspace_id = @Workspace AND year = @year AND last = @taken",
                new { tx.Workspace, year, given, taken });
        }
    }

    /// <summary>
    /// What a new deal needs to know before it is written: its number in the year, its id and the last place in its stage.
    /// </summary>
    public static async Task<(long Number, long Id, long? Last)> NextPlace(Tx tx, int year, long stageId)
    {
        if (!tx.Sql.IsPostgres || tx.Bulk is not null)
        {
            return (await NextNumber(tx, year), await tx.NextId("deal_ids"), await LastPosition(tx, stageId));
        }

        // Differs by necessity: on PostgreSQL the workspace's other creates would wait for this one's commit to get a number.
        var counting = new { tx.Workspace, year, count = 1 };
        long? apart = tx.CountsApart && tx.Db.AsksApart ? await tx.Alone(TakeNumbersText, counting) : null;
        var found = await tx.Wholes([
            .. apart is null ? [(TakeNumbersText, counting)] : Array.Empty<(string, object)>(),
            ("SELECT nextval('deal_ids')", new { }),
            (LastPositionText, new { tx.Workspace, stageId, exceptId = 0L }),
        ]);
        return (apart ?? found[0]!.Value, found[^2]!.Value, found[^1]);
    }

    private static Task<long> TakeNumbers(Tx tx, int year, int count) => tx.One<long>(TakeNumbersText, new { tx.Workspace, year, count });

    private const string MoreNumbersText = """
        INSERT INTO deal_numbers (workspace_id, year, last) VALUES (@Workspace, @year, @count)
        ON CONFLICT (workspace_id, year) DO UPDATE SET last = deal_numbers.last + @count
        """;

    private const string TakeNumbersText = $"""
        {MoreNumbersText}
        RETURNING last
        """;

    /// <summary>Keeps a number that an import brought from being given out later.</summary>
    public static Task NeverGiveOutNumber(Tx tx, int year, long count) => tx.Run("""
        INSERT INTO deal_numbers (workspace_id, year, last) VALUES (@Workspace, @year, @count)
        ON CONFLICT (workspace_id, year) DO UPDATE
        SET last = CASE WHEN deal_numbers.last < excluded.last THEN excluded.last ELSE deal_numbers.last END
        """, new { tx.Workspace, year, count });

    private const string OnBoard =
        "workspace_id = @Workspace AND stage_id = @stageId AND status = 'open' AND deleted_at IS NULL AND archived_at IS NULL";

    /// <summary>The last place in a stage, that of one deal left out; new and moved deals go behind it.</summary>
    public static Task<long?> LastPosition(Tx tx, long stageId, long exceptId = 0) =>
        tx.One<long?>(LastPositionText, new { tx.Workspace, stageId, exceptId });

    /// <summary>The same of several stages, asked together.</summary>
    public static async Task<IEnumerable<(long Stage, long? Last)>> LastPositions(Tx tx, IReadOnlyList<long> stageIds) =>
        stageIds.Count == 0 ? [] : stageIds.Zip(await tx.Wholes(
            [.. stageIds.Select(stageId => (LastPositionText, (object)new { tx.Workspace, stageId, exceptId = 0L }))]));

    private const string LastPositionText = $"""
        SELECT MAX(position_units)
        FROM deals
        WHERE {OnBoard} AND id <> @exceptId
        """;

    /// <summary>The places of two neighbours, counted from the top, one deal left out.</summary>
    public static Task<IReadOnlyList<long>> PositionsFrom(Tx tx, long stageId, long exceptId, int skip) => tx.Many<long>($"""
        SELECT position_units
        FROM deals
        WHERE {OnBoard} AND id <> @exceptId
        ORDER BY position_units, id
        LIMIT 2 OFFSET @skip
        """, new { tx.Workspace, stageId, exceptId, skip });

    public static Task<long?> PositionAbove(Tx tx, long stageId, long exceptId, Deal deal) => tx.One<long?>($"""
        SELECT position_units
        FROM deals
        WHERE {OnBoard} AND id <> @exceptId AND (position_units, id) < (@PositionUnits, @Id)
        ORDER BY position_units DESC, id DESC
        LIMIT 1
        """, new { tx.Workspace, stageId, exceptId, deal.PositionUnits, deal.Id });

    public static Task<long?> PositionBelow(Tx tx, long stageId, long exceptId, Deal deal) => tx.One<long?>($"""
        SELECT position_units
        FROM deals
        WHERE {OnBoard} AND id <> @exceptId AND (position_units, id) > (@PositionUnits, @Id)
        ORDER BY position_units, id
        LIMIT 1
        """, new { tx.Workspace, stageId, exceptId, deal.PositionUnits, deal.Id });

    /// <summary>Numbers the open deals of a stage 1, 2, 3, … in the order they have.</summary>
    public static Task NumberAnew(Tx tx, long stageId) => tx.Run($"""
        UPDATE deals
        SET position_units = placed.place * {DealPositionRules.Step}
        FROM (SELECT id AS placed_id, ROW_NUMBER() OVER (ORDER BY position_units, id) AS place FROM deals WHERE {OnBoard}) placed
        WHERE workspace_id = @Workspace AND id = placed.placed_id
        """, new { tx.Workspace, stageId });
}
