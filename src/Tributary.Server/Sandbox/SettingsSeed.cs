using Tributary.Core.Currencies;
using Tributary.Core.Fields;
using Tributary.Core.Pipelines;
using Tributary.Server.Seeding;

namespace Tributary.Server.Sandbox;

/// <summary>What shapes the workspace: pipelines, labels, tags, lost reasons, rates and one custom field of each type.</summary>
internal static class SettingsSeed
{
    private static readonly (string Name, decimal Probability)[] Sales =
        [("Qualified", 10), ("Contact made", 25), ("Demo scheduled", 50), ("Proposal made", 60), ("Negotiations started", 80)];

    private static readonly (string Name, decimal Probability)[] Renewals = [("Renewal due", 50), ("Offer sent", 75), ("Verbal yes", 90)];

    private static readonly (string Subject, string Name, string Color)[] labels =
    [
        ("deal", "Hot", "red"), ("deal", "Warm", "yellow"), ("deal", "Cold", "blue"), ("person", "Customer", "green"),
        ("person", "Decision maker", "purple"),
        ("organization", "Customer", "green"), ("organization", "Partner", "orange"), ("lead", "Inbound", "blue"),
        ("product", "New", "pink"),
    ];

    private static readonly (FieldType Type, string Name)[] fields =
    [
        (FieldType.Varchar, "Purchase order"), (FieldType.VarcharAuto, "Region"), (FieldType.Text, "Requirements"),
        (FieldType.Double, "Seats"), (FieldType.Monetary, "Budget"),
        (FieldType.Date, "Contract start"), (FieldType.DateRange, "Pilot"), (FieldType.Time, "Call time"),
        (FieldType.TimeRange, "Office hours"), (FieldType.Set, "Modules"),
        (FieldType.Enum, "Plan"), (FieldType.User, "Account manager"), (FieldType.Org, "Reseller"), (FieldType.People, "Champion"),
        (FieldType.Phone, "Hotline"), (FieldType.Address, "Delivery address"),
    ];

    public static async Task Fill(Verbs verbs, SandboxWorkspace into, CancellationToken ct)
    {
        await Pipeline("Sales", Sales, isDefault: true);
        await Pipeline("Renewals", Renewals, isDefault: false);
        foreach (var (subject, name, color) in labels)
        {
            into.Labels.Add(await verbs.Labels.Create(into.Admin, new() { Subject = subject, Name = name, Color = color }, ct));
        }
        foreach (var tag in new[] { "enterprise", "pilot", "priority", "renewal", "referral" })
        {
            await verbs.Tags.Create(into.Admin, tag, ct);
        }
        foreach (var (reason, category) in new[] { ("Price too high", "price"), ("Chose a competitor", "competitor"),
            ("No budget", "no_budget"), ("No decision", "no_decision") })
        {
            await verbs.LostReasons.Create(into.Admin, new() { Name = reason, Category = category }, ct);
        }
        var day = DateOnly.FromDateTime(SandboxWorkspace.Founded.UtcDateTime);
        await verbs.Currencies.SetRates(into.Admin, [
            new CurrencyRate("EUR", day, 1.10m, "sandbox"), new CurrencyRate("GBP", day, 1.25m, "sandbox")], ct);
        foreach (var (type, name) in fields)
        {
            into.Fields.Add(await verbs.Fields.Create(into.Admin,
                new() { Subject = "deal", Name = name, Type = type, Options = Options(type) }, ct));
        }

        async Task Pipeline(string name, (string Name, decimal Probability)[] stages, bool isDefault)
        {
            var pipeline = await verbs.Pipelines.Create(into.Admin, new() { Name = name, IsDefault = isDefault },
                [.. stages.Select(stage => new StagePatch { Name = stage.Name, Probability = stage.Probability })], ct);
            into.Pipelines.Add(pipeline);
            into.Stages.AddRange(await verbs.Pipelines.ListStages(into.Admin, pipeline.Id, ct));
        }
    }

    private static Core.Kernel.Seq<NewOption> Options(FieldType type) => type switch
    {
        FieldType.Enum => [new("Starter"), new("Business"), new("Enterprise")],
        FieldType.Set => [new("Reporting"), new("Mobile"), new("Support")],
        FieldType.Varchar or FieldType.VarcharAuto or FieldType.Text or FieldType.Double or FieldType.Monetary or FieldType.Date
            or FieldType.DateRange or FieldType.Time
            or FieldType.TimeRange or FieldType.User or FieldType.Org or FieldType.People or FieldType.Phone or FieldType.Address => [],
    };
}
