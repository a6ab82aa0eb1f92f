using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Tributary.Core.Fields;
using Tributary.Tests.Core.Lists;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Fields;

/// <summary>The table of docs/fields.md, "Another type".</summary>
public sealed class FieldConversionTests
{
    public static TheoryData<FieldType, FieldType, string, string?, Conversion> Cases => new()
    {
        { FieldType.Varchar, FieldType.Text, "\"plain\"", "\"plain\"", Conversion.Kept },
        { FieldType.Varchar, FieldType.Double, "\" -12.50 \"", "-12.5", Conversion.Kept },
        { FieldType.Varchar, FieldType.Double, "\"1,234.5\"", null, Conversion.Lost },
        { FieldType.Varchar, FieldType.Double, "\"about 12\"", null, Conversion.Lost },
        { FieldType.Varchar, FieldType.Monetary, "\"12.5\"", """{"value":12.5,"currency":"EUR"}""", Conversion.Kept },
        { FieldType.Varchar, FieldType.Monetary, "\"12.5 USD\"", """{"value":12.5,"currency":"USD"}""", Conversion.Kept },
        { FieldType.Text, FieldType.Monetary, "\"usd 7\"", """{"value":7,"currency":"USD"}""", Conversion.Kept },
        { FieldType.Varchar, FieldType.Monetary, "\"12.5 XXX\"", null, Conversion.Lost },
        { FieldType.Varchar, FieldType.Date, "\"2026-02-28\"", "\"2026-02-28\"", Conversion.Kept },
        { FieldType.Varchar, FieldType.Date, "\"2026-02-30\"", null, Conversion.Lost },
        { FieldType.Varchar, FieldType.Time, "\"9:30\"", null, Conversion.Lost },
        { FieldType.Varchar, FieldType.Time, "\"09:30\"", """{"value":"09:30:00"}""", Conversion.Kept },
        { FieldType.Varchar, FieldType.Enum, "\"GOLD\"", "1", Conversion.Kept },
        { FieldType.Varchar, FieldType.Enum, "\"Tin\"", null, Conversion.Lost },
        { FieldType.Varchar, FieldType.Set, "\"Silver, Gold\"", "[1,2]", Conversion.Kept },
        { FieldType.Varchar, FieldType.Set, "\"Silver, Tin\"", "[2]", Conversion.Reduced },
        { FieldType.Varchar, FieldType.Address, "\"1 Main St\"", """{"value":"1 Main St"}""", Conversion.Kept },
        { FieldType.Double, FieldType.Varchar, "12.5", "\"12.5\"", Conversion.Kept },
        { FieldType.Double, FieldType.Monetary, "12.5", """{"value":12.5,"currency":"EUR"}""", Conversion.Kept },
        { FieldType.Double, FieldType.Monetary, "0.00001", null, Conversion.Lost },
        { FieldType.Monetary, FieldType.Double, """{"value":12.5,"currency":"EUR"}""", "12.5", Conversion.Kept },
        { FieldType.Monetary, FieldType.Double, """{"value":12.5,"currency":"USD"}""", "12.5", Conversion.Reduced },
        { FieldType.Monetary, FieldType.Varchar, """{"value":12.5,"currency":"USD"}""", "\"12.5 USD\"", Conversion.Kept },
        { FieldType.Date, FieldType.DateRange, "\"2026-02-28\"", """{"until":"2026-02-28","value":"2026-02-28"}""", Conversion.Kept },
        { FieldType.DateRange, FieldType.Date, """{"until":"2026-03-01","value":"2026-02-28"}""", "\"2026-02-28\"", Conversion.Reduced },
        { FieldType.DateRange, FieldType.Text, """{"until":"2026-03-01","value":"2026-02-28"}""", "\"2026-02-28 – 2026-03-01\"",
            Conversion.Kept },
        { FieldType.Time, FieldType.Varchar, """{"value":"09:30:00","timezone":"Europe/Berlin"}""", "\"09:30:00 Europe/Berlin\"",
            Conversion.Kept },
        { FieldType.Time, FieldType.TimeRange, """{"value":"09:30:00"}""", """{"until":"09:30:00","value":"09:30:00"}""", Conversion.Kept },
        { FieldType.TimeRange, FieldType.Time, """{"until":"10:00:00","value":"09:30:00"}""", """{"value":"09:30:00"}""",
            Conversion.Reduced },
        { FieldType.Enum, FieldType.Set, "2", "[2]", Conversion.Kept },
        { FieldType.Set, FieldType.Enum, "[2]", "2", Conversion.Kept },
        { FieldType.Set, FieldType.Enum, "[1,2]", "1", Conversion.Reduced },
        { FieldType.Set, FieldType.Varchar, "[1,2]", "\"Gold, Silver\"", Conversion.Kept },
        { FieldType.Enum, FieldType.Double, "1", null, Conversion.Lost },
        { FieldType.Address, FieldType.Varchar, """{"value":"1 Main St","country":"Norway"}""", "\"1 Main St\"", Conversion.Reduced },
    };

