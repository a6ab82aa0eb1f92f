using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Npgsql;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;

namespace Tributary.Core.Storage;

/// <summary>
/// One unit of work in one workspace. It carries its own clock so that every row it writes has the same time, and so
/// that no SQL text ever asks the database what time it is. Disposing it without <see cref="Commit"/> undoes it.
/// </summary>
internal sealed class Tx : IAsyncDisposable
{
    private readonly SqliteSession? sqlite;
    private readonly PostgresSession? postgres;
    private readonly Func<bool, ValueTask> end;
    private readonly CancellationToken ct;
    private readonly StorageMeter.Measure measure;
    private List<Action>? committed;
    private Dictionary<string, Queue<long>>? reserved;
    private PutQueue? queue;
    private SharedRead? shared;
    private bool ended;
    private bool failed;

    public Tx(Db db, SqliteSession session, long workspace, Func<bool, ValueTask> end, StorageMeter.Measure measure, CancellationToken ct)
        : this(db, workspace, end, measure, ct) => sqlite = session;

    public Tx(Db db, PostgresSession session, long workspace, Func<bool, ValueTask> end, StorageMeter.Measure measure, CancellationToken ct)
        : this(db, workspace, end, measure, ct) => postgres = session;

    private Tx(Db db, long workspace, Func<bool, ValueTask> end, StorageMeter.Measure measure, CancellationToken ct)
    {
        Db = db;
        Workspace = workspace;
        Catalogs = db.Catalogs;
        Now = db.Now();
        this.end = end;
        this.measure = measure;
        this.ct = ct;
    }

    public Db Db { get; }
    public SqlFlavor Sql => Db.Sql;
    public long Workspace { get; }
    public DateTimeOffset Now { get; }

    /// <summary>How many statements this unit of work has run; tests of "no N+1" read it.</summary>
    public int Statements { get; private set; }

    /// <summary>The catalogs that were true when this unit of work began; a restored database starts a new set.</summary>
    internal ConcurrentDictionary<long, WorkspaceCatalog> Catalogs { get; }

    /// <summary>Keeps a catalog unless a newer one is there already; none means that what is kept is no longer true.</summary>
    internal void Keep(WorkspaceCatalog? catalog)
    {
        if (catalog is null) Catalogs.TryRemove(Workspace, out _);
        else Catalogs.AddOrUpdate(Workspace, catalog, (_, kept) => kept.Version >= catalog.Version ? kept : catalog);
    }

    /// <summary>What <see cref="CatalogStore"/> remembers for this unit of work.</summary>
    internal WorkspaceCatalog? KnownCatalog { get; set; }
    internal bool CatalogChanged { get; set; }

    /// <summary>Reads from a connection to SQLite that nobody writes through.</summary>
    internal bool IsSnapshot { get; init; }

    /// <summary>
    /// A number that stands for the workspace until somebody commits something. A snapshot of SQLite that is as it was when the number was
    /// last read on its connection is not asked again.
    /// </summary>
    internal async ValueTask<long?> OneStanding(string text, ReadRow<long?> read)
    {
        if (!IsSnapshot) return await One(text, read, ("Workspace", Workspace));
        if (sqlite!.Noted(Workspace) is { } known) return known;
        var number = await One(text, read, ("Workspace", Workspace));
        if (number is { } found) sqlite.Note(Workspace, found);
        return number;
    }

    public Task<T?> One<T>(string text, object parameters)
    {
        if (!RecordReader.Reads<T>()) return Mapped(connection => connection.QueryFirstOrDefaultAsync<T?>(Command(text, parameters)));
        return sqlite is not null
            ? Answer(text, parameters, static (statement, parameters) => statement.One<T>(parameters))
            : Receive(text, parameters, async (statement, rows) => await rows.ReadAsync(ct)
                ? Read(rows, statement.Reader<T>(rows, rows.FieldCount)) : default);
    }

    public Task<IReadOnlyList<T>> Many<T>(string text, object parameters)
    {
        if (!RecordReader.Reads<T>())
        {
            return Mapped<IReadOnlyList<T>>(async connection => (await connection.QueryAsync<T>(Command(text, parameters))).AsList());
        }
        return sqlite is not null
            ? Answer<IReadOnlyList<T>>(text, parameters, static (statement, parameters) => statement.Many<T>(parameters))
            : Receive<IReadOnlyList<T>>(text, parameters, async (statement, rows) =>
            {
                var read = statement.Reader<T>(rows, rows.FieldCount);
                var all = new List<T>();
                while (await rows.ReadAsync(ct)) all.Add(Read(rows, read));
                return all;
            });
    }

