namespace Tributary.Core.Storage;

/// <summary>The changes that share one commit of <see cref="SqliteWriter"/>.</summary>
internal sealed class SqliteBatch
{
    private readonly TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Members { get; set; }

    /// <summary>How many of the members are nobody's who comes back at once.</summary>
    public int Apart { get; set; }
    public bool HasMembers => Members > 0;
    public bool HasTexts { get; set; }
    public Task Written => written.Task;

    public void Succeed() => written.TrySetResult();

    public void Fail(Exception reason)
    {
        if (HasMembers) written.TrySetException(reason);
    }
}
