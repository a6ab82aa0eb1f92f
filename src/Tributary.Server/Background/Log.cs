namespace Tributary.Server.Background;

/// <summary>What the background work writes to the log: a line per step that did something, and what someone must look at.</summary>
internal static partial class Log
{
    [LoggerMessage(20, LogLevel.Information, "Background: {Step} {Done}")]
    public static partial void Did(ILogger logger, string step, int done);

    [LoggerMessage(21, LogLevel.Error, "Background: {Step} failed and will be tried again")]
    public static partial void StepFailed(ILogger logger, string step, Exception error);
}
