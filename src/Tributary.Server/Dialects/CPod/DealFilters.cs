using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Pipelines;
using Tributary.Server.Hosting;
using static Tributary.Server.Dialects.CPod.Filter;

namespace Tributary.Server.Dialects.CPod;

/// <summary>
/// What lists of deals can be asked for (reference §4.7, "Filters"): every scalar member by its own name, commas between
/// alternatives, _gte and _lte where there is an order, search, tags, sort. Blank means "has none".
/// </summary>
internal static class DealFilters
{
    private static readonly Filter[] Filters =
    [
        Of(Ids.Member("id", "deal", "Deals with this id."), (uids, _) => In("uid", uids.Select(uid => (Operand)uid))),
        Of(Members.Uid("tenant_id", "Your own tenant has deals, no other."),
            (uids, of) => uids.Contains(of.Catalog.Workspace.Uid) ? Condition.Everything : None),
        Of(Members.Uid("app_id", "Deals of this app."),
            (uids, of) => of.Caller is { AppUid: { } own, AppId: { } id } && uids.Contains(own) ? Condition.Equal("app_id", id) : None),
        .. Moments("created_at", "added_at"), .. Moments("updated_at"), .. Moments("deleted_at"),
        User("created_by", "creator_id"), User("deleted_by"),
        Of(Ids.Member("updated_by", "usr", "Last changed by this user; made by them and never changed counts."),
            (uids, of) => Condition.AnyOf(
            In("updated_by", of.Users(uids)),
            Condition.AllOf(Condition.Test("updated_by", Operator.IsEmpty), In("creator_id", of.Users(uids))))),
        Text("source", "provenance"), Text("source_type"),
        Of(Members.Flag("is_deleted", "true shows only what is in the bin."),
            (flags, _) =>
                Condition.AnyOf([.. flags.Select(flag => Condition.Test("deleted_at", flag ? Operator.IsNotEmpty : Operator.IsEmpty))])),
        .. Wholes("schema_version"), .. Wholes("version"),
        Reference("account_id", "acc", "organization.uid", "org_id"), User("owner_id"),
        Reference("primary_contact_id", "con", "person.uid", "person_id"),
        .. Texts("name", "title"), .. Texts("deal_number", "number"),
        Of(Members.Text("pipeline_id", "By id, number, or name as one word.", 255),
            (texts, of) => In("pipeline_id", texts.Select(text => (Operand)(Pipelines.Find(of.Catalog, text)?.Id ?? 0)))),
        Of(Members.Text("stage", "closed_won, closed_lost, or the word of an open stage.", 255),
            (words, of) => Condition.AnyOf([.. words.Select(word => InStage(word, of.Catalog))])),
        .. Numbers("value"), Text("currency"), .. Numbers("probability"), Text("forecast_category"),
        .. Days("expected_close_date", "expected_close"), .. Moments("actual_close_date", "closed_at"),
        .. Moments("next_followup_date", "next_followup_at"),
        Text("deal_type"), Text("deal_source", "source"), Text("loss_reason", "lost_reason"), Text("loss_category"), Text("closure_notes"),
        Text("rfp_record_id", "rfp_id"),
        Of(Members.Text("tags", "Deals that have one of these tags.", 100),
            (tags, _) => Condition.Test("tag", Operator.Has, [.. tags.Select(tag => (Operand)tag)])),
        Of(Members.Text("competitors", "Deals in which one of these competes.", 255),
            (names, _) => Condition.Test("competitors", Operator.Has, [.. names.Select(name => (Operand)name)])),
    ];

    private static readonly Member<string> Search = Members.Text("search", "Occurs in the name or the deal number.", 200);

    private static readonly Member<Seq<SortKey>> Sort = Sorting("-created_at",
        ("id", "uid"), ("created_at", "added_at"), ("updated_at", "updated_at"), ("deleted_at", "deleted_at"), ("name", "title"),
        ("deal_number", "number"), ("pipeline_id", "pipeline_id"),
        ("stage", "stage_id"), ("value", "value"), ("currency", "currency"), ("probability", "probability"),
        ("forecast_category", "forecast_category"), ("expected_close_date", "expected_close"),
        ("actual_close_date", "closed_at"), ("next_followup_date", "next_followup_at"), ("deal_type", "deal_type"),
        ("deal_source", "source"), ("loss_reason", "lost_reason"),
        ("owner_id", "owner_id"), ("account_id", "org_id"), ("primary_contact_id", "person_id"), ("created_by", "creator_id"),
        ("updated_by", "updated_by"), ("deleted_by", "deleted_by"));

    public static readonly IReadOnlyList<Member> Parameters = [.. Filters.Select(filter => filter.Member), Search, Sort];

    public static ListQuery Read(Call call, WorkspaceCatalog catalog, ListQuery paging, bool includeDeleted)
    {
        var conditions = Conditions(call, catalog, Filters).ToList();
        if (call.Query(Search) is { IsSet: true, Value: { Length: > 0 } text })
        {
            conditions.Add(Condition.AnyOf(Condition.Test("title", Operator.Contains, text),
                Condition.Test("number", Operator.Contains, text)));
        }
        var inBin = call.Http.Request.Query["is_deleted"].ToString() is "true" or "1";
        return paging with
        {
            Condition = Condition.AllOf([.. conditions]),
            Sort = call.Query(Sort, [new("added_at", Descending: true)]),
            Scope = inBin ? Scope.Deleted : includeDeleted ? Scope.Any : Scope.Live,
        };
    }

    private static Condition InStage(string word, WorkspaceCatalog catalog) => word switch
    {
        Stages.Won => Condition.Equal("status", "won"),
        Stages.Lost => Condition.Equal("status", "lost"),
        _ => Condition.AllOf(Condition.Equal("status", "open"),
            In("stage_id", catalog.Stages.Where(stage => stage.Kind is StageKind.Open && Stages.IsMeant(stage, word))
                .Select(stage => (Operand)stage.Id))),
    };
}
