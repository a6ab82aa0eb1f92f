using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Tests.Core.Lists;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Fields;

public sealed class FieldValuesTests
{
    // The types and what they hold: Pipedrive, "Custom fields" (core-api-concepts); the JSON is the engine's own.
    [Theory]
    [InlineData(FieldType.Varchar, "\"a b\"", "\"a b\"")]
    [InlineData(FieldType.VarcharAuto, "\"x\"", "\"x\"")]
    [InlineData(FieldType.Phone, "\"+49 30 1\"", "\"+49 30 1\"")]
    [InlineData(FieldType.Text, "\"line\\nline\"", "\"line\\nline\"")]
    [InlineData(FieldType.Double, "1.50", "1.5")]
    [InlineData(FieldType.Double, "1e3", "1000")]
    [InlineData(FieldType.Double, "-0.0000000001", "-0.0000000001")]
    [InlineData(FieldType.Monetary, """{"currency": "usd", "value": 12.50}""", """{"value":12.5,"currency":"USD"}""")]
    [InlineData(FieldType.Monetary, """{"value": 1}""", """{"value":1,"currency":"EUR"}""")]
    [InlineData(FieldType.Monetary, "3", """{"value":3,"currency":"EUR"}""")]
    [InlineData(FieldType.Date, "\"2026-02-28\"", "\"2026-02-28\"")]
    [InlineData(FieldType.DateRange, """{"value": "2026-01-01", "until": "2026-01-01"}""",
        """{"until":"2026-01-01","value":"2026-01-01"}""")]
    [InlineData(FieldType.Time, "\"09:30\"", """{"value":"09:30:00"}""")]
    [InlineData(FieldType.Time, """{"value": "09:30:15", "timezone": "Europe/Berlin"}""",
        """{"value":"09:30:15","timezone":"Europe/Berlin"}""")]
    [InlineData(FieldType.TimeRange, """{"value": "23:00", "until": "01:00", "timezone": null}""",
        """{"until":"01:00:00","value":"23:00:00"}""")]
    [InlineData(FieldType.Set, "[12, 11, 12]", "[11,12]")]
    [InlineData(FieldType.Enum, "11", "11")]
    [InlineData(FieldType.User, "7", "7")]
    [InlineData(FieldType.Org, "99", "99")]
    [InlineData(FieldType.People, "99", "99")]
    [InlineData(FieldType.Address, "\"Main St 1\"", """{"value":"Main St 1"}""")]
    [InlineData(FieldType.Address, """{"value": "Main St 1", "country": "DE", "route": "Main St", "locality": null}""",
        """{"route":"Main St","value":"Main St 1","country":"DE"}""")]
    public void A_good_value_is_kept_in_one_spelling(FieldType type, string given, string kept)
    {
        var (canonical, errors) = Read(type, given);

        Assert.Empty(errors);
        Assert.Equal(kept, canonical!.Value.GetRawText());
    }

