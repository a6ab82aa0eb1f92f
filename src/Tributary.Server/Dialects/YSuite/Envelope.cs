using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.YSuite;

/// <summary>What YSuite puts around answers, and how it counts pages.</summary>
internal static class Envelope
{
    private static readonly Wire<string> Message =
        new Wire<string>("Done").Flag("success", _ => true).Text("message", text => text, nullable: false);

    public static ISchema Done => Message;

    public static Reply Said(string message) => Reply.Json(Message, message);

    /// <summary>{"success":true,"data":{…}}</summary>
    public static Wire<T> One<T>(Wire<T> wire) where T : class =>
        new Wire<T>($"{wire.Name}Reply").Flag("success", _ => true).Object("data", row => row, wire);

    /// <summary>{"success":true,"message":…,"data":{…}}</summary>
    public static Wire<T> Created<T>(string message, Wire<T> wire) where T : class =>
        new Wire<T>($"{wire.Name}Created").Flag("success", _ => true).Text("message", _ => message, nullable: false)
        .Object("data", row => row, wire);

    public static Wire<PageOf<T>> List<T>(Wire<T> wire)
    {
        var inner = new Wire<PageOf<T>>(null)
            .Objects("data", page => page.Rows, wire)
            .Whole("current_page", page => page.Index + 1, "Counts from 1, while pageIndex counts from 0.")
            .Whole("total_records", page => page.Total)
            .Whole("total_pages", page => (page.Total + page.Size - 1) / page.Size);
        return new Wire<PageOf<T>>($"{wire.Name}List").Flag("success", _ => true).Object("data", page => page, inner);
    }
}

internal sealed record PageOf<T>(IReadOnlyList<T> Rows, long Index, long Size, long Total);

/// <summary>
/// pageSize and pageIndex (the page "Pagination"). A size out of bounds is brought into them; other wrong values are refused.
/// </summary>
internal static class Paging
{
    public static readonly Member<long> Size = Members.Whole("pageSize", "10 when left out; brought into 1 to 100.");
    public static readonly Member<long> Index = Members.Whole("pageIndex", "Counts from 0.", 0, int.MaxValue / 100);

    public static (long Size, long Index) Read(Call call) => (Math.Clamp(call.Query(Size, 10), 1, 100), call.Query(Index, 0));
}
