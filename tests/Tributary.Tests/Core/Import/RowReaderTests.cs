using Tributary.Core.Import;
using Tributary.Core.Kernel;

namespace Tributary.Tests.Core.Import;

public sealed class RowReaderTests
{
    [Theory]
    [InlineData("Closed Won", "", ImportedStatus.Won, null)]
    [InlineData("Lost", "", ImportedStatus.Lost, null)]
    [InlineData("Engaging", "", ImportedStatus.Open, "Engaging")]
    [InlineData("Engaging", "won", ImportedStatus.Won, "Engaging")]
    [InlineData("signed!", "", ImportedStatus.Won, "Contract")]
    [InlineData("", "lost", ImportedStatus.Lost, null)]
    [InlineData("", "", ImportedStatus.Open, null)]
    public void Stage_and_status_are_read_together(string stage, string status, ImportedStatus expected, string? expectedStage)
    {
        var mapping = Map(("stage", "stage"), ("status", "status")) with
        {
            Stages = new Dictionary<string, StageMeaning> { ["Signed"] = new("Contract", ImportedStatus.Won) },
            Constants = new Dictionary<string, string> { ["title"] = "t" },
        };

        var deal = Deal(mapping, stage, status).Record!;

        Assert.Equal((expected, expectedStage), (deal.Status, deal.Stage));
    }

    [Fact]
    public void A_close_date_is_expected_on_an_open_deal_and_past_on_a_closed_one()
    {
        var mapping = Map(("title", "title"), ("stage", "stage"), ("date", "close_date"));

        var open = Deal(mapping, "a", "Engaging", "2017-03-01").Record!;
        var won = Deal(mapping, "a", "Won", "2017-03-01").Record!;

        Assert.Equal((new DateOnly(2017, 3, 1), null), (open.ExpectedClose, open.ClosedAt));
        Assert.Equal((null, new DateTimeOffset(2017, 3, 1, 0, 0, 0, TimeSpan.Zero)), (won.ExpectedClose, won.ClosedAt));
    }

    [Theory]
    [InlineData("GTX", "Acme", "7", "GTX – Acme")]
    [InlineData("GTX", "", "7", "GTX")]
    [InlineData("", "Acme", "7", "Acme")]
    [InlineData("", "", "7", "Deal 7")]
    public void A_deal_without_a_title_is_named_after_what_exists(string product, string account, string id, string title)
    {
        var mapping = Map(("product", "product"), ("account", "organization")) with { ExternalId = new("id", "crm") };

        Assert.Equal(title, new RowReader(mapping, ["product", "account", "id"]).Deal(new(1, 2, [product, account, id])).Record!.Title);
    }

    [Fact]
    public void Every_reason_against_a_row_is_given_at_once()
    {
        var mapping = Map(("value", "value"), ("date", "close_date"), ("chance", "probability"), ("stage", "stage"), ("status", "status"));

        var read = Deal(mapping, "12k", "03/04/2017", "101", "Won", "lost");

        Assert.Null(read.Record);
        Assert.Equal(["close_date", "probability", "status", "title", "value"], read.Reasons.Select(reason => reason.Field).Order());
    }

    [Theory]
    [InlineData("$5", "", "USD", "USD")]
    [InlineData("$5", "CAD", "USD", "CAD")]
    [InlineData("5 €", "", "USD", "EUR")]
    [InlineData("5", "", null, null)]
    [InlineData("5", "gbp", "USD", "GBP")]
    [InlineData("", "GBP", "USD", "GBP")]
    public void The_row_states_its_currency_before_the_mapping_does(string value, string column, string? mapped, string? currency)
    {
        var mapping = Map(("title", "title"), ("value", "value"), ("currency", "currency")) with { Currency = mapped };

        Assert.Equal(currency, Deal(mapping, "t", value, column).Record!.Currency);
    }

