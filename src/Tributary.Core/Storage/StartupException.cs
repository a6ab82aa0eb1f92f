namespace Tributary.Core.Storage;

/// <summary>The program cannot work with this database. The message is for whoever operates it and says what to do.</summary>
public sealed class StartupException(string message, Exception? reason = null) : Exception(message, reason);
