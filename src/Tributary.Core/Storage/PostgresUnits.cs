using System.Net;
using Npgsql;

namespace Tributary.Core.Storage;

/// <summary>
/// Units of work on PostgreSQL. What may be a moment old is read from a replica, where there is one that has what was written here.
/// </summary>
internal sealed class PostgresUnits : Units
{
    /// <summary>Connections for <see cref="Alone"/>, beside the others: who waits for one holds one of those.</summary>
    private const int Apart = 4;

    private readonly Db db;
    private readonly PostgresSessions sessions;
    private readonly PostgresSessions apart;
    private readonly Standby? standby;
    private readonly PostgresRounds rounds;
    private readonly PostgresRounds staleRounds;

    public PostgresUnits(Db db, string connectionString, string? readConnection)
    {
        this.db = db;
        (rounds, staleRounds) = (new(Primary), new(Replica));
        var (text, hasPooler) = Settings(connectionString);
        sessions = Sessions(text, hasPooler);
        AsksApart = !hasPooler;
        (text.MinPoolSize, text.MaxPoolSize) = (0, Apart);
        apart = Sessions(text, hasPooler);
        if (string.IsNullOrEmpty(readConnection)) return;
        var (replicas, hasReadPooler) = Settings(readConnection);
        standby = new(Sessions(replicas, hasReadPooler));
    }

    /// <summary>
    /// Whether <see cref="Alone"/> has connections of its own all the way to the database. A pooler shares its few among all, and units of
    /// work that hold them would wait for one another for another.
    /// </summary>
    public bool AsksApart { get; }

    /// <summary>What this flow of work reads from now on may lack the last moment of other servers' commits.</summary>
    public void MayBeStale() => standby?.Allow();

    /// <summary>
    /// A statement of one whole number that is committed at once, whatever becomes of the unit of work that asks. It must not wait for that
    /// unit of work.
    /// </summary>
    public async Task<long> Alone(long workspace, string text, object parameters, CancellationToken ct)
    {
        var session = await apart.Take(ct);
        try
        {
            return await session.For(workspace, mayTakeLong: false).Alone(PostgresStatement.Of(text).Command(parameters), ct);
        }
        finally
        {
            await apart.Return(session, !session.IsInDoubt);
        }
    }

    public override async Task<Tx> Write(long workspace, bool mayTakeLong, bool isApart, bool isAlone, CancellationToken ct)
    {
        var measure = StorageMeter.Begin("write");
        var session = await sessions.Take(ct);
        try
        {
            await session.For(workspace, mayTakeLong).BeginWriting(isAlone, ct);
        }
        catch
        {
            await sessions.Return(session, isSound: false);
            throw;
        }
        return new(db, session, workspace, End, measure, ct);

        async ValueTask End(bool commit)
        {
            var isSound = false;
            try
            {
                if (!commit) return;
                await session.Commit();
                if (standby is not null) await standby.Note(session.Connection, workspace);
                isSound = true;
            }
            finally
            {
                // Closing the connection undoes what was not committed, also when the server no longer answers.
                await sessions.Return(session, isSound);
            }
        }
    }

    public override async Task<Tx> Read(long workspace, bool asksOnce, CancellationToken ct)
    {
        // The snapshot is that of the first question, after the unit of work has noted which catalogs are current.
        var measure = StorageMeter.Begin("read");
        var asked = standby is { IsAllowed: true } ? staleRounds : rounds;
        if (asksOnce && db.Catalogs.GetValueOrDefault(workspace) is { } catalog)
        {
            var question = new PostgresQuestion(asked, workspace, catalog.Version);
            return new(db, question, workspace, _ => question.End(), measure, ct) { ExpectedCatalog = catalog };
        }
        var session = await asked.Open(workspace, ct);
        return new(db, session, workspace, _ => session.Return(), measure, ct);
    }

    public override async ValueTask DisposeAsync()
    {
        await sessions.DisposeAsync();
        await apart.DisposeAsync();
        if (standby is not null) await standby.DisposeAsync();
    }

    private async Task<PostgresSession> Primary(long workspace, CancellationToken ct) =>
        (await sessions.Take(ct)).For(workspace, mayTakeLong: false);

    private async Task<PostgresSession> Replica(long workspace, CancellationToken ct) =>
        await standby!.Take(workspace, ct) is { } session ? session.For(workspace, mayTakeLong: false) : await Primary(workspace, ct);

    private static PostgresSessions Sessions(NpgsqlConnectionStringBuilder text, bool hasPooler)
    {
        var source = new NpgsqlDataSourceBuilder(text.ToString());
        // Every type in our tables is PostgreSQL's own, so that no start needs to read which others there are.
        if (!text.ShouldSerialize("Server Compatibility Mode")) source.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return new(source.Build(), text.MaxPoolSize, mayLinger: !hasPooler);
    }

    /// <summary>
    /// A connection string with what we want of every connection, where it does not say otherwise; and whether a pooler is in between.
    /// </summary>
    internal static (NpgsqlConnectionStringBuilder Text, bool HasPooler) Settings(string connectionString)
    {
        var text = Parse(connectionString);
        // Whoever does not reset connections has a pooler in between, which gives each transaction another of the server's: what one
        // prepared the next has not.
        var hasPooler = text.NoResetOnClose;
        if (!hasPooler)
        {
            if (text.MaxAutoPrepare == 0) text.MaxAutoPrepare = 200;
            if (text.AutoPrepareMinUsages == 5) text.AutoPrepareMinUsages = 2;
        }
        // A unit of work leaves nothing behind on its connection: what it sets and locks ends with its transaction.
        text.NoResetOnClose = true;
        // Who has Kerberos and wants its encryption says so: looking whether it is there loads its libraries at every start.
        if (!text.ShouldSerialize("GSS Encryption Mode")) text.GssEncryptionMode = GssEncryptionMode.Disable;
        // On this machine's loopback nobody else listens; a server that insists on encryption gets it there too.
        if (!text.ShouldSerialize("SSL Mode") && IsThisMachine(text.Host)) text.SslMode = SslMode.Allow;
        // Of several hosts, which one is the primary is asked again so often: after a failover nobody can write for longer than this.
        if (text.HostRecheckSeconds == 10) text.HostRecheckSeconds = 1;
        return (text, hasPooler);
    }

    private static bool IsThisMachine(string? hosts) => (hosts ?? "").Split(',').All(host =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address)));

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new(connectionString);
        }
        catch (ArgumentException e)
        {
            throw new StartupException(
                """The connection string of the database cannot be read. It looks like "Host=db;Username=tributary;Password=…;Database=tributary".""", e);
        }
    }
}
