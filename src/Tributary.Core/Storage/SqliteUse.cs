namespace Tributary.Core.Storage;

/// <summary>What a SQLite database is opened for.</summary>
public enum SqliteUse
{
    /// <summary>An acknowledged write survives a loss of power.</summary>
    Serving,

    /// <summary>
    /// One who writes very much and says only at its end that it is done. A loss of power before the database is closed may take back the last
    /// units of work, never a part of one; the end of the process takes nothing. It keeps more of the file in memory.
    /// </summary>
    Filling,

    /// <summary>The disk is never waited for: a loss of power may damage it.</summary>
    Throwaway,
}
