using Tributary.Core.Import;

namespace Tributary.Tests.Core.Import;

// The figures are those of issue 2, point 9.
public sealed class SalesDataTests
{
    [Fact]
    public async Task All_8800_deals_are_read_without_being_told_anything()
    {
        var (guess, reader, rows) = await SalesData.Read("sales_pipeline.csv");
        var reads = rows.ConvertAll(reader.Deal);

        Assert.Equal(ImportKind.Deals, guess.Kind);
        Assert.Empty(guess.LeftOver);
        Assert.Empty(guess.Undecided);
        Assert.Equal(8_800, reads.Count);
        Assert.All(reads, read => Assert.Empty(read.Reasons));
        var deals = reads.ConvertAll(read => read.Record!);
        Assert.Equal(8_800, deals.Select(deal => deal.Basics.ExternalId).Distinct().Count());

        var won = deals.FindAll(deal => deal.Status == ImportedStatus.Won);
        Assert.Equal(4_238, won.Count);
        Assert.Equal(10_005_534m, won.Sum(deal => deal.Value));
        Assert.Equal(2_473, deals.Count(deal => deal.Status == ImportedStatus.Lost));
        Assert.Equal(1_589, deals.Count(deal => deal is { Status: ImportedStatus.Open, Stage: "Engaging" }));
        Assert.Equal(500, deals.Count(deal => deal is { Status: ImportedStatus.Open, Stage: "Prospecting", Basics.AddedAt: null }));
        Assert.Equal(1_425, deals.Count(deal => deal.Organization is null));
        Assert.Equal(30, deals.Select(deal => deal.Basics.Owner).Distinct().Count());
        Assert.Equal(7, deals.Select(deal => deal.Product).Distinct().Count());
        Assert.All(deals, deal => Assert.Equal(deal.Status != ImportedStatus.Open, deal.ClosedAt is not null));
    }

    [Fact]
    public async Task A_won_deal_and_an_open_one_are_read_as_their_rows_say()
    {
        var (_, reader, rows) = await SalesData.Read("sales_pipeline.csv");

        var won = reader.Deal(rows[0]).Record!;
        var engaging = reader.Deal(rows.Find(row => row.Cells[0] == "HAXMC4IX")!).Record!;

        Assert.Equal(
            ("1C1I7A6R", "Moses Frase", "GTX Plus Basic – Cancity", 1_054m, 2L),
            (won.Basics.ExternalId, won.Basics.Owner, won.Title, won.Value, won.Basics.Line));
        Assert.Equal(new DateTimeOffset(2016, 10, 20, 0, 0, 0, TimeSpan.Zero), won.Basics.AddedAt);
        Assert.Equal(new DateTimeOffset(2017, 3, 1, 0, 0, 0, TimeSpan.Zero), won.ClosedAt);
        Assert.Equal(("MG Advanced", null, null, null), (engaging.Title, engaging.Organization, engaging.Value, engaging.ClosedAt));
    }

    [Fact]
    public async Task The_other_three_files_are_recognised_and_read_completely()
    {
        var accounts = await SalesData.Read("accounts.csv");
        var products = await SalesData.Read("products.csv");
        var teams = await SalesData.Read("sales_teams.csv");

        Assert.Equal(
            (ImportKind.Organizations, ImportKind.Products, ImportKind.Users),
            (accounts.Guess.Kind, products.Guess.Kind, teams.Guess.Kind));
        Assert.Equal(["year_established"], accounts.Guess.LeftOver);
        Assert.Equal(85, accounts.Rows.Count(row => accounts.Reader.Organization(row).Record is not null));
        Assert.Equal(7, products.Rows.Count(row => products.Reader.Product(row).Record is { Price: > 0 }));
        Assert.Equal(35, teams.Rows.Count(row => teams.Reader.User(row).Record is { Manager: not null, Team: not null }));
    }

    [Fact]
    public async Task The_one_product_name_without_a_match_is_near_to_one()
    {
        var products = await SalesData.Read("products.csv");
        var deals = await SalesData.Read("sales_pipeline.csv");
        var names = products.Rows.ConvertAll(row => products.Reader.Product(row).Record!.Name);

        var unmatched = deals.Rows.Select(row => deals.Reader.Deal(row).Record!.Product!).Distinct().Except(names).ToList();

        Assert.Equal(["GTXPro"], unmatched);
        Assert.Equal(new NearPair("GTXPro", "GTX Pro"), new NearName(names).Find("GTXPro"));
    }
}