    [Theory, MemberData(nameof(Cases))]
    public void What_becomes_of_a_value(FieldType from, FieldType to, string value, string? expected, Conversion what)
    {
        Assert.True(FieldConversion.CanChange(from, to));

        var (made, outcome) = FieldConversion.Convert(Field(from), Field(to), JsonElement.Parse(value), Catalogs.Of());

        Assert.Equal((expected, what), (made?.GetRawText(), outcome));
    }

    [Fact]
    public void A_text_too_long_for_one_line_keeps_its_beginning_and_no_half_character()
    {
        var text = new string('x', 254) + "😀 and more";

        var (made, outcome) = FieldConversion.Convert(Field(FieldType.Text), Field(FieldType.Varchar),
            JsonSerializer.SerializeToElement(text), Catalogs.Of());

        Assert.Equal((new string('x', 254), Conversion.Reduced), (made!.Value.GetString(), outcome));
    }

    [Fact]
    public void Fields_that_name_people_and_organizations_keep_their_type() =>
        Assert.All(new[] { FieldType.Org, FieldType.People }, from => Assert.Empty(FieldConversion.Targets(from)));

    [Fact]
    public void No_field_changes_into_what_it_is_or_into_one_that_names_people_and_organizations() =>
        Assert.All(Enum.GetValues<FieldType>(), from =>
            Assert.DoesNotContain(FieldConversion.Targets(from), to => to == from || to is FieldType.Org or FieldType.People));

    /// <summary>A deal as it stood before its field changed the type holds such a value.</summary>
    [Theory]
    [InlineData(FieldType.Monetary, "\"12 USD\"")]
    [InlineData(FieldType.Set, "1")]
    [InlineData(FieldType.Enum, "1.5")]
    [InlineData(FieldType.Text, "[1]")]
    public void A_value_stored_under_another_type_is_none(FieldType type, string stored)
    {
        var field = Field(type);

        var values = CustomValues.Of([new(field.Key, JsonElement.Parse(stored))]);

        Assert.Null(values[field]);
        Assert.Empty(values.Of("deal", Catalogs.Of(fields: field)));
    }

    [Fact]
    public void Whatever_a_conversion_makes_is_a_canonical_value_of_the_new_type()
    {
        var texts = Gen.OneOf(Gen.Elements("12", "2026-01-31", "09:30", "Gold", "Gold, Tin", "12 USD", "😀", " "),
            ArbMap.Default.GeneratorFor<NonEmptyString>().Select(text => text.Get));
        var asked = from text in texts from to in Gen.Elements(FieldConversion.Targets(FieldType.Text).ToArray()) select (text, to);

        Properties.ForAll(Arb.From(asked), given =>
        {
            var catalog = Catalogs.Of();
            if (FieldValues.Canonical(new(), "value", Field(FieldType.Text), JsonSerializer.SerializeToElement(given.text), catalog)
                is not { } stored) return true;
            var (made, what) = FieldConversion.Convert(Field(FieldType.Text), Field(given.to), stored, catalog);
            if (made is not { } value) return what is Conversion.Lost;
            return FieldValues.Fits(given.to, value)
                && FieldValues.Canonical(new(), "value", Field(given.to), value, catalog)?.GetRawText() == value.GetRawText();
        });
    }

    private static FieldDefinition Field(FieldType type) => new()
    {
        Id = 1,
        Uid = Guid.Empty,
        Subject = "deal",
        Key = new('a', 40),
        Slug = "medal",
        Name = "Medal",
        Type = type,
        Options = type is FieldType.Enum or FieldType.Set ? [new(1, "Gold"), new(2, "Silver")] : [],
        Position = 1,
        AddedAt = TestClock.Start,
        UpdatedAt = TestClock.Start,
        Version = 1,
    };
}