    /// <summary>The answers of questions of one whole number each: in this order, and on PostgreSQL in one round trip.</summary>
    public async Task<IReadOnlyList<long?>> Wholes(params IReadOnlyList<(string Text, object Parameters)> questions)
    {
        var answers = new List<long?>(questions.Count);
        if (sqlite is not null)
        {
            foreach (var (text, parameters) in questions) answers.Add(await One<long?>(text, parameters));
            return answers;
        }
        MustBeOpen();
        foreach (var (text, parameters) in questions)
        {
            Ran();
            Tell(text, parameters);
        }
        if (queue is { IsIdle: false }) await Settle();
        try
        {
            await using (var rows = await postgres!.Ask(ct,
                questions.Select(question => PostgresStatement.Of(question.Text).Command(question.Parameters))))
            {
                do answers.Add(await rows.ReadAsync(ct) && !rows.IsDBNull(0) ? rows.GetInt64(0) : null);
                while (await rows.NextResultAsync(ct));
            }
            postgres.IsInDoubt = false;
            return answers;
        }
        catch (DbException error)
        {
            throw Said(error);
        }
    }

    /// <summary>The first row of a hot statement, or none.</summary>
    public Task<T?> One<T>(string text, ReadRow<T> read, params (string Name, object? Value)[] parameters)
    {
        if (sqlite is null) return Receive(text, parameters, async (_, rows) => await rows.ReadAsync(ct) ? Read(rows, read) : default);
        if (queue is { IsIdle: false }) return First(text, read, parameters);
        MustBeOpen();
        Ran();
        Tell(text, parameters);
        try
        {
            return Task.FromResult(sqlite.Hot(text).One(read, parameters));
        }
        catch (DbException error)
        {
            return Task.FromException<T?>(Said(error));
        }
    }

    private async Task<T?> First<T>(string text, ReadRow<T> read, (string Name, object? Value)[] parameters)
    {
        T? found = default;
        await Each(text, parameters, (ref row) =>
        {
            found = read(ref row);
            return false;
        });
        return found;
    }

    public async Task<IReadOnlyList<T>> Many<T>(string text, ReadRow<T> read, params (string Name, object? Value)[] parameters)
    {
        var rows = new List<T>();
        await Each(text, parameters, (ref row) =>
        {
            rows.Add(read(ref row));
            return true;
        });
        return rows;
    }

    /// <summary>How many rows the statement changed.</summary>
    public Task<int> Run(string text, object parameters) => sqlite is not null
        ? Answer(text, parameters, static (statement, parameters) => statement.Run(parameters))
        : Changed(text, parameters);

    /// <summary>
    /// Runs a statement that answers no rows and of whose count nobody takes note. On PostgreSQL, and while much is written, it runs
    /// later and together with others, at the latest with the next question or the commit; what is wrong with it is said then.
    /// </summary>
    public Task Put(string text, object parameters)
    {
        if (Bulk is null && sqlite is not null) return Run(text, parameters);
        MustBeOpen();
        Ran();
        Db.Asked?.Invoke(this, text, parameters);
        if (Bulk is not null) return Translated(Queued(text, parameters));
        postgres!.Put(PostgresStatement.Of(text).Command(parameters));
        return Task.CompletedTask;
    }

    /// <summary>Runs several statements, which have no parameters.</summary>
    public Task RunScript(string text) => Mapped(connection => connection.ExecuteAsync(Command(text, new { })));

    /// <summary>Rows one at a time, for results that may be large. The caller must not use this unit of work meanwhile.</summary>
    public async IAsyncEnumerable<T> Stream<T>(string text, object parameters)
    {
        if (postgres is not null && RecordReader.Reads<T>())
        {
            await using var rows = await Translated(() => Rows(text, parameters));
            var read = PostgresStatement.Of(text).Reader<T>(rows, rows.FieldCount);
            while (await Translated(() => rows.ReadAsync(ct))) yield return Read(rows, read);
            postgres.IsInDoubt = false;
            yield break;
        }
        await using var reader = await Mapped(connection => connection.ExecuteReaderAsync(Command(text, parameters)));
        var parse = reader.GetRowParser<T>();
        while (await Translated(() => reader.ReadAsync(ct))) yield return parse(reader);
    }

