using System.Reflection;
using Npgsql;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Xunit.Sdk;
using Xunit.v3;

namespace Tributary.Tests.Support;

public enum Backend { Sqlite, Postgres }

/// <summary>
/// Runs a theory once per database. Where no PostgreSQL answers, its case is skipped by name on a laptop and fails in CI:
/// a green run must not mean "half of it was not tried".
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnBothBackendsAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow(Backend.Sqlite), OnPostgresAttribute.Row()]);

    public override bool SupportsDiscoveryEnumeration() => true;
}

/// <summary>For what only PostgreSQL has, such as row-level security.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnPostgresAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([Row()]);

    public override bool SupportsDiscoveryEnumeration() => true;

    internal static TheoryDataRow Row()
    {
        var row = new TheoryDataRow(Backend.Postgres);
        if (!Backends.PostgresAnswers && !Backends.InCi)
        {
            row.Skip = "No PostgreSQL answers at TRIBUTARY_TEST_POSTGRES (see CONTRIBUTING.md).";
        }
        return row;
    }
}

/// <summary>
/// One migrated database per backend and test run, made on first use. Tests share it and never see each other, because
/// each makes its own workspace.
/// </summary>
public static class Backends
{
    private static readonly Lazy<Task<Db>> Sqlite = new(() => Own(Backend.Sqlite));
    private static readonly Lazy<Task<Db>> Postgres = new(() => Own(Backend.Postgres));
    private static readonly Lazy<bool> Answers = new(() =>
    {
        try
        {
            using var connection = new NpgsqlConnection(Server);
            connection.Open();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    });

    public static bool InCi => Environment.GetEnvironmentVariable("CI") is "true" or "1";

    public static bool PostgresAnswers => Answers.Value;

    /// <summary>A server on which the tests' role may create databases; not a superuser, or row-level security would not bind it.</summary>
    public static string Server => Environment.GetEnvironmentVariable("TRIBUTARY_TEST_POSTGRES")
        ?? "Host=127.0.0.1;Username=tributary;Password=tributary;Database=postgres";

    public static Task<Db> Open(Backend backend) => backend is Backend.Sqlite ? Sqlite.Value : Postgres.Value;

    /// <summary>
    /// A migrated database of one test's own, for what tests cannot share: jobs and secrets of the whole instance. The test disposes it.
    /// </summary>
    public static async Task<Db> Own(Backend backend) => await Migrated(backend is Backend.Sqlite
        ? Db.Sqlite(Path.Combine(Leftovers.Folder(), "test.db"), TestClock.Instance, Uids(),
            SqliteUse.Throwaway)
        : Db.Postgres(await NewPostgres(), TestClock.Instance, Uids()));

    /// <summary>
    /// An empty database of its own, for tests of migrations and of whole-database work. The caller drops nothing
    /// (<see cref="Leftovers"/>); names say the run.
    /// </summary>
    public static async Task<string> NewPostgres()
    {
        var name = $"tributary_test_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}";
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using (var command = new NpgsqlCommand($"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
            connection)) await command.ExecuteNonQueryAsync();
        await using (var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection)) await command.ExecuteNonQueryAsync();
        Leftovers.Database(name);
        return new NpgsqlConnectionStringBuilder(Server) { Database = name, MaxPoolSize = 40 }.ToString();
    }

    public static UidSource Uids() => new(TestClock.Instance, SeededRandom.Of(20261120));

    private static int databases;

    private static async Task<Db> Migrated(Db db)
    {
        await Migrator.Run(db, CancellationToken.None);
        return db;
    }
}

/// <summary>
/// The clock of the tests: stands at one moment until a test sets it, and each test sets only its own, because the value
/// follows the asynchronous flow.
/// </summary>
public sealed class TestClock : TimeProvider
{
    public static readonly TestClock Instance = new();

    /// <summary>When every test begins.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    private readonly AsyncLocal<DateTimeOffset?> now = new();

    public override DateTimeOffset GetUtcNow() => now.Value ?? Start;

    public void Set(DateTimeOffset instant) => now.Value = instant;

    public void Advance(TimeSpan by) => Set(GetUtcNow() + by);
}
