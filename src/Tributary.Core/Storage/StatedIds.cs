using Tributary.Core.Kernel;

namespace Tributary.Core.Storage;

/// <summary>Ids that records bring along, because another system gave them: free here, and from then on never given out again.</summary>
internal static class StatedIds
{
    /// <summary>The id of a new record: the stated one, or the next of the sequence.</summary>
    /// <exception cref="ProblemException">Invalid below 1; a conflict when <paramref name="find"/> finds who has it.</exception>
    public static async Task<long> IdOf<T>(this Tx tx, string sequence, string noun, Field<long> stated, Func<Tx, long, Task<T?>> find)
        where T : class
    {
        if (!stated.IsSet) return await tx.NextId(sequence);
        MustBeId(stated.Value);
        if (await find(tx, stated.Value) is not null)
        {
            throw Problem.Conflict(new FieldError("id", $"Another {noun} of this workspace has the id {stated.Value}."));
        }
        await tx.NeverGiveOut(sequence, stated.Value);
        return stated.Value;
    }

    /// <summary>The same of the catalog's records, of which the caller knows whether they have the id.</summary>
    public static async Task<long> IdOf(this Tx tx, string sequence, Field<long> stated, Func<long, bool> isTaken)
    {
        if (!stated.IsSet) return await tx.NextId(sequence);
        MustBeId(stated.Value);
        if (isTaken(stated.Value)) throw Problem.Conflict(new FieldError("id", $"The id {stated.Value} is taken."));
        await tx.NeverGiveOut(sequence, stated.Value);
        return stated.Value;
    }

    private static void MustBeId(long id)
    {
        if (id < 1) throw Problem.Invalid("id", "id must be a whole number from 1.");
    }
}
