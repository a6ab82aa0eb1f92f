using System.Diagnostics;
using System.Diagnostics.Metrics;
using Tributary.Core.Kernel;

namespace Tributary.Server.Hosting;

/// <summary>
/// Counts and times requests by dialect and operation, under the meter "Tributary.Server", and names the request's span
/// after its operation. No tokens, bodies, names or addresses. Nearly free while nobody listens.
/// </summary>
internal static class RequestMeter
{
    public const string Name = "Tributary.Server";

    private static readonly Meter meter = new(Name);
    private static readonly Histogram<double> duration =
        meter.CreateHistogram<double>("tributary.request.duration", "s", "Requests by dialect, operation, status and reason of refusal.");

    public static void Answered(IDialect dialect, Operation operation, int status, TimeSpan time, long? workspace, Problem? problem)
    {
        if (duration.Enabled)
        {
            duration.Record(time.TotalSeconds, new TagList
            {
                { "tributary.dialect", dialect.Name },
                { "tributary.operation", operation.Id },
                { "http.response.status_code", status },
                { "tributary.problem", problem?.Code.ToString() },
            });
        }
        if (Activity.Current is not { IsAllDataRequested: true } span) return;

        span.DisplayName = $"{dialect.Name} {operation.Id}";
        span.SetTag("tributary.dialect", dialect.Name).SetTag("tributary.operation", operation.Id).SetTag("tributary.workspace", workspace)
            .SetTag("tributary.problem", problem?.Code.ToString());
    }
}
