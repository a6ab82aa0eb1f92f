using System.Text.Json;
using Tributary.Core.Fields;
using Tributary.Core.Import;
using Tributary.Core.Kernel;
using Tributary.Core.Labels;
using Tributary.Core.Users;
using static Tributary.Server.Dialects.Pipedrive.Source.TheirRow;

namespace Tributary.Server.Dialects.Pipedrive.Source;

// What the records refer to: users, labels, custom fields, pipelines.
internal sealed partial class PipedriveCopy
{
    private async Task Users(bool create, CancellationToken ct)
    {
        var users = await PipedriveAccount.All(account.OldPages("users", ct));
        await copier.Users([.. users.Where(user => Flag(user, "active_flag")).Select(user => new Copied<NewUser>(IdOf(user), new()
        {
            Name = TextOf(user, "name"),
            Email = TextOf(user, "email"),
            Role = Flag(user, "is_admin") || user.TryGetProperty("access", out var access) && access.ValueKind is JsonValueKind.Array
                && access.EnumerateArray().Any(app => TextOf(app, "app") == "sales" && Flag(app, "admin")) ? Role.Admin : Role.Member,
            Locale = TextOf(user, "locale").Replace('_', '-') is { Length: > 0 } locale ? locale : null,
            TimeZone = TextOf(user, "timezone_name") is { Length: > 0 } zone ? zone : null,
            DefaultCurrency = TextOf(user, "default_currency") is { Length: > 0 } currency ? currency : null,
        }))], create, ct);
    }

    /// <summary>Labels are the options of a built-in field there.</summary>
    private async Task Fields(CancellationToken ct)
    {
        var (labels, custom) = (new List<Copied<LabelPatch>>(), new List<(CopiedField Field, string Key)>());
        foreach (var subject in Subjects)
        {
            foreach (var field in await PipedriveAccount.All(account.OldPages($"{subject}Fields", ct)))
            {
                var key = TextOf(field, "key");
                if (key is "label" or "label_ids" && subject is not "product")
                {
                    labels.AddRange(OptionsOf(field)
                        .Select(option => new Copied<LabelPatch>(References.Text("label", subject, option.Id!.Value),
                            LabelOf(subject, option))));
                }
                var known = Enum.GetValues<FieldType>().Where(type => FieldTypes.Word(type) == TextOf(field, "field_type")).ToList();
                if (!Spell.IsKey(key) || known is not [var type]) continue;
                Seq<NewOption> options = type is FieldType.Enum or FieldType.Set ? [.. OptionsOf(field)] : [];
                if (type is FieldType.Enum or FieldType.Set && options.Count == 0) continue;
                custom.Add(
                    (new($"{subject}:{key}",
                        new() { Subject = subject, Name = TextOf(field, "name"), Type = type, Key = key, Options = options }), key));
            }
        }
        await copier.Labels(labels, ct);
        await copier.Fields([.. custom.Select(each => each.Field)], ct);

        var here = await copier.Known("field", [.. custom.Select(each => each.Field.TheirId)], ct);
        var catalog = await copier.Catalog(ct);
        foreach (var (field, key) in custom)
        {
            if (!here.TryGetValue(field.TheirId, out var id) || catalog.Fields.FirstOrDefault(each => each.Id == id) is not { } ours)
            {
                continue;
            }
            var options = field.Field.Options.Where(option => ours.Options.Any(each => each.Label == option.Label))
                .DistinctBy(option => option.Id)
                .ToDictionary(option => option.Id!.Value, option => ours.Options.First(each => each.Label == option.Label).Id);
            fields[(field.Field.Subject, key)] = new(ours.Key, ours.Type, options);
        }
    }

    private static LabelPatch LabelOf(string subject, NewOption option)
    {
        var patch = new LabelPatch { Subject = subject, Name = option.Label, Id = option.Id!.Value };
        return option.Color is { } color ? patch with { Color = color } : patch;
    }

    private async Task Pipelines(CancellationToken ct)
    {
        var stages = await PipedriveAccount.All(account.Pages("stages", ct));
        if (stages.Count > 0) await copier.Reserve("stage", stages.Max(stage => NumberOf(stage, "id")), ct);
        var pipelines = await PipedriveAccount.All(account.Pages("pipelines", ct));
        await copier.Pipelines([.. pipelines.OrderBy(pipeline => NumberOf(pipeline, "order_nr")).Select(pipeline => new CopiedPipeline(
            IdOf(pipeline),
            new() { Name = TextOf(pipeline, "name"), UsesProbability = Flag(pipeline, "is_deal_probability_enabled") },
            [.. stages.Where(stage => NumberOf(stage, "pipeline_id") == NumberOf(pipeline, "id"))
                .OrderBy(stage => NumberOf(stage, "order_nr")).Select(stage => new Copied<Core.Pipelines.StagePatch>(
                IdOf(stage),
                new()
                {
                    Name = TextOf(stage, "name"),
                    Probability = NumberOf(stage, "deal_probability"),
                    RottenDays = Flag(stage, "is_deal_rot_enabled") && NumberOf(stage, "days_to_rotten") is > 0 and var days
                        ? (int)days : null,
                }))]))], ct);
    }
}
