using System.Diagnostics;

namespace Tributary.Bench;

/// <summary>A server in a process of its own, stopped when disposed.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process process;

    private Child(Process process, string url)
    {
        this.process = process;
        Url = url;
    }

    public string Url { get; }
    public int Id => process.Id;

    /// <summary>The program under test, as it was built with the bench or published.</summary>
    public static Task<Child> Server(DataSet data, int port, CancellationToken ct) => Start(ServerProgram, [], Settings(data, port), port, "/health/ready", ct);

    public static Task<Child> Floor(DataSet data, int port, CancellationToken ct) =>
        Start(Environment.ProcessPath!, ["floor", data.Address, "--port", $"{port}"], [], port, "/health", ct);

    public static string ServerProgram => Path.Combine(Root, "artifacts", "bin", "Tributary.Server",
        AppContext.BaseDirectory.Contains("release", StringComparison.OrdinalIgnoreCase) ? "release" : "debug", OperatingSystem.IsWindows() ? "tributary.exe" : "tributary");

    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tributary.slnx"))) folder = folder.Parent;
            return folder?.FullName ?? throw new InvalidOperationException("The bench must run inside the repository.");
        }
    }

    /// <summary>Settings as anybody would run it, but for the limit of requests.</summary>
    public static Dictionary<string, string> Settings(DataSet data, int port) => new()
    {
        ["Tributary__Urls"] = $"http://127.0.0.1:{port}",
        ["Tributary__DataFolder"] = data.Folder,
        ["Tributary__Database"] = data.IsPostgres ? data.Address : "",
        ["Tributary__Limits__RequestsPerWindow"] = "100000000",
    };

    public static async Task<Child> Start(string program, IReadOnlyList<string> arguments, Dictionary<string, string> settings, int port, string health, CancellationToken ct)
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
        var child = new Child(process, $"http://127.0.0.1:{port}");
        using var client = new HttpClient();
        while (true)
        {
            if (process.HasExited) throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
            try
            {
                if ((await client.GetAsync(new Uri(child.Url + health), ct)).IsSuccessStatusCode) return child;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(5, ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
