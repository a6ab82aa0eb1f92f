using Tributary.Core.Kernel;

namespace Tributary.Core.Storage;

/// <summary>A part of a unit of work that may be undone without the rest.</summary>
internal static class Savepoint
{
    /// <summary>
    /// Runs a part that may be refused on its own: then its writes are undone, the reason is returned, and the unit of work
    /// goes on. A database that cannot take the request now refuses the whole.
    /// </summary>
    public static async Task<Problem?> Attempt(this Tx tx, Func<Task> part)
    {
        var forget = tx.Mark();
        await tx.Run("SAVEPOINT part", new { });
        try
        {
            await part();
            await tx.Run("RELEASE SAVEPOINT part", new { });
            return null;
        }
        catch (ProblemException refused) when (refused.Problem.Code is not ProblemCode.Unavailable)
        {
            forget();
            await tx.Run("ROLLBACK TO SAVEPOINT part", new { });
            await tx.Run("RELEASE SAVEPOINT part", new { });
            return refused.Problem;
        }
    }
}
