using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Fields;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V2;

/// <summary>custom_fields of v2 and the top-level keys of v1: reference §7.</summary>
public sealed class DealCustomFieldsTests
{
    [Theory, OnBothBackends]
    public async Task A_value_of_every_type_is_spelled_in_both_versions(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (person, organization) = (await pipe.Person("Pat"), await pipe.Organization("Acme"));
        var address =
            """{"value":"Main St 1","country":"Estonia","admin_area_level_1":null,"admin_area_level_2":null,"locality":"Tallinn","sublocality":null,"route":null,"street_number":null,"subpremise":null,"postal_code":"10616"}""";
        (FieldType Type, string Sent, string V2, Func<string, string> V1)[] cases =
        [
            (FieldType.Varchar, "\"text\"", "\"text\"", key => $"\"{key}\":\"text\""),
            (FieldType.VarcharAuto, "\"auto\"", "\"auto\"", key => $"\"{key}\":\"auto\""),
            (FieldType.Text, "\"long\"", "\"long\"", key => $"\"{key}\":\"long\""),
            (FieldType.Phone, "\"+372 5\"", "\"+372 5\"", key => $"\"{key}\":\"+372 5\""),
            (FieldType.Double, "1.5", "1.5", key => $"\"{key}\":1.5"),
            (FieldType.Monetary, """{"value":12.5,"currency":"EUR"}""", """{"value":12.5,"currency":"EUR"}""",
                key => $"\"{key}\":12.5,\"{key}_currency\":\"EUR\""),
            (FieldType.Date, "\"2026-01-02\"", "\"2026-01-02\"", key => $"\"{key}\":\"2026-01-02\""),
            (FieldType.DateRange, """{"value":"2026-01-02","until":"2026-01-03"}""", """{"value":"2026-01-02","until":"2026-01-03"}""",
                key => $"\"{key}\":\"2026-01-02\",\"{key}_until\":\"2026-01-03\""),
            (FieldType.Time, """{"value":"09:30:00"}""", """{"value":"09:30:00","timezone_id":null,"timezone_name":null}""",
                key => $"\"{key}\":\"09:30:00\",\"{key}_timezone_id\":null"),
            (FieldType.TimeRange, """{"value":"09:30:00","until":"10:00:00"}""",
                """{"value":"09:30:00","until":"10:00:00","timezone_id":null,"timezone_name":null}""",
                key => $"\"{key}\":\"09:30:00\",\"{key}_until\":\"10:00:00\",\"{key}_timezone_id\":null"),
            (FieldType.User, $"{pipe.Workspace.Admin.UserId}", $"{pipe.Workspace.Admin.UserId}", _ => ""),
            (FieldType.Org, $"{organization.Id}", $"{organization.Id}", _ => ""),
            (FieldType.People, $"{person.Id}", $"{person.Id}", _ => ""),
            (FieldType.Address, """{"value":"Main St 1","country":"Estonia","locality":"Tallinn","postal_code":"10616"}""", address,
                key => $"\"{key}\":\"Main St 1\",\"{key}_subpremise\":null"),
        ];
        var fields = new List<FieldDefinition>();
        foreach (var one in cases) fields.Add(await pipe.Field(one.Type, $"A {one.Type}"));
        var sent = new JsonObject(cases.Select((one, i) => KeyValuePair.Create(fields[i].Key, JsonNode.Parse(one.Sent))));

        var id = await pipe.Deal("x", new { custom_fields = sent });

        var v2 = (await pipe.Get($"{Pipe.Deals}/{id}")).GetProperty("custom_fields");
        var v1 = (await pipe.Get($"{Pipe.V1}/deals/{id}")).GetRawText();
        for (var i = 0; i < cases.Length; i++)
        {
            Assert.Equal(cases[i].V2, v2.GetProperty(fields[i].Key).GetRawText());
            Assert.Contains(cases[i].V1(fields[i].Key), v1, StringComparison.Ordinal);
        }
    }

