using System.Text.Json.Nodes;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;

namespace Tributary.Server.Sandbox.Files;

/// <summary>What shapes the workspace beside its pipelines, and what records take of it.</summary>
internal sealed partial class FileSeed
{
    private readonly Dictionary<string, string> activityTypes = new(StringComparer.Ordinal);

    private async Task Label(SeedLabel one, CancellationToken ct) =>
        into.Labels.Add(await Made(one.At, () => verbs.Labels.Create(into.Admin, new()
        {
            Subject = one.Subject,
            Name = one.Name,
            Color = one.Color is { } color ? color : default(Field<string>),
        }, ct)));

    private async Task CustomField(SeedField one, CancellationToken ct) =>
        into.Fields.Add(await Made(one.At, () => verbs.Fields.Create(into.Admin, new()
        {
            Subject = one.Subject,
            Name = one.Name,
            Type = one.Type,
            Options = [.. one.Options.Select(option => new NewOption(option))],
            GroupName = one.Group,
        }, ct)));

    private async Task LostReason(SeedLostReason one, CancellationToken ct) =>
        await Made(one.At, () => verbs.LostReasons.Create(into.Admin, new() { Name = one.Name, Category = Given(one.Category) }, ct));

    private async Task ActivityType(SeedActivityType one, CancellationToken ct)
    {
        var made = await Made(one.At, () => verbs.ActivityTypes.Create(into.Admin, new()
        {
            Name = one.Name,
            Icon = one.Icon is { } icon ? icon : default(Field<string>),
        }, ct));
        activityTypes[one.Name] = made.Key;
    }

    private Field<Seq<long>> Labels(string subject, SeedMore more)
    {
        if (more.Labels.Count == 0) return default;
        return (Seq<long>)[.. more.Labels.Select(name => into.Labels.First(label => label.Subject == subject && label.Name == name).Id)];
    }

    private Field<CustomPatch> Custom(string subject, SeedMore more) =>
        Custom(subject, more, (field, written) => SeedCustom.IsMade(into, field, written));

    private Field<CustomPatch> Custom(string subject, SeedMore more, Func<FieldDefinition, JsonNode?, bool> which)
    {
        var fields = into.Fields.Where(field => field.Subject == subject).ToDictionary(field => field.Name);
        var values = more.Custom.Where(value => which(fields[value.Field], value.Written)).ToDictionary(
            value => fields[value.Field].Slug,
            value => SeedCustom.Of(into, fields[value.Field], value.Written, name => into.Users[owners[name]].Id));
        return values.Count == 0 ? default(Field<CustomPatch>) : new CustomPatch(values);
    }
}
