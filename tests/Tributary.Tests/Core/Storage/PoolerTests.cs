using System.Net;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

/// <summary>
/// What docs/scaling.md promises of pgbouncer in transaction mode: that it gives each transaction any of the server's few connections, and
/// that nothing goes wrong by that. https://www.pgbouncer.org/features.html
/// </summary>
public sealed class PoolerTests(PooledDatabase pooled) : IClassFixture<PooledDatabase>
{
    /// <summary>At once; four for each connection.</summary>
    private const int Callers = 4 * PooledDatabase.Connections;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_more_creates_at_once_than_there_are_connections_none_is_refused_and_each_deal_has_a_number_of_its_own()
    {
        var some = await Some.Workspace(pooled.Db);
        await using var app = await TestServers.Start(pooled.Db);
        using var client = await Native(app, some);

        var made = await AtOnce(n => client.Post("/api/v1/deals", new { title = $"Deal {n}" }));

        Assert.All(made, answer => Assert.Equal((int)HttpStatusCode.Created, answer.Status));
        Assert.Equal(Callers, made.Select(answer => answer.Json.GetProperty("number").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Who_writes_reads_it_at_once_by_itself_and_in_a_list_while_all_others_do_the_same()
    {
        var some = await Some.Workspace(pooled.Db);
        await using var app = await TestServers.Start(pooled.Db);
        using var client = await Native(app, some);

        var seen = await AtOnce(async n =>
        {
            var id = (await client.Post("/api/v1/deals", new { title = $"Deal {n}" })).Json.GetProperty("id").GetInt64();
            var changed = await client.Patch($"/api/v1/deals/{id}", new { title = $"Deal {n}, changed" });
            var deal = await client.Get($"/api/v1/deals/{id}");
            var list = await client.Get("/api/v1/deals?limit=100");
            var listed = list.Json.GetProperty("data").EnumerateArray().Single(one => one.GetProperty("id").GetInt64() == id);
            return (changed.Status, deal.Json.GetProperty("title").ToString(), listed.GetProperty("title").ToString());
        });

        Assert.Equal(Enumerable.Range(0, Callers).Select(n => ((int)HttpStatusCode.OK, $"Deal {n}, changed", $"Deal {n}, changed")), seen);
    }

    [Fact]
    public async Task A_statement_without_WHERE_sees_only_its_workspace_over_connections_that_all_workspaces_share()
    {
        var (ours, theirs) = (await Scratch.Workspace(pooled.Db), await Scratch.Workspace(pooled.Db));
        await Scratch.Tag(pooled.Db, ours, "ours");
        await Scratch.Tag(pooled.Db, theirs, "theirs");

        var seen = await AtOnce(async n =>
        {
            await using var tx = await pooled.Db.Read(n % 2 == 0 ? ours : theirs, Ct);
            return (Server: await tx.One<long>("SELECT CAST(pg_backend_pid() AS BIGINT)", new { }),
                Names: await tx.Many<string>("SELECT name FROM tags", new { }));
        });

        Assert.InRange(seen.Select(one => one.Server).Distinct().Count(), 1, PooledDatabase.Connections);
        Assert.All(seen.Index(), one => Assert.Equal([one.Index % 2 == 0 ? "ours" : "theirs"], one.Item.Names));
    }

    [Fact]
    public async Task A_connection_forgets_the_workspace_with_the_transaction_and_has_nothing_prepared()
    {
        var workspace = await Scratch.Workspace(pooled.Db);
        await Scratch.Tag(pooled.Db, workspace, "ours");
        await AtOnce(_ => Scratch.Ask<long>(pooled.Db, workspace, "SELECT COUNT(*) FROM tags"));

        await using var other = new NpgsqlConnection(pooled.Address);
        await other.OpenAsync(Ct);

        Assert.Equal(0L, await Ask("SELECT COUNT(*) FROM tags"));
        Assert.Equal(0L, await Ask("SELECT COUNT(*) FROM pg_prepared_statements"));

        async Task<object?> Ask(string text)
        {
            await using var command = new NpgsqlCommand(text, other);
            return await command.ExecuteScalarAsync(Ct);
        }
    }

    private static async Task<T[]> AtOnce<T>(Func<int, Task<T>> one) => await Task.WhenAll(Enumerable.Range(0, Callers).Select(one));

    private static async Task<HttpClient> Native(WebApplication app, SomeWorkspace some)
    {
        var client = TestServers.Anonymous(app);
        client.DefaultRequestHeaders.Authorization = new("Bearer", await TestServers.Token(some, "native"));
        return client;
    }
}