    [Theory, OnBothBackends]
    public async Task Options_are_ids_in_v2_and_texts_in_v1(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (plan, modules) = (await pipe.Field(FieldType.Enum, "Plan", "Small", "Large"),
            await pipe.Field(FieldType.Set, "Modules", "A", "B", "C"));
        var id = await pipe.Deal("x", new
        {
            custom_fields = new Dictionary<string,
            object>
            { [plan.Key] = plan.Options[0].Id, [modules.Key] = new[] { modules.Options[0].Id, modules.Options[2].Id } }
        });

        var v2 = (await pipe.Get($"{Pipe.Deals}/{id}")).GetProperty("custom_fields");
        var v1 = await pipe.Get($"{Pipe.V1}/deals/{id}");

        Assert.Equal((plan.Options[0].Id, $"[{modules.Options[0].Id},{modules.Options[2].Id}]"),
            (v2.Whole(plan.Key), v2.GetProperty(modules.Key).GetRawText()));
        Assert.Equal(($"{plan.Options[0].Id}", $"{modules.Options[0].Id},{modules.Options[2].Id}"),
            (v1.Text(plan.Key), v1.Text(modules.Key)));
    }

    // reference §7: timezone_id and timezone_name; our numbers read back as the zone.
    [Theory, OnBothBackends]
    public async Task A_time_zone_is_given_by_number_or_by_name(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var field = await pipe.Field(FieldType.Time, "Call at");

        var named =
            (await pipe.Post(Pipe.Deals,
                new
                {
                    title = "x",
                    custom_fields = new JsonObject
                    {
                        [field.Key] =
                        new JsonObject { ["value"] = "09:30:00", ["timezone_name"] = "Europe/Tallinn" }
                    }
                }))
            .GetProperty("custom_fields").GetProperty(field.Key);
        var numbered =
            (await pipe.Post(Pipe.Deals,
                new
                {
                    title = "x",
                    custom_fields = new JsonObject
                    {
                        [field.Key] =
                        new JsonObject { ["value"] = "09:30:00", ["timezone_id"] = named.Whole("timezone_id") }
                    }
                }))
            .GetProperty("custom_fields").GetProperty(field.Key);

        Assert.Equal("Europe/Tallinn", named.Text("timezone_name"));
        Assert.Equal(named.GetRawText(), numbered.GetRawText());
    }

    // docs: every defined field is there, null when it has no value; null clears; a field keeps what a patch leaves out.
    [Theory, OnBothBackends]
    public async Task Fields_without_a_value_are_null_and_null_clears(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (one, two) = (await pipe.Field(FieldType.Varchar, "One"), await pipe.Field(FieldType.Varchar, "Two"));
        var id = await pipe.Deal("x", new { custom_fields = new Dictionary<string, object> { [one.Key] = "1" } });

        var patched = await pipe.Patch($"{Pipe.Deals}/{id}", new { custom_fields = new Dictionary<string, object> { [two.Key] = "2" } });
        var cleared = await pipe.Patch($"{Pipe.Deals}/{id}", $$$"""{"custom_fields":{"{{{one.Key}}}":null}}""");

        Assert.Equal($$"""{"{{one.Key}}":"1","{{two.Key}}":"2"}""", patched.GetProperty("custom_fields").GetRawText());
        Assert.Equal($$"""{"{{one.Key}}":null,"{{two.Key}}":"2"}""", cleared.GetProperty("custom_fields").GetRawText());
    }

    // recorded: "Unknown key 'title'", "Invalid collection",
    // "Expected 'number' as value for … custom field '…'"; specification: [] is refused for a set.
    [Theory, OnBothBackends]
    public async Task Wrong_values_are_refused_in_the_recorded_words(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (number, modules, plan) = (await pipe.Field(FieldType.Double, "Seats"), await pipe.Field(FieldType.Set, "Modules", "A"),
            await pipe.Field(FieldType.Enum, "Plan", "A"));

        async Task<string?> Error(string custom)
        {
            var (status, error) = Pipe.Refused(await pipe.Client.Post(Pipe.Deals, $$"""{"title":"x","custom_fields":{{custom}}}"""));
            Assert.Equal(400, status);
            return error;
        }

        Assert.Equal("Validation failed: custom_fields: Unknown key 'title'", await Error("""{"title":"x"}"""));
        Assert.Equal("Validation failed: custom_fields: Invalid collection", await Error("[]"));
        Assert.Equal($"Validation failed: custom_fields: Expected 'number' as value for deal custom field '{number.Key}'",
            await Error($$"""{"{{number.Key}}":"12"}"""));
        Assert.StartsWith($"Validation failed: custom_fields: custom_fields.{modules.Key} must be ",
            await Error($$"""{"{{modules.Key}}":[]}"""), StringComparison.Ordinal);
        Assert.StartsWith($"Validation failed: custom_fields: custom_fields.{plan.Key} must be ",
            await Error($$"""{"{{plan.Key}}":999999999}"""), StringComparison.Ordinal);
    }
}
