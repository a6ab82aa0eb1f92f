using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.YSuite;

/// <summary>
/// The body of the page "Deals". Left out keeps, null clears; three members are required on every write, updates included.
/// </summary>
internal static class DealBody
{
    private static readonly Member<string> Name = Members.Text("deal_name", "At most 255 characters.", 255);
    private static readonly Member<long> PipelineId = Members.Id("pipeline_id", "CRM pipeline ID.");
    private static readonly Member<long> Cstid = Members.Id("cstid", "Company contact.");
    private static readonly Member<decimal> Amount = Members.Number("deal_amount", "Deal value.").Nullable();
    private static readonly Member<long> Currency = Members.Id("deal_amount_currency", "org_currency_id.").Nullable();
    private static readonly Member<long> OwnerId = Members.Id("deal_owner_id", "Assigned owner user ID.").Nullable();
    private static readonly Member<long> ContactId = Members.Id("deal_contact_id", "Individual contact within the company.").Nullable();
    private static readonly Member<DateOnly> ExpectedClose = Members.Day("deal_expected_close_date", "YYYY-MM-DD.").Nullable();
    private static readonly Member<string> Source = Members.Text("deal_source", "e.g. Referral, Cold call.", 255).Nullable();
    private static readonly Member<string> Description = Members.LongText("deal_description", "").Nullable();
    private static readonly Member<long> AssignedTo = Members.Id("deal_assignedto", "Assigned user ID.").Nullable();
    private static readonly Member<Seq<long>> TagIds = Members.List("tag_ids", "Replaces the whole set.", Members.Id("", ""));
    private static readonly Member<long> CurrentStage =
        Members.Id("deal_current_stage", "A stage of the pipeline; one of type Won or Lost closes the deal.");

    public static readonly Shape Shape =
        new("DealBody", Name.Required(), PipelineId.Required(), Cstid.Required(), Amount, Currency, OwnerId, ContactId, ExpectedClose,
            Source, Description, AssignedTo,
        TagIds, CurrentStage);

    public static DealPatch Read(Body body, WorkspaceCatalog catalog)
    {
        var stage = body.Get(CurrentStage);
        var opens = stage.IsSet && catalog.Stage(stage.Value) is { Kind: StageKind.Open };
        return new()
        {
            StagePolicy = StagePolicy.SamePipeline,
            Title = body.Words(Name),
            PipelineId = body.Get(PipelineId),
            OrgId = body.Get(Cstid).As(id => (long?)id),
            Value = body.Clearable(Amount),
            Currency = CurrencyCode(body, catalog),
            OwnerId = body.Clearable(OwnerId),
            PersonId = body.Clearable(ContactId),
            ExpectedClose = body.Clearable(ExpectedClose),
            Source = body.ClearableText(Source),
            Description = body.ClearableText(Description),
            AssigneeId = body.Clearable(AssignedTo),
            TagIds = body.ClearableList(TagIds),
            StageId = stage,
            Status = opens ? DealStatus.Open : default(Field<DealStatus>),
        };
    }

    private static Field<string> CurrencyCode(Body body, WorkspaceCatalog catalog)
    {
        var sent = body.Clearable(Currency);
        if (!sent.IsSet) return default;
        if (sent.Value is not { } id) return catalog.Workspace.BaseCurrency;
        if (catalog.Currencies.FirstOrDefault(currency => currency.Id == id) is { } found) return found.Code;
        body.Fail("deal_amount_currency", "deal_amount_currency must be one of the organisation's currencies.");
        return default;
    }
}
