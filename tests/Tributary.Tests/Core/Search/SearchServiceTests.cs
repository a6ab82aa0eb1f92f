using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Search;
using Tributary.Core.Storage;
using Tributary.Tests.Core.Totals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Search;

public sealed class SearchServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task Substrings_are_found_without_regard_to_case_and_accents_best_first(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var inside = await some.Deal(new() { Title = "Procafés" });
        var word = await some.Deal(new() { Title = "New CAFE chain" });
        var start = await some.Deal(new() { Title = "Café Einstein" });
        var whole = await some.Deal(new() { Title = "cafe" });
        await some.Deal(new() { Title = "Coffee" });

        var page = await Search(some, new() { Term = "Café" });

        Assert.Equal([whole.Id, start.Id, word.Id, inside.Id], page.Items.Select(hit => hit.Id));
    }

    [Theory, OnBothBackends]
    public async Task Numbers_and_descriptions_are_found_and_the_hit_says_where(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal(new() { Title = "Fleet", Description = "Forty trucks for Oslo" });

        Assert.Equal(new SearchMatch("description", 0), (await Search(some, new() { Term = "TRUCK" })).Items.Single().Matches.Single());
        Assert.Equal(deal.Id, (await Search(some, new() { Term = deal.Number, Exact = true })).Items.Single().Id);
        Assert.Empty((await Search(some, new() { Term = "truck", Fields = ["title"] })).Items);
    }

    [Theory, OnBothBackends]
    public async Task An_exact_search_wants_the_whole_value(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var exact = await some.Deal(new() { Title = "Acme" });
        await some.Deal(new() { Title = "Acme Inc" });
        var single = await some.Deal(new() { Title = "X" });

        Assert.Equal(exact.Id, (await Search(some, new() { Term = "ACME", Exact = true })).Items.Single().Id);
        Assert.Equal(single.Id, (await Search(some, new() { Term = "x", Exact = true })).Items.Single().Id);
    }

    [Theory, OnBothBackends]
    public async Task One_and_two_characters_are_found_too(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal(new() { Title = "Q7 % plan_b" });
        await some.Deal(new() { Title = "Other" });

        foreach (var term in (string[])["q", "q7", "%", "_b", "% p"])
        {
            Assert.Equal(deal.Id, Assert.Single((await Search(some, new() { Term = term })).Items).Id);
        }
    }

    [Theory, OnBothBackends]
    public async Task Of_a_short_term_the_newest_matches_are_found_each_with_all_its_values(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var ids = await Common(some, 2 * SearchStore.MostRanked);
        var seen = ids.Where((_, n) => n % 10 != 9).ToList();
        var oldest = seen[^SearchStore.MostRanked];
        // Its title is the last match of the newest 300, its description one too many.
        await using (var tx = await some.Db.Write(some.Id, Ct))
        {
            await SearchTexts.Put(tx, "deal", oldest, "description", 0, "on");
            await tx.Commit();
        }

        var found = (await Search(some, new() { Term = "on", Limit = 500 }, some.Member)).Items;

        Assert.Equal(seen.TakeLast(SearchStore.MostRanked), found.Select(hit => hit.Id).Order());
        Assert.Equal(["description", "title"], found.Single(hit => hit.Id == oldest).Matches.Select(match => match.Field));
        Assert.Equal(oldest, (await Search(some, new() { Term = "on", Exact = true }, some.Member)).Items.Single().Id);
    }

    [Fact]
    public async Task On_SQLite_a_short_term_is_looked_for_along_the_key_until_there_are_enough()
    {
        var some = await Some.Workspace(Backend.Sqlite);
        await using var read = await some.Db.Read(some.Id, Ct);

        var sql = new SearchStore(read, some.Member, await read.Catalog(), new() { Term = "on" }, "on", Condition.Everything).ShortWalked("deal");

        var plan = await Plans.Of(read, sql.ToString(), sql.Parameters);
        Assert.Contains("SEARCH search_docs USING INDEX sqlite_autoindex_search_docs_1 (workspace_id=? AND subject=? AND subject_id>?)", plan,
            StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }

    [Theory, OnBothBackends]
    public async Task All_pieces_of_a_term_are_not_the_term(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal(new() { Title = "The harbour audit" });
        await some.Deal(new() { Title = "Har, bourdit, r a and udi" });

        Assert.Equal([deal.Id], (await Search(some, new() { Term = "harbour audit" })).Items.Select(hit => hit.Id));
    }

    [Theory, OnBothBackends]
    public async Task A_term_may_have_500_characters_of_any_alphabet(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var longest = string.Concat(Enumerable.Range(0, 500).Select(n => (char)('\u0400' + 0x30 + n * 7 % 32)));
        var deal = await some.Deal(new() { Title = "Договор", Description = $"до {longest} после" });
        var rockets = await some.Deal(new() { Title = "To the moon 🚀🌕🚀" });

        Assert.Equal([deal.Id], (await Search(some, new() { Term = longest })).Items.Select(hit => hit.Id));
        Assert.Equal([rockets.Id], (await Search(some, new() { Term = "🚀🌕🚀" })).Items.Select(hit => hit.Id));
        Assert.Equal([rockets.Id], (await Search(some, new() { Term = "moon 🚀🌕" })).Items.Select(hit => hit.Id));
    }

    [Theory, OnBothBackends]
    public async Task Signs_that_mean_something_to_a_database_mean_themselves(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal(new() { Title = "100%_\"quoted\" 'single' OR NEAR(x) \\back" });
        await some.Deal(new() { Title = "100 percent quoted single near back" });

        foreach (var term in (string[])["100%_", "\"quoted\"", "'single'", "or near(", "\\back", "% _"])
        {
            Assert.Equal(term == "% _" ? [] : [deal.Id], (await Search(some, new() { Term = term })).Items.Select(hit => hit.Id));
        }
    }

    [Theory, OnBothBackends]
    public async Task A_search_finds_what_the_caller_sees(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var mine = await some.Deal(new() { Title = "Hidden treasure 1", VisibleTo = 1, OwnerId = some.Member.UserId });
        await some.Deal(new() { Title = "Hidden treasure 2", VisibleTo = 1, OwnerId = some.Admin.UserId });
        var gone = await some.Deal(new() { Title = "Hidden treasure 3" });
        await new DealService(some.Db).Delete(some.Admin, gone.Id, Ct);

        Assert.Equal(2, (await Search(some, new() { Term = "treasure" })).Items.Count);
        Assert.Equal([mine.Id], (await Search(some, new() { Term = "treasure" }, some.Member)).Items.Select(hit => hit.Id));
        Assert.Empty((await Search(some, new() { Term = "treasure" }, some.Outsider)).Items);
    }

    [Theory, OnBothBackends]
    public async Task Deals_are_narrowed_by_status(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await some.Deal(new() { Title = "Window seat" });
        var won = await some.Deal(new() { Title = "Window pane", Status = DealStatus.Won });

        Assert.Equal([won.Id], (await Search(some, new() { Term = "window", Status = DealStatus.Won })).Items.Select(hit => hit.Id));
    }

    // Pipedrive, "Search deals": "Will filter deals by the provided person ID", "… organization ID".
    [Theory, OnBothBackends]
    public async Task Deals_are_narrowed_by_who_takes_part(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (person, guest, org) = (await Around.Person(some), await Around.Person(some, "Guest"), await Around.Organization(some));
        var deal = await some.Deal(new() { Title = "needle", PersonId = person, OrgId = org, ContactIds = (Seq<long>)[guest] });
        await some.Deal(new() { Title = "needle" });

        foreach (var query in new SearchQuery[] { new() { Term = "needle", PersonId = person }, new() { Term = "needle", PersonId = guest },
            new() { Term = "needle", OrgId = org } })
        {
            Assert.Equal([("deal", deal.Id)],
                (await Search(some, query with { Subjects = ["deal"] })).Items.Select(hit => (hit.Subject, hit.Id)));
        }
    }

    [Theory, OnBothBackends]
    public async Task Pages_follow_one_another_without_gap_or_repetition(Backend backend)
    {
        var some = await Some.Workspace(backend);
        for (var n = 0; n < 11; n++) await some.Deal(new() { Title = $"Paged {new string('x', n % 4)}" });
        var all = (await Search(some, new() { Term = "paged" })).Items.Select(hit => hit.Id).ToList();

        var seen = new List<long>();
        string? cursor = null;
        do
        {
            var page = await Search(some, new() { Term = "paged", Limit = 4, Cursor = cursor });
            seen.AddRange(page.Items.Select(hit => hit.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(11, all.Count);
        Assert.Equal(all, seen);
    }

    [Theory, OnBothBackends]
    public async Task A_cursor_of_another_search_is_refused_and_so_are_unknown_fields(Backend backend)
    {
        var some = await Some.Workspace(backend);
        for (var n = 0; n < 3; n++) await some.Deal(new() { Title = "Paged" });
        var cursor = (await Search(some, new() { Term = "paged", Limit = 1 })).NextCursor;

        async Task<string> Refused(SearchQuery query) =>
            (await Assert.ThrowsAsync<ProblemException>(() => Search(some, query))).Problem.Fields.Single().Field;

        Assert.Equal("cursor", await Refused(new() { Term = "other", Cursor = cursor }));
        Assert.Equal("cursor", await Refused(new() { Term = "paged", Cursor = "AAAA" }));
        Assert.Equal("term", await Refused(new() { Term = "  " }));
        Assert.Equal("fields", await Refused(new() { Term = "paged", Fields = ["secret"] }));
        Assert.Equal("subjects", await Refused(new() { Term = "paged", Subjects = ["user"] }));
        Assert.Equal("limit", await Refused(new() { Term = "paged", Limit = 501 }));
    }

    [Fact]
    public async Task Both_databases_find_the_same_in_the_same_order()
    {
        Assert.SkipUnless(Backends.PostgresAnswers || Backends.InCi,
            "No PostgreSQL answers at TRIBUTARY_TEST_POSTGRES (see CONTRIBUTING.md).");
        var found = new List<IReadOnlyList<string>>();
        foreach (var backend in Enum.GetValues<Backend>())
        {
            var some = await Some.Workspace(backend);
            var titles = new Dictionary<long, string>();
            foreach (var title in CompanyNames.Generated(120))
            {
                var deal = await some.Deal(new() { Title = title });
                titles[deal.Id] = $"{titles.Count}:{title}";
            }

            var answers = new List<string>();
            foreach (var term in (string[])["con", "codex", "tron", "dal", "plex", "on", "o", "zone", "müller", "straße", "東京", " & ",
                "inc."])
            {
                var page = await Search(some, new() { Term = term, Subjects = ["deal"] });
                answers.AddRange(page.Items.Select(hit => $"{term} {hit.Score} {titles[hit.Id]}"));
            }
            found.Add(answers);
        }

        Assert.True(found[0].Count > 100);
        Assert.Equal(found[0], found[1]);
    }

    [Theory, OnBothBackends]
    public async Task A_term_of_three_characters_is_answered_by_the_trigrams_of_its_kind_of_record(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var some = await Some.Workspace(own.Db);
        var template = await some.Deal(new() { Title = "Template" });
        await using (var tx = await own.Db.Write(some.Id, Ct))
        {
            for (var n = 0; n < 1_500; n++)
            {
                var deal = template with { Id = template.Id + n + 1, Uid = tx.NextUid(), Number = $"N{n}" };
                await DealStore.Insert(tx, deal);
                await SearchTexts.Put(tx, "deal", deal.Id, "title", 0, $"Generated {n * 7919 % 100_003} title");
            }
            foreach (var table in (string[])["search_docs", "deals"]) await tx.Run($"ANALYZE {table}", new { });
            // What VACUUM does in time; until then PostgreSQL counts the waiting entries as a cost of the index.
            if (backend is Backend.Postgres)
            {
                await tx.One<long>("SELECT gin_clean_pending_list(CAST('search_docs_trigrams' AS regclass))", new { });
            }
            await tx.Commit();
        }

        await using var read = await own.Db.Read(some.Id, Ct);
        var search = new SearchStore(read, some.Member, await read.Catalog(), new() { Term = "7777" }, "7777", Condition.Everything);
        SearchSpan first = new("deal"), later = new("deal", Below: 900, Top: template.Id + 2_000);
        ListSql[] statements = backend is Backend.Postgres ? [search.Newest(later, 1, 10), search.Eras(later, 1, 0, 10), search.Rare(later, 10)]
            : [search.Walked(first, 10), search.Walked(later, 10)];

        foreach (var sql in statements)
        {
            var plan = await Plans.Of(read, sql.ToString(), sql.Parameters);
            // SQLite: each text of a kind begins with signs of its own, which are searched for (SearchIndexTests).
            Assert.Matches(backend is Backend.Postgres
                ? @"Bitmap Index Scan on search_docs_trigrams.*\n\s*Index Cond: .*\(subject = .*\(text ~~"
                : "SCAN search_trigrams VIRTUAL TABLE INDEX", plan);
            Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
        }
    }

    [Theory, OnBothBackends]
    public async Task Of_a_term_that_occurs_all_over_every_hit_is_visited_once_the_newest_first(Backend backend)
    {
        var some = await Some.Workspace(backend);
        const int all = 3 * SearchStore.MostRanked + 50;
        var ids = await Common(some, all);
        // Found twice: by its title long ago, by its description just now.
        await new DealService(some.Db).Update(some.Admin, ids[0], new() { Description = "Common ground" }, Ct);

        foreach (var limit in (int[])[100, 500])
        {
            var seen = await Pages(some, new() { Term = "common", Limit = limit }, some.Member);

            Assert.Equal(ids.Where((_, n) => n % 10 != 9).Order(), seen.Order());
            Assert.Contains(ids[^2], seen.Take(SearchStore.MostRanked));
        }
    }

    [Theory, OnPostgres]
    public async Task However_the_matches_of_a_term_are_spread_over_the_ids_every_one_is_visited_once(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var some = await Some.Workspace(own.Db);
        var first = (await some.Deal(new() { Title = "Template" })).Id;
        // Eleven eras, of each of which every tenth id is a deal's.
        const int all = 9_000;
        await using (var tx = await own.Db.Write(some.Id, Ct))
        {
            var columns = DealStore.Columns.Split(", ").Except(["id", "uid", "number"]).ToList();
            await tx.Run($"""
                INSERT INTO deals (workspace_id, id, uid, number, {string.Join(", ", columns)})
                SELECT workspace_id, id + n * 10, gen_random_uuid(), 'S' || n, {string.Join(", ", columns)}
                FROM deals CROSS JOIN generate_series(1, @all) AS n WHERE workspace_id = @Workspace
                """, new { tx.Workspace, all });
            await tx.Run("""
                INSERT INTO search_docs (workspace_id, subject, subject_id, field, source_id, text)
                SELECT @Workspace, 'deal', @first + n * 10, 'title', 0, CASE WHEN n % 50 = 0 THEN 'seldom ' ELSE '' END
                    || CASE WHEN n <= @ancient THEN 'ancient ' ELSE '' END || 'common ' || n
                FROM generate_series(1, @all) AS n
                """, new { tx.Workspace, first, all, ancient = SearchStore.MostFetched + 500 });
            foreach (var table in (string[])["search_docs", "deals"]) await tx.Run($"ANALYZE {table}", new { });
            await tx.Commit();
        }

        foreach (var (term, isMeant) in new (string, Func<int, bool>)[]
            { ("common", _ => true), ("seldom", n => n % 50 == 0), ("ancient", n => n <= SearchStore.MostFetched + 500), ("nowhere", _ => false) })
        {
            var seen = await Pages(some, new() { Term = term, Limit = 500 }, some.Admin);

            Assert.Equal(Enumerable.Range(1, all).Where(isMeant).Select(n => first + n * 10), seen.Order());
        }
    }

    [Theory, OnBothBackends]
    public async Task What_is_written_while_pages_are_read_repeats_no_hit_and_skips_none(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var ids = await Common(some, SearchStore.MostRanked + 40);
        var query = new SearchQuery { Term = "common", Limit = 90 };

        var (seen, cursor) = (new List<long>(), (string?)null);
        do
        {
            var page = await Search(some, query with { Cursor = cursor });
            seen.AddRange(page.Items.Select(hit => hit.Id));
            cursor = page.NextCursor;
            await some.Deal(new() { Title = "Common newcomer" });
        }
        while (cursor is not null);

        Assert.Equal(ids.Order(), seen.Order());
    }

    // Imports keep the ids of the other system where they are free, and one workspace's ids lie among all others'.
    [Theory, OnBothBackends]
    public async Task Records_whose_ids_lie_far_apart_are_all_found(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var some = await Some.Workspace(own.Db);
        var ids = new List<long>(await Common(some, 30));
        foreach (var far in (long[])[40_000_000, 5_000_000_000, 4_000_000_000_000_000])
        {
            ids.Add((await some.Deal(new() { Title = "Common, far away", Id = far })).Id);
        }
        // Their ids follow the farthest.
        ids.AddRange(await Common(some, 20));

        Assert.Equal(ids.Order(), (await Pages(some, new() { Term = "common", Limit = 7 }, some.Admin)).Order());
        Assert.Empty(await Pages(some, new() { Term = "nowhere" }, some.Admin));
    }

    [Theory, OnBothBackends]
    public async Task Within_a_window_the_best_match_comes_first_however_old(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var whole = await some.Deal(new() { Title = "Common" });
        await Common(some, 200);

        Assert.Equal(whole.Id, (await Search(some, new() { Term = "common" })).Items[0].Id);
    }

    // Every tenth is its owner's only.
    private static async Task<IReadOnlyList<long>> Common(SomeWorkspace some, int count)
    {
        var template = await some.Deal(new() { Title = "Template" });
        var ids = new List<long>();
        await using var tx = await some.Db.Write(some.Id, Ct);
        await tx.Reserve("deal_ids", count);
        for (var n = 0; n < count; n++)
        {
            var deal = template with
            {
                Id = await tx.NextId("deal_ids"),
                Uid = tx.NextUid(),
                Number = $"C{template.Id}-{n}",
                OwnerId = some.Admin.UserId,
                VisibleTo = n % 10 == 9 ? 1 : 7,
            };
            await DealStore.Insert(tx, deal);
            await SearchTexts.Put(tx, "deal", deal.Id, "title", 0, $"{(n % 7 == 0 ? "common" : "Uncommon")} {n}");
            ids.Add(deal.Id);
        }
        await tx.Commit();
        return ids;
    }

    private static async Task<List<long>> Pages(SomeWorkspace some, SearchQuery query, Caller caller)
    {
        var (seen, cursor) = (new List<long>(), (string?)null);
        do
        {
            var page = await Search(some, query with { Cursor = cursor }, caller);
            seen.AddRange(page.Items.Select(hit => hit.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return seen;
    }

    private static Task<Page<SearchHit>> Search(SomeWorkspace some, SearchQuery query, Caller? caller = null) =>
        new SearchService(some.Db).Search(caller ?? some.Admin, query, CancellationToken.None);
}
