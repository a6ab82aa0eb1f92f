using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tributary.Server.Hosting;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Hosting;

public sealed class TimesTests
{
    [Fact]
    public void Moments_and_days_are_spelled_digit_by_digit_as_their_formats_spell_them() =>
        Properties.ForAll(ArbMap.Default.GeneratorFor<DateTime>().ToArbitrary(), 200, time =>
        {
            var instant = new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc));
            return Enum.GetValues<TimeStyle>().All(style => Said(style) == Times.Spell(instant, style))
                && Day() == Times.Spell(DateOnly.FromDateTime(time));

            string Said(TimeStyle style)
            {
                Span<byte> text = stackalloc byte[32];
                return Encoding.ASCII.GetString(text[..Times.Spell(instant, style, text)]);
            }

            string Day()
            {
                Span<byte> text = stackalloc byte[10];
                return Encoding.ASCII.GetString(text[..Times.Spell(DateOnly.FromDateTime(time), text)]);
            }
        });

    [Fact]
    public void The_first_and_the_last_day_have_ten_characters()
    {
        Span<byte> text = stackalloc byte[10];
        foreach (var day in new[] { DateOnly.MinValue, DateOnly.MaxValue })
        {
            Assert.Equal(10, Times.Spell(day, text));
            Assert.Equal(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Encoding.ASCII.GetString(text));
        }
    }
}
