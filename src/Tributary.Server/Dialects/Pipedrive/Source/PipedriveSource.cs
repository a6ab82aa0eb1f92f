using Tributary.Core.Import;
using Tributary.Core.Kernel;
using Tributary.Server.Background;

namespace Tributary.Server.Dialects.Pipedrive.Source;

/// <summary>A Pipedrive account as a source of imports.</summary>
internal static class PipedriveSource
{
    public const string Name = "pipedrive";

    /// <summary>Copies into the workspace of the copier.</summary>
    /// <param name="allowPrivate">Whether it may be on this machine or in its network.</param>
    /// <param name="clock">For waiting when told to come back later.</param>
    public static CopyFrom From(bool allowPrivate, TimeProvider clock) => async (order, token, copier, ct) =>
    {
        if (order.Source != Name) throw Problem.Invalid("source", $"source must be {Name}.");
        using var http = OutgoingHttp.Client(allowPrivate);
        var account = new PipedriveAccount(http, Root(order.Url, allowHttp: true), token, (wait, stop) => Task.Delay(wait, clock, stop));
        await new PipedriveCopy(account, copier).Run(order.CreateUsers, ct);
    };

    /// <summary>
    /// The address under which the APIs are; what a browser shows behind it is cut off, so that it can be copied from there.
    /// </summary>
    public static Uri Root(string url, bool allowHttp)
    {
        const string accepted = "url must be the address of the company, such as https://company.pipedrive.com.";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var given) || given.UserInfo.Length > 0 || given.Query.Length > 0
            || given.Fragment.Length > 0) throw Problem.Invalid("url", accepted);
        if (given.Scheme != Uri.UriSchemeHttps && !(allowHttp && given.Scheme == Uri.UriSchemeHttp)) throw Problem.Invalid("url", accepted);
        var path = given.AbsolutePath.TrimEnd('/');
        foreach (var end in (string[])["/api/v1", "/api/v2", "/v1"])
        {
            if (path.EndsWith(end, StringComparison.Ordinal)) path = path[..^end.Length];
        }
        return new(given, path + "/");
    }
}
