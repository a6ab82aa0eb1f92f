namespace Tributary.Core.Storage;

/// <summary>Another process has written between two units of work, of which the second relies on what the first had asked.</summary>
internal sealed class OvertakenException() : Exception("Another process has written to the database in between.");
