using System.Globalization;
using Tributary.Core.Workspaces;
using Tributary.Server.Dialects.Pipedrive;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive;

/// <summary>Words that both versions share.</summary>
public sealed class SpellTests
{
    // specification: formatted_value "€5,000", value_converted_formatted "US$11.10".
    [Theory]
    [InlineData("5000", "EUR", "€5,000")]
    [InlineData("11.1", "USD", "US$11.10")]
    [InlineData("0", "USD", "US$0")]
    [InlineData("-1234567.891", "GBP", "-£1,234,567.89")]
    [InlineData("12", "CHF", "CHF\u00a012")]
    public void Money_is_formatted_as_in_the_specification(string amount, string currency, string expected) =>
        Assert.Equal(expected, Spell.Money(decimal.Parse(amount, CultureInfo.InvariantCulture), currency));

    // reference §7 has timezone_id and timezone_name side by side: the one must find the other.
    [Fact]
    public void The_number_of_every_time_zone_reads_back_as_its_name()
    {
        var zones = TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).ToList();

        Assert.NotEmpty(zones);
        foreach (var zone in zones) Assert.Equal(zone, TimeZones.Name(TimeZones.Id(zone)));
        Assert.Null(TimeZones.Name(-1));
    }

    // reference §6.1: local_won_date is a "date/null in the account time zone".
    [Theory, OnBothBackends]
    public async Task Local_dates_are_days_of_the_company(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var id = await pipe.Deal("x", new { status = "won", won_time = "2026-11-20T02:00:00Z" });
        await new WorkspaceService(pipe.Workspace.Db).Update(pipe.Workspace.Admin, new() { TimeZone = "America/New_York" }, default);

        var deal = await pipe.Get($"{Pipe.Deals}/{id}");

        Assert.Equal(("2026-11-20T02:00:00Z", "2026-11-19", "2026-11-19", null),
            (deal.Text("won_time"), deal.Text("local_won_date"), deal.Text("local_close_date"), deal.Text("local_lost_date")));
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef01234567", true)]
    [InlineData("0123456789ABCDEF0123456789abcdef01234567", false)]
    [InlineData("0123456789abcdef0123456789abcdef0123456", false)]
    public void Keys_are_forty_hex_digits(string text, bool isKey) => Assert.Equal(isKey, Spell.IsKey(text));
}
