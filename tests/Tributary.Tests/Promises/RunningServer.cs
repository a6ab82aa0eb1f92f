using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Promises;

/// <summary>
/// The program as users start it: a process of its own, on a database of its own, that a test may kill at any moment (SIGKILL: nothing is
/// flushed, closed or said good-bye to) and start again.
/// </summary>
internal sealed partial class RunningServer : IAsyncDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(4);

    private readonly Dictionary<string, string> settings;
    private readonly string folder = Leftovers.Folder();
    private readonly string? postgres;
    private Process? process;
    private string? token;

    private RunningServer(string? postgres)
    {
        this.postgres = postgres;
        settings = new()
        {
            ["Tributary__DataFolder"] = folder,
            ["Tributary__Database"] = postgres ?? "",
            ["Tributary__Urls"] = "http://127.0.0.1:0",
            ["Tributary__LogLevel"] = "Error",
            ["Tributary__Webhooks__AllowHttp"] = "true",
            ["Tributary__Webhooks__AllowPrivate"] = "true",
        };
    }

    /// <summary>Our own API with the first key, while it runs.</summary>
    public HttpClient Client { get; private set; } = new();

    public string? Postgres => postgres;

    public static async Task<RunningServer> Prepare(Backend backend) =>
        new(backend is Backend.Postgres ? await Backends.NewPostgres() : null);

    /// <param name="withBackground">Without, it answers requests and does nothing else: what waits, waits.</param>
    public async Task Start(bool withBackground = true)
    {
        var start = TestedProgram.With("serve", "--no-demo");
        (start.RedirectStandardOutput, start.WorkingDirectory) = (true, folder);
        foreach (var (name, value) in settings) start.Environment[name] = value;
        start.Environment["Tributary__RunJobs"] = withBackground ? "true" : "false";
        process = Process.Start(start)!;

        using var timeout = new CancellationTokenSource(patience);
        while (await process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
        {
            if (Key().Match(line) is { Success: true } key) token = key.Groups[1].Value;
            if (Address().Match(line) is not { Success: true } address) continue;
            Client = new() { BaseAddress = new(address.Groups[1].Value) };
            Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return;
        }
        throw new InvalidOperationException("The server ended before it served.");
    }

    public async Task Kill()
    {
        if (process is not { HasExited: false } running) return;
        running.Kill();
        await running.WaitForExitAsync();
        running.Dispose();
        process = null;
        Client.Dispose();
    }

    /// <summary>As if the time had passed after which what a dead server held is given to another.</summary>
    public async Task ExpireLeases()
    {
        await using var db = Open();
        await using var tx = await db.WriteEverywhere(CancellationToken.None);
        foreach (var table in new[] { "jobs", "webhook_deliveries" })
        {
            await tx.Run($"UPDATE {table} SET locked_until = @past WHERE locked_until IS NOT NULL",
                new { past = DateTimeOffset.UnixEpoch });
        }
        await tx.Commit();
    }

    public async Task<T?> Ask<T>(string text)
    {
        await using var db = Open();
        await using var tx = await db.ReadEverywhere(CancellationToken.None);
        return await tx.One<T>(text, new { });
    }

    /// <summary>Waits for what must come about; how long it takes is no part of any test.</summary>
    public static async Task Until(Func<Task<bool>> holds)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(began) > patience) throw new TimeoutException("What was waited for did not come about.");
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Its database, also before it has ever run.</summary>
    public Db Open()
    {
        var uids = Backends.Uids();
        return postgres is null ? Db.Sqlite(Path.Combine(folder, "tributary.db"), TimeProvider.System, uids)
            : Db.Postgres(postgres, TimeProvider.System, uids);
    }

    [GeneratedRegex(@"^\s+native\s+(\S+)")]
    private static partial Regex Key();

    [GeneratedRegex(@"^Tributary serves (http://\S+?)(,|$)")]
    private static partial Regex Address();
}
