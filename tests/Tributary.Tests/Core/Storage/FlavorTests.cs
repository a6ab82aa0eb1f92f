using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Search;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

/// <summary>Every member of <see cref="SqlFlavor"/>, on both backends, with one expectation.</summary>
public sealed class FlavorTests
{
    [Theory, OnBothBackends]
    public async Task In_finds_the_members_of_a_list(Backend backend)
    {
        var (tx, first) = await Tagged(backend, "a", "b", "c");
        await using var _ = tx;
        var uid = await tx.One<Guid>("SELECT uid FROM tags WHERE workspace_id = @Workspace AND id = @first", new { tx.Workspace, first });

        Assert.Equal(["a", "c"], await Names("id", tx.Sql.List([first, first + 2])));
        Assert.Equal(["b"], await Names("name", tx.Sql.List(["b", "x'y\""])));
        Assert.Equal(["a"], await Names("uid", tx.Sql.List([uid])));
        Assert.Empty(await Names("id", tx.Sql.List(Array.Empty<long>())));

        Task<IReadOnlyList<string>> Names(string column, object list) => tx.Many<string>(
            $"SELECT name FROM tags WHERE workspace_id = @Workspace AND {tx.Sql.In(column, "list")} ORDER BY id",
            new { tx.Workspace, list });
    }

    [Theory, OnBothBackends]
    public async Task Rows_can_be_locked_and_locked_rows_skipped(Backend backend)
    {
        var (tx, first) = await Tagged(backend, "a");
        await using var _ = tx;

        Assert.Equal("a",
            await tx.One<string>($"SELECT name FROM tags WHERE workspace_id = @Workspace AND id = @first {tx.Sql.ForUpdate}",
                new { tx.Workspace, first }));
        Assert.Equal("a",
            await tx.One<string>($"SELECT name FROM tags WHERE workspace_id = @Workspace AND id = @first {tx.Sql.SkipLocked}",
                new { tx.Workspace, first }));
    }

    [Theory, OnPostgres]
    public async Task A_row_somebody_holds_is_skipped(Backend backend)
    {
        var db = await Backends.Open(backend);
        var workspace = await Scratch.Workspace(db);
        await Scratch.Tag(db, workspace, "a");
        await Scratch.Tag(db, workspace, "b");

        await using var holder = await db.Write(workspace, CancellationToken.None);
        await using var other = await db.Write(workspace, CancellationToken.None);
        var claim = $"SELECT name FROM tags WHERE workspace_id = @workspace ORDER BY id LIMIT 1 {holder.Sql.SkipLocked}";

        Assert.Equal("a", await holder.One<string>(claim, new { workspace }));
        Assert.Equal("b", await other.One<string>(claim, new { workspace }));
    }

    [Theory, OnBothBackends]
    public async Task A_member_of_a_document_is_read_as_text(Backend backend)
    {
        await using var tx = await (await Backends.Open(backend)).Read(1, CancellationToken.None);
        const string document =
            """{"word":"é\"x","five":5,"half":2.5,"digits":"5","yes":true,"no":false,"nothing":null,"quote\"d":1,"a.b":2}""";

        Assert.Equal("é\"x", await Text("word"));
        Assert.Equal("5", await Text("five"));
        Assert.Equal("2.5", await Text("half"));
        Assert.Equal("true", await Text("yes"));
        Assert.Equal("false", await Text("no"));
        Assert.Null(await Text("nothing"));
        Assert.Null(await Text("absent"));
        Assert.Equal("1", await Text("quote\"d"));
        Assert.Equal("2", await Text("a.b"));

        Task<string?> Text(string key) =>
            tx.One<string>($"SELECT {tx.Sql.JsonText("doc", "key")} FROM (SELECT {tx.Sql.Json("document")} AS doc) d",
                new { document, key });
    }

