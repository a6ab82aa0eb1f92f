using Tributary.Core.Kernel;

namespace Tributary.Server.Hosting;

/// <summary>
/// What the host writes to the log: one line per request, and what someone must look at. No tokens, bodies, names or addresses.
/// </summary>
internal static partial class Log
{
    // Not at Information: writing a line for each request to a console takes longer than answering it.
    [LoggerMessage(1, LogLevel.Debug, "{Dialect} {Operation} {Status} {Milliseconds:0.0} ms workspace={Workspace} problem={Problem}")]
    public static partial void Request(ILogger logger, string dialect, string operation, int status, double milliseconds, long? workspace,
        ProblemCode? problem);

    [LoggerMessage(2, LogLevel.Error, "Request {TraceId} failed")]
    public static partial void Failed(ILogger logger, string traceId, Exception error);

    [LoggerMessage(3, LogLevel.Error, "The runner of jobs failed and goes on")]
    public static partial void JobsFailed(ILogger logger, Exception error);

    [LoggerMessage(4, LogLevel.Error, "Webhooks could not be told")]
    public static partial void WebhooksFailed(ILogger logger, Exception error);

    [LoggerMessage(5, LogLevel.Error, "Automations could not be run")]
    public static partial void AutomationsFailed(ILogger logger, Exception error);
}
