using FsCheck.Fluent;
using Tributary.Core.Search;
using Tributary.Core.Storage;
using Tributary.Tests.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Search;

/// <summary>On SQLite new texts enter the index just before the commit that they are part of.</summary>
public sealed class SearchIndexTests
{
    private const string Check = "INSERT INTO search_trigrams (search_trigrams, rank) VALUES ('integrity-check', 1)";

    // https://www.sqlite.org/fts5.html#the_integrity_check_command: with rank 1 it compares the index with the table it is about.
    [Fact]
    public async Task Whatever_is_put_changed_removed_and_undone_the_index_holds_exactly_the_texts()
    {
        await using var db = await Backends.Own(Backend.Sqlite);
        var workspace = await Scratch.Workspace(db);
        var step = from kind in Gen.Choose(0, 6)
                   from subject in Gen.Choose(1, 8)
                   from word in Gen.Choose(0, 99)
                   select (kind, subject, word);
        var change = from steps in step.ListOf()
                     from isUndone in Gen.Choose(0, 4)
                     select (steps, isUndone == 0);

        Properties.ForAll(change.ListOf().ToArbitrary(), tries: 40, changes => Agrees(changes).GetAwaiter().GetResult());

        async Task<bool> Agrees(IEnumerable<(List<(int Kind, int Subject, int Word)> Steps, bool IsUndone)> changes)
        {
            foreach (var (steps, isUndone) in changes)
            {
                await using var tx = await db.Write(workspace, CancellationToken.None);
                foreach (var (kind, subject, word) in steps)
                {
                    if (kind < 4) await SearchTexts.Put(tx, "deal", subject, "title", 0, $"word number {word}");
                    else if (kind == 4) await SearchTexts.Remove(tx, "deal", subject, "title", 0);
                    else if (kind == 5) await SearchTexts.Forget(tx, "deal", subject);
                    else await BecomesLead(tx, subject);
                }
                if (!isUndone) await tx.Commit();
            }

            await db.Alone(session => session.Execute(Check), CancellationToken.None);
            return true;
        }

        // The index knows of each text what kind of record it is of.
        static async Task BecomesLead(Tx tx, int subject)
        {
            await SearchTexts.Forget(tx, "lead", subject);
            await tx.Run(
                "UPDATE search_docs SET subject = 'lead' WHERE workspace_id = @Workspace AND subject = 'deal' AND subject_id = @subject",
                new { tx.Workspace, subject });
        }
    }

    [Fact]
    public async Task Changes_that_share_a_commit_are_found_after_it_all_of_them()
    {
        await using var db = await Backends.Own(Backend.Sqlite);
        var workspace = await Scratch.Workspace(db);

        var first = await db.Write(workspace, CancellationToken.None);
        await SearchTexts.Put(first, "deal", 1, "title", 0, "harbour refit");
        var waiting = db.Write(workspace, CancellationToken.None);
        var firstAnswer = first.Commit();
        var second = await waiting;
        await SearchTexts.Put(second, "deal", 2, "title", 0, "harbour audit");
        await Task.WhenAll(firstAnswer, second.Commit());

        Assert.Equal(2,
            await Scratch.Ask<long>(db, workspace,
                $"SELECT COUNT(*) FROM search_docs WHERE workspace_id = @workspace AND {db.Sql.Contains("term")}",
            new { workspace, term = db.Sql.SearchTerm("harbour") }));
    }
}
