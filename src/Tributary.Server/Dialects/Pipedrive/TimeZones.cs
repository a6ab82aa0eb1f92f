namespace Tributary.Server.Dialects.Pipedrive;

/// <summary>
/// Pipedrive numbers time zones (timezone_id) and nobody has published its list. The number here is a function of the zone's
/// name, so that it is the same on every server and reads back as the name.
/// </summary>
internal static class TimeZones
{
    private static readonly Lazy<Dictionary<long, string>> Names =
        new(() => TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).DistinctBy(Id).ToDictionary(Id));

    /// <summary>FNV-1a over the name, cut to 31 bits.</summary>
    public static long Id(string name)
    {
        var hash = 2166136261u;
        foreach (var letter in name) hash = (hash ^ letter) * 16777619u;
        return hash & 0x7FFFFFFF;
    }

    public static string? Name(long id) => Names.Value.GetValueOrDefault(id);
}