    /// <summary>
    /// At most <paramref name="limit"/> rows of a statement that asks for one more, the last <paramref name="keys"/> columns of the
    /// last of them, and whether there is more to come.
    /// </summary>
    public Task<(IReadOnlyList<T> Rows, object?[] Last, bool HasMore)> Page<T>(string text, SqlValues parameters, int limit, int keys) =>
        sqlite is not null
        ? Answer(text, parameters, (statement, parameters) =>
        {
            var page = new PageOf<T>(statement.Reader<T>(statement.Width - keys), limit, keys);
            statement.Read(parameters, page.Take);
            return page.Taken;
        })
        : Receive(text, parameters, async (statement, rows) =>
        {
            var page = new PageOf<T>(statement.Reader<T>(rows, rows.FieldCount - keys), limit, keys);
            while (await rows.ReadAsync(ct) && Take(rows, page.Take))
            {
                // Taken.
            }
            return page.Taken;
        });

    /// <summary>The same, for rows that are read by hand.</summary>
    public async Task<(IReadOnlyList<T> Rows, object?[] Last, bool HasMore)> Page<T>(string text, SqlValues parameters, ReadRow<T> read,
        int limit, int keys)
    {
        var page = new PageOf<T>(read, limit, keys);
        await Each(text, parameters, page.Take);
        return page.Taken;
    }

    /// <summary>The next id of a kind of record; an id is never given twice, also after a purge.</summary>
    public async Task<long> NextId(string sequence)
    {
        if (reserved?.GetValueOrDefault(sequence)?.TryDequeue(out var id) == true) return id;
        if (Bulk is null) return (await NextIds(sequence, 1))[0];
        await Reserve(sequence, Bulk.IdsAtOnce);
        return reserved![sequence].Dequeue();
    }

    /// <summary>PostgreSQL only: see <see cref="Db.Alone(long, string, object, CancellationToken)"/>.</summary>
    public Task<long> Alone(string text, object parameters)
    {
        MustBeOpen();
        Ran();
        Tell(text, parameters);
        return Db.Alone(Workspace, text, parameters, ct);
    }

    /// <summary>
    /// The place of a new id in a statement to be put, and the id: for records whose id nobody needs to know. Differs by necessity:
    /// PostgreSQL gives it while the statement runs, which saves a round trip.
    /// </summary>
    public async Task<(string Place, long? Id)> PlaceId(string sequence) =>
        Sql.IsPostgres && Bulk is null ? ($"nextval('{sequence}')", null) : ("@id", await NextId(sequence));

    /// <summary>
    /// Takes ids at once that <see cref="NextId"/> then gives out, for units of work that write hundreds of rows. Not inside
    /// <see cref="Attempt"/>: what is undone there would be given out again.
    /// </summary>
    public async Task Reserve(string sequence, int count) => (reserved ??= [])[sequence] = new(await NextIds(sequence, count));

    /// <summary>Takes <paramref name="count"/> ids, in increasing order.</summary>
    public async Task<IReadOnlyList<long>> NextIds(string sequence, int count)
    {
        // Differs by necessity: SQLite has no sequences, and PostgreSQL's do not wait for other transactions.
        if (Sql.IsPostgres)
        {
            return await Many<long>("SELECT nextval(CAST(@sequence AS regclass)) FROM generate_series(1, @count)", new { sequence, count });
        }

        var last = await One<long>("""
            INSERT INTO sequences (name, last) VALUES (@sequence, @count)
            ON CONFLICT (name) DO UPDATE SET last = sequences.last + @count
            RETURNING last
            """, new { sequence, count });
        return [.. Enumerable.Range(0, count).Select(n => last - count + 1 + n)];
    }

    /// <summary>Keeps an id that an import brought from being given out later.</summary>
    public Task NeverGiveOut(string sequence, long id) => Sql.IsPostgres
        ? One<long?>($"SELECT setval('{sequence}', @id) FROM {sequence} WHERE last_value < @id", new { id })
        : Run("""
            INSERT INTO sequences (name, last) VALUES (@sequence, @id)
            ON CONFLICT (name) DO UPDATE SET last = max(sequences.last, @id)
            """, new { sequence, id });