    [Theory]
    [InlineData(FieldType.Varchar, "\"\"")]
    [InlineData(FieldType.Varchar, "5")]
    [InlineData(FieldType.Varchar, "\"\\u0000\"")]
    [InlineData(FieldType.Varchar, "\"\\ud800\"")]
    [InlineData(FieldType.Double, "\"5\"")]
    [InlineData(FieldType.Double, "1e300")]
    [InlineData(FieldType.Double, "0.00000000001")]
    [InlineData(FieldType.Monetary, """{"value": 1, "currency": "DEM"}""")]
    [InlineData(FieldType.Monetary, """{"value": 1, "currency": "XXX"}""")]
    [InlineData(FieldType.Monetary, """{"value": 0.00001, "currency": "EUR"}""")]
    [InlineData(FieldType.Monetary, """{"currency": "EUR"}""")]
    [InlineData(FieldType.Monetary, """{"value": 1, "currency": "EUR", "more": 1}""")]
    [InlineData(FieldType.Date, "\"2026-02-30\"")]
    [InlineData(FieldType.Date, "\"20260228\"")]
    [InlineData(FieldType.DateRange, """{"value": "2026-01-02", "until": "2026-01-01"}""")]
    [InlineData(FieldType.DateRange, "\"2026-01-02\"")]
    [InlineData(FieldType.Time, "\"24:00\"")]
    [InlineData(FieldType.Time, """{"value": "09:00", "timezone": "Mars/Olympus"}""")]
    [InlineData(FieldType.TimeRange, """{"value": "09:00"}""")]
    [InlineData(FieldType.Set, "[]")]
    [InlineData(FieldType.Set, "[13]")]
    [InlineData(FieldType.Set, "11")]
    [InlineData(FieldType.Enum, "13")]
    [InlineData(FieldType.Enum, "\"Low\"")]
    [InlineData(FieldType.User, "8")]
    [InlineData(FieldType.Org, "-1")]
    [InlineData(FieldType.People, "1.5")]
    [InlineData(FieldType.Address, """{"planet": "Earth"}""")]
    [InlineData(FieldType.Address, "{}")]
    public void A_bad_value_is_refused_by_the_fields_name_with_what_is_accepted(FieldType type, string given)
    {
        var (canonical, errors) = Read(type, given);

        Assert.Null(canonical);
        Assert.Equal("custom.budget", Assert.Single(errors).Field);
        Assert.StartsWith("custom.budget must be ", errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_has_its_own_length()
    {
        var long255 = JsonSerializer.Serialize(new string('é', 255));
        var long256 = JsonSerializer.Serialize(new string('é', 256));

        Assert.Empty(Read(FieldType.Varchar, long255).Errors);
        Assert.Single(Read(FieldType.Varchar, long256).Errors);
        Assert.Empty(Read(FieldType.Text, long256).Errors);
    }

    [Fact]
    public void Null_clears_and_unknown_keys_are_refused()
    {
        var checks = new Checks();
        var catalog = Catalogs.Of(fields: Catalogs.Field(FieldType.Org));

        var cleared = FieldValues.Read(checks, "deal", [new("budget", JsonElement.Parse("null"))], catalog);
        var named = FieldValues.Read(checks, "deal", [new(new('a', 40), JsonElement.Parse("9"))], catalog);
        FieldValues.Read(checks, "deal", [new("unknown", JsonElement.Parse("1"))], catalog);

        Assert.Equal(JsonValueKind.Null, cleared.Patch.Values[new('a', 40)].ValueKind);
        Assert.Equal(new FieldReference($"custom.{new string('a', 40)}", FieldType.Org, 9), Assert.Single(named.References));
        Assert.Equal("custom.unknown", Assert.Single(Assert.Throws<ProblemException>(checks.Done).Problem.Fields).Field);
    }

    [Fact]
    public void A_canonical_value_is_its_own_canonical_value()
    {
        Properties.ForAll(Values().ToArbitrary(), given =>
        {
            var once = Read(given.Type, given.Json).Canonical;
            return once is null || Read(given.Type, once.Value.GetRawText()).Canonical?.GetRawText() == once.Value.GetRawText();
        });
    }

    private static Gen<(FieldType Type, string Json)> Values()
    {
        var scalar = Gen.OneOf(
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => JsonSerializer.Serialize(text.Get)),
            ArbMap.Default.GeneratorFor<decimal>().Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            Gen.Elements("11", "12", "7", "\"2026-01-01\"", "\"10:00\"", "\"Europe/Berlin\"", "\"EUR\"", "true"));
        var value = Gen.OneOf(
            scalar,
            Gen.ListOf(scalar).Select(list => $"[{string.Join(',', list)}]"),
            from names in Gen.SubListOf("value", "until", "currency", "timezone", "country", "route")
            from values in Gen.ListOf(scalar, names.Count)
            select $"{{{string.Join(',', names.Zip(values, (name, member) => $"\"{name}\":{member}"))}}}");
        return from type in Gen.Elements(Enum.GetValues<FieldType>()) from json in value select (type, json);
    }

    private static (JsonElement? Canonical, IReadOnlyList<FieldError> Errors) Read(FieldType type, string json)
    {
        var checks = new Checks();
        var canonical = FieldValues.Canonical(checks, "custom.budget", Catalogs.Field(type), JsonElement.Parse(json), Catalogs.Of());
        return (canonical, checks.AllGood ? [] : Assert.Throws<ProblemException>(checks.Done).Problem.Fields);
    }
}
