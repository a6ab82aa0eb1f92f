using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Activities;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Import;
using Tributary.Core.Kernel;
using Tributary.Core.Notes;
using Tributary.Core.Products;
using Tributary.Server.Dialects.Pipedrive.V2;
using Tributary.Server.Hosting;
using static Tributary.Server.Dialects.Pipedrive.Source.TheirRow;

namespace Tributary.Server.Dialects.Pipedrive.Source;

// The records, each page as the bodies of requests that would make them.
internal sealed partial class PipedriveCopy
{
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

    private async Task<List<Copied<ActivityPatch>>> Activities(IReadOnlyList<JsonElement> page, CancellationToken ct)
    {
        var types = (await copier.Catalog(ct)).ActivityTypes.Where(type => type.IsActive).Select(type => type.Key)
            .ToHashSet(StringComparer.Ordinal);
        return await Read("activity", page, null, ActivityBody.New, (body, _) => ActivityBody.Read(body).Patch, (patch, row) =>
        {
            if (patch.Type.IsSet && !types.Contains(patch.Type.Value))
            {
                copier.Warn($"activities of a type that is not here, {Cut(patch.Type.Value)}, became calls or tasks",
                    long.Parse(row["id"]!.ToString(), CultureInfo.InvariantCulture));
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
                    long.Parse(theirId, CultureInfo.InvariantCulture));
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
