using Tributary.Core.Kernel;

namespace Tributary.Core.Contacts;

/// <summary>The two records of a merge: the one that goes and the one that stays.</summary>
internal static class ContactMergePair
{
    public static void MustDiffer(long victim, long survivor)
    {
        if (victim == survivor) throw Problem.Invalid("survivor_id", "merge_with_id must be the id of another record.");
    }

    /// <summary>Both, locked in order of id, so that two merges of the same pair cannot wait for each other.</summary>
    public static async Task<(T Victim, T Survivor)> Locked<T>(long victim, long survivor, Func<long, Task<T>> getForUpdate)
    {
        if (victim < survivor) return (await getForUpdate(victim), await getForUpdate(survivor));
        var stays = await getForUpdate(survivor);
        return (await getForUpdate(victim), stays);
    }
}
