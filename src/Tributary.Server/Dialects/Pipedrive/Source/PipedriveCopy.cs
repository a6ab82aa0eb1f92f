using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Activities;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Import;
using Tributary.Core.Kernel;
using Tributary.Core.Labels;
using Tributary.Core.Notes;
using Tributary.Core.Products;
using Tributary.Core.Users;
using Tributary.Server.Dialects.Pipedrive.V2;
using Tributary.Server.Hosting;
using static Tributary.Server.Dialects.Pipedrive.Source.TheirRow;

namespace Tributary.Server.Dialects.Pipedrive.Source;

/// <summary>
/// Copies a Pipedrive account: users, labels, custom fields, pipelines, organizations, persons, products, deals with their
/// products, activities and notes, in the order in which they name each other. What it reads is read as this dialect reads
/// bodies of requests, so that what it writes is what a client would have written.
/// </summary>
internal sealed class PipedriveCopy(PipedriveAccount account, Copier copier)
{
    private const int DealsAtOnce = 100;

    private static readonly ReadingPolicy Reading = new() { NumericTexts = true, LooseFlags = true };
    private static readonly string[] Subjects = ["deal", "person", "organization", "product"];

    private readonly Dictionary<(string, string), TheirField> fields = [];

    /// <summary>Records that named others which came after them.</summary>
    private readonly List<JsonElement> organizationsLater = [];
    private readonly List<JsonElement> personsLater = [];
    private readonly List<JsonElement> dealsLater = [];
    private readonly List<Copied<DealPatch>> archive = [];

    public async Task Run(bool createUsers, CancellationToken ct)
    {
        await Users(createUsers, ct);
        await Fields(ct);
        await Pipelines(ct);
        foreach (var (noun, list) in new[] { ("organization", "organizations"), ("person", "persons"), ("product", "products"),
            ("deal", "deals"), ("activity", "activities") })
        {
            if (await account.Greatest(list, ct) is > 0 and var greatest) await copier.Reserve(noun, greatest, ct);
        }
        await foreach (var page in account.Pages("organizations", ct))
        {
            await copier.Organizations(await Organizations(page, organizationsLater, ct), ct);
        }
        await foreach (var page in account.Pages("persons", ct)) await copier.Persons(await Persons(page, personsLater, ct), ct);
        await foreach (var page in account.Pages("products", ct)) await copier.Products(await Products(page, ct), ct);
        await foreach (var page in account.Pages("deals", ct)) await Deals(page, ct);
        await foreach (var page in account.Pages("deals/archived", ct)) await Deals(page, ct);
        await foreach (var page in account.Pages("activities?include_fields=attendees", ct))
        {
            await copier.Activities(await Activities(page, ct), ct);
        }
        await foreach (var page in account.OldPages("notes", ct)) await copier.Notes(await Notes(page, ct), ct);

        // What named records that came after it is said again now.
        foreach (var some in organizationsLater.Chunk(DealsAtOnce)) await copier.Complete(await Organizations(some, null, ct), ct);
        foreach (var some in personsLater.Chunk(DealsAtOnce)) await copier.Complete(await Persons(some, null, ct), ct);
        foreach (var some in dealsLater.Chunk(DealsAtOnce)) await copier.Complete(await DealPatches(some, null, ct), ct);
        foreach (var some in archive.Chunk(DealsAtOnce)) await copier.Complete(some, ct);
    }

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

    private Task<List<Copied<OrganizationPatch>>> Organizations(IReadOnlyList<JsonElement> page, List<JsonElement>? later,
        CancellationToken ct) =>
        Read("organization", page, later, OrganizationBody.New, OrganizationBody.Read,
            (patch, row) => patch with { UpdatedAt = Moment(row, "update_time") }, ct);

    private Task<List<Copied<PersonPatch>>> Persons(IReadOnlyList<JsonElement> page, List<JsonElement>? later, CancellationToken ct) =>
        Read("person", page, later, PersonBody.New, PersonBody.Read, (patch, row) => patch with
        {
            FirstName = Text(row, "first_name"),
            LastName = Text(row, "last_name"),
            UpdatedAt = Moment(row, "update_time"),
        }, ct);

