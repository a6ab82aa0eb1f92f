namespace Tributary.Tests.Core.Search;

/// <summary>Names like those in real sales data: made-up words, suffixes, a few letters beyond ASCII. The same in every run.</summary>
internal static class CompanyNames
{
    private static readonly string[] Beginnings =
        ["Con", "Codex", "Dal", "Plus", "Sum", "Gog", "Zoo", "Iso", "Tres", "Müller ", "Straße ", "東京", "Öko", "Betat"];
    private static readonly string[] Middles = ["dox", "tron", "zone", "phase", "plex", "mode", "ace", "com", "lax", "on"];
    private static readonly string[] Ends = ["", "", " Inc.", " & Sons", " Group", " zone", " S.A.", "plus"];

    public static IEnumerable<string> Generated(int count)
    {
        var random = new Random(20261120);
        for (var n = 0; n < count; n++)
        {
            yield return Beginnings[random.Next(Beginnings.Length)] + Middles[random.Next(Middles.Length)] + Ends[random.Next(Ends.Length)];
        }
    }
}