    /// <summary>
    /// Which of a total's rows this unit of work adds to: on PostgreSQL one that no other open unit of work of its workspace adds to, so
    /// that none waits.
    /// </summary>
    public int Shard => postgres?.Shard ?? 0;

    /// <summary>
    /// The workspace's catalog version, which PostgreSQL tells at the beginning, without a round trip of its own. None where a statement
    /// may have waited since for what others changed.
    /// </summary>
    public async Task<long?> FirstCatalogVersion()
    {
        MustBeOpen();
        if (postgres is null || postgres.Writes && Statements > 0) return null;
        Ran();
        if (!postgres.HasBegun) await Translated(postgres.Settle(ct));
        return postgres.CatalogVersion;
    }

    /// <summary>Set where hundreds of deals are written at once. What it keeps back is to be settled before the commit.</summary>
    public Bulk? Bulk { get; set; }

    /// <summary>
    /// One record is written, which may leave gaps in what is counted: then others need not wait for this unit of work to take their
    /// number.
    /// </summary>
    public bool CountsApart { get; set; }

    /// <summary>
    /// New texts to be found were written. SQLite indexes them just before the commit, so that this unit of work does not find them yet.
    /// </summary>
    public bool HasTexts { get; set; }

    public Guid NextUid() => Db.Uids.Next();

    /// <summary>Runs after the commit has succeeded, in order; used to drop what a cache held.</summary>
    public void WhenCommitted(Action action) => (committed ??= []).Add(action);

    /// <summary>
    /// Runs a part that may be refused on its own: then its writes are undone, the reason is returned, and the unit of work
    /// goes on. A database that cannot take the request now refuses the whole.
    /// </summary>
    public async Task<Problem?> Attempt(Func<Task> part)
    {
        var (changed, known, waiting) = (CatalogChanged, KnownCatalog, committed?.Count ?? 0);
        await Run("SAVEPOINT part", new { });
        try
        {
            await part();
            await Run("RELEASE SAVEPOINT part", new { });
            return null;
        }
        catch (ProblemException refused) when (refused.Problem.Code is not ProblemCode.Unavailable)
        {
            postgres?.Forget();
            await Run("ROLLBACK TO SAVEPOINT part", new { });
            await Run("RELEASE SAVEPOINT part", new { });
            (CatalogChanged, KnownCatalog) = (changed, known);
            committed?.RemoveRange(waiting, committed.Count - waiting);
            return refused.Problem;
        }
    }

    /// <summary>Not cancellable: a caller who hangs up now must not leave us unsure whether it happened.</summary>
    public async Task Commit()
    {
        MustBeOpen();
        await Settle();
        ended = true;
        shared?.Keeps(isSound: false);
        try
        {
            await Translated(async () =>
            {
                await end(true);
                return true;
            });
        }
        finally
        {
            measure.End(Statements);
        }
        foreach (var action in committed ?? []) action();
    }

    /// <summary>Open again for a verb that reads in what another one began.</summary>
    internal void LendTo(SharedRead flow) => (shared, ended) = (flow, false);

    public ValueTask DisposeAsync()
    {
        if (ended) return ValueTask.CompletedTask;
        ended = true;
        return shared?.Keeps(isSound: !failed) == true ? ValueTask.CompletedTask : End();
    }

    /// <summary>Undoes what was not committed, and gives the connection back.</summary>
    internal async ValueTask End()
    {
        ended = true;
        if (queue is not null) await queue.Stop();
        measure.End(Statements);
        await end(false);
    }

    private void Ran()
    {
        Statements++;
        Db.Ran();
    }

    private CommandDefinition Command(string text, object parameters)
    {
        Db.Asked?.Invoke(this, text, parameters);
        return new(text, parameters is SqlValues values ? values.ForDapper() : parameters, commandTimeout: postgres?.Patience,
            cancellationToken: ct);
    }

    // Past Dapper, which makes a command and its parameters for each call. SQLite answers on this thread, so nothing is awaited.
    private Task<T> Answer<T>(string text, object parameters, Func<SqliteStatement, object, T> ask)
    {
        MustBeOpen();
        if (ct.IsCancellationRequested) return Task.FromCanceled<T>(ct);
        if (queue is { IsIdle: false }) return AnswerLater(text, parameters, ask);
        Ran();
        Db.Asked?.Invoke(this, text, parameters);
        try
        {
            return Task.FromResult(ask(sqlite!.Hot(text), parameters));
        }
        catch (DbException error)
        {
            return Task.FromException<T>(Said(error));
        }
    }

