using System.Net;

namespace Tributary.Server.Background;

/// <summary>
/// Whether an address is one of the public internet. Webhooks go nowhere else: a customer's address must not reach what
/// only this machine or its network can (server-side request forgery). The ranges are IANA's special-purpose registries.
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork globalV6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Tunnels carry an IPv4 address inside; documentation is nobody's.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    public static bool Is(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (plain.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6 && !globalV6.Contains(plain)) return false;
        return !closed.Any(range => range.Contains(plain));
    }
}
