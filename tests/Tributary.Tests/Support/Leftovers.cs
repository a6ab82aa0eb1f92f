using System.Collections.Concurrent;
using Npgsql;
using Tributary.Tests.Support;

[assembly: AssemblyFixture(typeof(Leftovers))]

namespace Tributary.Tests.Support;

/// <summary>
/// Folders and databases that tests make and need not take away: that happens when the last test is done. Not when the process ends,
/// where the runner waits for nobody longer than ten seconds.
/// </summary>
public sealed class Leftovers : IAsyncDisposable
{
    /// <summary>In seconds: a server that the tests have kept busy first writes down what it holds.</summary>
    private const int Patience = 300;
    private static readonly ConcurrentBag<string> Folders = [];
    private static readonly ConcurrentBag<string> Databases = [];

    /// <summary>A new, empty folder.</summary>
    public static string Folder()
    {
        var folder = Directory.CreateTempSubdirectory("tributary-").FullName;
        Folders.Add(folder);
        return folder;
    }

    /// <summary>This database of the tests' PostgreSQL server is to go.</summary>
    public static void Database(string name) => Databases.Add(name);

    public async ValueTask DisposeAsync()
    {
        if (!Databases.IsEmpty) await DropAll();
        foreach (var folder in Folders.Where(Directory.Exists)) Directory.Delete(folder, recursive: true);
    }

    private static async Task DropAll()
    {
        await using var connection = new NpgsqlConnection(Backends.Server);
        await connection.OpenAsync();
        foreach (var name in Databases)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"DROP DATABASE IF EXISTS {name} WITH (FORCE)";
            command.CommandTimeout = Patience;
            try
            {
                await command.ExecuteNonQueryAsync();
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                // An autovacuum worker is in there, whom only a superuser may send away. The tests are over: leave it.
            }
        }
    }
}