    [Theory]
    [InlineData("$5", "EUR", null)]
    [InlineData("5 €", "USD", null)]
    [InlineData("$5", "", null)]
    [InlineData("¥5", "", "USD")]
    public void A_mark_that_contradicts_the_currency_refuses_the_row(string value, string column, string? mapped)
    {
        var mapping = Map(("title", "title"), ("value", "value"), ("currency", "currency")) with { Currency = mapped };

        Assert.Equal("value", Assert.Single(Deal(mapping, "t", value, column).Reasons).Field);
    }

    [Fact]
    public void A_row_without_its_external_id_is_refused_because_a_second_run_would_repeat_it()
    {
        var mapping = Map(("title", "title")) with { ExternalId = new("id", "crm") };

        Assert.Equal("external_id", Assert.Single(new RowReader(mapping, ["title", "id"]).Deal(new(1, 2, ["t", " "])).Reasons).Field);
    }

    [Fact]
    public void Warnings_do_not_reject()
    {
        var mapping = Map(("title", "title"), ("stage", "stage"), ("added", "added_at"), ("closed", "close_date"));

        Assert.Equal(["closed before it was added"], Deal(mapping, "t", "Won", "2017-03-02", "2017-03-01").Warnings);
        Assert.Equal(["closed without a close date"], Deal(mapping, "t", "Won", "2017-03-02", "").Warnings);
    }

    [Fact]
    public void Custom_fields_tags_and_factors_are_read()
    {
        var mapping = Map(("region", "custom:Region"), ("labels", "tags")) with
        {
            Constants = new Dictionary<string, string> { ["title"] = "t", ["custom:Origin"] = "file" },
        };
        var revenue = new ImportMapping
        {
            Kind = ImportKind.Organizations,
            Columns = new Dictionary<string, ColumnMapping> { ["n"] = new("name"), ["r"] = new("annual_revenue", "1,234.50", 1_000_000) },
        };

        var deal = Deal(mapping, "West", "hot; new;Hot").Record!;

        Assert.Equal([("Region", "West"), ("Origin", "file")], deal.Basics.Custom.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal(["hot", "new"], deal.Basics.Tags);
        Assert.Equal(1_100_040_000m, new RowReader(revenue, ["n", "r"]).Organization(new(1, 2, ["Acme", "1100.04"])).Record!.AnnualRevenue);
    }

    [Theory]
    [InlineData("", "Ada", "Lovelace", "", "Ada Lovelace")]
    [InlineData("", "", "Lovelace", "", "Lovelace")]
    [InlineData("Countess", "Ada", "Lovelace", "", "Countess")]
    [InlineData("", "", "", "ada@example.org", "ada@example.org")]
    public void A_person_is_named_by_what_exists(string name, string first, string last, string email, string expected)
    {
        var mapping = Map(("n", "name"), ("f", "first_name"), ("l", "last_name"), ("e", "email")) with { Kind = ImportKind.Persons };

        Assert.Equal(expected, new RowReader(mapping, ["n", "f", "l", "e"]).Person(new(1, 2, [name, first, last, email])).Record!.Name);
    }

    [Fact]
    public void A_mapping_of_columns_the_file_lacks_or_that_meet_in_one_field_is_refused()
    {
        var mapping = Map(("a", "title"), ("b", "title"), ("c", "owner")) with { ExternalId = new("id", "crm") };

        var problem = Assert.Throws<ProblemException>(() => new RowReader(mapping, ["a", "b"])).Problem;

        Assert.Equal(["columns.b", "columns.c", "external_id.column"], problem.Fields.Select(error => error.Field));
    }

    [Fact]
    public void A_row_that_came_broken_is_refused_with_its_reason() =>
        Assert.Equal("too wide",
            Assert.Single(new RowReader(Map(("a", "title")), ["a"]).Deal(new(1, 2, ["x"], "too wide")).Reasons).Message);

    private static ImportMapping Map(params (string Column, string Field)[] columns) => new()
    {
        Kind = ImportKind.Deals,
        Columns = columns.ToDictionary(pair => pair.Column, pair => new ColumnMapping(pair.Field)),
    };

    private static RowRead<ImportedDeal> Deal(ImportMapping mapping, params string[] cells) =>
        new RowReader(mapping, [.. mapping.Columns.Keys]).Deal(new(1, 2, cells));
}
