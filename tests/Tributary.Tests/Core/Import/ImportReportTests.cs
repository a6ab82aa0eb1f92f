using System.Text.Json;
using Tributary.Core.Import;

namespace Tributary.Tests.Core.Import;

public sealed class ImportReportTests
{
    [Fact]
    public void The_text_says_what_happened_and_which_names_were_taken_for_which()
    {
        var tally = new ImportTally();
        foreach (var line in new long[] { 4, 9, 12, 40 }) tally.Warn("closed without a close date", line);
        tally.Near("product", new("GTXPro", "GTX Pro"), applied: true);
        tally.Near("product", new("GTXPro", "GTX Pro"), applied: true);

        var text = Report(tally).ToText().ReplaceLineEndings("\n");

        Assert.Equal(
            """
            Dry run, nothing was written: 8,800 rows of deals in 1.5 s
              created           8,798
              updated               0
              unchanged             1
              rejected              1
              with 85 new organizations
            Warnings
              closed without a close date (4 rows: line 4, 9, 12, …)
            Near names
              product "GTXPro" taken for "GTX Pro" (2 rows)

            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public void The_JSON_says_the_same()
    {
        var tally = new ImportTally();
        tally.Warn("negative value", 7);

        using var json = JsonDocument.Parse(Report(tally).ToJson());

        Assert.Equal(8_798, json.RootElement.GetProperty("created").GetInt64());
        Assert.Equal(85, json.RootElement.GetProperty("created_by_noun").GetProperty("organizations").GetInt64());
        Assert.Equal(7, json.RootElement.GetProperty("warnings")[0].GetProperty("lines")[0].GetInt64());
    }

    [Fact]
    public void A_tally_of_ever_new_messages_stays_small()
    {
        var tally = new ImportTally();
        for (var line = 0; line < 10_000; line++) tally.Warn($"message {line}", line);

        Assert.InRange(tally.Warnings().Count, 1, 201);
        Assert.Equal(10_000, tally.Warnings().Sum(warning => warning.Count));
    }

    private static ImportReport Report(ImportTally tally) => new()
    {
        Kind = ImportKind.Deals,
        IsDryRun = true,
        Read = 8_800,
        Created = 8_798,
        Unchanged = 1,
        Rejected = 1,
        CreatedByNoun = new Dictionary<ImportNoun, long> { [ImportNoun.Organizations] = 85 },
        Warnings = tally.Warnings(),
        NearNames = tally.NearNames(),
        Took = TimeSpan.FromSeconds(1.5),
    };
}
