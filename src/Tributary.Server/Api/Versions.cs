using Tributary.Server.Hosting;

namespace Tributary.Server.Api;

/// <summary>"version" in a body says the same as If-Match, for clients that cannot set headers.</summary>
internal static class Versions
{
    public static readonly Member<long> Member =
        Members.Whole("version", "When sent, the change is refused unless the record has this version (as If-Match).", 1);

    public static long? Read(Body body) => body.Get(Member) is { IsSet: true, Value: var version } ? version : null;
}
