namespace Tributary.Core.Kernel;

/// <summary>When a record went to the bin and who put it there; nothing of both while it is not in the bin.</summary>
internal readonly record struct Deletion(DateTimeOffset? At, long? By)
{
    /// <summary>After a patch: left out keeps what is there, and deleting again keeps the first time.</summary>
    public Deletion After(Field<bool> deleted, DateTimeOffset now, Caller caller)
    {
        if (!deleted.IsSet) return this;
        return deleted.Value ? new(At ?? now, By ?? caller.UserId) : default;
    }
}
