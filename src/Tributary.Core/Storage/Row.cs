using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Npgsql;
using Tributary.Core.Kernel;

namespace Tributary.Core.Storage;

/// <summary>Makes a record of a row, column after column in the order of the statement's list.</summary>
internal delegate T ReadRow<out T>(ref Row row);

/// <summary>Takes a row; false when no more are wanted.</summary>
internal delegate bool TakeRow(ref Row row);

/// <summary>
/// One row of either backend, read from the left to the right. For the few records that every request reads: each call takes the
/// next column, so a reader lists its members in the order of the columns and nothing is looked up by name.
/// </summary>
internal unsafe ref struct Row
{
    private readonly nint statement;
    private readonly NpgsqlDataReader? reader;
    private readonly int columns;
    private int next;

    public Row(nint statement, int columns)
    {
        this.statement = statement;
        this.columns = columns;
    }

    public Row(NpgsqlDataReader reader, int columns)
    {
        this.reader = reader;
        this.columns = columns;
    }

    /// <summary>The last columns, as the backend has them.</summary>
    public object?[] Last(int count)
    {
        var values = new object?[count];
        next = columns - count;
        for (var i = 0; i < count; i++) values[i] = Value();
        return values;
    }

    /// <summary>Takes a column that nobody wants.</summary>
    public void Skip() => next++;

    /// <summary>A column whose type only the row knows.</summary>
    public object? Any() => Value();

    public long Whole() => reader is null ? SqliteApi.ColumnInteger(statement, next++) : reader.GetInt64(next++);

    public bool Flag() => reader is null ? Whole() != 0 : reader.GetBoolean(next++);

    public int Small() => (int)Whole();

    // SQLite tells 0 for NULL, so that of most numbers nothing else must be asked.
    public long? WholeOrNone()
    {
        if (reader is not null) return IsNone() ? null : Whole();
        var number = Whole();
        return number == 0 && SqliteApi.ColumnType(statement, next - 1) == SqliteApi.Null ? null : number;
    }

    public int? SmallOrNone() => (int?)WholeOrNone();

    public string Text() => reader is null ? Encoding.UTF8.GetString(Bytes()) : reader.GetString(next++);

    public double Float() => reader is null ? SqliteApi.ColumnFloat(statement, next++) : reader.GetDouble(next++);

    /// <summary>A number that SQLite keeps as whole or floating, or as text.</summary>
    public decimal Number() => Value() switch
    {
        long whole => whole,
        double number => (decimal)number,
        var other => Convert.ToDecimal(other, CultureInfo.InvariantCulture),
    };

    public byte[] Blob()
    {
        if (reader is not null) return reader.GetFieldValue<byte[]>(next++);
        var start = SqliteApi.ColumnBlob(statement, next);
        return new ReadOnlySpan<byte>(start, SqliteApi.ColumnBytes(statement, next++)).ToArray();
    }

    public string? TextOrNone() => reader is not null ? IsNone() ? null : Text()
        : TryBytes(out var text) ? Encoding.UTF8.GetString(text) : null;

    public Guid Uid() => reader is null ? Uid(Bytes()) : reader.GetGuid(next++);

    private static Guid Uid(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out Guid uid, out _, 'D')
        ? uid : throw new InvalidOperationException("A uid column holds no uid.");

    public Guid? UidOrNone() => reader is not null ? IsNone() ? null : Uid() : TryBytes(out var text) ? Uid(text) : null;

    public DateTimeOffset Instant() => reader is null ? Spelling.ParseInstant(Bytes())
        : new(DateTime.SpecifyKind(reader.GetDateTime(next++), DateTimeKind.Utc));

    public DateTimeOffset? InstantOrNone() => reader is not null ? IsNone() ? null : Instant()
        : TryBytes(out var text) ? Spelling.ParseInstant(text) : null;

    public DateOnly Day() => reader is null ? Spelling.ParseDay(Bytes()) : reader.GetFieldValue<DateOnly>(next++);

    public DateOnly? DayOrNone() => reader is not null ? IsNone() ? null : Day() : TryBytes(out var text) ? Spelling.ParseDay(text) : null;

    /// <summary>A word of an enum, in the letters of its names, in snake_case or with nothing between the words.</summary>
    public T Word<T>() where T : struct, Enum
    {
        if (reader is null) return Words<T>.Of(Bytes());
        var word = reader.GetString(next++);
        Span<byte> letters = stackalloc byte[Math.Min(word.Length, 64)];
        return Words<T>.Of(letters[..Encoding.ASCII.GetBytes(word.AsSpan(0, letters.Length), letters)]);
    }

    /// <summary>A JSON column; <paramref name="usual"/> is given without reading when the column is spelled like it.</summary>
    /// <param name="usual">As a rule what stands for nothing.</param>
    /// <param name="spelled">As it was written, and as SQLite keeps it.</param>
    /// <param name="jsonb">As PostgreSQL spells it, where that is something else.</param>
    public T Document<T>(T usual, ReadOnlySpan<byte> spelled, ReadOnlySpan<byte> jsonb = default)
    {
        var json = Json();
        return json.SequenceEqual(reader is null || jsonb.IsEmpty ? spelled : jsonb) ? usual
            : JsonSerializer.Deserialize<T>(json, Documents.Options)!;
    }

    public T? DocumentOrNone<T>() where T : class => IsNone() ? null : Document<T>(null!, []);

    /// <summary>A JSON array of ids.</summary>
    public Seq<long> Wholes()
    {
        var json = new Utf8JsonReader(Json());
        Span<long> first = stackalloc long[16];
        List<long>? more = null;
        var count = 0;
        while (json.Read())
        {
            if (json.TokenType is not JsonTokenType.Number) continue;
            if (count < first.Length) first[count++] = json.GetInt64();
            else (more ??= []).Add(json.GetInt64());
        }
        return more is null ? Seq.Of<long>(first[..count]) : [.. first.ToArray(), .. more];
    }

    private ReadOnlySpan<byte> Json() => reader is null ? Bytes() : reader.GetFieldValue<byte[]>(next++);

    private object? Value()
    {
        if (IsNone()) return null;
        if (reader is not null) return reader.GetValue(next++);
        return SqliteApi.ColumnType(statement, next) switch
        {
            SqliteApi.Integer => Whole(),
            SqliteApi.Float => Float(),
            SqliteApi.Bytes => Blob(),
            _ => Text(),
        };
    }

    /// <summary>Whether the next column is NULL, which is then taken.</summary>
    public bool IsNone()
    {
        if (!(reader is null ? SqliteApi.ColumnType(statement, next) == SqliteApi.Null : reader.IsDBNull(next))) return false;
        next++;
        return true;
    }

    // Valid until the next step of the statement.
    private ReadOnlySpan<byte> Bytes()
    {
        var start = SqliteApi.ColumnText(statement, next);
        return new(start, SqliteApi.ColumnBytes(statement, next++));
    }

    // The same; false for NULL, which has no first byte.
    private bool TryBytes(out ReadOnlySpan<byte> text)
    {
        var start = SqliteApi.ColumnText(statement, next++);
        text = start is null ? default : new(start, SqliteApi.ColumnBytes(statement, next - 1));
        return start is not null;
    }

    private static class Words<T> where T : struct, Enum
    {
        private static readonly (byte[] Spelling, T Meaning)[] All =
        [
            .. Enum.GetValues<T>()
                .Select(word => (Encoding.ASCII.GetBytes(JsonNamingPolicy.SnakeCaseLower.ConvertName(word.ToString())), word)),
            .. Enum.GetValues<T>().Select(word => (Encoding.ASCII.GetBytes(word.ToString().ToLowerInvariant()), word)),
        ];

        public static T Of(ReadOnlySpan<byte> word)
        {
            foreach (var (spelling, meaning) in All)
            {
                if (word.SequenceEqual(spelling)) return meaning;
            }
            throw new InvalidOperationException($"A column holds {Encoding.UTF8.GetString(word)}, which is no {typeof(T).Name}.");
        }
    }
}
