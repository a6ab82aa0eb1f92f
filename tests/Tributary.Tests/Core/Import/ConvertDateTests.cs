using System.Globalization;
using Tributary.Core.Import;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Import;

public sealed class ConvertDateTests
{
    [Theory]
    [InlineData("2017-03-01", null)]
    [InlineData("2017-3-1", null)]
    [InlineData("2017/03/01", null)]
    [InlineData("1.3.2017", null)] // dots mean day first
    [InlineData("01/03/2017", "d/m/y")]
    [InlineData("03/01/2017", "m/d/y")]
    [InlineData("3-1-2017", "m/d/y")]
    [InlineData("1 Mar 2017", null)]
    [InlineData("1st March, 2017", null)]
    [InlineData("Mar 1, 2017", null)]
    [InlineData("Wednesday, March 1, 2017", null)]
    [InlineData("01-MAR-2017", null)]
    [InlineData("42795", "excel")]
    [InlineData("42795.75", "excel")]
    [InlineData("01/03/17", "dd/MM/yy")]
    [InlineData("20170301", "yyyyMMdd")]
    [InlineData("2017-03-01T23:59:59-05:00", null)] // the day as written
    public void A_day_is_read_as_written(string text, string? format)
    {
        var read = ConvertDate.Date(text, format);

        Assert.Null(read.Reason);
        Assert.Equal(new DateOnly(2017, 3, 1), read.Value);
    }

    [Theory]
    [InlineData("2017-03-01T14:30:15.1239Z", null, "2017-03-01T14:30:15.123Z")]
    [InlineData("2017-03-01 14:30", null, "2017-03-01T14:30:00.000Z")]
    [InlineData("2017-03-01 14:30:00+02:00", null, "2017-03-01T12:30:00.000Z")]
    [InlineData("2017-03-01 14:30:00 -0530", null, "2017-03-01T20:00:00.000Z")]
    [InlineData("3/1/2017 2:30 PM", "m/d/y", "2017-03-01T14:30:00.000Z")]
    [InlineData("3/1/2017 12:00 AM", "m/d/y", "2017-03-01T00:00:00.000Z")]
    [InlineData("2017-03-01", null, "2017-03-01T00:00:00.000Z")]
    [InlineData("42795.5", "excel", "2017-03-01T12:00:00.000Z")]
    [InlineData("01.03.2017 14:30", "dd.MM.yyyy HH:mm", "2017-03-01T14:30:00.000Z")]
    public void An_instant_is_UTC_unless_it_has_an_offset(string text, string? format, string expected)
    {
        var read = ConvertDate.Instant(text, format);

        Assert.Null(read.Reason);
        Assert.Equal(expected, read.Value.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("03/04/2017", null, "two ways")]
    [InlineData("13/04/2017", "m/d/y", "not a day of the calendar")]
    [InlineData("2017-02-29", null, "not a day of the calendar")]
    [InlineData("0017-02-01", null, "between the years")]
    [InlineData("01/03/17", "d/m/y", "two digits")]
    [InlineData("12 Foo 2017", null, "month name")]
    [InlineData("42795", null, "excel")]
    [InlineData("59", "excel", "day number")]
    [InlineData("2017-03-01 25:00", null, "time of day")]
    [InlineData("2017-03-01 13:00 PM", null, "time of day")]
    [InlineData("2017-03-01", "dd/MM/yyyy", "not a date written like")]
    [InlineData("soon", null, "not a date")]
    [InlineData("2017-03-01 14:30+99:00", null, "14 hours")]
    public void Any_other_date_is_refused_with_a_reason(string text, string? format, string reason) =>
        Assert.Contains(reason, ConvertDate.Instant(text, format).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_column_is_decided_by_the_days_after_the_twelfth()
    {
        Assert.Equal("d/m/y", ConvertDate.Decide(["03/04/2017", "25/04/2017"]));
        Assert.Equal("m/d/y", ConvertDate.Decide(["03/04/2017", "04/25/2017"]));
        Assert.Null(ConvertDate.Decide(["03/04/2017", "05/06/2017"]));
        Assert.Null(ConvertDate.Decide(["25/04/2017", "04/25/2017"]));
    }

    [Fact]
    public void No_text_makes_a_conversion_throw() => Properties.ForAll<(string? Text, bool Excel)>(sample =>
    {
        var text = sample.Text ?? "";
        var read = ConvertDate.Instant(text, sample.Excel ? "excel" : null);
        _ = ConvertNumber.Money(text, NumberStyle.Undecided);
        _ = ConvertNumber.Percentage(text, PercentStyle.Undecided, NumberStyle.Undecided);
        _ = ConvertNumber.Whole(text, NumberStyle.Undecided);
        return read.IsRefused || read.Value.Offset == TimeSpan.Zero;
    });
}
