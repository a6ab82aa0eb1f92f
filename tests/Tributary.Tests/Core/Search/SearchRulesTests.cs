using Tributary.Core.Search;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Search;

public sealed class SearchRulesTests
{
    [Fact]
    public void A_whole_title_beats_its_beginning_beats_a_word_beats_the_inside_of_a_word()
    {
        string[] titles = ["acme", "acme renewal", "big acme deal", "zacmes"];

        var scores = titles.Select(title => SearchRules.Score("acme", Found(title))).ToList();

        Assert.Equal(scores.OrderDescending(), scores);
        Assert.Equal([1.3m, 0.933333m, 0.630769m, 0.366666m], scores);
    }

    [Theory]
    [InlineData("harbour", "")]
    [InlineData("works 24999", "works | 24999")]
    [InlineData("harbour audit 77", "harbour | audit ")]
    [InlineData("a  b of ***** the", " the")]
    [InlineData("one two three four five six", "one | two | three | four ")]
    public void Words_of_a_term_keep_the_spaces_that_begin_and_end_them(string folded, string words) =>
        Assert.Equal(words, string.Join('|', SearchRules.Words(folded)));

    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("acme", "acm|cme")]
    [InlineData("abcdef", "abc|def")]
    [InlineData("ard renew", "ard| re|new")]
    [InlineData("🚀🌕🚀x", "🚀🌕🚀|🌕🚀x")]
    public void Trigrams_of_a_term_lie_side_by_side_and_reach_its_end(string folded, string trigrams) =>
        Assert.Equal(trigrams, string.Join('|', SearchRules.Trigrams(folded)));

    [Fact]
    public void A_term_is_rare_when_the_newest_ids_say_that_all_others_hold_few()
    {
        Assert.True(SearchRules.IsRare(found: 0, seen: 8_192, left: 1_000_000));
        Assert.True(SearchRules.IsRare(found: 10, seen: 8_192, left: 1_000_000));
        Assert.False(SearchRules.IsRare(found: 80, seen: 8_192, left: 1_000_000));
        Assert.False(SearchRules.IsRare(found: 0, seen: 3, left: 1_000_000));
    }

    [Fact]
    public void So_many_eras_are_asked_as_should_be_enough_but_never_many_more_than_were()
    {
        Assert.Equal(3, SearchRules.MoreEras(wanted: 220, found: 80, seen: SearchStore.Era));
        Assert.Equal(1, SearchRules.MoreEras(wanted: 10, found: 290, seen: SearchStore.Era));
        Assert.Equal(4, SearchRules.MoreEras(wanted: 299, found: 1, seen: SearchStore.Era));
        Assert.Equal(10, SearchRules.MoreEras(wanted: 300, found: 0, seen: 5 * SearchStore.Era));
        Assert.Equal(SearchRules.MostEras, SearchRules.MoreEras(wanted: 300, found: 0, seen: 9_000L * SearchStore.Era));
    }

    [Fact]
    public void Of_two_matches_of_one_kind_the_shorter_value_is_better() =>
        Assert.True(SearchRules.Score("acme", Found("acme inc")) > SearchRules.Score("acme", Found("acme incorporated")));

    [Fact]
    public void A_title_is_better_than_any_other_value() =>
        Assert.True(SearchRules.Score("acme", Found("acme x")) > SearchRules.Score("acme", Found("acme", "notes")));

    [Fact]
    public void A_word_that_begins_later_is_found_behind_one_that_merely_contains_the_term() =>
        Assert.True(SearchRules.Score("art", Found("smart art")) > SearchRules.Score("art", Found("smartart ")));

    [Fact]
    public void Following_the_order_by_places_visits_every_hit_once()
    {
        Properties.ForAll<(byte Kind, byte Id)[]>(given =>
        {
            var hits = SearchRules.InOrder(given.Distinct()
                .Select(one => new SearchHit(SearchRules.Subjects[one.Kind % 5], one.Id, one.Kind / 5 % 3, []))
                .DistinctBy(hit => (hit.Subject, hit.Id)));
            return hits.Select((hit, at) => hits.Where(other => SearchRules.IsAfter(other, (hit.Score, hit.Subject, hit.Id)))
                .SequenceEqual(hits.Skip(at + 1))).All(right => right);
        });
    }

    private static FoundText Found(string text, string field = "title") =>
        new() { SubjectId = 1, Field = field, Text = text, Length = text.Length };
}