    [Theory, OnBothBackends]
    public async Task A_list_in_a_document_has_a_number_and_does_not_take_a_text_for_it(Backend backend)
    {
        await using var tx = await (await Backends.Open(backend)).Read(1, CancellationToken.None);

        Assert.True(await Has("[1,22]", 22L));
        Assert.False(await Has("[1,22]", 2L));
        Assert.False(await Has("[]", 2L));
        Assert.False(await Has("[\"22\"]", 22L));

        async Task<bool> Has(string list, long number) =>
            await tx.One<long>(
                $"SELECT CASE WHEN {tx.Sql.HasNumber("doc", "number")} THEN 1 ELSE 0 END FROM (SELECT {tx.Sql.Json("list")} AS doc) d",
                new { list, number }) == 1;
    }

    [Theory, OnBothBackends]
    public async Task A_list_of_objects_has_a_member_when_one_of_them_has_it(Backend backend)
    {
        await using var tx = await (await Backends.Open(backend)).Read(1, CancellationToken.None);

        Assert.True(await Has("""[{"person_id":1},{"person_id":22,"primary":true}]"""));
        Assert.False(await Has("""[{"person_id":2},{"user_id":22},{"person_id":"22"}]"""));
        Assert.False(await Has("[]"));

        async Task<bool> Has(string list) => await tx.One<long>(
            $"SELECT CASE WHEN {tx.Sql.HasMember("doc", "person_id", "id")} THEN 1 ELSE 0 END FROM (SELECT {tx.Sql.Json("list")} AS doc) d",
            new { list, id = 22L }) == 1;
    }

