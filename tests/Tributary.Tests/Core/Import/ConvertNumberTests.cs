using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Tributary.Core.Import;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Import;

public sealed class ConvertNumberTests
{
    [Theory]
    [InlineData("1054", "1054", "")]
    [InlineData("$1,234.50", "1234.50", "$")]
    [InlineData("1.234,50 €", "1234.50", "EUR")]
    [InlineData("(1,234.00)", "-1234", "")]
    [InlineData("($1,234.00)", "-1234", "$")]
    [InlineData("-$5.00", "-5", "$")]
    [InlineData("$-5.00", "-5", "$")]
    [InlineData("5.00-", "-5", "")]
    [InlineData("\u22125.00", "-5", "")]
    [InlineData("1 234", "1234", "")]
    [InlineData("1\u202F234\u202F567,89", "1234567.89", "")]
    [InlineData("1'234.50", "1234.50", "")]
    [InlineData("USD 1,234,567", "1234567", "USD")]
    [InlineData("1234.5 EUR", "1234.5", "EUR")]
    [InlineData("US$ 12", "12", "USD")]
    [InlineData("1,23,456.00", "123456", "")] // Indian groups
    [InlineData("0,123", "0.123", "")] // nobody groups after a zero
    [InlineData("1234,567", "1234.567", "")] // nor after four digits
    [InlineData(".5", "0.5", "")]
    [InlineData("1.2000000", "1.2", "")]
    public void An_amount_that_can_be_read_one_way_needs_no_telling(string text, string amount, string currency)
    {
        var read = ConvertNumber.Money(text, NumberStyle.Undecided);

        Assert.Null(read.Reason);
        Assert.Equal(decimal.Parse(amount, CultureInfo.InvariantCulture), read.Value!.Amount);
        if (currency == "$") Assert.Contains("USD", read.Value.Currencies);
        else Assert.Equal(currency.Length == 0 ? [] : new[] { currency }, read.Value.Currencies);
    }

    [Theory]
    [InlineData("1,234", NumberStyle.Point, "1234")]
    [InlineData("1,234", NumberStyle.Comma, "1.234")]
    [InlineData("1.234", NumberStyle.Comma, "1234")]
    [InlineData("1.234", NumberStyle.Point, "1.234")]
    public void A_doubtful_amount_follows_its_style(string text, NumberStyle style, string amount) =>
        Assert.Equal(decimal.Parse(amount, CultureInfo.InvariantCulture), ConvertNumber.Money(text, style).Value!.Amount);

    [Theory]
    [InlineData("1,234", NumberStyle.Undecided, "two ways")]
    [InlineData("1.234", NumberStyle.Undecided, "two ways")]
    [InlineData("1.234,50", NumberStyle.Point, "1,234.50")]
    [InlineData("12,34.50", NumberStyle.Point, "not a number written like")]
    [InlineData("1,2345", NumberStyle.Point, "not a number written like")]
    [InlineData("1 23", NumberStyle.Undecided, "not a number written like")]
    [InlineData("€ 12k", NumberStyle.Undecided, "abbreviated")]
    [InlineData("1.5M", NumberStyle.Point, "abbreviated")]
    [InlineData("1.2E+05", NumberStyle.Point, "exponent")]
    [InlineData("0.12345", NumberStyle.Point, "four decimals")]
    [InlineData("1000000000000", NumberStyle.Point, "larger than")]
    [InlineData("99999999999999999999999999999999999999", NumberStyle.Point, "larger than")]
    [InlineData("n/a", NumberStyle.Point, "not a number")]
    [InlineData("-", NumberStyle.Point, "not a number")]
    [InlineData("€", NumberStyle.Point, "not a number")]
    [InlineData("--5", NumberStyle.Point, "not a number")]
    [InlineData("٣", NumberStyle.Point, "not a number")]
    public void Any_other_amount_is_refused_with_a_reason(string text, NumberStyle style, string reason) =>
        Assert.Contains(reason, ConvertNumber.Money(text, style).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_column_is_decided_by_the_amounts_that_leave_no_doubt()
    {
        Assert.Equal(NumberStyle.Point, ConvertNumber.Decide(["1,234", "12.50", "7"]));
        Assert.Equal(NumberStyle.Comma, ConvertNumber.Decide(["1.234", "12,5 €"]));
        Assert.Equal(NumberStyle.Undecided, ConvertNumber.Decide(["1.234", "2,345"]));
        Assert.Equal(NumberStyle.Undecided, ConvertNumber.Decide(["12.5", "12,5"]));
    }

    [Theory]
    [InlineData("45%", PercentStyle.Undecided, "45")]
    [InlineData("45", PercentStyle.Undecided, "45")]
    [InlineData("0.45", PercentStyle.Fraction, "45")]
    [InlineData("0.45", PercentStyle.Percent, "0.45")]
    [InlineData("1", PercentStyle.Fraction, "100")]
    [InlineData("0", PercentStyle.Undecided, "0")]
    [InlineData("12,5 %", PercentStyle.Undecided, "12.5")]
    public void A_percentage_is_from_0_to_100(string text, PercentStyle style, string percent) =>
        Assert.Equal(
            decimal.Parse(percent, CultureInfo.InvariantCulture), ConvertNumber.Percentage(text, style, NumberStyle.Undecided).Value);

    [Theory]
    [InlineData("1", PercentStyle.Undecided)]
    [InlineData("101", PercentStyle.Percent)]
    [InlineData("2", PercentStyle.Fraction)]
    [InlineData("-1%", PercentStyle.Percent)]
    public void A_doubtful_or_impossible_percentage_is_refused(string text, PercentStyle style) =>
        Assert.True(ConvertNumber.Percentage(text, style, NumberStyle.Undecided).IsRefused);

    [Theory]
    [InlineData("2,822", 2822)]
    [InlineData("10.083", 10083)]
    [InlineData("9", 9)]
    [InlineData("9.0", 9)]
    public void A_whole_number_may_have_groups(string text, long number) =>
        Assert.Equal(number, ConvertNumber.Whole(text, NumberStyle.Undecided).Value);

    [Fact]
    public void An_amount_written_in_any_style_is_read_back()
    {
        var units = Gen.Choose(-2_000_000_000, 2_000_000_000).Select(number => (long)number * 4_999);
        var written = from unit in units
                      from style in Gen.Elements(NumberStyle.Point, NumberStyle.Comma)
                      from gap in Gen.Elements("", "usual", " ", "\u00A0", "\u202F", "'")
                      from mark in Gen.Elements("", "$", "€ ", "EUR ", " EUR", " zł")
                      from negative in Gen.Elements("-", "(")
                      select (unit, style, gap, mark, negative);

        Properties.ForAll(written.ToArbitrary(), sample =>
        {
            var amount = sample.unit / 10_000m;
            var text = Write(amount, sample.style, sample.gap, sample.mark, sample.negative);
            return ConvertNumber.Money(text, sample.style) is { Reason: null, Value: { } read } && read.Amount == amount;
        });
    }

    private static string Write(decimal amount, NumberStyle style, string gap, string mark, string negative)
    {
        var culture = (NumberFormatInfo)NumberFormatInfo.InvariantInfo.Clone();
        culture.NumberDecimalSeparator = style == NumberStyle.Point ? "." : ",";
        culture.NumberGroupSeparator = gap != "usual" ? gap : style == NumberStyle.Point ? "," : ".";
        var digits = Math.Abs(amount).ToString("N4", culture);
        var marked = mark.StartsWith(' ') ? digits + mark : mark + digits;
        if (amount >= 0) return marked;
        return negative == "-" ? "-" + marked : $"({marked})";
    }
}
