using Tributary.Core.Kernel;

namespace Tributary.Server.Sandbox;

/// <summary>States of the sandbox under names, for tests that share a costly beginning. They outlive resets, not the sandbox.</summary>
internal sealed class SandboxSnapshots(SandboxDatabase sandbox) : IDisposable
{
    /// <summary>Each is a whole database in memory.</summary>
    public const int Most = 20;

    private readonly SortedDictionary<string, SandboxMoment> moments = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim gate = new(1);

    public Task<IReadOnlyList<(string Name, SandboxMoment Moment)>> List() =>
        Alone(() => Task.FromResult<IReadOnlyList<(string, SandboxMoment)>>([.. moments.Select(pair => (pair.Key, pair.Value))]));

    /// <summary>Takes the place of the one that had the name.</summary>
    public Task<(string Name, SandboxMoment Moment)> Save(string name, CancellationToken ct) => Alone(async () =>
    {
        if (moments.Count == Most && !moments.ContainsKey(name))
        {
            throw Problem.Invalid("name", $"There are {Most} snapshots already, the most there can be; delete one.");
        }
        var moment = await sandbox.Take(ct);
        if (moments.Remove(name, out var before)) before.Dispose();
        moments[name] = moment;
        return (name, moment);
    });

    public Task Restore(string name, CancellationToken ct) => Alone(async () =>
    {
        await sandbox.PutBack(Find(name), ct);
        return true;
    });

    public Task Delete(string name) => Alone(() =>
    {
        var moment = Find(name);
        moments.Remove(name);
        moment.Dispose();
        return Task.FromResult(true);
    });

    public void Dispose()
    {
        foreach (var moment in moments.Values) moment.Dispose();
        gate.Dispose();
    }

    private SandboxMoment Find(string name) => moments.TryGetValue(name, out var moment)
        ? moment : throw Problem.NotFound("snapshot", name);

    private async Task<T> Alone<T>(Func<Task<T>> work)
    {
        await gate.WaitAsync();
        try
        {
            return await work();
        }
        finally
        {
            gate.Release();
        }
    }
}
