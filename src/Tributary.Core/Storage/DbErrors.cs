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
        NpgsqlException => Unavailable(),
        _ => null,
    };

    // https://www.sqlite.org/rescode.html
    private static ProblemException? FromSqlite(SqliteException error) => error.SqliteExtendedErrorCode switch
    {
        2067 or 1555 => Taken(),
        787 => Missing(),
        3091 => Overflow(),
        _ when error.SqliteErrorCode is 5 or 6 or 10 or 13 or 14 => Unavailable(), // busy, locked, I/O, full, cannot open
        _ => null,
    };

    // https://www.postgresql.org/docs/15/errcodes-appendix.html
    private static ProblemException? FromPostgres(PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.UniqueViolation => Taken(),
        PostgresErrorCodes.ForeignKeyViolation => Missing(),
        PostgresErrorCodes.NumericValueOutOfRange => Overflow(),
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => Unavailable(),
        _ when error.SqlState.StartsWith("53", StringComparison.Ordinal) || error.SqlState.StartsWith("57", StringComparison.Ordinal) => Unavailable(),
        _ => null,
    };

    private static ProblemException Taken() => Problem.Conflict("Another record already has this value.");

    private static ProblemException Missing() => Problem.Conflict("A record this one refers to no longer exists, or is still referred to.");

    private static ProblemException Overflow() => Problem.TooLarge("The sum of amounts in this workspace would exceed what can be counted exactly.");

    private static ProblemException Unavailable() => new(new(ProblemCode.Unavailable, "The database cannot take the request now. Try again.", []));
}
