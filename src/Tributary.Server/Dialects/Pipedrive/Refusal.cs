using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive;

/// <summary>A refusal and the version that it is spelled for.</summary>
internal sealed record Refusal(Problem Problem, bool IsV1, bool IsConversion, bool IsOAuth = false)
{
    /// <summary>The operation that was asked for; none where there is no such path.</summary>
    public Operation? Operation { get; init; }

    /// <summary>Webhooks have a shape of their own for what is wrong and what is not there (the specification of v1).</summary>
    public bool IsWebhook => IsV1 && Operation?.Path.Contains("/webhooks", StringComparison.Ordinal) == true
        && Problem.Code is ProblemCode.Invalid or ProblemCode.NotFound or ProblemCode.TooLarge;
}
