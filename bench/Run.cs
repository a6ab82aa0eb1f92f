using Tributary.Bench.Results;

namespace Tributary.Bench;

/// <summary>One backend's part of a run, and what its scenarios share.</summary>
internal sealed class Run(BenchOptions options, string backend, Report report) : IAsyncDisposable
{
    private (int Deals, Child Server, Child Floor)? pair;
    private DataSet? scratch;

    public BenchOptions Options => options;
    public string Backend => backend;
    public bool IsPostgres => backend is "postgres";

    public Task<DataSet> Data(CancellationToken ct) => Data(options.Deals, ct);

    public Task<DataSet> Data(int deals, CancellationToken ct) => DataSet.Open(backend, deals, ct);

    /// <summary>A set that may be written to. It is gone after the scenario, and the one it is a copy of is as it was.</summary>
    public async Task<DataSet> Scratch(int deals, CancellationToken ct) => scratch = await (await Data(deals, ct)).Copy(ct);

    /// <summary>Server and floor on a set, kept running for the next scenario that only reads.</summary>
    public async Task<(Child Server, Child Floor)> Pair(DataSet data, CancellationToken ct)
    {
        if (pair is { } running && running.Deals == data.Deals) return (running.Server, running.Floor);
        await Rest();
        var server = await Child.Server(data, options.Port, ct);
        try
        {
            pair = (data.Deals, server, await Child.Floor(data, options.Port + 1, ct));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
        return (pair.Value.Server, pair.Value.Floor);
    }

    /// <summary>Stops what was kept running.</summary>
    public async Task Rest()
    {
        if (pair is not { } running) return;
        pair = null;
        await running.Server.DisposeAsync();
        await running.Floor.DisposeAsync();
    }

    /// <summary>After each scenario.</summary>
    public async Task Tidy()
    {
        if (scratch is not { } copy) return;
        scratch = null;
        await Tributary.Bench.Data.DataHome.Drop(copy.Folder, IsPostgres, CancellationToken.None);
    }

    public void Add(string scenario, string figure, string note = "") =>
        Add(new Row(scenario, backend, figure, note) { Deals = options.Deals });

    public void Add(Row row) => report.Add(row);

    public async ValueTask DisposeAsync()
    {
        await Rest();
        await Tidy();
    }
}
