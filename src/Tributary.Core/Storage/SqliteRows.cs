namespace Tributary.Core.Storage;

/// <summary>What SQLite answers. There is one of it per statement, so that asking makes nothing new.</summary>
internal sealed class SqliteRows(SqliteStatement statement) : Rows
{
    /// <summary>Whether somebody reads it.</summary>
    public bool IsOpen { get; set; }

    public override int Width => statement.Width;

    public override Row Current => statement.Current;

    public override ReadRow<T> Reader<T>(int width) => statement.Reader<T>(width);

    protected override ValueTask<bool> Step() => new(statement.Step());

    protected override ValueTask<bool> StepToAnswer() => new(false);

    protected override ValueTask End()
    {
        statement.Reset();
        IsOpen = false;
        return default;
    }
}
