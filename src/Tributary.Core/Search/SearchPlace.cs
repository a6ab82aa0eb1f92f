using System.Globalization;
using System.Text;
using Tributary.Core.Kernel;

namespace Tributary.Core.Search;

/// <summary>
/// How far a search has come among the records of a kind: it looks at what was written before <see cref="Below"/>, down to and with
/// <see cref="From"/>. None is "from the newest", and "as far as a window goes"; 0 is "to the oldest".
/// </summary>
/// <param name="Subject">The kind.</param>
/// <param name="Below">A number that grows with what is written, as the database counts it; see <see cref="SearchStore"/>.</param>
/// <param name="From">The last of the window, once it has been read.</param>
/// <param name="Top">What the first window of the search was below: what is written later is not looked at.</param>
internal sealed record SearchSpan(string Subject, long? Below = null, long? From = null, long? Top = null)
{
    public bool IsFirst => Below == Top;
}

/// <summary>
/// Where a page of a search ended. Of a term that occurs all over nobody can rank all that holds it, so a search goes window by window: the
/// newest matches of each kind best first, then the next newest. A window keeps its edges from page to page, so that what is
/// written meanwhile neither repeats a hit nor skips one.
/// </summary>
/// <param name="Spans">The window of each kind; kinds of which nothing is left are not there.</param>
/// <param name="After">The last hit that was shown of these windows; none at their beginning.</param>
internal sealed record SearchPlace(Seq<SearchSpan> Spans, (decimal Score, string Subject, long Id)? After)
{
    private const string Kind = "search-2";

    public static SearchPlace Start(IEnumerable<string> subjects) => new([.. subjects.Select(subject => new SearchSpan(subject))], null);

    /// <summary>The next windows, of those kinds whose window did not reach the oldest; none when all did.</summary>
    public SearchPlace? Next()
    {
        Seq<SearchSpan> next = [.. Spans.Where(span => span.From > 0).Select(span => span with { Below = span.From, From = null })];
        return next.Count == 0 ? null : new(next, null);
    }

    /// <summary>Without what a search is not about (any more).</summary>
    public SearchPlace Among(IReadOnlyList<string> subjects) =>
        this with { Spans = [.. Spans.Where(span => subjects.Contains(span.Subject))] };

    public string Seal(CursorSigner signer, string folded)
    {
        var spans = string.Join(',', Spans.Select(span => string.Create(CultureInfo.InvariantCulture,
            $"{span.Subject}:{span.Below}:{span.From}:{span.Top}")));
        var after = After is { } last
            ? string.Create(CultureInfo.InvariantCulture, $"{last.Score}:{last.Subject}:{last.Id}") : "";
        return signer.Seal(Encoding.UTF8.GetBytes($"{Kind}\n{spans}\n{after}\n{folded}"));
    }

    /// <summary>The place that a cursor of the same search holds.</summary>
    public static SearchPlace Open(CursorSigner signer, string cursor, string folded)
    {
        if (signer.TryOpen(cursor, out var payload)
            && Encoding.UTF8.GetString(payload).Split('\n', 4) is [Kind, var spans, var after, var term] && term == folded)
        {
            return new([.. spans.Split(',').Select(Span)], after.Length == 0 ? null : Hit(after));
        }
        throw Problem.Invalid("cursor", "cursor must be the next_cursor of an earlier page of the same search.");
    }

    private static SearchSpan Span(string text)
    {
        var parts = text.Split(':');
        return new(parts[0], Number(parts[1]), Number(parts[2]), Number(parts[3]));
    }

    private static (decimal, string, long) Hit(string text)
    {
        var parts = text.Split(':');
        return (decimal.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], long.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    private static long? Number(string text) => text.Length == 0 ? null : long.Parse(text, CultureInfo.InvariantCulture);
}
