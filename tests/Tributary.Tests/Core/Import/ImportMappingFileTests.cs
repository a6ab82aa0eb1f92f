using FsCheck;
using FsCheck.Fluent;
using Tributary.Core.Import;
using Tributary.Core.Kernel;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Import;

public sealed class ImportMappingFileTests
{
    [Fact]
    public void A_mapping_file_says_all_of_a_mapping()
    {
        var mapping = ImportMappingFile.Read("""
            {
              // comments and a trailing comma are allowed, people write this file
              "kind": "deals",
              "columns": {
                "sales_agent": "owner",
                "engage_date": { "field": "added_at", "format": "yyyy-MM-dd" },
                "close_value": { "field": "value", "format": "1,234.50", "times": 1000 },
                "region": "custom:Region"
              },
              "constants": { "source": "spreadsheet" },
              "pipeline": "Sales",
              "currency": "USD",
              "stages": { "Won": { "stage": "Engaging", "status": "won" }, "Engaging": { "stage": "Engaging" } },
              "missing": { "organizations": "create", "users": "refuse", "products": "leave_empty" },
              "near_names": true,
              "external_id": { "column": "opportunity_id", "source": "crm" },
              "dates": "d/m/y",
              "numbers": "1.234,50",
            }
            """);

        Assert.Equal(ImportKind.Deals, mapping.Kind);
        Assert.Equal(new ColumnMapping("added_at", "yyyy-MM-dd"), mapping.Columns["engage_date"]);
        Assert.Equal(new ColumnMapping("value", "1,234.50", 1000), mapping.Columns["close_value"]);
        Assert.Equal(new StageMeaning("Engaging", ImportedStatus.Won), mapping.Stages["Won"]);
        Assert.Equal(MissingPolicy.LeaveEmpty, mapping.PolicyFor(ImportNoun.Products));
        Assert.Equal(MissingPolicy.Refuse, mapping.PolicyFor(ImportNoun.Stages));
        Assert.Equal(new ExternalIdMapping("opportunity_id", "crm"), mapping.ExternalId);
        Assert.True(mapping.NearNames);
        Assert.Equal(("Sales", "USD", "d/m/y", "1.234,50"), (mapping.Pipeline, mapping.Currency, mapping.Dates, mapping.Numbers));
    }

