using Tributary.Core.Filters;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Filters;

internal static class FilterRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The filter.").InPath();

    private static readonly ShortListing<SavedFilter> Filters = new(FilterWire.Filter, filter => filter.Id)
    {
        Filters =
        [
            ShortFilter<SavedFilter>.Of(FilterWire.Subject, (filter, subject) => filter.Subject == subject),
            ShortFilter<SavedFilter>.Of(Members.Id("owner_id", "Filters of this user."), (filter, owner) => filter.OwnerId == owner),
        ],
        Sorts = new Dictionary<string, Func<SavedFilter, IComparable?>>
        {
            ["id"] = f => f.Id,
            ["name"] = f => f.Name,
            ["subject"] = f => f.Subject,
            ["added_at"] = f => f.AddedAt,
            ["last_used_at"] = f => f.LastUsedAt,
        },
    };

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/filters", "listFilters", List)
        {
            Tag = "Filters", Summary = "List saved filters", Parameters = Filters.Parameters, Answer = Filters,
        },
        new("POST", "/filters", "createFilter", Create)
        {
            Tag = "Filters", Summary = "Save a filter", Body = FilterWire.New, Status = 201, Answer = FilterWire.Filter,
        },
        new("GET", "/filters/{id}", "getFilter", Get)
        {
            Tag = "Filters", Summary = "Get a saved filter", Parameters = [Id, Selection.Fields], Answer = FilterWire.Filter,
        },
        new("PATCH", "/filters/{id}", "updateFilter", Update)
        {
            Tag = "Filters", Summary = "Change a saved filter", Parameters = [Id], Body = FilterWire.Patch, Answer = FilterWire.Filter,
        },
        new("POST", "/filters/{id}/star", "starFilter", call => Star(call, true))
        {
            Tag = "Filters", Summary = "Begin the caller's own lists with this filter, instead of the one before", Parameters = [Id],
            Answer = FilterWire.Filter,
        },
        new("POST", "/filters/{id}/unstar", "unstarFilter", call => Star(call, false))
        {
            Tag = "Filters", Summary = "No longer begin the caller's own lists with this filter", Parameters = [Id],
            Answer = FilterWire.Filter,
        },
        new("DELETE", "/filters/{id}", "deleteFilter", Delete)
        {
            Tag = "Filters", Summary = "Delete a saved filter", Parameters = [Id], Status = 204,
        },
    ];

    private static Task<Reply> List(Call call) =>
        Filters.Answer(call, () => call.Service<FilterService>().List(call.Caller, null, call.Ct));

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustWrite("filters");
        return Shown(
            await Named(call, async () => await call.Service<FilterService>()
                .Create(call.Caller, await call.Read(FilterWire.ReadNew), call.Ct)), 201);
    }

    private static async Task<Reply> Get(Call call)
    {
        var id = call.Path(Id, "filter");
        var only = Selection.Read(call, FilterWire.Filter);
        call.Checked();
        return Shown(await call.Service<FilterService>().Get(call.Caller, id, call.Ct), only: only);
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustWrite("filters");
        var id = call.Path(Id, "filter");
        var patch = await call.Read(FilterWire.Read);
        return Shown(
            await Named(call, () => call.Service<FilterService>()
                .Update(call.Caller, id, patch with { ExpectedVersion = call.ExpectedVersion() ?? patch.ExpectedVersion }, call.Ct)));
    }

    private static async Task<Reply> Delete(Call call)
    {
        call.Caller.MustWrite("filters");
        await call.Service<FilterService>().Delete(call.Caller, call.Path(Id, "filter"), call.ExpectedVersion(), call.Ct);
        return Reply.Empty();
    }

    private static async Task<Reply> Star(Call call, bool isDefault) =>
        Shown(await call.Service<FilterService>().MakeDefault(call.Caller, call.Path(Id, "filter"), isDefault, call.Ct));

    // The engine names the field inside the condition; in the body, that is the condition's.
    private static async Task<SavedFilter> Named(Call call, Func<Task<SavedFilter>> work)
    {
        try
        {
            return await work();
        }
        catch (ProblemException refused) when (refused.Problem.Code is ProblemCode.Invalid)
        {
            throw Problem.Invalid(
                [.. refused.Problem.Fields.Select(field => call.Operation.Body!.Takes(field.Field)
                    ? field : field with { Field = "condition" })]);
        }
    }

    private static Reply Shown(SavedFilter filter, int status = 200, IReadOnlySet<string>? only = null) =>
        Reply.Json(FilterWire.Filter, filter, filter.Version, status, only);
}
