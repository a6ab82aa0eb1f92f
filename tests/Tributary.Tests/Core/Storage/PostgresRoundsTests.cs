using Npgsql;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Tests.Core.Deals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

/// <summary>Questions of many callers that go to PostgreSQL together (decision 0033): each has its own answer, or its own error.</summary>
public sealed class PostgresRoundsTests
{
    // A transaction began when the first of its questions was asked: the same moment on one connection is the same message.
    private const string Message =
        "SELECT CAST(pg_backend_pid() AS TEXT) || ' ' || CAST(now() AS TEXT) FROM workspaces WHERE id = @Workspace";

    private const string Waiting = "SELECT CAST(pg_advisory_xact_lock_shared(7) AS TEXT) FROM workspaces WHERE id = @Workspace";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnPostgres]
    public async Task Who_asks_while_others_are_answered_goes_with_others_of_the_same_workspace(Backend backend)
    {
        await using var own = await Own.Open(backend);
        var (ours, theirs) = (await own.Workspace(), await own.Workspace());
        await own.Lock();
        Task<string?>[] before = [.. own.TakeAll(ours), .. own.TakeAll(theirs)];

        var asked = Enumerable.Range(0, 20).SelectMany(_ => new[] { own.Once(ours, Message), own.Once(theirs, Message) }).ToList();
        await own.Unlock();
        var answers = await Task.WhenAll(asked);
        await Task.WhenAll(before);

        var (us, them) = (answers.Where((_, i) => i % 2 == 0).ToList(), answers.Where((_, i) => i % 2 == 1).ToList());
        Assert.Empty(us.Intersect(them));
        foreach (var side in (List<string?>[])[us, them])
        {
            Assert.Equal([4, PostgresRounds.Largest, PostgresRounds.Largest], side.GroupBy(one => one).Select(one => one.Count()).Order());
        }
    }

    [Theory, OnPostgres]
    public async Task Nobody_waits_for_the_questions_of_another_workspace(Backend backend)
    {
        await using var own = await Own.Open(backend);
        var (ours, theirs) = (await own.Workspace(), await own.Workspace());
        await own.Lock();
        var before = own.TakeAll(ours);

        Assert.NotNull(await own.Once(theirs, Message));

        await own.Unlock();
        await Task.WhenAll(before);
    }

    [Theory, OnPostgres]
    public async Task One_that_the_database_refuses_hears_of_it_and_the_others_are_answered(Backend backend)
    {
        await using var own = await Own.Open(backend);
        var workspace = await own.Workspace();
        await own.Lock();
        var before = own.TakeAll(workspace);

        var fine = Enumerable.Range(0, 3).Select(_ => own.Once(workspace, Message)).ToList();
        var faulty = own.Once(workspace, "SELECT CAST(1 / (id - id) AS TEXT) FROM workspaces WHERE id = @Workspace");
        fine.AddRange(Enumerable.Range(0, 3).Select(_ => own.Once(workspace, Message)));
        await own.Unlock();

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => faulty);
        Assert.Equal(PostgresErrorCodes.DivisionByZero, refusal.SqlState);
        Assert.All(await Task.WhenAll(fine), Assert.NotNull);
        await Task.WhenAll(before);
    }

    [Theory, OnPostgres]
    public async Task A_connection_that_is_lost_costs_those_who_were_asking_over_it_and_nobody_in_line(Backend backend)
    {
        await using var own = await Own.Open(backend);
        var workspace = await own.Workspace();
        await own.Lock();
        var lost = own.TakeAll(workspace);
        var inLine = Enumerable.Range(0, 20).Select(_ => own.Once(workspace, Message)).ToList();

        await own.EndThoseWhoWait(lost.Count);

        foreach (var one in lost)
        {
            var refusal = await Assert.ThrowsAsync<ProblemException>(() => one);
            Assert.Equal(ProblemCode.Unavailable, refusal.Problem.Code);
        }
        Assert.All(await Task.WhenAll(inLine), Assert.NotNull);
    }

    [Theory, OnBothBackends]
    public async Task Each_of_many_is_given_the_deal_it_asked_for_and_none_of_another_workspace(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var titles = new Dictionary<(SomeWorkspace, long), string>();
        var workspaces = new List<SomeWorkspace>();
        for (var i = 0; i < 3; i++)
        {
            var some = await Some.Workspace(own.Db);
            workspaces.Add(some);
            for (var j = 0; j < 5; j++)
            {
                var deal = await some.Deal(new() { Title = $"{i} {j}" });
                titles[(some, deal.Id)] = deal.Title;
            }
            await new CatalogService(own.Db).Latest(some.Admin, Ct);
        }
        var ids = titles.Keys.Select(one => one.Item2).Distinct().Append(long.MaxValue).ToArray();
        var random = new Random(20261122);
        var asked = Enumerable.Range(0, 400).Select(_ => (Some: workspaces[random.Next(3)], Id: ids[random.Next(ids.Length)])).ToList();

        var found = await Task.WhenAll(asked.Select(one => Task.Run(() => Title(one.Some, one.Id), Ct)));

        Assert.Equal(asked.Select(one => titles.GetValueOrDefault(one)), found);
    }

    [Fact]
    public async Task What_is_sent_after_a_message_does_not_go_on_in_the_flow_of_who_sent_that_one()
    {
        var callers = new AsyncLocal<string?>();
        var seen = new List<string?>();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var rounds = new PostgresRounds(Connection);

        var asked = Enumerable.Range(0, PostgresRounds.Most + 1).Select(i => Ask($"caller {i}")).ToList();
        gate.SetResult();
        foreach (var one in asked) await Assert.ThrowsAsync<StartupException>(() => one);

        Assert.Equal([.. Enumerable.Range(0, PostgresRounds.Most).Select(i => $"caller {i}"), null], seen);

        async Task Ask(string caller)
        {
            callers.Value = caller;
            var question = new PostgresAsked<string>(PostgresStatement.Of(Message), new { Workspace = 1L }, read: null);
            rounds.Ask(1, question);
            await question.Answer;
            Assert.Equal(caller, callers.Value);
        }

        async Task<PostgresSession> Connection(long workspace, CancellationToken ct)
        {
            lock (seen) seen.Add(callers.Value);
            await gate.Task;
            throw new StartupException("There is none.");
        }
    }

    private static async Task<string?> Title(SomeWorkspace some, long id)
    {
        await using var together = some.Db.ReadTogether(asksOnce: true);
        try
        {
            return (await some.Deals().Get(some.Admin, id, Ct)).Title;
        }
        catch (ProblemException refusal) when (refusal.Problem.Code is ProblemCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>A database with a lock that questions wait for.</summary>
    private sealed class Own(Db db, NpgsqlDataSource source, NpgsqlConnection holder) : IAsyncDisposable
    {
        public static async Task<Own> Open(Backend backend)
        {
            var address = await Scratch.Address(backend);
            var db = Scratch.At(backend, address);
            await Migrator.Run(db, Ct);
            var source = NpgsqlDataSource.Create(address);
            return new(db, source, await source.OpenConnectionAsync(Ct));
        }

        /// <summary>A workspace whose catalog this server knows.</summary>
        public async Task<long> Workspace()
        {
            var some = await Some.Workspace(db);
            return (await new CatalogService(db).Latest(some.Admin, Ct)).Workspace.Id;
        }

        public Task<int> Lock() => Run(holder, "SELECT pg_advisory_lock(7)");

        public Task<int> Unlock() => Run(holder, "SELECT pg_advisory_unlock(7)");

        /// <summary>As many questions as may be under way, which wait for the lock.</summary>
        public List<Task<string?>> TakeAll(long workspace) => [.. Enumerable.Range(0, PostgresRounds.Most).Select(_ => Once(workspace, Waiting))];

        public async Task<string?> Once(long workspace, string text)
        {
            await using var together = db.ReadTogether(asksOnce: true);
            await using var tx = await db.Read(workspace, Ct);
            return await tx.One<string>(text, new { tx.Workspace });
        }

        public async Task EndThoseWhoWait(int count)
        {
            await using var beside = await source.OpenConnectionAsync(Ct);
            const string those = "FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
            while (await Run(beside, $"SELECT pid {those}") < count)
            {
                // They are about to.
            }
            await Run(beside, $"SELECT pg_terminate_backend(pid) {those}");
        }

        public async ValueTask DisposeAsync()
        {
            await holder.DisposeAsync();
            await source.DisposeAsync();
            await db.DisposeAsync();
        }

        private static async Task<int> Run(NpgsqlConnection connection, string text)
        {
            var rows = 0;
            await using var command = new NpgsqlCommand(text, connection);
            await using var reader = await command.ExecuteReaderAsync(Ct);
            while (await reader.ReadAsync(Ct)) rows++;
            return rows;
        }
    }
}