    [Theory, OnBothBackends]
    public async Task Search_finds_substrings_and_takes_no_character_for_a_wildcard(Backend backend)
    {
        var db = await Backends.Open(backend);
        var workspace = await Scratch.Workspace(db);
        string[] texts = ["acme rollout", "100% sure", "a_b-c", "say \"hello\" now", @"c:\temp", "日本語テスト", "go 🚀🎉 now", "ab"];
        await using (var writing = await db.Write(workspace, CancellationToken.None))
        {
            for (var i = 0; i < texts.Length; i++) await SearchTexts.Put(writing, "deal", i, "title", 0, texts[i]);
            await writing.Commit();
        }
        await using var tx = await db.Read(workspace, CancellationToken.None);

        Assert.Equal("0", await Found("roll"));
        Assert.Equal("1", await Found("100%"));
        Assert.Equal("1", await Found("0% s"));
        Assert.Equal("", await Found("a%e"));
        Assert.Equal("2", await Found("a_b"));
        Assert.Equal("", await Found("a_m"));
        Assert.Equal("3", await Found("\"hello\""));
        Assert.Equal("4", await Found(@":\t"));
        Assert.Equal("5", await Found("本語テ"));
        Assert.Equal("6", await Found("🚀🎉"));
        Assert.Equal("7", await Found("ab"));
        Assert.Equal("1", await Found("%"));
        Assert.Equal("4", await Found(@"\"));
        Assert.Equal("", await Found("zzz or acme"));

        async Task<string> Found(string term)
        {
            return string.Join(' ',
                await tx.Many<long>(
                    $"SELECT subject_id FROM search_docs WHERE workspace_id = @workspace AND {tx.Sql.Finds(term, "term")} ORDER BY subject_id",
                new { workspace, term = tx.Sql.SearchTerm(term) }));
        }
    }

    [Theory, OnBothBackends]
    public async Task The_search_index_follows_changes_and_removals(Backend backend)
    {
        var db = await Backends.Open(backend);
        var workspace = await Scratch.Workspace(db);
        await Do(tx => SearchTexts.Put(tx, "deal", 1, "title", 0, "before"));
        Assert.Equal(1, await Count("before"));

        await Do(tx => SearchTexts.Put(tx, "deal", 1, "title", 0, "afterwards"));
        Assert.Equal((0, 1), (await Count("before"), await Count("afterwards")));
        await Do(tx => SearchTexts.Remove(tx, "deal", 1, "title", 0));
        Assert.Equal(0, await Count("afterwards"));

        async Task Do(Func<Tx, Task> work)
        {
            await using var tx = await db.Write(workspace, CancellationToken.None);
            await work(tx);
            await tx.Commit();
        }

        Task<int> Count(string term) =>
            Scratch.Ask<int>(db, workspace,
                $"SELECT COUNT(*) FROM search_docs WHERE workspace_id = @workspace AND {db.Sql.Contains("term")}",
            new { workspace, term = db.Sql.SearchTerm(term) });
    }

    // Design §5: substring search uses a trigram index in both engines.
    [Theory, OnBothBackends]
    public async Task Search_reads_the_trigram_index(Backend backend)
    {
        await using var db = await Backends.Own(backend);
        await using var tx = await db.Write(await Scratch.Workspace(db), CancellationToken.None);
        // A small table is read whole, which says nothing about a large one; nor does one whose index still waits for a vacuum.
        if (tx.Sql.IsPostgres) await tx.Run("ALTER INDEX search_docs_trigrams SET (fastupdate = off)", new { });
        await tx.Run("""
            WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 3000)
            INSERT INTO search_docs (workspace_id, subject, subject_id, field, source_id, text)
            SELECT CAST(@Workspace AS BIGINT), 'deal', x, 'title', 0, 'deal number ' || CAST(x AS TEXT) FROM n
            """, new { tx.Workspace });
        if (tx.Sql.IsPostgres) await tx.Run("ANALYZE search_docs", new { });

        var plan = await Plans.Of(tx, $"SELECT subject_id FROM search_docs WHERE workspace_id = @Workspace AND {tx.Sql.Contains("term")}",
            new { tx.Workspace, term = tx.Sql.SearchTerm("number 77") });

        Assert.Matches(tx.Sql.IsPostgres ? @"Index Cond:.*text ~~" : "SCAN search_trigrams VIRTUAL TABLE INDEX", plan);
    }

    [Theory, OnPostgres]
    public async Task A_reader_of_the_log_sees_nothing_while_an_earlier_transaction_still_runs(Backend backend)
    {
        var db = await Backends.Open(backend);
        var workspace = await Scratch.Workspace(db);
        var early = await db.Write(workspace, CancellationToken.None);
        await Append(early, 1);
        // What is put goes with the next question.
        await EventStore.NewestOf(early, "deal", 1);
        var late = await db.Write(workspace, CancellationToken.None);
        await Append(late, 2);
        await late.Commit();

        Assert.Empty(await Events());
        await early.Commit();
        // Transactions of other tests hold the horizon back as well; it moves on when they end.
        IReadOnlyList<long> seen;
        do seen = await Events();
        while (seen.Count < 2);

        Assert.Equal([1, 2], seen);

        Task Append(Tx tx, long id) =>
            EventStore.Append(tx, Caller.System(workspace), new() { Subject = "deal", SubjectId = id, Action = "created" });

        async Task<IReadOnlyList<long>> Events()
        {
            await using var tx = await db.Read(workspace, CancellationToken.None);
            return [.. (await EventStore.After(tx, LogPosition.Start, 10)).Select(e => e.SubjectId)];
        }
    }

    private static async Task<(Tx Tx, long First)> Tagged(Backend backend, params string[] names)
    {
        var db = await Backends.Open(backend);
        var tx = await db.Write(await Scratch.Workspace(db), CancellationToken.None);
        var first = await Scratch.AddTag(tx, tx.Workspace, names[0]);
        foreach (var (name, id) in names.Skip(1).Select((name, i) => (name, first + i + 1)))
        {
            await tx.Run("INSERT INTO tags (workspace_id, id, uid, name, added_at) VALUES (@Workspace, @id, @uid, @name, @Now)",
                new { tx.Workspace, id, uid = tx.NextUid(), name, tx.Now });
        }
        return (tx, first);
    }
}