    private async Task<T> AnswerLater<T>(string text, object parameters, Func<SqliteStatement, object, T> ask)
    {
        await Settle();
        return await Answer(text, parameters, ask);
    }

    // The same on PostgreSQL, where it is worth waiting for.
    private async Task<T> Receive<T>(string text, object parameters, Func<PostgresStatement, NpgsqlDataReader, ValueTask<T>> read)
    {
        var statement = PostgresStatement.Of(text);
        try
        {
            T answer;
            await using (var rows = await Rows(text, parameters)) answer = await read(statement, rows);
            postgres!.IsInDoubt = false;
            return answer;
        }
        catch (DbException error)
        {
            throw Said(error);
        }
    }

    private async Task<NpgsqlDataReader> Rows(string text, object parameters)
    {
        MustBeOpen();
        Ran();
        Tell(text, parameters);
        if (queue is { IsIdle: false }) await Settle();
        return await postgres!.Ask(ct, PostgresStatement.Of(text).Command(parameters));
    }

    private async Task<int> Changed(string text, object parameters)
    {
        MustBeOpen();
        Ran();
        Db.Asked?.Invoke(this, text, parameters);
        try
        {
            if (queue is { IsIdle: false }) await Settle();
            return await postgres!.Change(PostgresStatement.Of(text).Command(parameters), ct);
        }
        catch (DbException error)
        {
            throw Said(error);
        }
    }

    private async ValueTask Each(string text, object parameters, TakeRow take)
    {
        if (sqlite is null)
        {
            await Receive(text, parameters, async (_, rows) =>
            {
                while (await rows.ReadAsync(ct) && Take(rows, take))
                {
                    // Taken.
                }
                return true;
            });
            return;
        }
        MustBeOpen();
        Ran();
        try
        {
            if (queue is { IsIdle: false }) await Settle();
            Tell(text, parameters);
            if (parameters is (string, object?)[] pairs) sqlite.Hot(text).Read(pairs, take);
            else sqlite.Hot(text).Read(parameters, take);
        }
        catch (DbException error)
        {
            throw Said(error);
        }
    }

    private void Tell(string text, object parameters)
    {
        if (Db.Asked is { } asked) asked(this, text, parameters is (string, object?)[] named ? ByName(named) : parameters);
    }

    private static SqlValues ByName((string Name, object? Value)[] parameters)
    {
        var values = new SqlValues();
        foreach (var (name, value) in parameters) values.Add(name, value);
        return values;
    }

    private static bool Take(NpgsqlDataReader rows, TakeRow take)
    {
        var row = new Row(rows);
        return take(ref row);
    }

    private static T Read<T>(NpgsqlDataReader rows, ReadRow<T> read)
    {
        var row = new Row(rows);
        return read(ref row);
    }

    // Through Dapper, for the few shapes of rows that are not read here.
    private async Task<T> Mapped<T>(Func<DbConnection, Task<T>> ask)
    {
        MustBeOpen();
        Ran();
        await Settle();
        return await Translated(async () =>
        {
            if (postgres is null) return await ask(sqlite!);
            await postgres.Settle(ct);
            postgres.IsInDoubt = true;
            var answer = await ask(postgres.Connection);
            postgres.IsInDoubt = false;
            return answer;
        });
    }

    private async Task Queued(string text, object parameters)
    {
        if (postgres is not null) await postgres.Settle(ct);
        queue ??= postgres is not null ? new PostgresQueue(postgres.Connection, ct) : new SqliteQueue(sqlite!, ct);
        await queue.Add(text, parameters);
    }

    private Task Settle() => queue is null or { IsIdle: true } ? Task.CompletedTask : Translated(queue.Settle());

    private Task Translated(Task work) => work.IsCompletedSuccessfully ? work : Translated(async () =>
    {
        await work;
        return true;
    });

    // On SQLite the connection already serves somebody else.
    private void MustBeOpen()
    {
        if (ended) throw new InvalidOperationException("This unit of work has ended.");
    }

    private async Task<T> Translated<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (DbException error)
        {
            throw Said(error);
        }
    }

    // SQLite reports an interruption as an error.
    private Exception Said(DbException error)
    {
        failed = true;
        return ct.IsCancellationRequested && !ended ? new OperationCanceledException(ct) : (Exception?)DbErrors.Translate(error) ?? error;
    }
}
