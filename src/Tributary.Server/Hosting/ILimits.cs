using Tributary.Core.Kernel;

namespace Tributary.Server.Hosting;

/// <summary>
/// How many requests a caller may make: the plain windows of <see cref="RateLimits"/>, or a rule that a vendor published.
/// </summary>
internal interface ILimits
{
    /// <summary>Counts the request, says in the headers where the caller stands, and refuses the one too many.</summary>
    ValueTask Take(HttpContext http, IDialect dialect, Operation route, Caller caller);

    /// <summary>Says in the headers of a refusal, whatever it is about, where the caller stands.</summary>
    void Describe(HttpContext http, IDialect dialect, Caller? caller);
}
