using System.Collections.Frozen;
using System.Globalization;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Api.Tables;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api;

/// <summary>Makes of records what is spelled; the set holds what "include" names.</summary>
internal delegate Task<IReadOnlyList<TView>> Show<TRecord, TView>(Call call, IReadOnlyList<TRecord> records, IReadOnlySet<string> include);

/// <summary>
/// The life of one kind of record over HTTP, the same for all of them: list, create, get, change, delete, restore, and for
/// some archive. A noun gives its spelling and the engine's verbs; what only it can do stands beside this in its own routes.
/// </summary>
/// <param name="name">As in operation ids: "Person".</param>
/// <param name="plural">"Persons".</param>
/// <param name="path">"/persons".</param>
/// <param name="article">"a person", as in summaries.</param>
internal sealed class RecordRoutes<TRecord, TPatch, TView>(string name, string plural, string path, string article)
{
    private readonly string noun = article[(article.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    public required string Tag { get; init; }
    public required Wire<TView> Wire { get; init; }
    public required Listing<TView> Listing { get; init; }
    public required Shape New { get; init; }
    public required Shape Patch { get; init; }
    public required Func<Body, WorkspaceCatalog, long?, TPatch> Read { get; init; }
    public required Func<TRecord, (long Id, long Version)> Identity { get; init; }
    public required Show<TRecord, TView> Show { get; init; }

    public required Func<Call, ListQuery, Task<Page<TRecord>>> List { get; init; }
    public required Func<Call, long, Task<TRecord>> Get { get; init; }

    /// <summary>Of <see cref="Get"/>: see <see cref="Operation.AsksOnce"/>.</summary>
    public bool AsksOnce { get; init; } = true;

    /// <summary>None for records that come to be in another way, such as files.</summary>
    public Func<Call, TPatch, Task<TRecord>>? Create { get; init; }
    public required Func<Call, long, TPatch, Task<TRecord>> Update { get; init; }

    /// <summary>The patch that deletes (true) or restores, for a record of that version.</summary>
    public required Func<bool, long?, TPatch> Deletion { get; init; }

    /// <summary>The patch that archives (true) or takes out of the archive; none where records have no archive.</summary>
    public Func<bool, long?, TPatch>? Archiving { get; init; }

    /// <summary>The columns of an export when nobody names any; none where there is no export.</summary>
    public Func<WorkspaceCatalog, Seq<string>>? Exported { get; init; }

    /// <summary>Parameters that <see cref="Get"/> reads itself.</summary>
    public IReadOnlyList<Member> GetParameters { get; init; } = [];

    public IEnumerable<Operation> All()
    {
        yield return new("GET", path, $"list{plural}", Listed)
        {
            Tag = Tag,
            Summary = $"List {path[1..].Replace('-', ' ')}",
            Parameters = Listing.Parameters,
            Answer = Listing,
        };
        if (Exported is { } columns)
        {
            foreach (var export in new Export<TRecord, TView>(plural, path, columns)
            {
                Listing = Listing,
                Wire = Wire,
                List = List,
                Show = Show
            }.All()) yield return export;
        }
        if (Create is not null) yield return new("POST", path, $"create{name}", Created)
        {
            Tag = Tag,
            Summary = $"Create {article}",
            Body = New,
            Status = 201,
            Answer = Wire,
        };
        yield return new("GET", path + "/{id}", $"get{name}", Got)
        {
            Tag = Tag,
            Summary = $"Get {article}",
            Parameters = [RecordMembers.PathId, Selection.Fields, .. Listing.IncludeParameters, .. GetParameters],
            Answer = Wire,
            AsksOnce = AsksOnce,
        };
        yield return new("PATCH", path + "/{id}", $"update{name}", Updated)
        {
            Tag = Tag,
            Summary = $"Change {article}",
            Parameters = [RecordMembers.PathId],
            Body = Patch,
            Answer = Wire,
        };
        yield return new("DELETE", path + "/{id}", $"delete{name}", Deleted)
        {
            Tag = Tag,
            Summary = $"Delete {article}; it can be restored for 30 days",
            Parameters = [RecordMembers.PathId],
            Status = 204,
        };
        yield return Turn("restore", $"Restore a deleted {noun}", expected => Deletion(false, expected));
        if (Archiving is null) yield break;
        yield return Turn("archive", $"Archive {article}: it leaves lists and boards and becomes read-only",
            expected => Archiving(true, expected));
        yield return Turn("unarchive", $"Take {article} out of the archive", expected => Archiving(false, expected));
    }

    /// <summary>One record as the answer.</summary>
    public async Task<Reply> Shown(Call call, TRecord record, int status = 200, IReadOnlySet<string>? only = null,
        IReadOnlySet<string>? include = null)
    {
        var view = await Show(call, [record], include ?? FrozenSet<string>.Empty);
        return Reply.Json(Wire, view[0], Identity(record).Version, status, only);
    }

    /// <summary>One record that this request brought into being, and where it is.</summary>
    public async Task<Reply> Born(Call call, TRecord record) =>
        (await Shown(call, record, 201))
        .With("Location", string.Create(CultureInfo.InvariantCulture, $"{NativeDialect.Root}{path}/{Identity(record).Id}"));

    private Task<Reply> Listed(Call call) =>
        Listing.Answer(call, query => List(call, query), (records, include) => Show(call, records, include));

    private async Task<Reply> Created(Call call) => await Born(call, await Create!(call, await Body(call)));

    private async Task<Reply> Got(Call call)
    {
        var id = call.Path(RecordMembers.PathId, noun);
        var (only, include) = Listing.Selected(call);
        call.Checked();
        return await Shown(call, await Get(call, id), only: only, include: include);
    }

    private async Task<Reply> Updated(Call call)
    {
        var id = call.Path(RecordMembers.PathId, noun);
        return await Shown(call, await Update(call, id, await Body(call)));
    }

    private async Task<Reply> Deleted(Call call)
    {
        await Update(call, call.Path(RecordMembers.PathId, noun), Deletion(true, call.ExpectedVersion()));
        return Reply.Empty();
    }

    private Operation Turn(string verb, string summary, Func<long?, TPatch> patch) =>
        new("POST", $"{path}/{{id}}/{verb}", $"{verb}{name}",
            async call => await Shown(call, await Update(call, call.Path(RecordMembers.PathId, noun), patch(call.ExpectedVersion()))))
        {
            Tag = Tag,
            Summary = summary,
            Parameters = [RecordMembers.PathId],
            Answer = Wire,
        };

    private async Task<TPatch> Body(Call call)
    {
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var expected = call.ExpectedVersion();
        return await call.Read(body => Read(body, catalog, expected));
    }
}
