using Microsoft.AspNetCore.Connections;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Server.Commands;

/// <summary>What the program ends with: 0 done, 1 could not, 2 the settings or the command line are wrong.</summary>
internal static class Outcome
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Misused = 2;

    /// <summary>Says in one sentence why a command could not do its work. Anything else is our bug and keeps its stack trace.</summary>
    public static async Task<int> Of(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (SettingsException wrong)
        {
            foreach (var problem in wrong.Problems) Console.Error.WriteLine(problem);
            return Misused;
        }
        catch (StartupException reason)
        {
            return Fail(reason.Message);
        }
        catch (ProblemException refused)
        {
            foreach (var field in refused.Problem.Fields.Skip(1)) Console.Error.WriteLine(field.Message);
            return Fail(refused.Message);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            return Fail($"{taken.Message} Stop the program that listens there, or choose another port.");
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            return Fail(denied.Message);
        }
        catch (OperationCanceledException)
        {
            return Fail("Stopped before it was done.");
        }
    }

    private static int Fail(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return Failed;
    }
}

/// <summary>The settings cannot be used; each problem is a sentence.</summary>
internal sealed class SettingsException(IReadOnlyList<string> problems) : Exception(problems[0])
{
    public IReadOnlyList<string> Problems => problems;
}
