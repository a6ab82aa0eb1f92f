using System.Runtime.InteropServices;

namespace Tributary.Core.Storage;

/// <summary>
/// Statements for SQLite that another thread runs: it writes while the rules are asked about the next rows. That thread has most to do,
/// so values are spelled where they are given, and SQLite takes them from there; and rows of one table go in one statement.
/// </summary>
internal sealed unsafe class SqliteLot(SqliteSession session, SqliteThread thread, CancellationToken ct) : PutLot
{
    private readonly List<Sheet> sheets = [];
    private readonly Dictionary<SqliteShape, Sheet> open = [];
    private readonly SqliteValues values = new();
    private int count;
    private int turn;

    public override int Count => count;

    public override void Add(string text, object parameters)
    {
        var shape = SqliteShape.Of(text);
        var start = values.Add(shape, parameters);
        SheetOf(shape).Starts.Add(start);
        count++;
    }

    public override void Clear()
    {
        sheets.Clear();
        open.Clear();
        values.Clear();
        (count, turn) = (0, 0);
    }

    public override Task Run(Task before) => thread.Run(before, Run);

    /// <summary>Rows of one table come together, but for a statement between them that is no such row and may mean what they wrote.</summary>
    private Sheet SheetOf(SqliteShape shape)
    {
        if (open.TryGetValue(shape, out var there)) return there;
        if (shape.Many is null)
        {
            open.Clear();
            turn++;
        }
        var sheet = new Sheet(shape, [], turn);
        if (shape.Many is null) turn++;
        else open.Add(shape, sheet);
        sheets.Add(sheet);
        return sheet;
    }

    private void Run()
    {
        // What a statement was given stays with it after this; it is given anew before it runs again.
        fixed (SqliteGiven.Cell* cells = values.Cells)
        fixed (byte* texts = values.Texts)
        {
            foreach (var (shape, starts, _) in sheets.OrderBy(sheet => sheet.Turn).ThenBy(sheet => sheet.Shape.Many?.Rank ?? 0))
            {
                ct.ThrowIfCancellationRequested();
                if (shape.Many is { } many && starts.Count > 1)
                {
                    session.Given.Run(session.Prepared(many.ForSqlite), cells, texts, CollectionsMarshal.AsSpan(starts));
                    continue;
                }
                foreach (var start in starts) Run(shape, cells + start, texts);
            }
        }
    }

    private void Run(SqliteShape shape, SqliteGiven.Cell* row, byte* texts)
    {
        var statement = session.Prepared(shape.Text);
        if (statement.ParameterCount != shape.Names.Count)
        {
            throw new InvalidOperationException($"Not every @ is a parameter in: {shape.Text}");
        }
        for (var i = 0; i < shape.Names.Count; i++) statement.BindKept(i + 1, row[i], texts);
        statement.Run();
    }

    /// <summary>Statements of one text, each by its first value.</summary>
    /// <param name="Turn">Sheets of one turn may change places.</param>
    private sealed record Sheet(SqliteShape Shape, List<int> Starts, int Turn);
}
