using System.Text.Json;
using Tributary.Core.Activities;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Files;
using Tributary.Core.Filters;
using Tributary.Core.Lists;
using Tributary.Core.Notes;
using Tributary.Core.Pipelines;
using Tributary.Core.Products;
using Tributary.Core.Users;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>A record that was changed, and when.</summary>
internal sealed record Recent(RecentKind Kind, long Id, DateTimeOffset At, object Record);

/// <summary>A kind of record that "Get recents" tells of.</summary>
/// <param name="Word">What "items" calls it.</param>
/// <param name="Scope">What a credential must be able to read.</param>
/// <param name="First">The first so many that were changed since a moment, oldest change first.</param>
/// <param name="Show">Writes each of them, with a fixed number of statements for all.</param>
internal sealed record RecentKind(
    string Word, string Scope, Func<RecentKind, Call, DateTimeOffset, int, Task<IReadOnlyList<Recent>>> First,
    Func<Call, IReadOnlyList<object>, Task<IReadOnlyList<Action<Utf8JsonWriter>>>> Show)
{
    public static readonly IReadOnlyList<RecentKind> All =
    [
        Listed<Activity, ActivityView>("activity", "activities", activity => (activity.Id, activity.UpdatedAt),
            (call, query) => call.Service<ActivityService>().List(call.Caller, query, call.Ct), ActivityView.Of, ActivityWire.Activity),
        Whole<ActivityType>("activityType", "activities", type => (type.Id, type.UpdatedAt),
            async call => (await Catalog(call)).ActivityTypes, (json, type, _) => ActivityTypeRoutes.Write(json, type)),
        Listed<Deal, DealView>("deal", "deals", deal => (deal.Id, deal.UpdatedAt),
            (call, query) => call.Service<DealService>().List(call.Caller, query, call.Ct), DealView.Of, DealWire.Plain),
        Listed<StoredFile, FileView>("file", "files", file => (file.Id, file.UpdatedAt),
            (call, query) => call.Service<FileService>().List(call.Caller, query, call.Ct), FileView.Of, FileWire.File),
        Whole<SavedFilter>("filter", "filters", filter => (filter.Id, filter.UpdatedAt),
            call => call.Service<FilterService>().List(call.Caller, null, call.Ct),
            (json, filter, catalog) => FilterWire.Filter.Write(json, new(filter, catalog, WithFieldCode: false))),
        Listed<Note, NoteView>("note", "notes", note => (note.Id, note.UpdatedAt),
            (call, query) => call.Service<NoteService>().List(call.Caller, query, call.Ct), NoteView.Of, NoteWire.Note),
        Listed<Person, PersonView>("person", "persons", person => (person.Id, person.UpdatedAt),
            (call, query) => call.Service<PersonService>().List(call.Caller, query, call.Ct), PersonView.Of, PersonWire.Plain),
        Listed<Organization, OrganizationView>("organization", "organizations", organization => (organization.Id, organization.UpdatedAt),
            (call, query) => call.Service<OrganizationService>().List(call.Caller, query, call.Ct), OrganizationView.Of,
            OrganizationWire.Organization),
        Whole<Pipeline>("pipeline", "pipelines", pipeline => (pipeline.Id, pipeline.UpdatedAt),
            async call => (await Catalog(call)).Pipelines,
            (json, pipeline, catalog) => PlaceWire.Pipeline.Write(json, new(pipeline, catalog))),
        Listed<Product, ProductView>("product", "products", product => (product.Id, product.UpdatedAt),
            (call, query) => call.Service<ProductService>().List(call.Caller, query, call.Ct), ProductView.Of, ProductWire.Recent),
        Whole<Stage>("stage", "pipelines", stage => (stage.Id, stage.UpdatedAt),
            async call => [.. (await Catalog(call)).Stages.Where(stage => stage.Kind is StageKind.Open)],
            (json, stage, catalog) => PlaceWire.Stage.Write(json, new(stage, catalog))),
        new("user", "users", async (kind, call, since, needed) =>
            Sorted(kind, (await Catalog(call)).Users, user => (user.Id, user.UpdatedAt), since, needed),
            async (call, records) =>
            {
                var seen = await UserRoutes.Seen(call);
                return [.. records.Select(record => (Action<Utf8JsonWriter>)(json => UserWire.User.Write(json, seen((User)record))))];
            }),
    ];

    /// <summary>A noun with lists of its own; deleted and archived records are among them.</summary>
    private static RecentKind Listed<TRecord, TView>(string word, string scope, Func<TRecord, (long, DateTimeOffset)> place,
        Func<Call, ListQuery, Task<Page<TRecord>>> list, Func<Call, IReadOnlyList<TRecord>, Task<IReadOnlyList<TView>>> show,
        Wire<TView> wire)
        where TRecord : class => new(word, scope, async (kind, call, since, needed) =>
        {
            var found = new List<Recent>();
            var query = new ListQuery
            {
                Condition = Condition.Test("updated_at", Operator.AtLeast, since),
                Sort = [new("updated_at")],
                Scope = Core.Lists.Scope.Any,
            };
            for (string? cursor = null; found.Count < needed;)
            {
                var page = await list(call, query with { Limit = Math.Min(needed - found.Count, ListQuery.MaxLimit), Cursor = cursor });
                found.AddRange(page.Items.Select(record => Made(kind, record, place(record))));
                if (!page.HasMore) break;
                cursor = page.NextCursor;
            }
            return found;
        }, async (call, records) =>
        {
            var views = await show(call, [.. records.Cast<TRecord>()]);
            return [.. views.Select(view => (Action<Utf8JsonWriter>)(json => wire.Write(json, view)))];
        });

    /// <summary>A noun of which there are few.</summary>
    private static RecentKind Whole<T>(string word, string scope, Func<T, (long, DateTimeOffset)> place,
        Func<Call, Task<IReadOnlyList<T>>> all,
        Action<Utf8JsonWriter, T, WorkspaceCatalog> write) where T : class => new(word, scope,
        async (kind, call, since, needed) => Sorted(kind, await all(call), place, since, needed),
        async (call, records) =>
        {
            var catalog = await Catalog(call);
            return [.. records.Select(record => (Action<Utf8JsonWriter>)(json => write(json, (T)record, catalog)))];
        });

    private static IReadOnlyList<Recent> Sorted<T>(RecentKind kind, IReadOnlyList<T> all, Func<T, (long, DateTimeOffset)> place,
        DateTimeOffset since, int needed)
        where T : class =>
        [.. all.Select(one => Made(kind, one, place(one))).Where(one => one.At >= since).OrderBy(one => one.At).ThenBy(one => one.Id)
            .Take(needed)];

    private static Recent Made(RecentKind kind, object record, (long Id, DateTimeOffset At) place) => new(kind, place.Id, place.At, record);

    private static ValueTask<WorkspaceCatalog> Catalog(Call call) => call.Service<CatalogService>().Latest(call.Caller, call.Ct);
}
