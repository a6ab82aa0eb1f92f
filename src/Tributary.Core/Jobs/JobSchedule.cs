namespace Tributary.Core.Jobs;

/// <summary>When a job is tried again, and when no more. Pure.</summary>
internal static class JobSchedule
{
    public const int MaxAttempts = 8;

    /// <summary>How long a runner may be silent before its job is given to another. Reporting progress begins it anew.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>How long the result of a job can be asked for (Pipedrive: "removed after a few days").</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(5);

    private static readonly TimeSpan first = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan longest = TimeSpan.FromHours(1);

    /// <summary>Ten seconds after the first failure, then twice as long each time, at most an hour.</summary>
    public static TimeSpan Pause(long attempts)
    {
        var pause = first * Math.Pow(2, Math.Clamp(attempts - 1, 0, 20));
        return pause < longest ? pause : longest;
    }
}
