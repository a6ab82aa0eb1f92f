using Tributary.Core.Kernel;

namespace Tributary.Core.Keys;

/// <summary>
/// What the keys of each dialect look like. Dialects whose credentials are not keys (cPod's apps, the web app's
/// sessions) have none.
/// </summary>
internal static class KeyFormats
{
    public static bool IsKnown(string dialect) => dialect is "native" or "pipedrive" or "automatenexus" or "switch" or "ysuite";

    /// <summary>Keys of these dialects are two texts, of which the first names the key and the second proves it.</summary>
    public static bool HasSecret(string dialect) => dialect is "ysuite";

    public static string NewToken(string dialect, FillRandom random) => dialect switch
    {
        "native" => ApiToken.New(random, "trib_"),
        "pipedrive" => ApiToken.NewHex(random),
        "automatenexus" => ApiToken.New(random, "anx_"),
        "switch" => ApiToken.New(random, "rk_live_"),
        _ => ApiToken.New(random, ""),
    };
}
