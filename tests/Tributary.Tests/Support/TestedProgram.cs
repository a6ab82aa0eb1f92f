using System.Diagnostics;

namespace Tributary.Tests.Support;

/// <summary>
/// The program as a process: the built one, or the published one that TRIBUTARY_TEST_PROGRAM names (<c>make test-program</c>).
/// </summary>
internal static class TestedProgram
{
    public static ProcessStartInfo With(params IEnumerable<string> arguments) =>
        Environment.GetEnvironmentVariable("TRIBUTARY_TEST_PROGRAM") is { Length: > 0 } published
            ? new(Path.GetFullPath(published), arguments)
            : new("dotnet", [Path.Combine(AppContext.BaseDirectory, "tributary.dll"), .. arguments]);
}
