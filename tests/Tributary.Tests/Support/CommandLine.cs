using System.Diagnostics;

namespace Tributary.Tests.Support;

/// <summary>The program as an operator starts it: a process of its own, with settings from the environment.</summary>
internal static class CommandLine
{
    public static async Task<(int Code, string Output, string Errors)> Run(IReadOnlyDictionary<string, string> settings,
        params string[] arguments)
    {
        var start = TestedProgram.With(arguments);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var (name, value) in settings) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
