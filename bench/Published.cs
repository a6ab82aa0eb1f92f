using System.Diagnostics;

namespace Tributary.Bench;

/// <summary>The program as people run it: one file, compiled ahead.</summary>
internal static class Published
{
    private static readonly string Executable =
        Path.Combine(Child.Root, "artifacts", "bench", "publish", OperatingSystem.IsWindows() ? "tributary.exe" : "tributary");

    /// <summary>Where it is, published anew unless that was prepared.</summary>
    public static async Task<string> Program(BenchOptions options, CancellationToken ct)
    {
        if (!options.IsPrepared || !File.Exists(Executable)) await Publish(ct);
        return Executable;
    }

    public static async Task Publish(CancellationToken ct)
    {
        var rid = System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier;
        string[] arguments = ["publish", Path.Combine(Child.Root, "src", "Tributary.Server"), "-c", "Release", "-r", rid,
            "--self-contained", "-p:PublishSingleFile=true", "-p:PublishReadyToRun=true", "-o", Path.GetDirectoryName(Executable)!, "-v", "q",
            "--nologo"];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0) throw new InvalidOperationException($"Publishing failed: {output}");
    }
}