    [Theory]
    [InlineData("""{"kind":"deals","columns":{"a":"titel"}}""", "columns.a", "title")]
    [InlineData("""{"kind":"deals","columns":{"a":{"field":"value","format":"euro"}}}""", "columns.a.format", "1.234,50")]
    [InlineData("""{"kind":"deals","columns":{"a":{"field":"close_date","format":"dd"}}}""", "columns.a.format", "d/m/y")]
    [InlineData("""{"kind":"deals","columns":{"a":{"field":"title","format":"d/m/y"}}}""", "columns.a.format", "dates")]
    [InlineData("""{"kind":"deals","columns":{"a":{"field":"title","fromat":"x"}}}""", "columns.a.fromat", "format")]
    [InlineData("""{"kind":"deals","columns":{"a":{"field":"value","times":0}}}""", "columns.a.times", "above 0")]
    [InlineData("""{"kind":"deals","columns":{"a":{"field":"title","times":2}}}""", "columns.a.times", "money")]
    [InlineData("""{"kind":"deals","columns":{"a":7}}""", "columns.a", "object")]
    [InlineData("""{"kind":"deals"}""", "columns", "missing")]
    [InlineData("""{"columns":{}}""", "kind", "deals")]
    [InlineData("""{"kind":"dealz","columns":{}}""", "kind", "organizations")]
    [InlineData("""{"kind":"deals","columns":{},"colums":{}}""", "colums", "columns")]
    [InlineData("""{"kind":"deals","columns":{},"missing":{"organizations":"ask"}}""", "missing.organizations", "leave_empty")]
    [InlineData("""{"kind":"deals","columns":{},"missing":{"deals":"create"}}""", "missing.deals", "products")]
    [InlineData("""{"kind":"deals","columns":{},"stages":{"Won":{"status":"gone"}}}""", "stages.Won.status", "lost")]
    [InlineData("""{"kind":"deals","columns":{},"near_names":"yes"}""", "near_names", "true or false")]
    [InlineData("""{"kind":"deals","columns":{},"external_id":{"column":"id"}}""", "external_id.source", "system")]
    [InlineData("""{"kind":"deals","columns":{},"constants":{"ownr":"x"}}""", "constants.ownr", "owner")]
    [InlineData("""{"kind":"deals","columns":{},"currency":"euros"}""", "currency", "ISO 4217")]
    [InlineData("""{"kind":"deals","columns":{},"numbers":"1234"}""", "numbers", "1,234.50")]
    [InlineData("""{"kind":"deals","columns":{},"dates":"y"}""", "dates", "m/d/y")]
    [InlineData("""["deals"]""", "mapping", "object")]
    [InlineData("{", "mapping", "JSON")]
    public void A_wrong_key_is_named_with_what_would_be_accepted(string json, string key, string accepted)
    {
        var problem = Assert.Throws<ProblemException>(() => ImportMappingFile.Read(json)).Problem;

        Assert.Equal(ProblemCode.Invalid, problem.Code);
        Assert.Contains(accepted, problem.Fields.First(error => error.Field == key).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_wrong_keys_are_named_at_once()
    {
        var problem = Assert.Throws<ProblemException>(
            () => ImportMappingFile.Read("""{"kind":"deals","columns":{"a":"x","b":"y"},"dates":"z"}""")).Problem;

        Assert.Equal(["columns.a", "columns.b", "dates"], problem.Fields.Select(error => error.Field).Order());
    }

    [Fact]
    public void A_mapping_written_reads_back_the_same()
    {
        var text = Gen.Elements("Deal - Title", "größe", "a\"b", "x", "€ \\ €");
        var column = Gen.Elements(
            new ColumnMapping("title"), new("value", "1.234,50"),
                new("value", null, 0.001m), new("close_date", "d/m/y"), new("custom:Région"));
        var optional = text.OrNull();
        var mappings = from columns in Gen.ListOf(text.Zip(column))
                       from stages in Gen.ListOf(text.Zip(optional.Zip(Gen.Elements(Enum.GetValues<ImportedStatus>()))))
                       from missing in Gen.ListOf(
                           Gen.Elements(Enum.GetValues<ImportNoun>()).Zip(Gen.Elements(Enum.GetValues<MissingPolicy>())))
                       from pipeline in optional
                       from near in Gen.Elements(true, false)
                       from id in optional
                       from dates in Gen.Elements(null, "d/m/y", "excel")
                       select new ImportMapping
                       {
                           Kind = ImportKind.Deals,
                           Columns = columns.DistinctBy(pair => pair.Item1).ToDictionary(pair => pair.Item1, pair => pair.Item2),
                           Stages = stages.DistinctBy(pair => pair.Item1)
                               .ToDictionary(pair => pair.Item1, pair => new StageMeaning(pair.Item2.Item1, pair.Item2.Item2)),
                           Missing = missing.DistinctBy(pair => pair.Item1).ToDictionary(pair => pair.Item1, pair => pair.Item2),
                           Pipeline = pipeline,
                           NearNames = near,
                           ExternalId = id is null ? null : new(id, "crm"),
                           Dates = dates,
                       };

        Properties.ForAll(mappings.ToArbitrary(), mapping =>
        {
            var read = ImportMappingFile.Read(ImportMappingFile.Write(mapping));
            return read.Columns.SequenceEqual(mapping.Columns) && read.Stages.SequenceEqual(mapping.Stages)
                && read.Missing.SequenceEqual(mapping.Missing)
                && (read.Kind, read.Pipeline, read.NearNames, read.ExternalId, read.Dates)
                    == (mapping.Kind, mapping.Pipeline, mapping.NearNames, mapping.ExternalId, mapping.Dates);
        });
    }
}
