using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.CPod;

/// <summary>Pages by limit and cursor, or by page and page_size (reference §4.7, "List").</summary>
internal static class Paging
{
    private const int Default = 50;
    private const int Max = 500;

    private static readonly Member<long> Limit = Members.Whole("limit", "50 when left out.", 1, Max);
    private static readonly Member<string> Cursor = Members.Text("cursor", "The next_cursor of the page before.", 8192);
    private static readonly Member<long> Page = Members.Whole("page", "From 1; instead of a cursor.", 1, 1_000_000);
    private static readonly Member<long> PageSize = Members.Whole("page_size", "The same as limit.", 1, Max);

    public static readonly IReadOnlyList<Member> Parameters = [Limit, Cursor, Page, PageSize];

    public static ListQuery Read(Call call)
    {
        var (cursor, page, size) = (call.Query(Cursor), call.Query(Page), call.Query(PageSize));
        var limit = (int)size.Or(call.Query(Limit, Default));
        if (cursor.IsSet && page.IsSet) call.Wrong(Page, "page must be left out when a cursor is sent.");
        return new()
        {
            Limit = limit,
            Cursor = cursor is { IsSet: true, Value.Length: > 0 } ? cursor.Value : null,
            Offset = page.IsSet ? ((int)page.Value - 1) * limit : null,
            WantTotal = true,
        };
    }

    public static Wire<Page<T>> Of<T>(Wire<T> record) => new Wire<Page<T>>(record.Name + "List")
        .Objects("data", page => page.Items, record)
        .Whole("total", page => page.Total ?? 0)
        .Text("next_cursor", page => page.NextCursor)
        .Flag("has_more", page => page.HasMore);
}
