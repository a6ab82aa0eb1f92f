using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Tributary.Core.Kernel;

namespace Tributary.Core.Storage;

/// <summary>
/// The last wall: what a database constraint refuses becomes a <see cref="Problem"/>. Rules should have said it first and
/// better; a race between two requests is what gets here.
/// </summary>
internal static class DbErrors
{
    public static ProblemException? Translate(DbException error) => error switch
    {
        SqliteException sqlite => FromSqlite(sqlite),
        PostgresException postgres => FromPostgres(postgres),
        NpgsqlException => Unavailable(error),
        _ => null,
    };

    // https://www.sqlite.org/rescode.html
    private static ProblemException? FromSqlite(SqliteException error) => error.SqliteExtendedErrorCode switch
    {
        2067 or 1555 => Taken(),
        787 => Missing(),
        3091 => Overflow(),
        // busy, locked, read-only, I/O, damaged, full, cannot open, no database
        _ when error.SqliteErrorCode is 5 or 6 or 8 or 10 or 11 or 13 or 14 or 26 => Unavailable(error),
        // SUM() beyond 64 bits has no code of its own.
        _ when error.SqliteErrorCode is 1 && error.Message.Contains("integer overflow", StringComparison.Ordinal) => Overflow(),
        _ => null,
    };

    // https://www.postgresql.org/docs/15/errcodes-appendix.html
    private static ProblemException? FromPostgres(PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.UniqueViolation => Taken(),
        PostgresErrorCodes.ForeignKeyViolation => Missing(),
        PostgresErrorCodes.NumericValueOutOfRange => Overflow(),
        // Text that SQLite keeps and PostgreSQL cannot: U+0000, also as \u0000 inside JSON.
        PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter => NoText(),
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable =>
            Unavailable(error),
        // The server we wrote to became a replica while we were connected.
        PostgresErrorCodes.ReadOnlySqlTransaction => Unavailable(error),
        // connection lost, out of resources, stopping
        _ when error.SqlState[..2] is "08" or "53" or "57" => Unavailable(error),
        // An indexed value longer than a page of an index.
        _ when error.SqlState[..2] is "54" => Problem.TooLarge("A value is longer than the database can index."),
        _ => null,
    };

    private static ProblemException Taken() => Problem.Conflict("Another record already has this value.");

    private static ProblemException Missing() => Problem.Conflict("A record this one refers to no longer exists, or is still referred to.");

    private static ProblemException Overflow() =>
        Problem.TooLarge("The sum of amounts in this workspace would exceed what can be counted exactly.");

    private static ProblemException NoText() => Problem.Invalid("text", "Text must not contain the character U+0000.");

    public static ProblemException Unavailable(Exception? reason = null) =>
        new(new(ProblemCode.Unavailable, "The database cannot take the request now. Try again.", []), reason);
}
