using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Tributary.Core.Storage;

/// <summary>
/// Statements for SQLite that another thread runs: it writes while the rules are asked about the next rows. That thread has most to do,
/// so values are spelled where they are given, one after the other in one piece of memory, from which SQLite takes them without a copy.
/// </summary>
internal sealed unsafe class SqliteLot(SqliteSession session, SqliteThread thread, CancellationToken ct) : PutLot
{
    private readonly List<Shape> shapes = [];
    private readonly Values values = new();

    public override int Count => shapes.Count;

    public override void Add(string text, object parameters)
    {
        var shape = Shape.Of(text);
        values.Add(shape, parameters);
        shapes.Add(shape);
    }

    public override void Clear()
    {
        shapes.Clear();
        values.Clear();
    }

    public override Task Run(Task before) => thread.Run(before, Run);

    private void Run()
    {
        // What a statement was given stays with it after this; it is given anew before it runs again.
        fixed (byte* start = values.Written)
        {
            var at = start;
            foreach (var shape in shapes)
            {
                ct.ThrowIfCancellationRequested();
                var statement = session.Prepared(shape.Text);
                if (statement.ParameterCount != shape.Names.Count)
                {
                    throw new InvalidOperationException($"Not every @ is a parameter in: {shape.Text}");
                }
                for (var i = 1; i <= shape.Names.Count; i++) at = Values.Give(at, statement, i);
                statement.Run();
            }
        }
    }

    /// <summary>A text with the names of its parameters, in the order in which SQLite numbers them.</summary>
    private sealed class Shape(string text)
    {
        private static readonly PerText<Shape> all = new(text => new(text));

        private readonly ConcurrentDictionary<Type, ParameterMember[]> members = new();

        public string Text => text;

        public IReadOnlyList<string> Names { get; } =
            [.. PostgresStatement.Name().Matches(text).Select(match => match.Groups[1].Value).Distinct()];

        public static Shape Of(string text) => all.Of(text);

        public ParameterMember[] Members(Type type) => members.GetOrAdd(type, type => ParameterMembers.Of(type, Names));
    }

    /// <summary>The values, in the order of the parameters: a byte for the kind, then a number's eight, or a length and so many.</summary>
    private sealed class Values : SqliteParameters
    {
        private byte[] bytes = new byte[1 << 16];
        private int end;

        public ReadOnlySpan<byte> Written => bytes.AsSpan(0, end);

        public void Clear() => end = 0;

        public void Add(Shape shape, object parameters)
        {
            if (shape.Names.Count == 0) return;
            if (parameters is SqlValues or (string Name, object? Value)[])
            {
                BindNamed(shape.Names, parameters);
                return;
            }
            var members = shape.Members(parameters.GetType());
            for (var i = 0; i < members.Length; i++) members[i].Bind(this, i + 1, parameters);
        }

        public override void BindNull(int at) => Room(SqliteApi.Null, 0);

        public override void Bind(int at, long value) => BinaryPrimitives.WriteInt64LittleEndian(Room(SqliteApi.Integer, 8), value);

        public override void Bind(int at, double value) => BinaryPrimitives.WriteDoubleLittleEndian(Room(SqliteApi.Float, 8), value);

        public override void Bind(int at, ReadOnlySpan<byte> utf8) => Long(SqliteApi.Text, utf8);

        public override void BindBlob(int at, ReadOnlySpan<byte> blob) => Long(SqliteApi.Bytes, blob);

        /// <summary>Binds the value that stands here, and answers where the next one is.</summary>
        public static byte* Give(byte* from, SqliteStatement statement, int at)
        {
            var kind = *from;
            var value = from + 1;
            switch (kind)
            {
                case SqliteApi.Null:
                    statement.BindNull(at);
                    return value;
                case SqliteApi.Integer:
                    statement.Bind(at, BinaryPrimitives.ReadInt64LittleEndian(new(value, 8)));
                    return value + 8;
                case SqliteApi.Float:
                    statement.Bind(at, BinaryPrimitives.ReadDoubleLittleEndian(new(value, 8)));
                    return value + 8;
                default:
                    var length = BinaryPrimitives.ReadInt32LittleEndian(new(value, 4));
                    if (kind is SqliteApi.Text) statement.BindKept(at, value + 4, length);
                    else statement.BindBlob(at, new ReadOnlySpan<byte>(value + 4, length));
                    return value + 4 + length;
            }
        }

        private void Long(byte kind, ReadOnlySpan<byte> value)
        {
            var room = Room(kind, 4 + value.Length);
            BinaryPrimitives.WriteInt32LittleEndian(room, value.Length);
            value.CopyTo(room[4..]);
        }

        private Span<byte> Room(byte kind, int length)
        {
            if (bytes.Length - end <= length) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, end + length + 1));
            bytes[end] = kind;
            var room = bytes.AsSpan(end + 1, length);
            end += 1 + length;
            return room;
        }
    }
}
