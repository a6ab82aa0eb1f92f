using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Catalog;
using Tributary.Core.Filters;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>
/// Saved filters (reference §11). The conditions are kept as they were sent, and shown while they still are what the filter means.
/// </summary>
internal static class FilterRoutes
{
    private const string Tag = "Filters v1";
    /// <summary>Where a filter keeps what was sent, among what else a view of it keeps.</summary>
    public const string Kept = "pipedrive";

    private static readonly (string Word, string Subject)[] Types =
        [("deals", "deal"), ("leads", "lead"), ("org", "organization"), ("people", "person"), ("products", "product"),
            ("activity", "activity")];

    private static readonly Member<long> Id = Members.Id("id", "The ID of the filter.").InPath();
    private static readonly Member<string> Type = Members.Word("type", "What is filtered.", Types);
    private static readonly Member<string> Name = Members.Text("name", "", 255);
    private static readonly Member<bool> IncludeFieldCode =
        Members.Flag("include_field_code", "true names the field of each condition by its code, too.");
    private static readonly Member<JsonElement> Conditions =
        Members.Json("conditions",
            "{\"glue\":\"and\",\"conditions\":[{\"glue\":\"and\",\"conditions\":[{\"object\",\"field_id\",\"operator\",\"value\"}]},{\"glue\":\"or\",\"conditions\":[]}]}; at most 16.",
        "must be an object of conditions", () => new() { ["type"] = "object" });

    private static readonly Many<FilterView> Filters = new(FilterWire.Filter);
    private static readonly One<FilterView> One = new(FilterWire.Detailed);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/filters", "getFilters", List)
        {
            Tag = Tag, Summary = "Get all filters", Cost = 20, Parameters = [Type], Answer = Filters,
        },
        new("POST", "/filters", "addFilter", Create)
        {
            Tag = Tag, Summary = "Add a new filter", Cost = 10, Parameters = [IncludeFieldCode],
            Body = new("NewFilterV1", Name.Required(), Conditions.Required(), Type.Required()), Answer = One,
            CoverageNote = "Deals are tested by their own fields, their person's and organization's, and by their products' ids.",
        },
        new("GET", "/filters/helpers", "getFilterHelpers", Helpers)
        {
            Tag = Tag, Summary = "Get all filter helpers", Cost = 20, Answer = FilterWire.Helpers,
        },
        new("GET", "/filters/{id}", "getFilter", Get)
        {
            Tag = Tag, Summary = "Get one filter", Cost = 2, Parameters = [Id, IncludeFieldCode], Answer = One,
        },
        new("PUT", "/filters/{id}", "updateFilter", Update)
        {
            Tag = Tag, Summary = "Update filter", Cost = 10, Parameters = [Id, IncludeFieldCode],
            Body = new("FilterChangesV1", Name, Conditions.Required()), Answer = One,
        },
        new("DELETE", "/filters", "deleteFilters", DeleteMany)
        {
            Tag = Tag, Summary = "Delete multiple filters in bulk", Cost = 10, Parameters = [Several.Ids], Answer = Answers.Ids,
        },
        new("DELETE", "/filters/{id}", "deleteFilter", Delete)
        {
            Tag = Tag, Summary = "Delete a filter", Cost = 6, Parameters = [Id], Answer = Answers.Id,
        },
    ];

    public static string Word(string subject) => Types.First(type => type.Subject == subject).Word;

    private static async Task<Reply> List(Call call)
    {
        var type = call.Query(Type);
        call.Checked();
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var filters = await call.Service<FilterService>().List(call.Caller, type.IsSet ? type.Value : null, call.Ct);
        return Filters.Reply([.. filters.Select(filter => new FilterView(filter, catalog, WithFieldCode: false))]);
    }

    private static async Task<Reply> Create(Call call)
    {
        var withCode = call.Query(IncludeFieldCode, false);
        call.Checked();
        call.Caller.MustWrite("filters");
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        var filter = await call.Read(body =>
        {
            var (name, subject, sent) = (body.Get(Name), body.Get(Type), body.Get(Conditions));
            if (!subject.IsSet || !sent.IsSet || Read(body, subject.Value, catalog, sent.Value) is not { } condition) return null;
            return new NewFilter
            {
                Name = name.Or(""),
                Subject = subject.Value,
                Condition = condition,
                View = View(null, sent.Value, condition),
            };
        });
        return One.Reply(new(await call.Service<FilterService>().Create(call.Caller, filter!, call.Ct), catalog, withCode));
    }

    private static async Task<Reply> Get(Call call)
    {
        var withCode = call.Query(IncludeFieldCode, false);
        call.Checked();
        var filter = await call.Service<FilterService>().Get(call.Caller, call.Path(Id, "filter"), call.Ct);
        return One.Reply(new(filter, await call.Service<CatalogService>().Latest(call.Caller, call.Ct), withCode));
    }

    private static async Task<Reply> Update(Call call)
    {
        var withCode = call.Query(IncludeFieldCode, false);
        call.Checked();
        call.Caller.MustWrite("filters");
        var before = await call.Service<FilterService>().Get(call.Caller, call.Path(Id, "filter"), call.Ct);
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        var patch = await call.Read(body =>
        {
            var (name, sent) = (body.Get(Name), body.Get(Conditions));
            if (!sent.IsSet || Read(body, before.Subject, catalog, sent.Value) is not { } condition) return new FilterPatch();
            return new FilterPatch { Name = name, Condition = condition, View = View(before.View, sent.Value, condition) };
        });
        return One.Reply(new(await call.Service<FilterService>().Update(call.Caller, before.Id, patch, call.Ct), catalog, withCode));
    }

    private static async Task<Reply> Delete(Call call)
    {
        var id = call.Path(Id, "filter");
        await call.Service<FilterService>().Delete(call.Caller, id, null, call.Ct);
        return Answers.Id.Reply(id);
    }

    private static async Task<Reply> DeleteMany(Call call)
    {
        call.Caller.MustWrite("filters");
        var ids = call.Query(Several.Ids, []);
        call.Checked();
        var seen = (await call.Service<FilterService>().List(call.Caller, null, call.Ct))
            .Where(filter => ids.Contains(filter.Id) && (filter.OwnerId == call.Caller.UserId || call.Caller.IsAdmin)).ToList();
        foreach (var filter in seen) await call.Service<FilterService>().Delete(call.Caller, filter.Id, null, call.Ct);
        return Answers.Ids.Reply([.. seen.Select(filter => filter.Id)]);
    }

    private static Task<Reply> Helpers(Call call) => Task.FromResult(FilterWire.HelpersReply.Reply(true));

    private static Condition? Read(Body body, string subject, WorkspaceCatalog catalog, JsonElement sent)
    {
        try
        {
            return new FilterConditions(subject, catalog).Read(sent);
        }
        catch (ProblemException refused) when (refused.Problem.Code is ProblemCode.Invalid)
        {
            foreach (var field in refused.Problem.Fields) body.Fail(field.Field, field.Message);
            return null;
        }
    }

    private static string View(string? before, JsonElement sent, Condition condition)
    {
        var view = before is null ? [] : JsonNode.Parse(before) as JsonObject ?? [];
        var text = sent.ValueKind is JsonValueKind.String ? sent.GetString()! : sent.GetRawText();
        view[Kept] = new JsonObject { ["means"] = ConditionJson.Write(condition), ["conditions"] = JsonNode.Parse(text) };
        return view.ToJsonString();
    }
}