    private Task<List<Copied<ProductPatch>>> Products(IReadOnlyList<JsonElement> page, CancellationToken ct) =>
        Read("product", page, null, ProductBody.New, ProductBody.Read, (patch, row) => patch with { AddedAt = Moment(row, "add_time") },
            ct);

    private async Task Deals(IReadOnlyList<JsonElement> page, CancellationToken ct)
    {
        await copier.Deals(await DealPatches(page, dealsLater, ct), ct);
        var here = await copier.Known("deal", [.. page.Select(IdOf)], ct);
        foreach (var some in page.Where(deal => here.ContainsKey(IdOf(deal))).Chunk(DealsAtOnce)) await Lines(some, here, ct);
    }

    /// <summary>Deals go to the archive last: there they can not be changed.</summary>
    private Task<List<Copied<DealPatch>>> DealPatches(IReadOnlyList<JsonElement> page, List<JsonElement>? later, CancellationToken ct) =>
        Read("deal", page, later, DealBody.New, DealBody.Read, (patch, row) =>
        {
            if (patch.Archived is { IsSet: true, Value: true } && later is not null)
            {
                archive.Add(
                    new(row["id"]!.ToString(), new() { Archived = true, ArchivedAt = patch.ArchivedAt, UpdatedAt = patch.UpdatedAt }));
            }
            return patch with
            {
                Archived = default,
                ArchivedAt = default,
                Deleted = default,
                CreatorId = row["creator_user_id"] is JsonValue creator ? creator.GetValue<long>() : default(Field<long?>),
                Origin = row["origin"] is JsonValue origin ? origin.GetValue<string>() : default(Field<string>),
                OriginId = Text(row, "origin_id"),
                Channel = row["channel"] is JsonValue channel ? channel.GetValue<long>() : default(Field<long?>),
                ChannelId = Text(row, "channel_id"),
            };
        }, ct);

    private async Task Lines(IReadOnlyList<JsonElement> deals, IReadOnlyDictionary<string, long> here, CancellationToken ct)
    {
        var lines = await PipedriveAccount.All(account.Pages($"deals/products?deal_ids={string.Join(',', deals.Select(IdOf))}", ct));
        if (lines.Count == 0) return;
        var theirs = lines.ToDictionary(IdOf, line => NumberOf(line, "deal_id"));
        // Of products that were deleted there, and of variations, which are not copied, nothing here could be named.
        foreach (var line in lines.Where(line => line.GetProperty("product_id").ValueKind is JsonValueKind.Null))
        {
            copier.Warn("a deal's product left out: it was deleted from the catalogue there", NumberOf(line, "id"));
        }
        var read = await Read("deal_product", [.. lines.Where(line => line.GetProperty("product_id").ValueKind is not JsonValueKind.Null)],
            null, DealProductBody.New, (body, _) => DealProductBody.Read(body), (patch, row) => patch with { VariationId = default }, ct);
        await copier.Lines([.. read.GroupBy(line => theirs[line.TheirId]).Select(each =>
            (here[each.Key.ToString(System.Globalization.CultureInfo.InvariantCulture)], (IReadOnlyList<Copied<DealProductPatch>>)[
                .. each]))], ct);
    }

