namespace Tributary.Core.Storage;

/// <summary>Values of statements that run later, spelled one after the other in two pieces of memory.</summary>
internal sealed class SqliteValues : SqliteParameters
{
    private SqliteGiven.Cell[] cells = new SqliteGiven.Cell[1 << 12];
    private byte[] texts = new byte[1 << 16];
    private int start;
    private int end;
    private int written;

    public SqliteGiven.Cell[] Cells => cells;

    /// <summary>Where the cells' texts and blobs are.</summary>
    public byte[] Texts => texts;

    public void Clear() => (start, end, written) = (0, 0, 0);

    /// <summary>The place of the first of a statement's values, which are in the order of its parameters.</summary>
    public int Add(SqliteShape shape, object parameters)
    {
        start = end;
        end += shape.Names.Count;
        if (end > cells.Length) Array.Resize(ref cells, Math.Max(cells.Length * 2, end));
        if (shape.Names.Count == 0) return start;
        if (parameters is SqlValues or (string Name, object? Value)[])
        {
            BindNamed(shape.Names, parameters);
            return start;
        }
        var members = shape.Members(parameters.GetType());
        for (var i = 0; i < members.Length; i++) members[i].Bind(this, i + 1, parameters);
        return start;
    }

    public override void BindNull(int at) => Give(at, new() { Kind = SqliteApi.Null });

    public override void Bind(int at, long value) => Give(at, new() { Kind = SqliteApi.Integer, Number = value });

    public override void Bind(int at, double value) =>
        Give(at, new() { Kind = SqliteApi.Float, Number = BitConverter.DoubleToInt64Bits(value) });

    public override void Bind(int at, ReadOnlySpan<byte> utf8) => Give(at, SqliteApi.Text, utf8);

    public override void BindBlob(int at, ReadOnlySpan<byte> blob) => Give(at, SqliteApi.Bytes, blob);

    private void Give(int at, byte kind, ReadOnlySpan<byte> value)
    {
        if (texts.Length - written < value.Length) Array.Resize(ref texts, Math.Max(texts.Length * 2, written + value.Length));
        value.CopyTo(texts.AsSpan(written));
        Give(at, new() { Kind = kind, Number = written, Length = value.Length });
        written += value.Length;
    }

    private void Give(int at, SqliteGiven.Cell cell) => cells[start + at - 1] = cell;
}
