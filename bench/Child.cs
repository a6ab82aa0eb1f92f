using System.Diagnostics;
using Tributary.Bench.Processes;
using Tributary.Bench.Results;

namespace Tributary.Bench;

/// <summary>A server in a process of its own, stopped when disposed.</summary>
internal sealed class Child : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Gauge? gauge;

    private Child(Process process, string url, Gauge? gauge)
    {
        this.process = process;
        this.gauge = gauge;
        Url = url;
    }

    public string Url { get; }
    public int Id => process.Id;

    /// <summary>The program under test, as it was built with the bench or published.</summary>
    public static Task<Child> Server(DataSet data, int port, CancellationToken ct, SlowDisk? disk = null)
    {
        var (program, arguments) = (disk ?? SlowDisk.AsItIs).Through(ServerProgram, []);
        return Measured(program, arguments, Settings(data, port), port, "/health/ready", ct);
    }

    public static Task<Child> Floor(DataSet data, int port, CancellationToken ct) =>
        Measured(Environment.ProcessPath!, ["floor", data.Address, "--port", $"{port}"], [], port, "/health", ct);

    public static string ServerProgram => Path.Combine(Root, "artifacts", "bin", "Tributary.Server",
        AppContext.BaseDirectory.Contains("release", StringComparison.OrdinalIgnoreCase) ? "release" : "debug",
        OperatingSystem.IsWindows() ? "tributary.exe" : "tributary");

    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tributary.slnx"))) folder = folder.Parent;
            return folder?.FullName ?? throw new InvalidOperationException("The bench must run inside the repository.");
        }
    }

    /// <summary>Settings as anybody would run it, but for the limits of requests.</summary>
    public static Dictionary<string, string> Settings(DataSet data, int port) => new()
    {
        ["Tributary__Urls"] = $"http://127.0.0.1:{port}",
        ["Tributary__DataFolder"] = data.Folder,
        ["Tributary__Database"] = data.IsPostgres ? data.Address : "",
        ["Tributary__Limits__RequestsPerWindow"] = "100000000",
        ["Tributary__Limits__Pipedrive__RequestsPerTwoSeconds"] = "100000000",
    };

    /// <summary>Starts a program of .NET that tells what it allocates.</summary>
    public static async Task<Child> Measured(string program, IReadOnlyList<string> arguments, Dictionary<string, string> settings, int port,
        string health, CancellationToken ct)
    {
        var gauge = new Gauge();
        foreach (var (name, value) in gauge.Settings) settings[name] = value;
        try
        {
            return await Start(program, arguments, settings, port, health, gauge, ct);
        }
        catch
        {
            await gauge.DisposeAsync();
            throw;
        }
    }

    public static Task<Child> Start(string program, IReadOnlyList<string> arguments, Dictionary<string, string> settings, int port,
        string health, CancellationToken ct) =>
        Start(program, arguments, settings, port, health, null, ct);

    private static async Task<Child> Start(string program, IReadOnlyList<string> arguments, Dictionary<string, string> settings, int port,
        string health, Gauge? gauge, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        // Read and dropped, as a log collector would; a full pipe would stop the server.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var child = new Child(process, $"http://127.0.0.1:{port}", gauge);
        try
        {
            await child.Answers(program, health, ct);
            return child;
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs the requests and says what they cost this process.</summary>
    public async Task<(Answered Answered, Cost Cost)> Around(Func<Task<Answered>> requests, CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux()) return (await requests(), new(0, 0, null));
        ProcessStat.ForgetPeak(Id);
        var (cpu, allocated) = (ProcessStat.CpuSecondsOf(Id), gauge is null ? 0 : await gauge.Allocated(ct));
        var answered = await requests();
        var (cpuAfter, allocatedAfter) = (ProcessStat.CpuSecondsOf(Id), gauge is null ? 0 : await gauge.Allocated(ct));
        var count = Math.Max(1, answered.Count);
        double? each = gauge is null ? null : (allocatedAfter - allocated) / (double)count;
        return (answered, new((cpuAfter - cpu) * 1000 / count, ProcessStat.PeakMiBOf(Id), each));
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        if (gauge is not null) await gauge.DisposeAsync();
    }

    private async Task Answers(string program, string health, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        using var client = new HttpClient();
        while (true)
        {
            if (process.HasExited) throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new InvalidOperationException($"{program} does not answer at {Url}{health}.");
            }
            try
            {
                if ((await client.GetAsync(new Uri(Url + health), ct)).IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(5, ct);
        }
    }
}