    private async Task<List<Copied<ActivityPatch>>> Activities(IReadOnlyList<JsonElement> page, CancellationToken ct)
    {
        var types = (await copier.Catalog(ct)).ActivityTypes.Where(type => type.IsActive).Select(type => type.Key)
            .ToHashSet(StringComparer.Ordinal);
        return await Read("activity", page, null, ActivityBody.New, (body, _) => ActivityBody.Read(body).Patch, (patch, row) =>
        {
            if (patch.Type.IsSet && !types.Contains(patch.Type.Value))
            {
                copier.Warn($"activities of a type that is not here, {Cut(patch.Type.Value)}, became calls or tasks",
                    long.Parse(row["id"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture));
                patch = patch with { Type = types.Contains("task") ? "task" : default(Field<string>) };
            }
            return patch with
            {
                CreatorId = row["creator_user_id"] is JsonValue creator ? creator.GetValue<long>() : default(Field<long?>),
                AddedAt = Moment(row, "add_time"),
                UpdatedAt = Moment(row, "update_time"),
                DoneAt = patch.Done is { IsSet: true, Value: true } && Moment(row, "marked_as_done_time")
                    is { IsSet: true } done ? done.Value : default(Field<DateTimeOffset?>),
            };
        }, ct);
    }

    private async Task<List<Copied<NotePatch>>> Notes(IReadOnlyList<JsonElement> page, CancellationToken ct)
    {
        var notes = new List<Copied<NotePatch>>();
        foreach (var (theirId, row, _) in await new References(copier, fields).Rewrite("note", page, ct))
        {
            if (row["active_flag"]?.GetValue<bool>() is false) continue;
            var anchors = (Deal: Number(row, "deal_id"), Person: Number(row, "person_id"), Org: Number(row, "org_id"));
            if (anchors is { Deal: null, Person: null, Org: null })
            {
                copier.Warn("notes of what is not copied, such as leads, left out",
                    long.Parse(theirId, System.Globalization.CultureInfo.InvariantCulture));
                continue;
            }
            notes.Add(new(theirId, new()
            {
                Content = row["content"]?.ToString() ?? "",
                DealId = anchors.Deal,
                PersonId = anchors.Person,
                OrgId = anchors.Org,
                UserId = Number(row, "user_id") is { } author ? author : default(Field<long?>),
                PinnedToDeal = anchors.Deal is not null && Pinned("deal"),
                PinnedToPerson = anchors.Person is not null && Pinned("person"),
                PinnedToOrg = anchors.Org is not null && Pinned("organization"),
                AddedAt = Moment(row, "add_time"),
                UpdatedAt = Moment(row, "update_time"),
            }));

            bool Pinned(string to) => row[$"pinned_to_{to}_flag"] is JsonValue flag
                && (flag.TryGetValue<bool>(out var yes) ? yes : flag.ToString() == "1");
        }
        return notes;
    }

    /// <summary>Reads the rows of a page as bodies of requests to this account.</summary>
    /// <param name="subject">What they are.</param>
    /// <param name="page">As they came.</param>
    /// <param name="later">Takes those that name records which are not here yet.</param>
    /// <param name="shape">The body that makes one.</param>
    /// <param name="read">How it is read.</param>
    /// <param name="more">Adds what no body says.</param>
    private async Task<List<Copied<T>>> Read<T>(string subject, IReadOnlyList<JsonElement> page, List<JsonElement>? later, Shape shape,
        Func<Body, Core.Catalog.WorkspaceCatalog, T> read, Func<T, JsonObject, T> more, CancellationToken ct)
    {
        var catalog = await copier.Catalog(ct);
        var rewritten = await new References(copier, fields).Rewrite(subject, page, ct);
        var patches = new List<Copied<T>>();
        foreach (var (row, (theirId, record, isWhole)) in page.Zip(rewritten))
        {
            if (!isWhole && later is not null) later.Add(row);
            else if (!isWhole && subject is not "activity")
                copier.Warn($"{subject}: something it names is not here and was left out", NumberOf(row, "id"));
            foreach (var member in shape.Members.Where(member => !member.IsNullable && record[member.Name] is null))
            {
                record.Remove(member.Name);
            }
            try
            {
                using var json = JsonDocument.Parse(record.ToJsonString());
                patches.Add(new(theirId, more(Body.Read(json.RootElement, shape, Reading, body => read(body, catalog)), record)));
            }
            catch (ProblemException refused) when (refused.Problem.Code is ProblemCode.Invalid or ProblemCode.Forbidden)
            {
                copier.Refuse(subject, refused.Problem, NumberOf(row, "id"));
            }
        }
        return patches;
    }
}
